"""Into which group each incident was sorted (警情大类) stands beside it, so that boards count by it and lists are narrowed to it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    """As the entry that opened each incident has it."""
    op.add_column("matter", sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False))
    op.execute("""
        UPDATE matter SET category = e.content::json #>> '{form,category}'
        FROM entry e WHERE kind = 'incident' AND e.chain = number AND e.position = 1 AND e.content::json #>> '{form,category}' IS NOT NULL
    """)


def downgrade() -> None:
    """The group stands in the journal alone."""
    op.drop_column("matter", "category")
