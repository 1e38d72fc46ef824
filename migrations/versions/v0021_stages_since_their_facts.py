"""A matter stands at its stage since the fact that brought it there; requests for approval are found by the unit in which they wait."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

# The last entry of each matter that led to another stage, and the first fact that it brought about; where it brought none, as its form
# is dated.
_SINCE = """
UPDATE matter SET stage_since = least(came.at, now()) FROM (
    SELECT DISTINCT ON (e.chain) e.chain, coalesce(
        (SELECT f.at FROM fact f WHERE (f.matter, f.seq) = (e.chain, e.seq) AND NOT f.said ? 'told_by' ORDER BY f.n LIMIT 1),
        (said.content #>> '{form,at}')::timestamptz, e.recorded_at) AS at
    FROM entry e, LATERAL (SELECT e.content::jsonb AS content) said
    WHERE e.sort = 'step' AND said.content ->> 'stage_before' IS DISTINCT FROM said.content #>> '{recorded,stage}'
    ORDER BY e.chain, e.position DESC
) AS came WHERE came.chain = matter.number
"""
# A thing is sealed with its case, and open to those who handle that.
_SEALED = """
UPDATE matter AS thing SET sealed = thing.sealed OR c.sealed, handlers = ARRAY(
    SELECT DISTINCT each FROM unnest(thing.handlers || array_append(c.handlers, c.officer)) AS each WHERE each <> '')
FROM matter c WHERE thing.kind = 'exhibit' AND c.number = thing.parent
"""


def upgrade() -> None:
    """Since when each matter stands at its stage, and an index of what awaits approval."""
    op.execute(_SINCE)
    op.execute(_SEALED)
    op.create_index("matter_awaiting", "matter", ["unit_id"], postgresql_where=sa.text("requests <> '[]'"))
