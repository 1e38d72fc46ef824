"""Open matters are gone through in drives."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0085"
down_revision = "0084"


def upgrade() -> None:
    """Each matter that a drive goes through."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "drive_item",
        sa.Column("number", word(), nullable=False),
        sa.Column("drive", word(), nullable=False),
        sa.Column("subject", word(), nullable=False),
        sa.Column("purpose", word(), nullable=False),
        sa.Column("grounds", ARRAY(sa.Text()), nullable=False),
        sa.Column("begun_at", at, nullable=False),
        sa.Column("result", word(), server_default="", nullable=False),
        sa.Column("answered_at", at, nullable=True),
        sa.Column("returns", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verified_at", at, nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("drive_item_of_drive", "drive_item", ["drive", "number"])
    op.create_index("drive_item_of_subject", "drive_item", ["subject"])


def downgrade() -> None:
    """The journal keeps what was gone through and what was answered."""
    op.drop_table("drive_item")
