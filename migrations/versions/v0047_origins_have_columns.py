"""What was told by the inside of a key has columns: of which entry something came, which request or finding a task is about."""

from alembic import op

revision = "0047"
down_revision = "0046"

# What `models.old_messages.origin_of_old_key` does for messages.
READ_OLD_KEY = """
CREATE FUNCTION origin_of_old_key(key text, OUT number text, OUT seq int, OUT item int)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT part[1], part[2]::int, nullif(part[3], 'answer')::int
    FROM regexp_match(key, '^([^/]+)/([0-9]{1,9})/([0-9]{1,9}|answer)(?:/told)?$') AS found (part)
$$
"""
COLUMNS = """
ALTER TABLE entry ADD COLUMN origin_number varchar, ADD COLUMN origin_seq int, ADD COLUMN origin_item int;
ALTER TABLE outbox ADD COLUMN seq int, ADD COLUMN item int;
ALTER TABLE task ADD COLUMN request_seq int, ADD COLUMN inspection varchar, ADD COLUMN appointment bigint;
"""
# Code of before goes on beside the new for as long as an upgrade takes, and names no origin in what it writes.
FILLING = """
CREATE FUNCTION fill_origin_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT o.number, o.seq, o.item INTO NEW.origin_number, NEW.origin_seq, NEW.origin_item FROM origin_of_old_key(NEW.key) AS o;
    RETURN NEW;
END $$;
CREATE FUNCTION fill_origin_of_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT o.seq, o.item INTO NEW.seq, NEW.item FROM origin_of_old_key(NEW.id) AS o;
    RETURN NEW;
END $$;
CREATE FUNCTION fill_what_a_task_is_about() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE NEW.sort
        WHEN 'approval' THEN NEW.request_seq = substring(NEW.key FROM '^[^/]*/approve/([0-9]{1,9})/')::int;
        WHEN 'finding' THEN NEW.inspection = split_part(NEW.key, '/', 2);
        ELSE NEW.appointment = substring(NEW.key FROM '^([0-9]{1,18})/')::bigint;
    END CASE;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_of_old_code BEFORE INSERT ON entry FOR EACH ROW
    WHEN (NEW.origin_number IS NULL AND NEW.sort IN ('step', 'told') AND NEW.content NOT LIKE '%"proof":{"at":%')
    EXECUTE FUNCTION fill_origin_of_entry();
CREATE TRIGGER promise_of_old_code BEFORE INSERT ON outbox FOR EACH ROW
    WHEN (NEW.seq IS NULL AND NEW.verb <> 'catch-up') EXECUTE FUNCTION fill_origin_of_promise();
CREATE TRIGGER task_of_old_code BEFORE INSERT OR UPDATE ON task FOR EACH ROW
    WHEN (NEW.sort = 'approval' AND NEW.request_seq IS NULL OR NEW.sort = 'finding' AND NEW.inspection IS NULL
        OR NEW.sort = 'appointment' AND NEW.appointment IS NULL) EXECUTE FUNCTION fill_what_a_task_is_about();
"""
# The columns only find what the entry holds, and no hash is over them.
FILL = """
ALTER TABLE entry DISABLE TRIGGER entry_is_append_only;
UPDATE entry SET (origin_number, origin_seq, origin_item) = (SELECT o.number, o.seq, o.item FROM origin_of_old_key(key) AS o)
WHERE sort IN ('step', 'told') AND (origin_of_old_key(key)).number IS NOT NULL AND content NOT LIKE '%"proof":{"at":%';
ALTER TABLE entry ENABLE TRIGGER entry_is_append_only;
UPDATE outbox SET (seq, item) = (SELECT o.seq, o.item FROM origin_of_old_key(id) AS o) WHERE verb <> 'catch-up';
UPDATE task SET sort = sort WHERE sort IN ('approval', 'finding', 'appointment');
"""
TAKE_AWAY = """
DROP TRIGGER entry_of_old_code ON entry;
DROP TRIGGER promise_of_old_code ON outbox;
DROP TRIGGER task_of_old_code ON task;
DROP FUNCTION fill_origin_of_entry, fill_origin_of_promise, fill_what_a_task_is_about, origin_of_old_key(text);
ALTER TABLE entry DROP COLUMN origin_number, DROP COLUMN origin_seq, DROP COLUMN origin_item;
ALTER TABLE outbox DROP COLUMN seq, DROP COLUMN item;
ALTER TABLE task DROP COLUMN request_seq, DROP COLUMN inspection, DROP COLUMN appointment;
"""


def upgrade() -> None:
    """Read each key of before once, and what code of before still writes as it comes."""
    for statements in (READ_OLD_KEY, COLUMNS, FILLING, FILL):
        op.execute(statements)


def downgrade() -> None:
    """Let the keys tell it again."""
    op.execute(TAKE_AWAY)
