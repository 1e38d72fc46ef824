"""The outbox (待办承诺): a row for each command of a step to another matter, until it is done."""

from datetime import timedelta
from typing import Any, NamedTuple

from models.access.sealing import build_failure_office_sql
from models.store.connection import Query

# A matter whose workflow may not know the journal's newest entry; it promises nothing, and catches up.
CATCH_UP = "catch-up"

# A part of the statement that keeps a promise: of `record` and of whoever hands it to a person.
KEPT = """
kept AS (
    DELETE FROM outbox WHERE id = %(key)s RETURNING id
), relieved AS (
    UPDATE task SET done_at = now() FROM kept WHERE task.key = kept.id || '/outstanding' AND task.done_at IS NULL
)
"""
PROMISED = """
INSERT INTO outbox (id, matter, seq, item, verb, target, target_kind, promised_at, rouse_at)
SELECT id, %(number)s, seq, item, verb, target, target_kind, clock_timestamp(), clock_timestamp() + interval '5 seconds'
FROM jsonb_to_recordset(%(promises)s) AS each (id text, seq int, item int, verb text, target text, target_kind text)
"""
OUTSTANDING = Query[str](f"SELECT id FROM outbox WHERE matter = %(number)s AND verb <> '{CATCH_UP}'")


class Owed(NamedTuple):
    """A promise that is not kept yet, with its command from the journal."""

    id: str
    seq: int
    item: int
    command: dict[str, Any]


OWED = Query[Owed](f"""
SELECT o.id, o.seq, o.item, e.content::json #> ARRAY['recorded', 'intentions', o.item::text] AS command
FROM outbox o JOIN entry e ON e.chain = o.matter AND e.seq = o.seq AND e.sort IN ('step', 'told')
WHERE o.matter = %(number)s AND o.verb <> '{CATCH_UP}' ORDER BY e.position, o.item
""")
# Whether a matter is about to be told something; whoever owes it a word for longer keeps nobody waiting.
EXPECTED = """
EXISTS (SELECT FROM outbox WHERE target = %(number)s AND verb <> 'open' AND promised_at > clock_timestamp() - interval '10 seconds')
"""
CAUGHT_UP = f"DELETE FROM outbox WHERE matter = %(number)s AND verb = '{CATCH_UP}'"


class Due(NamedTuple):
    """An overdue promise: of which matter, and to which; kinds are None where unknown."""

    matter: str
    kind: str | None
    target: str
    target_kind: str | None


DUE = Query[Due]("""
UPDATE outbox SET rousings = rousings + 1, rouse_at = now() + least(%(patience)s * 2 ^ (rousings + 1), %(seldom)s)
WHERE id IN (SELECT id FROM outbox WHERE rouse_at <= now() ORDER BY rouse_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING matter, (SELECT kind FROM matter m WHERE m.number = outbox.matter) AS kind, target, target_kind
""")
# A person is told of what could not be done so far; it goes on being tried, and the task is done when it has been.
TELL = f"""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT m.number, o.id || '/outstanding', 'undelivered',
    CASE o.verb WHEN 'open' THEN '已登记应创建的事项（' ELSE '已登记应告知的事项（' END || o.target || '）尚未完成，系统正在重试；长时间没有完成的，请报告系统管理员',
    m.unit_id, {build_failure_office_sql("m.number")}, '', true, now()
FROM outbox o JOIN matter m ON m.number = o.matter
WHERE o.verb <> '{CATCH_UP}' AND o.promised_at < now() - %(overdue)s::interval
ON CONFLICT (key) DO NOTHING
"""


class Backlog(NamedTuple):
    """How many promises are open, and the age of the oldest; None where there is none."""

    many: int
    age: timedelta | None


BACKLOG = Query[Backlog](
    f"SELECT count(*) AS many, clock_timestamp() - min(promised_at) AS age FROM outbox WHERE verb <> '{CATCH_UP}'"
)
