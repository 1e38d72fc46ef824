"""Leads about people of the bureau are put before whoever decides, each once."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    """What is found from now on; of what was late before, the next round finds what still is."""
    word = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "lead_due",
        sa.Column("key", word(), nullable=False),
        sa.Column("number", word(), nullable=False),
        sa.Column("trigger", word(), nullable=False),
        sa.Column("person", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("decided_in", word(), nullable=False),
        sa.Column("category", word(), nullable=False),
        sa.Column("sources", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("number"),
    )


def downgrade() -> None:
    """The leads that were drafted remain."""
    op.drop_table("lead_due")
