"""How long a turn waits until somebody is reminded, and until it goes up, is set for a unit by two people."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Editions, each beside those before it, and what is proposed."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "patience",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("step", word(), nullable=False),
        sa.Column("reminded_s", sa.Integer(), nullable=True),
        sa.Column("goes_up_s", sa.Integer(), nullable=True),
        sa.Column("proposed_by", word(), nullable=False),
        sa.Column("confirmed_by", word(), nullable=False),
        sa.Column("since", at, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("patience_of", "patience", ["step", "unit_id"])
    op.create_table(
        "patience_proposal",
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("step", word(), nullable=False),
        sa.Column("reminded_s", sa.Integer(), nullable=True),
        sa.Column("goes_up_s", sa.Integer(), nullable=True),
        sa.Column("proposed_by", word(), nullable=False),
        sa.Column("proposed_at", at, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("unit_id", "step"),
    )


def downgrade() -> None:
    """The same figures hold everywhere."""
    op.drop_table("patience_proposal")
    op.drop_table("patience")
