"""What hangs on the record of a step: checks before it, what it is enriched with, what is written beside it."""
