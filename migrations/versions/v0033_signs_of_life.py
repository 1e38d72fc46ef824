"""Signs of life (心跳) of workers and watchdogs, on whichever machine they run."""

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """A row for each process. Not logged ahead: it costs nothing, and what was alive before a crash says so again."""
    op.execute("""
        CREATE UNLOGGED TABLE pulse (
            process text NOT NULL, host text NOT NULL, pid integer NOT NULL, at timestamptz NOT NULL,
            PRIMARY KEY (process, host, pid)
        )
    """)
