"""Appointments (任免): people enrolled, offices granted and withdrawn, and who takes over from whoever leaves.

An office that is entrusted is given by two people (`appointment_confirmations`).

What is open and is somebody's by name passes to their successor at once, and whatever their matters' workflows still say is theirs is the
successor's when it is next recorded (`activities/recording/records.py`). A sealed file passes to nobody who could not open it already.
What becomes of requests that name them is in `handover`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import list_units_below, may_open_file
from models.administration import ChangedPerson, GrantedOffice, NewPerson, WithdrawnOffice
from models.outside import is_machine
from models.problems import DutiesNotSeparated, NotFound, OfficeMayNotAct, StillNeeded
from models.store import accounts, appointment_confirmations, handover
from models.store.administrative_change import Change, build_form_invalid
from models.store.connection import Query, fetch_all, fetch_first
from models.store.org_units import may_be_held
from models.unit_paths import get_top

R = TypeVar("R")


class _Person(NamedTuple):
    """Somebody on the roster; `home`: where they were last (None: not kept yet)."""

    username: str
    zh: str
    badge: str
    active: bool
    home: str | None


PERSON = Query[_Person]("SELECT username, zh, badge, active, home FROM person WHERE username = %(username)s FOR UPDATE")


class _Holding(NamedTuple):
    """An office in a unit."""

    unit_id: str
    office: str


HOLDINGS = Query[_Holding]("SELECT unit_id, office FROM holding WHERE username = %(username)s ORDER BY 1, 2")
AWAITING = Query[int]("SELECT id FROM appointment WHERE (username, unit_id, office) = (%(username)s, %(unit)s, %(office)s)")
# Whoever sets a password knows it; whoever it is for changes it first of all.
ENROL = """
INSERT INTO person (username, zh, badge, password_hash, active, home, must_change, signed_out_at)
VALUES (%(username)s, %(zh)s, %(badge)s, %(hash)s::text, true, %(unit)s, %(hash)s::text IS NOT NULL, now())
"""
ALTER = "UPDATE person SET zh = %(zh)s, badge = %(badge)s, active = %(active)s WHERE username = %(username)s"
SETTLE = "UPDATE person SET home = %(unit)s WHERE username = %(username)s"
WITHDRAW = "DELETE FROM holding WHERE (username, unit_id, office) = (%(username)s, %(unit)s, %(office)s)"


class _Seat(NamedTuple):
    """Somebody in an office of that unit."""

    username: str
    unit_id: str


ADMINISTRATORS = Query[_Seat]("""
SELECT h.username, h.unit_id FROM holding h JOIN person p USING (username) WHERE p.active AND h.office = 'administrator'
""")


class _Theirs(NamedTuple):
    """An open matter, with what decides who may open it."""

    number: str
    kind: str
    unit: str
    officer: str
    shared_with: list[str]
    sealed: bool
    handlers: list[str]
    final: bool
    kept_from: list[str]


# What is open and theirs by name, in units that they no longer reach.
THEIRS = Query[_Theirs]("""
SELECT number, kind, unit_id AS unit, officer, shared_with, sealed, handlers, final, kept_from FROM matter
WHERE officer = %(username)s AND NOT final AND unit_id <> ALL(%(kept)s) ORDER BY opened_at
""")


class _Task(NamedTuple):
    """An open task that is somebody's by name."""

    id: int
    sort: str
    matter: str
    step: str
    unit: str


NAMED = Query[_Task]("""
SELECT id, sort, matter, step, unit_id AS unit FROM task
WHERE username = %(username)s AND username <> '' AND done_at IS NULL AND unit_id <> ALL(%(kept)s) ORDER BY id
""")
PASS_MATTERS = """
WITH passed AS (UPDATE matter SET officer = %(successor)s WHERE number = ANY(%(numbers)s) RETURNING number)
UPDATE clock SET officer = %(successor)s FROM passed WHERE clock.matter = passed.number AND clock.officer = %(username)s
"""
PASS_TASKS = "UPDATE task SET username = %(successor)s WHERE id = ANY(%(tasks)s)"
# Whoever took over before passes it on.
SUCCEED = """
WITH passed AS (
    UPDATE succession SET successor = %(successor)s WHERE successor = %(username)s AND unit_id = ANY(%(units)s) AND username <> %(successor)s
)
INSERT INTO succession (username, unit_id, successor) SELECT %(username)s, unit, %(successor)s FROM unnest(%(units)s::text[]) AS unit
ON CONFLICT (username, unit_id) DO UPDATE SET successor = excluded.successor
"""


