"""What a paper that is still to be made will say is changed by nobody but whoever owns the database."""

from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Refuse to fill in anything else than what the step's transaction did; what has been made is forgotten."""
    op.execute("""
CREATE FUNCTION refuse_another_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'what a document will say is written once, with the step that issues it';
END $$
""")
    op.execute("""
CREATE TRIGGER document_says_what_was_recorded BEFORE UPDATE OF context ON document FOR EACH ROW
WHEN (NEW.context IS DISTINCT FROM OLD.context AND NEW.context <> '{}') EXECUTE FUNCTION refuse_another_context()
""")


def downgrade() -> None:
    """Trust whoever runs."""
    op.execute("DROP TRIGGER document_says_what_was_recorded ON document")
    op.execute("DROP FUNCTION refuse_another_context")
