"""Handing over requests (移交呈请) that name somebody who leaves, and what was copied to them."""

from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from law.offices import Office
from models.access import succession
from models.access.approvers import list_approval_tasks
from models.access.request_hands import list_active_people, list_people_named, replace_departed
from models.access.succession import Reaching
from models.forms.form import get_forms
from models.messages import Request, Signer
from models.store.administrative_change import Change
from models.store.connection import Query, fetch_all
from models.store.tasks import OPEN_TASKS


class _Predecessor(NamedTuple):
    """Somebody whose matters in that unit were taken over."""

    username: str
    unit_id: str


BEFORE = Query[_Predecessor]("SELECT username, unit_id FROM succession WHERE successor = %(username)s")
# Whoever makes history in a matter holds its chain: what is read after this is what they wrote, and they will read what we write.
HOLD = """
SELECT FROM chain WHERE chain IN (SELECT number FROM matter WHERE requests <> '[]' AND unit_id <> ALL(%(kept)s) AND EXISTS (
    SELECT FROM unnest(%(names)s::text[]) AS name WHERE strpos(requests::text, to_json(name)::text) > 0)) ORDER BY chain FOR UPDATE
"""


class _Requested(NamedTuple):
    """A matter with its requests as they were recorded, without their forms."""

    number: str
    unit_id: str
    requests: list[dict[str, Any]]


REQUESTED = Query[_Requested]("""
SELECT number, unit_id, requests FROM matter WHERE requests <> '[]' AND unit_id <> ALL(%(kept)s) AND EXISTS (
    SELECT FROM unnest(%(names)s::text[]) AS name WHERE strpos(requests::text, to_json(name)::text) > 0) ORDER BY number
""")
DONE = """
UPDATE task SET done_at = %(now)s
WHERE matter = %(number)s AND done_at IS NULL AND sort = 'approval' AND key <> ALL(%(awaited)s::text[])
"""
TELL = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
VALUES (%(number)s, '', 'none', %(unit)s, '', %(person)s, %(words)s, %(now)s)
"""
PASS_COPIES = Query[str]("""
UPDATE matter SET shared_with = shared_with || ('@' || %(successor)s::text)
WHERE shared_with @> ARRAY['@' || %(username)s::text] AND NOT final AND unit_id <> ALL(%(kept)s)
    AND NOT shared_with @> ARRAY['@' || %(successor)s::text]
RETURNING unit_id
""")


class Naming(NamedTuple):
    """A matter with requests that name somebody who leaves, or whom they took over from; `answers`: they can still act on one."""

    number: str
    unit: str
    requests: tuple[Request, ...]
    answers: bool


async def lock_requests_naming(change: Change, username: str, kept: frozenset[str]) -> list[Naming]:
    """The requests, outside the units kept, that name this person; locked against new ones."""
    before = await fetch_all(change.connection, BEFORE, {"username": username})
    asked = {"kept": sorted(kept), "names": sorted({username, *(row.username for row in before)})}
    await change.connection.execute(HOLD, asked)
    found = []
    for row in await fetch_all(change.connection, REQUESTED, asked):
        theirs = {username, *(each.username for each in before if each.unit_id == row.unit_id)}
        requests = tuple(Request.model_validate({**each, "form": {}}) for each in row.requests)
        if any(theirs & list_people_named(each) for each in requests):
            found.append(Naming(row.number, row.unit_id, requests, any(theirs & list_active_people(each) for each in requests)))
    return found


async def pass_copies(change: Change, username: str, successor: str, kept: frozenset[str]) -> set[str]:
    """Give the successor access to what was copied (抄送) to the one who leaves; returns the units of those matters."""
    asked = {"username": username, "successor": successor, "kept": sorted(kept)}
    return set(await fetch_all(change.connection, PASS_COPIES, asked))


async def pass_requests(change: Change, username: str, zh: str, naming: list[Naming]) -> None:
    """Reassign the tasks of each request to whoever decides instead, and tell them and its asker.

    The request is left as recorded: whoever reads it, its workflow included, sees it after departures.
    """
    for each in naming:
        matter = await succession.load_reaching(change.connection, each.number) or Reaching("", each.unit)
        participants = await succession.find_participants_of(change.connection, matter, each.requests)
        now = tuple(replace_departed(request, participants) for request in each.requests)
        tasks = [task for request in now for task in list_approval_tasks(each.number, each.unit, request, change.now)]
        awaited = [task["key"] for task in tasks]
        await change.connection.execute(DONE, {"number": each.number, "awaited": awaited, "now": change.now})
        await change.connection.execute(OPEN_TASKS, {"tasks": Jsonb(tasks)})
        for before, after in zip(each.requests, now, strict=True):
            await _tell(change, each, username, zh, before, after)


async def _tell(change: Change, matter: Naming, username: str, zh: str, before: Request, after: Request) -> None:
    title = get_forms()[after.step].rule.title
    if before.asker == username and after.asker:
        await _say(change, matter, after.asker, f"您已接手{zh}的呈请“{title}”，由您撤回、催办和补正")
    was, comes = {each.person for each in before.present}, [each for each in after.present if each not in before.present]
    if username in was and after.asker:
        whom = "、".join([await _describe_signer(change, each) for each in comes])
        words = f"{zh}已不在任，“{title}”" + (f"改由{whom}审批" if comes else "现无人可以审批，请撤回后另行呈请")
        await _say(change, matter, after.asker, words)


async def _describe_signer(change: Change, signer: Signer) -> str:
    names = await succession.read_names(change.connection, {signer.person}, ())
    return names.get(("person", signer.person)) or Office(signer.office).label


async def _say(change: Change, matter: Naming, person: str, words: str) -> None:
    told = {"number": matter.number, "unit": matter.unit, "person": person, "words": words, "now": change.now}
    await change.connection.execute(TELL, told)
