"""A ring whose instant has not come cannot have rung rightly: PostgreSQL lets go of it, so that it may ring at its time."""

from alembic import op

revision = "0035"
down_revision = "0034"

KEPT = """
DROP TRIGGER ring_is_kept ON ring;
CREATE TRIGGER ring_is_kept BEFORE DELETE ON ring FOR EACH ROW WHEN (old.at <= clock_timestamp())
EXECUTE FUNCTION keep_all_but_what_is_summed_up('matter');
"""


def upgrade() -> None:
    """Whatever rang at or after its instant stays as it was."""
    op.execute(KEPT)
