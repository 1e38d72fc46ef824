"""A matter's next step is somebody's turn: a task that reminds, and goes up to the office above."""

from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    """Tasks know when somebody hears of them next. Matters under way get their turn with their next step."""
    op.execute(
        "ALTER TABLE task ADD COLUMN remind_at timestamptz, ADD COLUMN goes_up_at timestamptz, ADD COLUMN above varchar NOT NULL DEFAULT ''"
    )
    op.execute("CREATE INDEX task_to_remind ON task (remind_at) WHERE done_at IS NULL AND remind_at IS NOT NULL")
    op.execute("CREATE INDEX task_gone_up ON task (unit_id, above, goes_up_at) WHERE done_at IS NULL AND above <> ''")


def downgrade() -> None:
    """No task is a turn."""
    op.execute("DELETE FROM task WHERE sort = 'turn'")
    op.execute("ALTER TABLE task DROP COLUMN remind_at, DROP COLUMN goes_up_at, DROP COLUMN above")
