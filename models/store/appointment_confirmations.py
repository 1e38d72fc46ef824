"""Entrusting (要职任命): an office that lets things happen, opens sealed files or reaches beyond one station is held once a second person confirmed it.

So is every office of another organ: what is shared with it is open to it.

An administrator proposes; whoever supervises the unit, or reviews the law there, confirms or declines. Until then the person has an account
and not the office. Where nobody in the whole tree could confirm yet, as in a bureau that has just been founded, the office is held at once,
and the journal says so; the last one who could confirm does not leave before there is another.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from law.offices import Office
from models.access.approvers import get_deciding_offices
from models.access.read_rights import is_outside
from models.access.scope import OPENS_SEALED, Person, Tree, Unit, list_units_below
from models.access.sealing import KEEPERS
from models.administration import HANDLING, AwaitingView, UnitKind
from models.problems import DutiesNotSeparated, NotFound, StillNeeded
from models.store import accounts
from models.store.administrative_change import Change, list_administered_units
from models.store.connection import Connection, Query, fetch_all, fetch_one
from models.unit_paths import get_top, list_ids

CONFIRMS = (Office.SUPERVISOR, Office.LEGAL_REVIEWER)
"""Who confirms an appointment: neither administers, and each reads what the one appointed would do."""
# What is said where an appointment takes effect at once.
UNCONFIRMED = "本机关尚无督察或者法制员可以确认，即时生效"


R = TypeVar("R")


class _Confirmer(NamedTuple):
    """Somebody in an office that confirms, in which unit and under which topmost one."""

    username: str
    office: str
    unit_id: str
    top: str


# Who may confirm, and under which topmost unit; whoever is invented confirms in the demonstration alone.
_SEATS = Query[_Confirmer]("""
SELECT h.username, h.office, h.unit_id, split_part(u.path, '/', 2) AS top
FROM holding h JOIN person p USING (username) JOIN unit u ON u.id = h.unit_id
WHERE p.active AND (%(demo)s OR NOT p.demo) AND h.office = ANY(%(confirms)s) ORDER BY u.path, h.office, h.username
""")


class _Seated(NamedTuple):
    """Somebody in an office of a unit."""

    unit_id: str
    office: str
    zh: str


_SEATED = Query[_Seated]("""
SELECT h.unit_id, h.office, p.zh FROM holding h JOIN person p USING (username) WHERE p.active AND h.unit_id = ANY(%(units)s)
ORDER BY h.unit_id, h.office, h.username
""")
_HOLD = "INSERT INTO holding (username, unit_id, office) VALUES (%(username)s, %(unit)s, %(office)s)"
_RETURN = Query[str]("DELETE FROM succession WHERE username = %(username)s AND unit_id = ANY(%(units)s) RETURNING unit_id")
_WITHDRAW = "DELETE FROM holding WHERE (username, unit_id, office) = (%(username)s, %(unit)s, %(office)s)"
_PROPOSE = Query[int]("""
INSERT INTO appointment (username, unit_id, office, proposed_by, proposed_at) VALUES (%(username)s, %(unit)s, %(office)s, %(by)s, %(now)s)
RETURNING id
""")


class _Awaiting(NamedTuple):
    """An appointment that awaits confirmation: of whom to what, and by whom it was proposed when."""

    id: int
    username: str
    zh: str
    badge: str
    unit_id: str
    office: str
    proposed_by: str
    by_zh: str
    proposed_at: datetime


_AWAITING = Query[_Awaiting]("""
SELECT a.id, a.username, p.zh, p.badge, a.unit_id, a.office, a.proposed_by, coalesce(by.zh, a.proposed_by) AS by_zh, a.proposed_at
FROM appointment a JOIN person p USING (username) LEFT JOIN person by ON by.username = a.proposed_by
""")


class _Proposed(NamedTuple):
    """An office that was proposed for somebody."""

    unit_id: str
    office: str


# What was proposed for somebody who left waits, told to nobody, and is proposed anew when they return.
_LEFT = Query[_Proposed]("DELETE FROM appointment WHERE username = %(username)s RETURNING unit_id, office")
_FORGET = "DELETE FROM appointment WHERE id = ANY(%(ids)s)"
# Whoever supervises or reviews there is asked; where nobody does, whoever may confirm elsewhere in the tree.
_ASK = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, appointment, mandatory, opened_at)
SELECT '', %(id)s::text || '/' || unit || '/' || office, 'appointment', %(words)s, unit, office, '', %(id)s, false, %(now)s
FROM unnest(%(units)s::text[], %(offices)s::text[]) AS seat (unit, office)
"""
_ANSWERED = "UPDATE task SET done_at = %(now)s WHERE sort = 'appointment' AND done_at IS NULL AND appointment = ANY(%(ids)s)"
_TELL = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
SELECT '', '', 'none', %(unit)s, office, '', %(words)s, %(now)s FROM unnest(%(offices)s::text[]) AS seat (office)
"""


@cache
def get_approving_offices() -> frozenset[Office]:
    """The offices whose word alone lets things happen: who approves, who administers, who supervises, and every organ outside."""
    return frozenset({Office.ADMINISTRATOR, Office.SUPERVISOR, *map(Office, get_deciding_offices()), *filter(is_outside, Office)})


@cache
def get_entrusted_offices() -> frozenset[Office]:
    """The offices that nobody is given by one person alone, wherever it is: those, and whoever opens sealed files that they do not handle."""
    return get_approving_offices() | OPENS_SEALED | KEEPERS


def is_entrusted(tree: Tree, unit: str, office: str) -> bool:
    """Whether nobody is given that office in that unit by one person alone; any is over a bureau, or over more than one unit that handles cases."""
    handling = [each for each in list_units_below(unit, tree) if tree[each].kind in HANDLING]
    return Office(office) in get_entrusted_offices() or tree[unit].kind == UnitKind.BUREAU or len(handling) > 1


# Proposing


async def appoint(change: Change, username: str, zh: str, seats: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Give somebody offices, or propose those that need confirmation; returns what the journal records: `awaiting` and `unconfirmed`."""
    confirmers = await _list_confirmers(change.connection, demo=change.demo)
    proposed: list[tuple[str, str]] = []
    unconfirmed: list[tuple[str, str]] = []
    returned: list[str] = []
    for unit, office in seats:
        asks = is_entrusted(change.tree, unit, office)
        if asks and any(each.top in _list_top_units(change.tree, unit) for each in confirmers):
            await _propose(change, username, zh, unit, office, confirmers)
            proposed.append((unit, office))
            continue
        returned += await _hold(change, username, unit, office)
        if asks:
            await _tell(change, unit, office, f"系统管理员{change.author.zh}任命{_post(change, zh, unit, office)}，{UNCONFIRMED}")
            unconfirmed.append((unit, office))
    content = {"awaiting": proposed, "unconfirmed": unconfirmed, "returned": returned}
    return {name: each for name, each in content.items() if each}


