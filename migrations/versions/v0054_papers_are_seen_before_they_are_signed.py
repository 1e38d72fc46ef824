"""What a request will issue is kept while it waits, so that whoever approves sees the paper first."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    """What the template of each paper of a pending request is filled with. Requests of before have none."""
    word = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "document_draft",
        sa.Column("matter", word(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", word(), nullable=False),
        sa.Column("context", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("matter", "seq", "type"),
    )


def downgrade() -> None:
    """Papers are seen once they are issued."""
    op.drop_table("document_draft")
