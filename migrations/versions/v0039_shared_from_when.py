"""At which position of its journal a matter was shared with an organ outside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """What was shared before is not known to have been shared late, and goes on being read as it was."""
    op.add_column("matter", sa.Column("shared_at", JSONB(), server_default="{}", nullable=False))
