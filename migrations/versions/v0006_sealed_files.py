"""Sealed files, and who handles them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Sealed files, and who handles them."""
    op.add_column("matter", sa.Column("sealed", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("matter", sa.Column("handlers", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.create_index("matter_sealed", "matter", ["number"], unique=False, postgresql_where=sa.text("sealed"))
