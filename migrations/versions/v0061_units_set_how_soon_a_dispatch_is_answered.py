"""In what time a dispatch is signed for, arrives and is reported on is set for a unit by two people."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Editions, each beside those before it, and what is proposed."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "response_time",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("limit_id", word(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("proposed_by", word(), nullable=False),
        sa.Column("confirmed_by", word(), nullable=False),
        sa.Column("since", at, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("response_time_of", "response_time", ["unit_id", "limit_id"])
    op.create_table(
        "response_time_proposal",
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("limit_id", word(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("proposed_by", word(), nullable=False),
        sa.Column("proposed_at", at, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("unit_id", "limit_id"),
    )


def downgrade() -> None:
    """The same times hold everywhere."""
    op.drop_table("response_time_proposal")
    op.drop_table("response_time")
