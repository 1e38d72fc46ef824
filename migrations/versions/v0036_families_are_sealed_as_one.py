"""A family of matters is sealed as one: whatever came of a sealed matter, and what it came from, is sealed now as new ones are."""

from alembic import op

revision = "0036"
down_revision = "0035"

# As the rule stood when this was written; `models.access.sealing` may know more kinds since.
SEAL = """
WITH RECURSIVE family AS (
    SELECT number FROM (
        SELECT DISTINCT ON (f.matter) f.matter AS number, f.fact FROM fact f
        WHERE f.about = f.matter AND f.fact IN ('file.sealed', 'file.unsealed') ORDER BY f.matter, f.seq DESC, f.n DESC
    ) last WHERE fact = 'file.sealed'
    UNION SELECT kin.number FROM family, LATERAL (
        SELECT parent AS number FROM matter WHERE matter.number = family.number AND parent IS NOT NULL
        UNION ALL SELECT number FROM matter WHERE parent = family.number
        UNION ALL SELECT CASE WHEN f.said ? 'told_by' THEN f.said ->> 'told_by' ELSE f.about END FROM fact f
            WHERE f.matter = family.number AND f.fact = 'criminal.merged'
    ) kin
)
UPDATE matter m SET sealed = true, handlers = CASE
    WHEN m.kind IN ('criminal-case', 'public-order-case', 'suspect') THEN m.handlers
    ELSE ARRAY(
        SELECT DISTINCT who FROM matter h, unnest(array_append(h.handlers, h.officer)) who
        WHERE h.kind IN ('criminal-case', 'public-order-case', 'suspect') AND (h.number = m.parent OR h.parent = m.number) AND who <> ''
        ORDER BY 1)
    END
WHERE m.number IN (SELECT number FROM family) AND NOT m.sealed;
UPDATE task SET office = 'legal-reviewer' FROM matter m
WHERE m.number = task.matter AND m.sealed AND task.sort = 'undelivered' AND task.done_at IS NULL;
"""


def upgrade() -> None:
    """The kin of every matter that a step of its own has sealed."""
    op.execute(SEAL)
