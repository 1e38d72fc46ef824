"""Whoever approves what decides on somebody's liberty has opened it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    """Who opened which request, and when; of requests of before, nobody has."""
    word = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "sheet_seen",
        sa.Column("matter", word(), nullable=False),
        sa.Column("request_seq", sa.Integer(), nullable=False),
        sa.Column("username", word(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("matter", "request_seq", "username"),
    )


def downgrade() -> None:
    """The page alone holds it in that release."""
    op.drop_table("sheet_seen")
