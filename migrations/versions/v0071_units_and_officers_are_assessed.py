"""By which standard units are measured is set by two people; officers state and object to points of their own index."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0071"
down_revision = "0070"

_AT = sa.DateTime(timezone=True)


def _standard(*own: sa.Column[object]) -> list[sa.Column[object]]:
    word = sqlmodel.sql.sqltypes.AutoString
    return [
        *own,
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("weights", JSONB(), nullable=False),
        sa.Column("classes", JSONB(), nullable=False),
        sa.Column("proposed_by", word(), nullable=False),
    ]


def upgrade() -> None:
    """Standards, what is proposed, and what officers say to their points."""
    word = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "assessment_standard",
        *_standard(
            sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
            sa.Column("unit_id", word(), nullable=False),
        ),
        sa.Column("confirmed_by", word(), nullable=False),
        sa.Column("since", _AT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("assessment_standard_of", "assessment_standard", ["unit_id", "month"])
    op.create_table(
        "assessment_standard_proposal",
        *_standard(sa.Column("unit_id", word(), nullable=False)),
        sa.Column("proposed_at", _AT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("unit_id"),
    )
    op.create_table(
        "point_statement",
        sa.Column("username", word(), nullable=False),
        sa.Column("point", word(), nullable=False),
        sa.Column("words", word(), nullable=False),
        sa.Column("said_at", _AT, nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("username", "point"),
    )
    op.create_table(
        "point_objection",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("username", word(), nullable=False),
        sa.Column("point", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("about", word(), nullable=False),
        sa.Column("verified_by", word(), nullable=False),
        sa.Column("grounds", word(), nullable=False),
        sa.Column("raised_at", _AT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_by", word(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("reason", word(), server_default="", nullable=False),
        sa.Column("decided_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username", "point", name="point_is_objected_to_once"),
    )
    op.create_index("point_objection_open", "point_objection", ["unit_id"], postgresql_where=sa.text("decided_at IS NULL"))


def downgrade() -> None:
    """Every unit is measured alike, and nobody objects."""
    op.drop_table("point_objection")
    op.drop_table("point_statement")
    op.drop_table("assessment_standard_proposal")
    op.drop_table("assessment_standard")