class _Namesake(NamedTuple):
    """Somebody of that name, and where."""

    username: str
    zh: str
    unit: str


NAMESAKES = Query[_Namesake]("""
SELECT p.username, p.zh, u.zh AS unit FROM person p LEFT JOIN holding h USING (username) JOIN unit u ON u.id = coalesce(h.unit_id, p.home)
WHERE p.active AND p.username <> %(username)s AND NOT p.machine AND split_part(u.path, '/', 2) = ANY(%(trees)s)
    AND folded(p.zh) = folded(%(zh)s::text)
ORDER BY 1, length(u.path) DESC LIMIT 1
""")


async def enrol(change: Change, asked: NewPerson, hashed: str | None) -> None:
    """Enrol a person in their first office."""
    _check_held_there(change, asked.unit, asked.office)
    if await _find_row(change, PERSON, username=asked.username):
        raise build_form_invalid("username", "taken", f"用户名“{asked.username}”已被使用")
    if not asked.namesake:
        await _check_unlike_anybody(change, asked.username, asked.zh, [asked.unit])
    row = {"username": asked.username, "zh": asked.zh, "badge": asked.badge, "hash": hashed, "unit": asked.unit}
    await change.connection.execute(ENROL, row)
    appointed = await appointment_confirmations.appoint(change, asked.username, asked.zh, [(asked.unit, asked.office.value)])
    content = asked.model_dump(mode="json", exclude={"password"}) | {"password": bool(hashed)}
    await change.journal_change("enrol-person", content | appointed)


async def alter(change: Change, username: str, asked: ChangedPerson, hashed: str | None) -> None:
    """Rename a person, give them another badge or password, let them go, or take them back."""
    known = await _get_changeable_person(change, username)
    active = known.active if asked.active is None else asked.active
    leaves = known.active and not active
    if leaves:
        if username == change.author.username:
            raise DutiesNotSeparated("不得停用本人；请由另一名系统管理员办理")
        await _check_administrators_left(change, username, None)
        await appointment_confirmations.check_some_stay(change, username)
    held = [(each.unit_id, each.office) for each in await _load_rows(change, HOLDINGS, username=username)]
    if asked.zh and asked.zh != known.zh and not asked.namesake:
        await _check_unlike_anybody(change, username, asked.zh, [unit for unit, _ in held] or [known.home or ""])
    new = {"zh": asked.zh or known.zh, "badge": known.badge if asked.badge is None else asked.badge, "active": active}
    old = {"zh": known.zh, "badge": known.badge, "active": known.active}
    if new == old and hashed is None:
        return
    await change.connection.execute(ALTER, {"username": username, **new})
    if hashed:
        await _set_password(change, username, hashed)
    beside: dict[str, Any] = {}
    if leaves:
        await appointment_confirmations.ask_nobody(change, username)
        beside = await _hand_over(change, username, known.zh, asked.successor, frozenset())
    if active and not known.active:
        beside = await appointment_confirmations.appoint_anew(change, username, new["zh"], held)
        if held and not await _load_rows(change, HOLDINGS, username=username):  # so whoever looks after them still does
            await change.connection.execute(SETTLE, {"username": username, "unit": held[0][0]})
    content = {"username": username, "old": old, "new": new, "password": hashed is not None, **beside}
    await change.journal_change("change-person", content)


async def _set_password(change: Change, username: str, hashed: str) -> None:
    """Set somebody's password; whose it is has to change it, and is told who set it, unless they did so themselves."""
    own = username == change.author.username
    await accounts.set_password(change.connection, username, hashed, must_change=not own)
    if not own:
        when = f"{change.now.astimezone(SHANGHAI):%Y年%m月%d日 %H:%M}"
        words = f"系统管理员{change.author.zh}于{when}重新设置了您的登录口令，此前的登录都已失效；如果不是您本人要求的，请立即告知督察部门"
        await accounts.tell(change.connection, username, words, change.now)


