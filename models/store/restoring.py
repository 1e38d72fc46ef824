"""The mark of a database into which a restore is under way: made before its first table, so that no migration can make it."""

MARK = "CREATE TABLE restoring (since timestamptz NOT NULL DEFAULT now())"
"""A table that stands for as long: until it is gone the database holds half a bureau (`runtime.rollback_detection.is_half_restored`)."""
UNMARK = "DROP TABLE restoring"