async def appoint_anew(change: Change, username: str, zh: str, seats: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Give somebody who returns the offices that they held or were proposed for when they left; returns what the journal records."""
    for unit, office in seats:
        await change.connection.execute(_WITHDRAW, {"username": username, "unit": unit, "office": office})
    proposed = await _load_rows(change.connection, _LEFT, username=username)
    return await appoint(change, username, zh, [*seats, *(each for each in proposed if each not in seats)])


async def _propose(change: Change, username: str, zh: str, unit: str, office: str, confirmers: Sequence[_Confirmer]) -> None:
    row = {"username": username, "unit": unit, "office": office, "by": change.author.username, "now": change.now}
    id_ = await fetch_one(change.connection, _PROPOSE, row)
    words = f"系统管理员{change.author.zh}提请任命{_post(change, f'{zh}（{username}）', unit, office)}，待督察或者法制员确认"
    able = _list_able(confirmers, change.tree, unit, {username, change.author.username})
    seats = sorted(
        {(unit, each.value) for each in CONFIRMS}
        | {(each.unit_id, each.office) for each in able if not _covers(change.tree, each, unit)}
    )
    asked = {
        "id": id_,
        "words": words,
        "units": [each for each, _ in seats],
        "offices": [each for _, each in seats],
        "now": change.now,
    }
    await change.connection.execute(_ASK, asked)
    await _tell(change, unit, office, words)


async def ask_nobody(change: Change, username: str) -> None:
    """Withdraw what is proposed for somebody who leaves."""
    rows = await _load_rows(change.connection, _AWAITING + "WHERE a.username = %(username)s", username=username)
    await change.connection.execute(_ANSWERED, {"ids": [row.id for row in rows], "now": change.now})


async def forget(change: Change, username: str, seat: tuple[str, str]) -> bool:
    """Withdraw the proposal of this office for somebody; whether there was one."""
    where = "WHERE (a.username, a.unit_id, a.office) = (%(username)s, %(unit)s, %(office)s)"
    unit, office = seat
    rows = await _load_rows(change.connection, _AWAITING + where, username=username, unit=unit, office=office)
    await _mark_done(change, [row.id for row in rows])
    return bool(rows)


async def check_some_stay(change: Change, username: str, seat: tuple[str, str] | None = None) -> None:
    """StillNeeded where the last who could confirm in a tree would lose this office, or all of theirs.

    Administrators would then appoint alone.
    """
    confirmers = await _list_confirmers(change.connection, demo=change.demo)
    rest = [row for row in confirmers if row.username != username or (seat and (row.unit_id, row.office) != seat)]
    _check_none_lost(change, confirmers, rest, "office")


async def check_move(change: Change, unit: Unit, path: str) -> None:
    """StillNeeded where moving a unit takes along the last who could confirm, or puts it below somebody whom one person appointed."""
    tree, moving = change.tree, list_units_below(unit.id, change.tree)
    new_top = get_top(path)
    if new_top != get_top(unit.path):
        confirmers = await _list_confirmers(change.connection, demo=change.demo)
        _check_none_lost(change, confirmers, [each for each in confirmers if each.unit_id not in moving], "parent")
    above = [each for each in list_ids(path)[:-1] if each not in list_ids(unit.path)]
    if any(tree[each].kind in HANDLING for each in moving):
        for row in await _load_rows(change.connection, _SEATED, units=above):
            if not is_entrusted(tree, row.unit_id, row.office):
                post = _post(change, row.zh, row.unit_id, row.office)
                raise StillNeeded(f"{post}未经确认，调整后其职务将及于{unit.zh}；请先免去，调整后重新任命", field="parent")


def _check_none_lost(change: Change, confirmers: Sequence[_Confirmer], rest: Sequence[_Confirmer], field: str) -> None:
    if lost := {row.top for row in confirmers} - {row.top for row in rest}:
        names = "、".join(change.tree[each].zh for each in sorted(lost))
        raise StillNeeded(f"这是{names}及其下属单位最后一名能够确认任职的人员（督察、法制员）；请先任命另一名", field=field)


# Deciding


async def decide(change: Change, appointment: int, reason: str | None) -> None:
    """Confirm a proposed appointment, or decline it for a reason; by somebody who neither proposed it nor is appointed."""
    row = next(iter(await _load_rows(change.connection, _AWAITING + "WHERE p.active AND a.id = %(id)s", id=appointment)), None)
    own = {row.username, row.proposed_by} if row else set[str]()
    if change.author.username in own:
        raise DutiesNotSeparated("任职由一人提请、另一人确认；提请的人和被任命的人都不能确认")
    able = _list_able(await _list_confirmers(change.connection, demo=change.demo), change.tree, row.unit_id, own) if row else []
    office = next((Office(each.office) for each in able if each.username == change.author.username), None)
    if row is None or office is None:
        raise NotFound("没有待您确认的这一任职，或者已经办理")
    await _mark_done(change, [row.id])
    content = {"username": row.username, "unit": row.unit_id, "office": row.office, "proposed_by": row.proposed_by}
    post, by = _post(change, row.zh, row.unit_id, row.office), f"{office.label}{change.author.zh}"
    if reason is None:
        returned = await _hold(change, row.username, row.unit_id, row.office)
        words = f"{by}确认任命{post}，即时生效"
        await accounts.tell(change.connection, row.username, words, change.now)
        await _tell(change, row.unit_id, row.office, words)
        await change.journal_change("confirm-appointment", content | ({"returned": returned} if returned else {}), office)
    else:
        await accounts.tell(change.connection, row.proposed_by, f"{by}不同意任命{post}：{reason}", change.now)
        await change.journal_change("decline-appointment", {**content, "reason": reason}, office)


async def list_awaiting(connection: Connection, person: Person, tree: Tree, *, demo: bool) -> list[AwaitingView]:
    """Appointments that await confirmation where this person administers or may confirm, the oldest first."""
    confirmers, within = await _list_confirmers(connection, demo=demo), list_administered_units(person, tree)
    told: list[AwaitingView] = []
    for row in await _load_rows(connection, _AWAITING + "WHERE p.active ORDER BY a.id"):
        may = any(
            each.username == person.username for each in _list_able(confirmers, tree, row.unit_id, {row.username, row.proposed_by})
        )
        if may or row.unit_id in within:
            content = {
                "id": row.id,
                "username": row.username,
                "zh": row.zh,
                "badge": row.badge,
                "unit": row.unit_id,
                "office": row.office,
            }
            named = {"unit_zh": tree[row.unit_id].zh, "office_zh": Office(row.office).label}
            by = {"proposed_by_zh": row.by_zh, "proposed_at": row.proposed_at, "may_confirm": may}
            told.append(AwaitingView.model_validate(content | named | by))
    return told


# Rules


async def _list_confirmers(connection: Connection, *, demo: bool) -> list[_Confirmer]:
    return await _load_rows(connection, _SEATS, demo=demo, confirms=list(CONFIRMS))


def _list_concerned_units(tree: Tree, unit: str) -> set[str]:
    """A unit, and the unit that it serves: the seats of another organ concern that bureau too."""
    return {each for each in (unit, tree[unit].serves) if each and each in tree}


def _list_top_units(tree: Tree, unit: str) -> set[str]:
    return {get_top(tree[each].path) for each in _list_concerned_units(tree, unit)}


def _covers(tree: Tree, confirmer: _Confirmer, unit: str) -> bool:
    return not _list_concerned_units(tree, unit).isdisjoint(list_units_below(confirmer.unit_id, tree))


def _list_able(confirmers: Sequence[_Confirmer], tree: Tree, unit: str, besides: Collection[str]) -> list[_Confirmer]:
    """Who may confirm there, besides those concerned: those over the unit or, without any, anybody of its tree."""
    others = [each for each in confirmers if each.top in _list_top_units(tree, unit) and each.username not in besides]
    return [each for each in others if _covers(tree, each, unit)] or others


async def _hold(change: Change, username: str, unit: str, office: str) -> list[str]:
    """Give somebody an office: they are responsible for what is theirs there; returns the units in which somebody's succession ends."""
    await change.connection.execute(_HOLD, {"username": username, "unit": unit, "office": office})
    units = await _load_rows(change.connection, _RETURN, username=username, units=sorted(list_units_below(unit, change.tree)))
    return sorted(units)


async def _mark_done(change: Change, ids: Sequence[int]) -> None:
    for statement in (_FORGET, _ANSWERED):
        await change.connection.execute(statement, {"ids": list(ids), "now": change.now})


async def _tell(change: Change, unit: str, office: str, words: str) -> None:
    """Tell those who hold that office there already, and their supervisors."""
    told = {"unit": unit, "offices": sorted({office, Office.SUPERVISOR.value}), "words": words, "now": change.now}
    await change.connection.execute(_TELL, told)


def _post(change: Change, who: str, unit: str, office: str) -> str:
    return f"{who}为{change.tree[unit].zh}{Office(office).label}"


async def _load_rows(connection: Connection, query: Query[R], **arguments: Any) -> list[R]:
    return await fetch_all(connection, query, arguments)
