"""What is opened under a matter is kept from the same people (回避知悉)."""

KEEP_BELOW = """
WITH RECURSIVE below AS (
    SELECT number FROM matter WHERE parent = %(number)s UNION SELECT m.number FROM matter m JOIN below ON m.parent = below.number
)
UPDATE matter SET kept_from = ARRAY(
    SELECT DISTINCT each FROM unnest(kept_from || %(keeps)s::text[]) AS each WHERE each <> ALL(%(lets)s::text[]) ORDER BY 1)
WHERE number IN (SELECT number FROM below)
"""
