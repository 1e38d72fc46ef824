"""What the headings of a unit's ledgers of open cases mean is remembered, as of its ledgers of incidents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    """Of no unit anything is known yet."""
    op.add_column("ledger_words", sa.Column("case_headings", JSONB(), server_default="{}", nullable=False))


def downgrade() -> None:
    """It is said anew for each ledger."""
    op.drop_column("ledger_words", "case_headings")
