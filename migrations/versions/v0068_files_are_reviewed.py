"""Files are drawn by lot and reviewed."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0068"
down_revision = "0067"


def upgrade() -> None:
    """The population of each draw, each file that is reviewed, and each seat."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "review_population",
        sa.Column("round", word(), nullable=False),
        sa.Column("drawing", sa.Integer(), nullable=False),
        sa.Column("number", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("officer", word(), nullable=False),
        sa.Column("outcome", word(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("round", "drawing", "number"),
    )
    op.create_table(
        "case_review",
        sa.Column("number", word(), nullable=False),
        sa.Column("round", word(), nullable=False),
        sa.Column("drawing", sa.Integer(), nullable=False),
        sa.Column("subject", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("officer", word(), nullable=False),
        sa.Column("checklist", word(), nullable=False),
        sa.Column("edition", word(), nullable=False),
        sa.Column("drawn_at", at, nullable=False),
        sa.Column("voided", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("compared_at", at, nullable=True),
        sa.Column("first", sa.Numeric(4, 1), nullable=True),
        sa.Column("second", sa.Numeric(4, 1), nullable=True),
        sa.Column("items", JSONB(), nullable=True),
        sa.Column("result", sa.Numeric(4, 1), nullable=True),
        sa.Column("vetoes", JSONB(), server_default="[]", nullable=False),
        sa.Column("grade", word(), server_default="", nullable=False),
        sa.Column("settled_at", at, nullable=True),
        sa.Column("told_at", at, nullable=True),
        sa.Column("objected_at", at, nullable=True),
        sa.Column("rechecked_at", at, nullable=True),
        sa.Column("closed_at", at, nullable=True),
        sa.Column("orders", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("case_review_of_round", "case_review", ["round", "number"])
    op.create_index("case_review_of_subject", "case_review", ["subject"])
    op.create_index("case_review_told", "case_review", ["told_at"])
    op.create_table(
        "review_sheet",
        sa.Column("number", word(), nullable=False),
        sa.Column("review", word(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("reviewer", word(), nullable=False),
        sa.Column("assigned_at", at, nullable=False),
        sa.Column("scored_at", at, nullable=True),
        sa.Column("released_at", at, nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("review_sheet_of_review", "review_sheet", ["review", "seat"])
    op.create_index("review_sheet_of_reviewer", "review_sheet", ["reviewer"])


def downgrade() -> None:
    """The journal keeps what was drawn and what was found."""
    op.drop_table("review_sheet")
    op.drop_table("case_review")
    op.drop_table("review_population")
