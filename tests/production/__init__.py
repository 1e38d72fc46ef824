"""Production, seen running: Temporal's server as processes of its own on a PostgreSQL with a standby, and every part of ours several times."""
