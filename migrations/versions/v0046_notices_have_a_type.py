"""A notice says of what type it is, and its words are read by people alone."""

from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Notices of clocks have one; whoever was copied in was told so in these words until now."""
    op.execute("ALTER TABLE notice ADD COLUMN type varchar NOT NULL DEFAULT 'message'")
    op.execute("""
UPDATE notice SET type = CASE WHEN clock_id <> '' THEN 'clock' ELSE 'copy' END WHERE clock_id <> '' OR words LIKE '抄送%'
""")
    op.execute("DROP INDEX notice_of_copy")
    op.execute("CREATE INDEX notice_of_copy ON notice (unit_id, office) WHERE type = 'copy'")


def downgrade() -> None:
    """Tell copies by their words again."""
    op.execute("DROP INDEX notice_of_copy")
    op.execute("CREATE INDEX notice_of_copy ON notice (unit_id, office) WHERE clock_id = '' AND words LIKE '抄送%'")
    op.execute("ALTER TABLE notice DROP COLUMN type")
