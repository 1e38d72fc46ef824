"""Canaries are summed up after a term: the journal lets go of theirs, and of nothing else, once an entry of the bureau's chain names them."""

from alembic import op

revision = "0034"
down_revision = "0033"

# A canary's number tells the day; the sum of that day bears it in its key, and stands before anything of it may go.
SUMMED_UP = """
CREATE FUNCTION keep_all_but_what_is_summed_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose text := to_jsonb(old) ->> tg_argv[0];
BEGIN
    IF whose LIKE 'ZJ%' AND EXISTS (
        SELECT FROM entry e WHERE e.chain = 'BUREAU' AND e.key = 'canaries/' || substr(whose, 3, 8)
            AND e.content::jsonb -> 'heads' ? whose
    ) THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER entry_is_append_only ON entry;
DROP TRIGGER ring_is_append_only ON ring;
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
CREATE TRIGGER ring_is_append_only BEFORE UPDATE OR TRUNCATE ON ring FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION keep_all_but_what_is_summed_up('chain');
CREATE TRIGGER ring_is_kept BEFORE DELETE ON ring FOR EACH ROW EXECUTE FUNCTION keep_all_but_what_is_summed_up('matter');
"""


def upgrade() -> None:
    """From now on; what has been rung and recorded so far is summed up by the watchdog, day by day."""
    op.execute(SUMMED_UP)
