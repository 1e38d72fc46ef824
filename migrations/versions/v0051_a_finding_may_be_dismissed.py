"""A finding of an inspection may be dismissed."""

from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """The words with which a task over a finding was dismissed; while they are the same it stays done."""
    op.execute("ALTER TABLE task ADD COLUMN dismissed text NOT NULL DEFAULT ''")


def downgrade() -> None:
    """Findings that were dismissed are found again."""
    op.execute("ALTER TABLE task DROP COLUMN dismissed")
