"""Who you are, what you ask, how we refuse. The API asks workflows and reads the database; it decides nothing."""
