"""Tasks and notices of one person."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Tasks and notices of one person."""
    op.add_column("task", sa.Column("username", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False))
    op.create_index(
        "task_of_person",
        "task",
        ["username", "id"],
        unique=False,
        postgresql_where=sa.text("done_at is null and username <> ''"),
    )
    op.create_index(
        "notice_to_person", "notice", ["username", sa.text("id desc")], unique=False, postgresql_where=sa.text("office = ''")
    )
