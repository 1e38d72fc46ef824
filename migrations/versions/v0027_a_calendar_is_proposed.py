"""A year's rest days are proposed by one person before another confirms them."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """What is proposed for a year, by whom and when."""
    op.execute("""
CREATE TABLE calendar_proposal (
    year integer PRIMARY KEY,
    rest_days date[] NOT NULL,
    notice varchar NOT NULL,
    proposed_by varchar NOT NULL,
    proposed_at timestamptz NOT NULL
)
""")


def downgrade() -> None:
    """Forget it."""
    op.execute("DROP TABLE calendar_proposal")
