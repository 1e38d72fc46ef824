"""Which incidents are urgent is found at once, in lists of any length."""

from alembic import op

revision = "0084"
down_revision = "0083"


def upgrade() -> None:
    """The facts that speak of it are few: an index of its own for them."""
    op.execute("CREATE INDEX fact_urgency ON fact (matter, seq, n) WHERE fact IN ('incident.urgent', 'incident.not-urgent')")


def downgrade() -> None:
    """They are read among all facts."""
    op.execute("DROP INDEX fact_urgency")
