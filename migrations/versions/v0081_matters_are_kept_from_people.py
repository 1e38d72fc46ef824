"""A matter may be kept from people and units, for whom it does not exist."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    """From nobody, to begin with; few are, and are found by an index of those alone."""
    op.add_column("matter", sa.Column("kept_from", ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.create_index("matter_kept", "matter", ["number"], postgresql_where=sa.text("cardinality(kept_from) > 0"))


def downgrade() -> None:
    """Whoever reaches its unit knows of it."""
    op.drop_index("matter_kept", "matter")
    op.drop_column("matter", "kept_from")
