"""What is stored: tables, the mappers between rows and what they mean, and every statement that writes."""
