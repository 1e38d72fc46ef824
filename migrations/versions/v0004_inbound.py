"""What systems outside have sent us."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """What systems outside have sent us."""
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "inbound",
        sa.Column("system", text(), nullable=False),
        sa.Column("message_id", text(), nullable=False),
        sa.Column("after", text(), nullable=True),
        sa.Column("body", text(), nullable=False),
        sa.Column("body_hash", text(), nullable=False),
        sa.Column("ignored", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("system", "message_id"),
    )
    op.create_index(
        "inbound_held", "inbound", ["system", "after", "received_at"], unique=False, postgresql_where=sa.text("status is null")
    )
