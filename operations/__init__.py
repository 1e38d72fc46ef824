"""Commands for operators: backup and restore, verification, diagnosis, replay, keys and certificates."""
