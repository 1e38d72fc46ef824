"""Accounts of systems outside are known by a column, not by how their names begin."""

from alembic import op

revision = "0073"
down_revision = "0072"


def upgrade() -> None:
    """The database keeps it itself, so that no account is without."""
    op.execute("ALTER TABLE person ADD COLUMN machine boolean GENERATED ALWAYS AS (starts_with(username, 'system:')) STORED")


def downgrade() -> None:
    """They are known by their names."""
    op.execute("ALTER TABLE person DROP COLUMN machine")
