"""What two people set for a unit they may take back: what a unit above it set, or the house's own figure, holds again."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
_TABLES = ("patience", "patience_proposal", "response_time", "response_time_proposal")


def upgrade() -> None:
    """An edition may say that what stood before it holds no longer."""
    for table in _TABLES:
        op.add_column(table, sa.Column("taken_back", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    """What was taken back holds as it was set."""
    for table in _TABLES:
        op.drop_column(table, "taken_back")
