"""What a unit's ledgers mean by their headings and words is said once, and kept for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    """The table of what units have said."""
    op.create_table(
        "ledger_words",
        sa.Column("unit_id", sa.Text(), sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("headings", JSONB(), nullable=False),
        sa.Column("words", JSONB(), nullable=False),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("ledger_words")
