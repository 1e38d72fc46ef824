"""How much in a matter was entered late (补录), as lists and boards tell of it."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """A count beside each matter; what was entered before there were marks bears none."""
    op.add_column("matter", sa.Column("late_entries", sa.Integer(), nullable=False, server_default="0"))
