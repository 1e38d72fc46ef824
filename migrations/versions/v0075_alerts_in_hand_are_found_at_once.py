"""Alerts that are about to be raised are found without those that are open already."""

from alembic import op

revision = "0075"
down_revision = "0074"


def upgrade() -> None:
    """They are few but in a storm, when each asks how many they are."""
    op.execute("CREATE INDEX finding_due ON finding (alert) WHERE state = 'due'")


def downgrade() -> None:
    """They are read among all that have an alert."""
    op.execute("DROP INDEX finding_due")
