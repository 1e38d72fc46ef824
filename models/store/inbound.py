"""Messages from outside systems: each stored as it came, held until its predecessor has come, and answered once."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.access.sealing import build_failure_office_sql
from models.problems import FormInvalid
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one

KEEP = """
INSERT INTO inbound (system, message_id, after, body, body_hash, ignored, received_at)
VALUES (%(system)s, %(message_id)s, %(after)s, %(body)s, %(body_hash)s, %(ignored)s, %(now)s)
ON CONFLICT DO NOTHING
"""


class Kept(NamedTuple):
    """A stored message; `status` and `answer` are its answer, None while it has not been acted on."""

    system: str
    message_id: str
    after: str | None
    body: str
    body_hash: str
    ignored: list[str]
    received_at: datetime
    status: int | None
    answer: str | None
    answered_at: datetime | None
    must_wait: bool

    @property
    def number(self) -> str:
        """The number of the matter that it is about, whether or not there is one; empty where it opens one."""
        return json.loads(self.body)["data"].get("matter", "")

    @property
    def state(self) -> str:
        """Its state in answers: held, received (about to be acted on), accepted, or refused."""
        if self.status is None:
            return "held" if self.must_wait else "received"
        return "accepted" if self.status < 400 else "refused"


_KEPT = """
SELECT i.system, i.message_id, i.after, i.body, i.body_hash, i.ignored, i.received_at, i.status, i.answer, i.answered_at,
    i.after IS NOT NULL AND NOT EXISTS (
        SELECT FROM inbound earlier WHERE (earlier.system, earlier.message_id) = (i.system, i.after) AND earlier.status IS NOT NULL
    ) AS must_wait
FROM inbound i WHERE
"""
ONE = Query[Kept](f"{_KEPT} (i.system, i.message_id) = (%(system)s, %(message_id)s)")
HELD = Query[Kept](f"{_KEPT} i.system = %(system)s AND i.status IS NULL ORDER BY i.received_at LIMIT %(limit)s")
# Whoever answers second keeps the first answer.
ANSWER = """
WITH done AS (UPDATE task SET done_at = %(now)s WHERE key = %(task)s AND done_at IS NULL)
UPDATE inbound SET status = %(status)s, answer = %(answer)s, answered_at = %(now)s
WHERE (system, message_id) = (%(system)s, %(message_id)s) AND status IS NULL
"""
NEXT = Query[str]("""
SELECT message_id FROM inbound WHERE system = %(system)s AND after = %(message_id)s AND status IS NULL ORDER BY received_at, message_id
""")
# Whoever waits for one that waits for it, by however many between, waits for ever. Two that come at once see each other.
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%(system)s, 20))"
IN_A_RING = Query[bool]("""
WITH RECURSIVE before (message_id, after) AS (
    SELECT message_id, after FROM inbound WHERE system = %(system)s AND message_id = %(after)s AND status IS NULL
    UNION
    SELECT i.message_id, i.after FROM before JOIN inbound i ON i.system = %(system)s AND i.message_id = before.after AND i.status IS NULL
)
SELECT EXISTS (SELECT FROM before WHERE after = %(message_id)s)
    AND NOT EXISTS (SELECT FROM inbound WHERE (system, message_id) = (%(system)s, %(message_id)s)) AS ring
