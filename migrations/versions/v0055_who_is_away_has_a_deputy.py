"""Who is away names a deputy, in whose list stands what is theirs by name."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Absences, each with its deputy, until it has ended by the clock or by a word."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("username", word(), nullable=False),
        sa.Column("deputy", word(), nullable=False),
        sa.Column("begins", at, nullable=False),
        sa.Column("ends", at, nullable=False),
        sa.Column("reason", word(), nullable=False),
        sa.Column("named_by", word(), nullable=False),
        sa.Column("named_at", at, nullable=False),
        sa.Column("ended_at", at, nullable=True),
        sa.ForeignKeyConstraint(["deputy"], ["person.username"]),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("absence_of", "absence", ["username"], postgresql_where=sa.text("ended_at IS NULL"))
    op.create_index("absence_for", "absence", ["deputy"], postgresql_where=sa.text("ended_at IS NULL"))


def downgrade() -> None:
    """Nobody stands in for anybody."""
    op.drop_table("absence")
