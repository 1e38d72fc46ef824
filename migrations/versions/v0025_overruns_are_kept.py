"""An overrun is kept beside its clock, whatever has ended or moved that; of clocks that had ended before, what their rings tell."""

from alembic import op

revision = "0025"
down_revision = "0024"

# It rang as overdue, and ended afterwards by something else than a right that lapsed.
_KNOWN = """
UPDATE clock SET overrun_due_at = ring.at, overrun_until = clock.ended_at, state = CASE clock.state WHEN 'lapsed' THEN 'overrun' ELSE clock.state END
FROM ring WHERE ring.clock_id = clock.id AND ring.colour = 'overdue' AND clock.ended_at > ring.at
    AND clock.state IN ('lapsed', 'met-late') AND clock.at_expiry <> 'right-lapses'
"""


def upgrade() -> None:
    """Three instants beside each clock: the end that passed, when it ended all the same, and when what was done in time was entered."""
    for column in ("overrun_due_at", "overrun_until", "overrun_entered_at"):
        op.execute(f"ALTER TABLE clock ADD COLUMN {column} timestamptz")
    op.execute("CREATE INDEX clock_by_overrun ON clock (unit_id, overrun_due_at) WHERE overrun_due_at IS NOT NULL")
    op.execute(_KNOWN)


def downgrade() -> None:
    """Forget them."""
    op.execute("UPDATE clock SET state = 'lapsed' WHERE state = 'overrun'")
    op.execute("DROP INDEX clock_by_overrun")
    for column in ("overrun_due_at", "overrun_until", "overrun_entered_at"):
        op.execute(f"ALTER TABLE clock DROP COLUMN {column}")
