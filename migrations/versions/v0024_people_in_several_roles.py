"""One person of a matter takes part in several roles, and is known by a travel document where there is no citizen number."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """All roles beside the weightiest; whom a travel document is of."""
    roles = sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}")
    op.add_column("party", roles)
    op.execute("UPDATE party SET roles = ARRAY[role]")
    op.create_index(
        "party_by_travel_document",
        "party",
        [sa.text("(said ->> 'travel_document')")],
        postgresql_where=sa.text("said ? 'travel_document'"),
    )
