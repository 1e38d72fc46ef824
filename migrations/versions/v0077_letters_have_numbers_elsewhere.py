"""What bears a number elsewhere is registered once."""

from alembic import op

revision = "0077"
down_revision = "0076"


def upgrade() -> None:
    """By that number, the key under which it was."""
    op.execute("CREATE TABLE origin (origin text PRIMARY KEY, key text NOT NULL, claimed_at timestamptz NOT NULL)")


def downgrade() -> None:
    """It is registered as often as it comes."""
    op.execute("DROP TABLE origin")
