"""Which processes found that their own clock and the database's disagree by more than a second."""

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Nobody has said so yet; what was said longer than a minute ago is not believed any more."""
    op.execute("""
        CREATE TABLE disputed_time (
            process text NOT NULL, machine text NOT NULL, pid integer NOT NULL, ahead_ms bigint NOT NULL, seen_at timestamptz NOT NULL,
            PRIMARY KEY (process, machine, pid)
        )
    """)
