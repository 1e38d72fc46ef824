"""What a period counted, and what ends first of a matter, is found without going through all there ever was."""

from alembic import op

revision = "0087"
down_revision = "0086"


def upgrade() -> None:
    """Facts by when they happened; clocks by unit and when they counted, by matter and end; the few of liberty, and of minors."""
    running = "state in ('running', 'suspended', 'not-started')"
    op.execute(f"CREATE INDEX clock_nearest ON clock (matter, due_at) WHERE {running} AND limit_id <> 'canary'")
    op.execute(f"CREATE INDEX clock_of_liberty ON clock (due_at, id) WHERE {running} AND liberty")
    op.execute("CREATE INDEX fact_by_time ON fact (fact, at)")
    op.execute(
        "CREATE INDEX clock_settled ON clock (unit_id, (least(coalesce(ended_at, due_at), due_at))) WHERE due_at IS NOT NULL"
    )
    op.execute("CREATE INDEX clock_of_minors ON clock (started_at) WHERE limit_id = 'juvenile-guardian-presence'")


def downgrade() -> None:
    """They are found by reading all."""
    for index in ("clock_of_minors", "clock_settled", "fact_by_time", "clock_of_liberty", "clock_nearest"):
        op.execute(f"DROP INDEX {index}")
