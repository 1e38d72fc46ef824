"""What steps promise to do elsewhere stands in the database until it is done, and what was promised before and never done with it."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

# A promise is an intention of an entry; it was kept by the entry elsewhere that bears its key, or handed to a person under it.
UNKEPT = """
INSERT INTO outbox (id, matter, verb, target, promised_at, rouse_at)
SELECT e.chain || '/' || e.seq || '/' || (each.n - 1), e.chain, each.said ->> 'verb', each.said ->> 'number', e.recorded_at, now()
FROM entry e, json_array_elements(e.content::json #> '{recorded,intentions}') WITH ORDINALITY AS each (said, n)
WHERE e.sort IN ('step', 'told')
    AND NOT EXISTS (SELECT FROM entry o WHERE o.key = e.chain || '/' || e.seq || '/' || (each.n - 1))
    AND NOT EXISTS (SELECT FROM task t WHERE t.key = e.chain || '/' || e.seq || '/' || (each.n - 1))
"""


def upgrade() -> None:
    """One row for each; it goes with the transaction that does it."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rouse_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rousings", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_index("ix_outbox_matter", "outbox", ["matter"])
    op.create_index("ix_outbox_target", "outbox", ["target"])
    op.create_index("ix_outbox_rouse_at", "outbox", ["rouse_at"])
    op.execute(UNKEPT)
