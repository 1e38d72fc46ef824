"""The kind of a matter stands beside its number, where it was read from the number's first letters."""

from alembic import op

revision = "0050"
down_revision = "0049"

# What `models.old_messages.kind_of_old_number` does for messages.
READ_OLD_NUMBER = """
CREATE FUNCTION kind_of_old_number(number text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE left(number, 2)
        WHEN 'JQ' THEN 'incident' WHEN 'XA' THEN 'criminal-case' WHEN 'RY' THEN 'suspect' WHEN 'ZA' THEN 'public-order-case'
        WHEN 'WP' THEN 'exhibit' WHEN 'ZG' THEN 'rectification-order' WHEN 'SD' THEN 'delivery' WHEN 'ZJ' THEN 'canary' END
$$
"""
COLUMNS = """
ALTER TABLE clock ADD COLUMN kind varchar;
ALTER TABLE outbox ADD COLUMN target_kind varchar;
"""
# Code of before goes on beside the new for as long as an upgrade takes, and names no kind in what it writes.
FILLING = """
CREATE FUNCTION fill_kind_of_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.kind = kind_of_old_number(NEW.matter);
    RETURN NEW;
END $$;
CREATE FUNCTION fill_kind_of_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.target_kind = kind_of_old_number(NEW.target);
    RETURN NEW;
END $$;
CREATE TRIGGER clock_of_old_code BEFORE INSERT ON clock FOR EACH ROW WHEN (NEW.kind IS NULL) EXECUTE FUNCTION fill_kind_of_clock();
CREATE TRIGGER target_of_old_code BEFORE INSERT ON outbox FOR EACH ROW
    WHEN (NEW.target_kind IS NULL AND NEW.target <> '') EXECUTE FUNCTION fill_kind_of_target();
"""
FILL = """
UPDATE clock SET kind = kind_of_old_number(matter);
UPDATE outbox SET target_kind = kind_of_old_number(target) WHERE target <> '';
DROP INDEX clock_by_kind;
CREATE INDEX clock_by_kind ON clock (kind, due_at, id) WHERE state IN ('running', 'suspended', 'not-started');
"""
TAKE_AWAY = """
DROP TRIGGER clock_of_old_code ON clock;
DROP TRIGGER target_of_old_code ON outbox;
DROP INDEX clock_by_kind;
CREATE INDEX clock_by_kind ON clock (left(matter, 2), due_at, id) WHERE state IN ('running', 'suspended', 'not-started');
DROP FUNCTION fill_kind_of_clock, fill_kind_of_target, kind_of_old_number(text);
ALTER TABLE clock DROP COLUMN kind;
ALTER TABLE outbox DROP COLUMN target_kind;
"""


def upgrade() -> None:
    """Read each number of before once, and what code of before still writes as it comes."""
    for statements in (READ_OLD_NUMBER, COLUMNS, FILLING, FILL):
        op.execute(statements)


def downgrade() -> None:
    """Let the numbers tell it again."""
    op.execute(TAKE_AWAY)
