"""Which matters are sensitive is found at once, in lists of any length."""

from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    """The facts that speak of it are few: an index of its own for them."""
    op.execute("""
        CREATE INDEX fact_sensitivity ON fact (matter, seq, n)
            WHERE fact IN ('case.marked-sensitive', 'case.unmarked-sensitive')
    """)


def downgrade() -> None:
    """They are read among all facts."""
    op.execute("DROP INDEX fact_sensitivity")
