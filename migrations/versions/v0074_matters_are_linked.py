"""Matters are linked with others, and hear of them."""

from alembic import op

revision = "0074"
down_revision = "0073"


def upgrade() -> None:
    """A row for each link, found from both of its ends."""
    op.execute("""
        CREATE TABLE link (
            matter text NOT NULL,
            other text NOT NULL,
            relation text NOT NULL,
            hears text[] NOT NULL DEFAULT '{}',
            seq integer NOT NULL,
            PRIMARY KEY (matter, other, relation)
        )
    """)
    op.execute("CREATE INDEX link_from_there ON link (other)")


def downgrade() -> None:
    """The journal keeps what was linked."""
    op.execute("DROP TABLE link")
