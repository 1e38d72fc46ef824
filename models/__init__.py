"""What is said (forms, messages, problems), stored (`store`), read (`readmodel`), and who may see it (`access`)."""
