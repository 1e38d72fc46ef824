"""Who of those who supervise has acknowledged an overrun, and when."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Beside the overrun itself; nobody has acknowledged any so far."""
    op.execute("ALTER TABLE clock ADD COLUMN overrun_acknowledged_at timestamptz, ADD COLUMN overrun_acknowledged_by text")
