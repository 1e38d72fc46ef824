"""What a paper is found by is reckoned after its triggers: whoever compares what was with what will be leaves it out.

Without that, no paper that was made gets a PDF beside it, and none that could not be converted is put off.
"""

from alembic import op

revision = "0053"
down_revision = "0052"

_KEPT = """
CREATE OR REPLACE FUNCTION refuse_to_replace_a_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'documents are kept' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.matter, OLD.seq, OLD.type, OLD.number) IS DISTINCT FROM (NEW.matter, NEW.seq, NEW.type, NEW.number)
        OR OLD.state = 'produced' AND {old} IS DISTINCT FROM {new}
        OR OLD.pdf IS NOT NULL AND OLD.pdf IS DISTINCT FROM NEW.pdf THEN
        RAISE EXCEPTION 'a document is never replaced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
_BEFORE = "(to_jsonb({}) - 'pdf' - 'tried_at')"
_NOW = "(to_jsonb({}) - 'pdf' - 'tried_at' - 'folded')"


def upgrade() -> None:
    """Leave the reckoned column out."""
    op.execute(_KEPT.format(old=_NOW.format("OLD"), new=_NOW.format("NEW")))


def downgrade() -> None:
    """Compare all of it again."""
    op.execute(_KEPT.format(old=_BEFORE.format("OLD"), new=_BEFORE.format("NEW")))
