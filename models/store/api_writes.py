"""What the API writes by itself: the number of an opening, refused attempts, looks, exports, scans, published years, who is to catch up.

Everything else is written by activities. These concern no matter's course: a workflow that refuses leaves no history, a number must
exist before its workflow does, a workflow that did not answer may be behind its journal, papers are looked at and scanned whatever
happens meanwhile, and the calendar belongs to no matter.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from law.offices import Office
from models.journal import BUREAU, GENESIS, format_canonical, hash_body, link
from models.matter import Kind, build_number_prefix
from models.messages import Refusal
from models.problems import KeyReused
from models.readmodel.matter_status import find_entry
from models.store.connection import Connection, Query, fetch_first, fetch_one
from models.store.findings import ASK_TO_INSPECT


class _Kept(NamedTuple):
    """What is kept under a key, and the content of the entry that was recorded under it, if any."""

    number: str
    body_hash: str
    first: str | None


# One round trip for what is kept anew or was kept before, and for what was recorded under the key since.
RESERVE = Query[_Kept]("""
WITH kept AS (
    INSERT INTO reservation (key, number, body_hash)
    SELECT %(key)s::text, %(beginning)s::text || next_serial(), %(body_hash)s::text
    WHERE NOT EXISTS (SELECT FROM reservation WHERE key = %(key)s)
    ON CONFLICT (key) DO NOTHING RETURNING number, body_hash
)
SELECT number, body_hash, (SELECT content FROM entry WHERE key = %(key)s) AS first
FROM (SELECT * FROM kept UNION ALL SELECT number, body_hash FROM reservation WHERE key = %(key)s) AS one
""")
BEGIN_CHAIN = "INSERT INTO chain (chain, position, hash, sealed) VALUES (%(chain)s, 0, %(genesis)s, 0) ON CONFLICT DO NOTHING"


class _Head(NamedTuple):
    """The newest entry of a chain: its position and hash, and how many steps there were till then."""

    position: int
    hash: bytes
    seq: int


HEAD = Query[_Head]("""
SELECT c.position, c.hash, coalesce(m.seq, 0) AS seq FROM chain c LEFT JOIN matter m ON m.number = c.chain
WHERE c.chain = %(chain)s FOR UPDATE OF c
""")
APPEND = """
WITH head AS (UPDATE chain SET position = %(position)s, hash = %(hash)s WHERE chain = %(chain)s)
INSERT INTO entry (chain, position, seq, sort, step, key, username, recorded_at, content, previous, hash)
VALUES (%(chain)s, %(position)s, %(seq)s, %(sort)s, %(step)s, %(key)s, %(username)s, %(now)s, %(content)s, %(previous)s, %(hash)s)
"""
PUBLISH = Query[int]("""
INSERT INTO calendar_year (year, rest_days, notice, published_by, published_at)
VALUES (%(year)s, %(rest_days)s, %(notice)s, %(username)s, %(now)s)
ON CONFLICT (year) DO UPDATE SET rest_days = excluded.rest_days, notice = excluded.notice, published_by = excluded.published_by,
    published_at = excluded.published_at
    WHERE (calendar_year.rest_days, calendar_year.notice) IS DISTINCT FROM (excluded.rest_days, excluded.notice)
RETURNING year
""")


class _Added(NamedTuple):
    """A scan that was put into a dossier."""

    id: int
    version: int


# Whoever adds a version holds the head of the matter's chain, so that no two take one number.
ADD_ITEM = Query[_Added]("""
INSERT INTO dossier_item (matter, place, title, version, hash, size, media_type, uploaded_by, uploaded_at)
SELECT %(matter)s::text, %(place)s, %(title)s::text, coalesce(max(version), 0) + 1, %(hash)s, %(size)s, %(media_type)s, %(username)s,
    %(now)s
