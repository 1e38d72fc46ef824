"""Matters that agree in a number, a place or a method are found."""

from alembic import op

revision = "0079"
down_revision = "0078"


def upgrade() -> None:
    """By what each may be found, and which two agree: both are reckoned from the journal, by the next round of inspections."""
    op.execute("""
        CREATE TABLE trait (
            matter text NOT NULL,
            sort text NOT NULL,
            value text NOT NULL,
            seq integer NOT NULL,
            field text NOT NULL,
            at timestamptz NOT NULL,
            PRIMARY KEY (matter, sort, value)
        )
    """)
    op.execute("CREATE INDEX trait_by_value ON trait (sort, value, at)")
    op.execute("""
        CREATE TABLE link_candidate (
            low text NOT NULL,
            high text NOT NULL,
            score integer NOT NULL,
            features jsonb NOT NULL,
            keys text[] NOT NULL DEFAULT '{}',
            settled text[] NOT NULL DEFAULT '{}',
            found_at timestamptz NOT NULL,
            gone_at timestamptz,
            PRIMARY KEY (low, high)
        )
    """)
    op.execute("CREATE INDEX link_candidate_by_score ON link_candidate (score DESC, low, high) WHERE gone_at IS NULL")
    op.execute("CREATE INDEX link_candidate_of ON link_candidate (high)")


def downgrade() -> None:
    """What people judged stands in the journal."""
    op.execute("DROP TABLE link_candidate")
    op.execute("DROP TABLE trait")
