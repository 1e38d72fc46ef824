"""A report that was wrong has a corrected edition beside it, and what circulates has a number."""

from alembic import op

revision = "0078"
down_revision = "0077"


def upgrade() -> None:
    """What was made before is each the first edition, without a number."""
    op.execute("ALTER TABLE report ADD COLUMN edition integer NOT NULL DEFAULT 1, ADD COLUMN reason text NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE report ADD COLUMN number text NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE report DROP CONSTRAINT report_is_made_once")
    op.execute("ALTER TABLE report ADD CONSTRAINT report_is_made_once UNIQUE (type, unit_id, period, edition)")
    op.execute("CREATE UNIQUE INDEX report_by_number ON report (unit_id, number, edition) WHERE number <> ''")


def downgrade() -> None:
    """Corrected editions are forgotten; that they were made stays in the journal."""
    op.execute("DROP INDEX report_by_number")
    op.execute("DELETE FROM report WHERE edition > 1")
    op.execute("ALTER TABLE report DROP CONSTRAINT report_is_made_once")
    op.execute("ALTER TABLE report DROP COLUMN edition, DROP COLUMN reason, DROP COLUMN number")
    op.execute("ALTER TABLE report ADD CONSTRAINT report_is_made_once UNIQUE (type, unit_id, period)")
