"""Accounts: whose password is whose, sign-ins that end, attempts that every process counts, and second factors."""

from alembic import op

revision = "0038"
down_revision = "0037"

# Two people share a salted hash only where both were invented with it.
ACCOUNTS = """
ALTER TABLE person
    ADD COLUMN demo boolean NOT NULL DEFAULT false,
    ADD COLUMN home text REFERENCES unit (id),
    ADD COLUMN generation integer NOT NULL DEFAULT 0,
    ADD COLUMN must_change boolean NOT NULL DEFAULT false,
    ADD COLUMN signed_out_at timestamptz;
UPDATE person SET password_hash = NULL WHERE username LIKE 'system:%';
ALTER TABLE person ADD CONSTRAINT machines_have_no_password CHECK (username NOT LIKE 'system:%' OR password_hash IS NULL);
UPDATE person SET demo = true WHERE password_hash IN (
    SELECT password_hash FROM person WHERE password_hash IS NOT NULL GROUP BY 1 HAVING count(*) > 1);
UPDATE person p SET home = (
    SELECT u.id FROM entry e JOIN unit u ON u.id = e.content::json ->> 'unit'
    WHERE e.chain = 'BUREAU' AND e.sort = 'administration' AND e.step IN ('enrol-person', 'withdraw-office')
        AND e.content::json ->> 'username' = p.username
    ORDER BY e.position DESC LIMIT 1)
WHERE NOT EXISTS (SELECT FROM holding h WHERE h.username = p.username);

CREATE TABLE session (
    sid text PRIMARY KEY, username text NOT NULL, began_at timestamptz NOT NULL, seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, ended boolean NOT NULL DEFAULT false
);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE guess (door text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX guess_at_door ON guess (door, at);
CREATE INDEX guess_by_time ON guess (at);

CREATE TABLE second_factor (
    username text PRIMARY KEY REFERENCES person (username), secret bytea NOT NULL, key_id text NOT NULL, begun_at timestamptz NOT NULL,
    confirmed_at timestamptz, last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE refusal_count (
    username text NOT NULL, day date NOT NULL, problem text NOT NULL, times integer NOT NULL, last_at timestamptz NOT NULL,
    PRIMARY KEY (username, day, problem)
);

-- Whoever remembers people for some seconds forgets them at once.
CREATE FUNCTION tell_of_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY louke_people;
    RETURN NULL;
END $$;
CREATE TRIGGER person_is_told AFTER UPDATE OR DELETE ON person FOR EACH STATEMENT EXECUTE FUNCTION tell_of_people();
CREATE TRIGGER holding_is_told AFTER INSERT OR UPDATE OR DELETE ON holding FOR EACH STATEMENT EXECUTE FUNCTION tell_of_people();
CREATE TRIGGER second_factor_is_told AFTER UPDATE OR DELETE ON second_factor FOR EACH STATEMENT EXECUTE FUNCTION tell_of_people();
CREATE TRIGGER session_end_is_told AFTER INSERT OR UPDATE OF ended ON session
    FOR EACH ROW WHEN (new.ended) EXECUTE FUNCTION tell_of_people();
"""


def upgrade() -> None:
    """What people have now they keep; machines lose a password that somebody set them."""
    op.execute(ACCOUNTS)
