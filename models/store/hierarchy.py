"""What is written when a matter gets another parent or unit."""

# What runs or is asked of the unit that had the matter is from now on the matter of the one that has it.
MOVE_CLOCKS_AND_TASKS = """
WITH was AS (SELECT unit_id FROM matter WHERE number = %(number)s),
ticking AS (
    UPDATE clock SET unit_id = %(unit)s, officer = %(officer)s
    WHERE matter = %(number)s AND state IN ('running', 'suspended', 'not-started')
)
UPDATE task SET unit_id = %(unit)s FROM was WHERE task.matter = %(number)s AND task.done_at IS NULL AND task.unit_id = was.unit_id
"""
