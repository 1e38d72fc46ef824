"""What is said and stored: kinds of matter, forms, messages, problems, tables, queries."""
