"""A matter is as old as what opened it, not as the typing of that."""

from alembic import op

revision = "0023"
down_revision = "0022"

_OPENED = """
UPDATE matter SET opened_at = least(opening.at, opened_at) FROM (
    SELECT e.chain, coalesce(
        (SELECT f.at FROM fact f WHERE (f.matter, f.seq) = (e.chain, e.seq) AND NOT f.said ? 'told_by' ORDER BY f.n LIMIT 1),
        (e.content::json #>> '{form,at}')::timestamptz, e.recorded_at) AS at
    FROM entry e WHERE e.position = 1
) AS opening WHERE opening.chain = matter.number
"""


def upgrade() -> None:
    """When each matter was opened, by the first fact of its first entry."""
    op.execute(_OPENED)
