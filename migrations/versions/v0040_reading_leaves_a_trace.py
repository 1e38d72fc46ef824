"""Reading leaves a trace, which nobody changes; a day's traces go whole once an entry of the bureau's chain accounts for them."""

from alembic import op

revision = "0040"
down_revision = "0039"

TABLES = """
CREATE TABLE reading_trace (
    day date NOT NULL, position integer NOT NULL, at timestamptz NOT NULL, username text NOT NULL, offices text[] NOT NULL,
    units text[] NOT NULL, address text NOT NULL, sort text NOT NULL, matter text NOT NULL, status integer NOT NULL,
    secret bytea, key_id text, hash bytea NOT NULL, PRIMARY KEY (day, position)
);
CREATE INDEX reading_by_time ON reading_trace (at DESC);
CREATE INDEX reading_by_person ON reading_trace (username, at DESC);
CREATE INDEX reading_by_matter ON reading_trace (matter, at DESC) WHERE matter <> '';
CREATE TABLE reading_day (day date PRIMARY KEY, position integer NOT NULL, hash bytea NOT NULL, sealed integer NOT NULL DEFAULT 0);
"""
# A day is accounted for by its head: how many traces there were, and the hash of the last.
KEPT = """
CREATE FUNCTION reading_is_accounted_for(whose date) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM entry e JOIN reading_day d ON d.day = whose
        WHERE e.chain = 'BUREAU' AND e.key = 'readings/' || to_char(whose, 'YYYY-MM-DD')
            AND (e.content::jsonb ->> 'traces')::int = d.position AND e.content::jsonb ->> 'hash' = encode(d.hash, 'hex'))
$$;
CREATE FUNCTION keep_all_but_what_is_accounted_for() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT day FROM gone) each WHERE NOT reading_is_accounted_for(each.day)) THEN
        RAISE EXCEPTION 'traces of reading are append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_trace_is_append_only BEFORE UPDATE OR TRUNCATE ON reading_trace
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
CREATE TRIGGER reading_trace_is_kept AFTER DELETE ON reading_trace REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION keep_all_but_what_is_accounted_for();
"""
# It runs as whoever owns the tables, hence looks up nothing by a path that the caller chose, and takes no day on trust.
FORGET = """
CREATE FUNCTION forget_readings(whose date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT reading_is_accounted_for(whose) THEN
        RAISE EXCEPTION 'only a day that is accounted for is forgotten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM reading_trace WHERE day = whose;
    DELETE FROM reading_day WHERE day = whose;
END $$;
REVOKE EXECUTE ON FUNCTION forget_readings(date) FROM PUBLIC;
"""


def upgrade() -> None:
    """From now on; who read what before is not known."""
    for each in (TABLES, KEPT, FORGET):
        op.execute(each)
