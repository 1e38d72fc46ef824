"""When something in a matter was last entered late (补录), and how much of what the boards tally was."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Beside each matter, as its journal has it; a tally is counted anew within seconds."""
    op.execute("ALTER TABLE matter ADD COLUMN late_at timestamptz")
    op.execute("ALTER TABLE stay_tally ADD COLUMN late integer NOT NULL DEFAULT 0")
    op.execute("""
        UPDATE matter SET late_at = (SELECT max(recorded_at) FROM entry WHERE chain = number AND content::jsonb ? 'late')
        WHERE late_entries > 0
    """)
    op.execute("CREATE INDEX matter_late ON matter (unit_id, late_at) WHERE late_at IS NOT NULL")