FROM dossier_item WHERE matter = %(matter)s::text AND title = %(title)s::text RETURNING id, version
""")
LOCK = "SELECT FROM chain WHERE chain = %(matter)s FOR UPDATE"

# A workflow that may not have learnt of the journal's newest entry; the watchdog rouses it at once.
UNSURE = """
INSERT INTO outbox (id, matter, verb, target, promised_at, rouse_at)
VALUES (%(number)s::text || '/catch-up', %(number)s, 'catch-up', '', now(), now()) ON CONFLICT (id) DO NOTHING
"""

# Whoever asks while one is under way gets that one.
ASK = Query[int]("INSERT INTO verification (asked_by, asked_at) VALUES (%(username)s, %(now)s) ON CONFLICT DO NOTHING RETURNING id")


class Reserved(NamedTuple):
    """The number kept for an opening, the hash of what was first handed in under its key, and the entry recorded since, if any."""

    number: str
    body_hash: str
    first: dict[str, Any] | None


async def reserve(connection: Connection, key: str, kind: Kind, year: int, body_hash: str) -> Reserved:
    """What is kept for an opening under this key."""
    arguments = {"key": key, "beginning": build_number_prefix(kind, year), "body_hash": body_hash}
    # Nothing is seen where another kept a number under the key in this very moment; the next look sees it.
    while not (row := await fetch_first(connection, RESERVE, arguments)):
        pass
    return Reserved(row.number, row.body_hash, json.loads(row.first) if row.first else None)


async def queue_journal_reading(connection: Connection, number: str) -> None:
    """Have the workflow of a matter read its journal: nobody knows whether it has heard of what was recorded last."""
    await connection.execute(UNSURE, {"number": number})


# Of a refusal the journal keeps so much of each list and each text, however much was handed in; none that officers get is longer.
_LISTED, _WRITTEN = 50, 1000
# Whoever has no business here, or is refused without end, is counted: the journal cannot forget, and would fill.
COUNT_REFUSAL = """
INSERT INTO refusal_count (username, day, problem, times, last_at)
VALUES (%(username)s, (%(now)s AT TIME ZONE 'Asia/Shanghai')::date, %(problem)s, 1, %(now)s)
ON CONFLICT (username, day, problem) DO UPDATE SET times = refusal_count.times + 1, last_at = excluded.last_at
"""


async def count_refusal(connection: Connection, username: str, problem: str, now: datetime) -> None:
    """Count a refusal that gets no entry of its own: by whom, of which kind, on which day."""
    await connection.execute(COUNT_REFUSAL, {"username": username, "problem": problem, "now": now})


def shorten_content(content: Any) -> Any:
    """The same, with nothing longer in it than a person reads."""
    if isinstance(content, str):
        return content[:_WRITTEN]
    if isinstance(content, Mapping):
        return {str(name)[:_WRITTEN]: shorten_content(value) for name, value in list(content.items())[:_LISTED]}
    return [shorten_content(each) for each in content[:_LISTED]] if isinstance(content, list | tuple) else content


async def journal_refusal(
    connection: Connection,
    chain: str,
    step: str,
    username: str,
    offices: Sequence[str],
    refusal: Refusal,
    form_hash: str,
    now: datetime,
) -> None:
    """Journal that somebody tried a step and why not; of the form only its hash, since what was refused may be anything."""
    content = {
        "actor": {"person": username, "offices": list(offices)},
        "problem": refusal.slug,
        "detail": shorten_content(refusal.detail),
        "members": shorten_content(refusal.members),
        "form_hash": form_hash,
    }
    await append(connection, chain, "refusal", step, username, content, now)
    if chain != BUREAU:
        await connection.execute(ASK_TO_INSPECT, {"matters": [chain]})


async def publish(
    connection: Connection, year: int, rest_days: Sequence[date], notice: str, username: str, now: datetime, proposed_by: str = ""
) -> None:
    """Publish or correct a year's rest days as somebody proposed and another confirmed them, and journal it, in one transaction."""
    days = sorted(rest_days)
    async with connection.transaction():
        published = {"year": year, "rest_days": days, "notice": notice, "username": username, "now": now}
        if not await fetch_first(connection, PUBLISH, published):
            return  # so it stands already
        content = {"actor": {"person": username}, "proposed_by": proposed_by, "year": year, "rest_days": days, "notice": notice}
        await append(connection, BUREAU, "calendar", "publish-calendar", username, content, now)


async def ask_verification(connection: Connection, username: str, now: datetime) -> None:
    """Ask for a verification of the journal, and journal that; while one is under way that one is meant."""
    async with connection.transaction():
        if await fetch_first(connection, ASK, {"username": username, "now": now}):
            content = {"actor": {"person": username, "offices": [Office.ADMINISTRATOR]}}
            await append(connection, BUREAU, "administration", "verify-journal", username, content, now)


