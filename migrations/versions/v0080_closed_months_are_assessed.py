"""A unit's closed month is a matter, which has its number before anybody drafts it."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"


def upgrade() -> None:
    """The numbers, by the report that each rests on."""
    op.create_table(
        "assessment_due",
        sa.Column("report", sa.BigInteger(), sa.ForeignKey("report.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("unscored", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )


def downgrade() -> None:
    """The numbers go; the matters stay in the journal."""
    op.drop_table("assessment_due")
