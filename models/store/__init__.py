"""What is stored: tables, the mappers between rows and values, and every statement that writes."""