async def grant(change: Change, asked: GrantedOffice) -> None:
    """Grant somebody an office in a unit."""
    _check_held_there(change, asked.unit, asked.office)
    known = await _find_row(change, PERSON, username=asked.username)
    held = await _load_rows(change, HOLDINGS, username=asked.username)
    elsewhere = known and not held and not is_machine(asked.username) and known.home not in change.within
    if known is None or not known.active or elsewhere:
        raise build_form_invalid("username", "unknown-person", f"没有用户名为“{asked.username}”的在用人员")
    if asked.username == change.author.username:
        raise DutiesNotSeparated("不得为本人授予职务；请由另一名系统管理员办理")
    if any((each.unit_id, each.office) == (asked.unit, asked.office) for each in held):
        raise build_form_invalid("office", "already-held", f"{known.zh}已在{change.tree[asked.unit].zh}任{asked.office.label}")
    if await _find_row(change, AWAITING, username=asked.username, unit=asked.unit, office=asked.office.value):
        raise build_form_invalid(
            "office", "already-proposed", f"已提请任命{known.zh}为{change.tree[asked.unit].zh}{asked.office.label}，待确认"
        )
    appointed = await appointment_confirmations.appoint(change, asked.username, known.zh, [(asked.unit, asked.office.value)])
    await change.journal_change("grant-office", asked.model_dump(mode="json") | appointed)


async def withdraw(change: Change, asked: WithdrawnOffice) -> None:
    """Withdraw an office from somebody, or what is proposed of one."""
    unit = change.get_unit(asked.unit, "unit")
    content = {"username": asked.username, "unit": asked.unit, "office": asked.office.value}
    if await appointment_confirmations.forget(change, asked.username, (asked.unit, asked.office.value)):
        await change.journal_change("take-back-appointment", content)
        return
    known, held = (
        await _find_row(change, PERSON, username=asked.username),
        await _load_rows(change, HOLDINGS, username=asked.username),
    )
    rest = [each for each in held if (each.unit_id, each.office) != (asked.unit, asked.office)]
    if known is None or len(rest) == len(held):
        raise build_form_invalid(
            "office", "not-held", f"{known.zh if known else asked.username}没有在{unit.zh}任{asked.office.label}"
        )
    if asked.office is Office.ADMINISTRATOR:
        await _check_administrators_left(change, asked.username, asked.unit)
    await appointment_confirmations.check_some_stay(change, asked.username, (asked.unit, asked.office.value))
    kept = frozenset[str]().union(*(list_units_below(each.unit_id, change.tree) for each in rest))
    await change.connection.execute(WITHDRAW, content)
    if not rest:  # whoever holds nothing any more stays in the care of where they were last
        await change.connection.execute(SETTLE, content)
    handed = await _hand_over(change, asked.username, known.zh, asked.successor, kept)
    await change.journal_change("withdraw-office", {**content, **handed})


# Rules


async def _check_unlike_anybody(change: Change, username: str, zh: str, units: Sequence[str]) -> None:
    """FormInvalid where somebody of that name exists in the same tree, unless another person is declared."""
    trees = sorted({get_top(change.tree[each].path) for each in units if each in change.tree})
    if row := await _find_row(change, NAMESAKES, username=username, zh=zh, trees=trees):
        who = f"{row.unit}已有名为{row.zh}的在用人员（{row.username}）"
        raise build_form_invalid("namesake", "namesake", f"{who}：确系另一人的，请填“{NewPerson.model_fields['namesake'].title}”")


def _check_held_there(change: Change, unit: str, office: Office) -> None:
    where = change.get_unit(unit, "unit")
    if not may_be_held(office, where.kind):
        raise build_form_invalid("office", "not-held-there", f"{where.zh}不设{office.label}一职")


async def _get_changeable_person(change: Change, username: str) -> _Person:
    """The person, all of whose offices lie within what the author administers.

    Somebody without an office belongs to where they were last. Machine accounts cannot be changed.
    """
    known = None if is_machine(username) else await _find_row(change, PERSON, username=username)
    held = await _load_rows(change, HOLDINGS, username=username)
    if known is None or (not held and known.home not in change.within):
        raise NotFound(f"您管理的范围内没有用户名为“{username[:60]}”的人员")
    beyond = [each.unit_id for each in held if each.unit_id not in change.within]
    if beyond:
        names = "、".join(sorted({change.tree[each].zh for each in beyond}))
        raise OfficeMayNotAct(f"{known.zh}还在您管理范围以外任职（{names}）", required=[Office.ADMINISTRATOR])
    return known