async def append(
    connection: Connection, chain: str, entry_type: str, step: str, username: str | None, fields: Mapping[str, Any], now: datetime
) -> None:
    """Append an entry that is no step to a matter's chain; `username` is that of the actor in `fields`, None where nobody acted.

    Under a `key` in `fields` it is appended once, and found again: whoever may come again asks first.
    """
    async with connection.transaction():
        await connection.execute(BEGIN_CHAIN, {"chain": chain, "genesis": GENESIS})
        head = await fetch_one(connection, HEAD, {"chain": chain})
        position = head.position + 1
        content = format_canonical(
            {"chain": chain, "position": position, "seq": head.seq, "sort": entry_type, "step": step, "recorded": now, **fields}
        )
        row = {
            "chain": chain,
            "position": position,
            "seq": head.seq,
            "sort": entry_type,
            "step": step,
            "key": fields.get("key"),
            "username": username,
            "now": now,
            "content": content,
            "previous": head.hash,
            "hash": link(head.hash, content),
        }
        await connection.execute(APPEND, row)


async def journal_access(
    connection: Connection, chain: str, username: str, offices: Sequence[str], what: Mapping[str, Any], now: datetime
) -> None:
    """Journal that somebody was given a file of this matter."""
    content = {"actor": {"person": username, "offices": list(offices)}, **what}
    await append(connection, chain, "access", "read-document", username, content, now)


# A page that lies open asks for the same every few seconds; that it was looked at is journaled once in so long, whichever process is asked.
_SAME = timedelta(minutes=10)
LOOKED_LATELY = Query[int]("""
SELECT position FROM entry WHERE chain = %(matter)s AND username = %(username)s AND step = 'look-at-file' AND recorded_at > %(since)s
    AND content::jsonb ->> 'what' = %(what)s
LIMIT 1
""")


async def journal_sealed_look(
    connection: Connection, chain: str, username: str, offices: Sequence[str], what: str, now: datetime
) -> None:
    """Journal that somebody looked at the sealed file of this matter, and at what in it, unless the journal has it of the last minutes."""
    asked = {"matter": chain, "username": username, "what": what, "since": now - _SAME}

    async def lately() -> bool:
        return await fetch_first(connection, LOOKED_LATELY, asked) is not None

    if await lately():
        return
    async with connection.transaction():
        await connection.execute(LOCK, asked)
        if not await lately():  # not if another request has just journaled it
            content = {"actor": {"person": username, "offices": list(offices)}, "what": what}
            await append(connection, chain, "access", "look-at-file", username, content, now)


async def journal_veiled_look(
    connection: Connection, chain: str, username: str, offices: Sequence[str], what: Mapping[str, Any], now: datetime
) -> None:
    """Journal that somebody read a veiled field of this matter, and by which approval: each time."""
    content = {"actor": {"person": username, "offices": list(offices)}, **what}
    await append(connection, chain, "access", "look-at-veiled", username, content, now)


async def journal_export(
    connection: Connection,
    username: str,
    offices: Sequence[str],
    what: str,
    filters: Mapping[str, str],
    rows: int,
    now: datetime,
    mark: str,
) -> None:
    """Journal that somebody took so many rows of a list or board away, in a file that bears that mark."""
    actor = {"person": username, "offices": list(offices)}
    content = {"actor": actor, "what": what, "filters": dict(filters), "rows": rows, "mark": mark}
    await append(connection, BUREAU, "access", "export", username, content, now)


async def add_scan(
    connection: Connection, matter: str, username: str, offices: Sequence[str], item: Mapping[str, Any], key: str, now: datetime
) -> tuple[int, int]:
    """Put a scan (`place`, `title`, `hash`, `size`, `media_type`) into a matter's dossier, and journal it; its id and its version.

    Of one that was converted the journal keeps of what it was made (`converted_from`).

    A repeat under the same key is answered as the first was, and puts nothing in.
    """
    hashed = hash_body(f"{matter}/upload-paper", item)
    async with connection.transaction():
        await connection.execute(LOCK, {"matter": matter})
        if first := await find_entry(connection, key):
            if first["body_hash"] != hashed:
                raise KeyReused(field="Idempotency-Key")
            return first["item"], first["version"]
        row = await fetch_one(connection, ADD_ITEM, {**item, "matter": matter, "username": username, "now": now})
        content = {
            "actor": {"person": username, "offices": list(offices)},
            "item": row.id,
            "place": item["place"],
            "title": item["title"],
            "version": row.version,
            "sm3": item["hash"],
            "size": item["size"],
            "key": key,
            "body_hash": hashed,
            **({"converted_from": item["converted_from"]} if "converted_from" in item else {}),
        }
        await append(connection, matter, "dossier", "upload-paper", username, content, now)
    return row.id, row.version
