"""A ledger of open cases is kept from when one person puts it forward until another has released it and it is brought over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """The table of ledgers."""
    op.create_table(
        "case_ledger",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("keys", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("released_by <> proposed_by", name="case_ledger_is_released_by_another"),
    )


def downgrade() -> None:
    """Forget them; what was brought over stays."""
    op.drop_table("case_ledger")