""")
# Whose matter it is. A message about none that we know concerns the nearest unit that its sender serves, or else the whole bureau.
_SERVED = """SELECT served.id FROM holding h JOIN unit u ON u.id = h.unit_id JOIN unit served ON served.id = u.serves
    WHERE h.username = 'system:' || {system} ORDER BY length(served.path) DESC, served.path LIMIT 1"""
_TOP = """SELECT u.id FROM unit u LEFT JOIN holding h ON h.unit_id = u.id AND h.office = 'administrator'
    ORDER BY h.username IS NULL, length(u.path), u.path LIMIT 1"""
CONCERNED = f"coalesce(m.unit_id, ({_SERVED}), ({_TOP}))"


class _Concern(NamedTuple):
    """Whom a message about a matter of that number concerns."""

    number: str
    office: str
    unit: str


CONCERNS = Query[_Concern](f"""
SELECT each.number, CASE WHEN m.number IS NULL THEN '' ELSE {build_failure_office_sql("m.number")} END AS office, {CONCERNED.format(system="%(system)s::text")} AS unit
FROM unnest(%(numbers)s::text[]) AS each (number) LEFT JOIN matter m ON m.number = each.number
""")
SERVED = Query[str](f"SELECT coalesce(({_SERVED.format(system='%(system)s::text')}), ({_TOP})) AS unit")
ASKED = Query[bool]("SELECT EXISTS (SELECT FROM delivery WHERE subject = %(number)s AND system = %(system)s) AS asked")


class Concern(NamedTuple):
    """Whom a message concerns: the unit, and the office there that handles its matter; empty where it is about none that we know."""

    office: str
    unit: str


# The same as `waiting_task`, of a message `i`.
WAITING_TASK = "'inbound/' || i.system || '/' || i.message_id"


def build_waiting_task_key(system: str, message_id: str) -> str:
    """The key of the task for a message that has waited too long for its predecessor."""
    return f"inbound/{system}/{message_id}"


async def keep(
    connection: Connection,
    system: str,
    message_id: str,
    after: str | None,
    body: str,
    body_hash: str,
    ignored: Sequence[str],
    now: datetime,
) -> Kept:
    """Store a message unless one of that id is stored; returns the stored one. FormInvalid for a message that waits for one waiting for it."""
    arguments = {"system": system, "message_id": message_id, "after": after, "body": body, "body_hash": body_hash, "now": now}
    async with connection.transaction():
        await connection.execute(HOLD, arguments)
        if after is not None and await fetch_one(connection, IN_A_RING, arguments):
            detail = "所等待的报文又在等待本报文，请去掉其中一份的after"
            raise FormInvalid(errors=[{"field": "after", "rule": "not-in-a-ring", "detail": detail}])
        await connection.execute(KEEP, arguments | {"ignored": list(ignored)})
    # By itself: of two messages that come at once, one sees the other.
    found = await find_message(connection, system, message_id)
    assert found is not None  # nothing is ever removed
    return found


async def find_message(connection: Connection, system: str, message_id: str) -> Kept | None:
    """The message of that id, if that system has sent one."""
    return await fetch_first(connection, ONE, {"system": system, "message_id": message_id})


async def list_held_messages(connection: Connection, system: str, limit: int) -> list[Kept]:
    """The messages of that system that have not been acted on, the oldest first."""
    return await fetch_all(connection, HELD, {"system": system, "limit": limit})


async def list_concerns(connection: Connection, system: str, messages: Sequence[Kept]) -> list[Concern]:
    """Whom each of these messages of a system concerns."""
    given = {"system": system, "numbers": list({each.number for each in messages})}
    rows = await fetch_all(connection, CONCERNS, given)
    by_number = {row.number: Concern(row.office, row.unit) for row in rows}
    return [by_number[each.number] for each in messages]


async def answer(connection: Connection, message: Kept, status: int, text: str, now: datetime) -> list[str]:
    """Store the answer, unless there is one; returns the ids of the messages that waited for this one."""
    arguments = {"system": message.system, "message_id": message.message_id, "status": status, "answer": text, "now": now}
    arguments["task"] = build_waiting_task_key(message.system, message.message_id)
    await connection.execute(ANSWER, arguments)
    return await list_following(connection, message)


async def list_following(connection: Connection, message: Kept) -> list[str]:
    """The ids of the messages that wait for this one and for nothing else."""
    return await fetch_all(connection, NEXT, {"system": message.system, "message_id": message.message_id})


async def was_asked(connection: Connection, system: str, number: str) -> bool:
    """Whether that system was ever told of anything in that matter."""
    return await fetch_one(connection, ASKED, {"system": system, "number": number})


async def find_served_unit(connection: Connection, system: str) -> str:
    """The unit of ours that this system's account serves, or the whole bureau: where a matter that it opens stands."""
    return await fetch_one(connection, SERVED, {"system": system})
