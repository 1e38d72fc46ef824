"""What is written of limits that had run out: who acknowledged it."""

# A clock, or all of the matter's where none is named; the tasks that asked for it are done.
ACKNOWLEDGE = """
WITH done AS (
    UPDATE task SET done_at = %(now)s WHERE matter = %(matter)s AND done_at IS NULL AND sort = 'overrun'
        AND (%(clock)s = '' OR key = %(task)s)
)
UPDATE clock SET overrun_acknowledged_at = %(now)s, overrun_acknowledged_by = %(username)s
WHERE matter = %(matter)s AND liberty AND overrun_due_at IS NOT NULL AND overrun_acknowledged_at IS NULL AND (%(clock)s = '' OR id = %(clock)s)
"""
