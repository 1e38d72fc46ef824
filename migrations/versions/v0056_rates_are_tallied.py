"""The rates of supervision are summed by unit and day."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """What each unit's rate counted on each day; the watchdog fills it at its next count."""
    word = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "figure_tally",
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("figure", word(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("took", ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "figure", "on_day"),
    )


def downgrade() -> None:
    """The boards of that release know no rates."""
    op.drop_table("figure_tally")
