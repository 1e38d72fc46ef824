"""A report has a PDF, set once from what it said when it was made."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"


def upgrade() -> None:
    """Digests of what is kept; of reports that were made before, the watchdog sets them too."""
    op.create_table(
        "report_paper",
        sa.Column("report", sa.BigInteger(), sa.ForeignKey("report.id"), primary_key=True, autoincrement=False),
        sa.Column("sm3", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """The digests go; the files stay where they lie, and the journal says what they were."""
    op.drop_table("report_paper")
