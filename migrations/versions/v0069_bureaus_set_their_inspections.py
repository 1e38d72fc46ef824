"""Figures, words and switches of inspections are set by two people; a finding says by which edition it was found."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0069"
down_revision = "0068"


def upgrade() -> None:
    """Editions, each beside those before it, and what is proposed. What was found before was found by the house's figures."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "inspection_setting",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("name", word(), nullable=False),
        sa.Column("value", JSONB(), nullable=False),
        sa.Column("reason", word(), nullable=False),
        sa.Column("proposed_by", word(), nullable=False),
        sa.Column("confirmed_by", word(), nullable=False),
        sa.Column("since", at, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "inspection_proposal",
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("name", word(), nullable=False),
        sa.Column("value", JSONB(), nullable=False),
        sa.Column("reason", word(), nullable=False),
        sa.Column("proposed_by", word(), nullable=False),
        sa.Column("proposed_at", at, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("unit_id", "name"),
    )
    op.add_column("finding", sa.Column("edition", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    """The house's figures and words hold everywhere."""
    op.drop_column("finding", "edition")
    op.drop_table("inspection_proposal")
    op.drop_table("inspection_setting")
