"""What a bureau needs that is restored: numbers of more than eight digits, papers numbered beyond those lost, its upkeep found quickly."""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Nothing changes in a bureau that was never restored."""
    op.execute("""
        CREATE FUNCTION next_serial() RETURNS text LANGUAGE sql VOLATILE AS
        $$ SELECT lpad(n::text, greatest(8, length(n::text)), '0') FROM nextval('matter_number') AS n $$
    """)
    op.execute("CREATE SEQUENCE paper_beyond MINVALUE 0 START 0")
    op.execute("""
        CREATE INDEX entry_of_upkeep ON entry (position)
        WHERE chain = 'BUREAU' AND step IN ('begin-epoch', 'resume-matters', 'make-backup')
    """)