async def _check_administrators_left(change: Change, username: str, unit: str | None) -> None:
    """StillNeeded where some unit would be left without an administrator; `unit` None: any unit that they administer now."""
    seats = await _load_rows(change, ADMINISTRATORS)

    def reached(rows: Sequence[_Seat]) -> frozenset[str]:
        return frozenset[str]().union(*(list_units_below(row.unit_id, change.tree) for row in rows))

    rest = [row for row in seats if row.username != username or (unit is not None and row.unit_id != unit)]
    if lost := reached(seats) - reached(rest):
        top = min((change.tree[each] for each in lost), key=lambda each: len(each.path))
        raise StillNeeded(f"这是{top.zh}最后一名系统管理员；请先任命另一名", field="office")


async def _hand_over(change: Change, username: str, zh: str, successor: str | None, kept: frozenset[str]) -> dict[str, Any]:
    """Hand over what is theirs outside the units kept; StillNeeded where there is something and no successor is named.

    Called after they have lost their offices elsewhere, so that they are no longer found there.
    """
    matters = await _load_rows(change, THEIRS, username=username, kept=list(kept))
    tasks = await _load_rows(change, NAMED, username=username, kept=list(kept))
    requests = await handover.lock_requests_naming(change, username, kept)
    asked = [each for each in requests if each.answers]
    # A turn goes with its matter, which is counted.
    own = [row for row in tasks if row.sort != "turn"]
    if not successor and (matters or own or asked):
        detail = (
            f"{zh}名下有{len(matters)}件未结事项、{len(own)}项待办、{len(asked)}件呈请；请指明接手人（successor），即转由其承办"
        )
        # By number administrators know none of them.
        counts = {"matters_open": len(matters), "tasks_open": len(own), "requests_open": len(asked)}
        raise StillNeeded(detail, field="successor", **counts)
    left = [row for row in tasks if row.sort != "approval"]
    passed: dict[str, Any] = {"username": username, "successor": successor, "numbers": [row.number for row in matters]}
    passed["tasks"] = [row.id for row in left]
    if successor:
        units = {each.unit for each in (*matters, *tasks, *asked)}
        await _check_successor(change, username, successor, sorted(units), matters)
        copied = await handover.pass_copies(change, username, successor, kept)
        passed["units"] = sorted(units | {each.unit for each in requests} | copied)
        for statement in (PASS_MATTERS, PASS_TASKS, SUCCEED):
            await change.connection.execute(statement, passed)
    await handover.pass_requests(change, username, zh, requests)
    if not (successor and passed["units"]):
        return {}
    handed = {"matters": passed["numbers"], "tasks": sum(row.sort != "turn" for row in left), "requests": len(asked)}
    return {"successor": successor, "units": passed["units"], **handed}


async def _check_successor(change: Change, username: str, successor: str, units: Sequence[str], matters: Sequence[_Theirs]) -> None:
    """FormInvalid for a successor who does not reach what is left to them: taking over opens no sealed file."""
    known = await _find_row(change, PERSON, username=successor)
    if known is None or not known.active or successor == username:
        raise build_form_invalid("successor", "unknown-person", f"接手人须是另一名在用人员；没有“{successor}”")
    held = await _load_rows(change, HOLDINGS, username=successor)
    reach = frozenset[str]().union(*(list_units_below(each.unit_id, change.tree) for each in held))
    if lost := [change.tree[each].zh if each in change.tree else each for each in units if each not in reach]:
        raise build_form_invalid("successor", "out-of-reach", f"{known.zh}在{'、'.join(lost)}没有职务，不能接手")

    def may_open(row: _Theirs) -> bool:
        return any(
            row.unit in list_units_below(each.unit_id, change.tree) and may_open_file(row, successor, each.office) for each in held
        )

    if not all(may_open(row) for row in matters):
        words = (
            f"其承办的案卷中有已封存的，{known.zh}无权查阅，不能接手：请指明该案办案组成员或者办案部门负责人，或者先由其加入办案组"
        )
        raise build_form_invalid("successor", "sealed-file", words)


async def _load_rows(change: Change, query: Query[R], **arguments: Any) -> list[R]:
    return await fetch_all(change.connection, query, arguments)


async def _find_row(change: Change, query: Query[R], **arguments: Any) -> R | None:
    return await fetch_first(change.connection, query, arguments)
