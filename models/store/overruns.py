"""What is written of limits that had run out: who acknowledged it."""

ACKNOWLEDGE = """
UPDATE clock SET overrun_acknowledged_at = %(now)s, overrun_acknowledged_by = %(username)s WHERE matter = %(matter)s AND liberty AND overrun_due_at IS NOT NULL AND overrun_acknowledged_at IS NULL AND (%(clock)s = '' OR id = %(clock)s)
"""
