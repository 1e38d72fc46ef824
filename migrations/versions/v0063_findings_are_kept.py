"""What inspections find is kept, and what waits to be inspected."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    """A projection, which the next round of inspections fills; the tasks over findings that stand open until then are closed by it."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "finding",
        sa.Column("rule", word(), nullable=False),
        sa.Column("subject", word(), nullable=False),
        sa.Column("about", word(), nullable=False),
        sa.Column("severity", word(), nullable=False),
        sa.Column("fingerprint", word(), nullable=False),
        sa.Column("evidence", JSONB(), nullable=False),
        sa.Column("first_seen", at, nullable=False),
        sa.Column("last_seen", at, nullable=False),
        sa.Column("gone_at", at, nullable=True),
        sa.Column("episode", sa.Integer(), server_default="1", nullable=False),
        sa.Column("alert", word(), nullable=True),
        sa.Column("state", word(), server_default="", nullable=False),
        sa.Column("told", word(), server_default="", nullable=False),
        sa.Column("told_severity", word(), server_default="", nullable=False),
        sa.Column("settled", word(), server_default="", nullable=False),
        sa.Column("retry_at", at, server_default=sa.text("'-infinity'"), nullable=False),
        sa.PrimaryKeyConstraint("rule", "subject", "about"),
    )
    op.create_index("finding_of_subject", "finding", ["subject"])
    op.create_index("finding_of_alert", "finding", ["alert"], unique=True)
    op.create_index("finding_owing", "finding", ["alert"], postgresql_where=sa.text("state IN ('due', 'open', 'ordered')"))
    op.create_table(
        "inspection_due",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("matter", word(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """What was found is found again; the alerts remain."""
    op.drop_table("inspection_due")
    op.drop_table("finding")
