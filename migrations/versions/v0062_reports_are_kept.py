"""Reports are made once for each time they are due, and kept as they were."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"


def upgrade() -> None:
    """The table of reports."""
    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sm3", sa.Text(), nullable=False),
        sa.UniqueConstraint("type", "unit_id", "period", name="report_is_made_once"),
    )
    op.create_index("report_of_unit", "report", ["unit_id", "due_at"])


def downgrade() -> None:
    """Forget them; that they were made stays in the journal."""
    op.drop_table("report")
