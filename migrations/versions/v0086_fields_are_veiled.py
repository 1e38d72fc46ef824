"""Fields are veiled under keys of their matters."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0086"
down_revision = "0085"


def upgrade() -> None:
    """The keys, wrapped by the key ring."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    op.create_table(
        "veil_key",
        sa.Column("holder", word(), nullable=False),
        sa.Column("key_id", word(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", at, nullable=False),
        sa.Column("destroyed_at", at, nullable=True),
        sa.PrimaryKeyConstraint("holder"),
    )


def downgrade() -> None:
    """What is veiled is read by nobody any more."""
    op.drop_table("veil_key")
