"""What an officer says to a point of their own index (陈述、异议), and how somebody else decides on it.

A statement is made once. An objection suspends the point at once; whoever neither has the point nor verified what it rests on decides within
five working days, and a point to which an objection is upheld is removed.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from law.calendar import Calendar, get_day
from law.offices import Office
from models.access.scope import Person
from models.assessment.personal import DECISION_DAYS, OBJECTION_DAYS, ScoredPoint
from models.problems import DutiesNotSeparated, NotFound, OfficeMayNotAct, StepNotOpen, TimeLimitExpired
from models.store.administrative_change import Change
from models.store.connection import Connection, Query, fetch_all, fetch_first

DECIDES = (Office.LEGAL_REVIEWER, Office.SUPERVISOR)
"""Who decides: in the unit of the officer, or above it."""


class Objection(NamedTuple):
    """An objection that nobody has decided on yet."""

    id: int
    username: str
    zh: str
    unit_id: str
    about: str
    verified_by: str
    grounds: str
    statement: str
    raised_at: datetime
    due_on: date


_OPEN = """
SELECT o.id, o.username, p.zh, o.unit_id, o.about, o.verified_by, o.grounds, coalesce(s.words, '') AS statement, o.raised_at, o.due_on
FROM point_objection o JOIN person p USING (username) LEFT JOIN point_statement s USING (username, point) WHERE o.decided_at IS NULL AND
"""
OPEN = Query[Objection](
    f"{_OPEN} o.unit_id = ANY(%(units)s) AND o.username <> %(person)s AND o.verified_by <> %(person)s ORDER BY o.due_on, o.id LIMIT 200"
)
ONE = Query[Objection](f"{_OPEN} o.id = %(id)s FOR UPDATE OF o")
_STATE = Query[str]("""
INSERT INTO point_statement (username, point, words, said_at) VALUES (%(person)s, %(point)s, %(words)s, %(now)s)
ON CONFLICT DO NOTHING RETURNING username
""")
_OBJECT = Query[int]("""
INSERT INTO point_objection (username, point, unit_id, about, verified_by, grounds, raised_at, due_on)
VALUES (%(person)s, %(point)s, %(unit)s, %(about)s, %(verified_by)s, %(grounds)s, %(now)s, %(due)s)
ON CONFLICT DO NOTHING RETURNING id
""")
_DECIDE = """
UPDATE point_objection SET upheld = %(upheld)s, reason = %(reason)s, decided_by = %(by)s, decided_at = %(now)s WHERE id = %(id)s
"""
_ASK = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT '', key, 'objection', %(words)s, %(unit)s, office, '', false, %(now)s
FROM unnest(%(keys)s::text[], %(offices)s::text[]) AS asked (key, office) ON CONFLICT (key) DO NOTHING
"""
_ANSWERED = "UPDATE task SET done_at = %(now)s WHERE key = ANY(%(keys)s) AND done_at IS NULL"
_TELL = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
VALUES ('', '', 'none', '', '', %(person)s, %(words)s, %(now)s)
"""


def get_last_day(point: ScoredPoint, calendar: Calendar) -> date:
    """The last day on which an officer may object to a point: three working days after it was shown to them."""
    return calendar.add_working_days(get_day(point.point.at), OBJECTION_DAYS)


async def open_objections(connection: Connection, person: Person) -> list[Objection]:
    """Those that this person may decide: of their units, of others' points, that rest on what others verified."""
    return await fetch_all(connection, OPEN, {"units": sorted(_list_decided_units(person)), "person": person.username})


async def state_point(change: Change, point: ScoredPoint, words: str) -> None:
    """Say something to a point of one's own, once; StepNotOpen where that was done."""
    said = {"person": change.author.username, "point": point.point.id, "words": words}
    if await fetch_first(change.connection, _STATE, said | {"now": change.now}) is None:
        raise StepNotOpen("对这一项已经陈述过，每项陈述一次")
    await change.journal_change("state-on-point", said, _get_own_office(change.author))


async def object_to(change: Change, point: ScoredPoint, unit: str, grounds: str, calendar: Calendar) -> None:
    """Object to a point of one's own, which is suspended; TimeLimitExpired after the third working day, StepNotOpen a second time."""
    today = get_day(change.now)
    if today > (last := get_last_day(point, calendar)):
        raise TimeLimitExpired(f"异议应当自告知之日起{OBJECTION_DAYS}个工作日内提出，已于{last:%Y年%m月%d日}届满", due=f"{last}")
    of = point.point
    due = calendar.add_working_days(today, DECISION_DAYS)
    said: dict[str, Any] = {"person": change.author.username, "point": of.id, "unit": unit, "grounds": grounds}
    asked = said | {
        "about": f"{of.about}（{of.matter}，{of.value:+g}分）",
        "verified_by": of.verified_by,
        "now": change.now,
        "due": due,
    }
    if (made := await fetch_first(change.connection, _OBJECT, asked)) is None:
        raise StepNotOpen("对这一项已经提出过异议")
    words = f"{change.author.zh}对本人积分提出异议：{asked['about']}，请于{due:%m月%d日}前决定"
    offices = {"keys": _list_task_keys(made), "words": words, "unit": unit, "offices": list(DECIDES), "now": change.now}
    await change.connection.execute(_ASK, offices)
    await change.journal_change("object-to-point", {**said, "due": f"{due}"}, _get_own_office(change.author))


async def decide(change: Change, objection: int, reason: str, *, upheld: bool) -> None:
    """Decide on an objection; DutiesNotSeparated for whoever has the point or verified what it rests on."""
    found = await fetch_first(change.connection, ONE, {"id": objection})
    if found is None:
        raise NotFound("没有这一待决定的异议")
    if found.unit_id not in _list_decided_units(change.author):
        raise OfficeMayNotAct("异议由法制员或者督察决定", required=list(DECIDES))
    if change.author.username in (found.username, found.verified_by):
        raise DutiesNotSeparated("异议由没有核查该项、也不是本人的其他人员决定")
    said = {"id": objection, "upheld": upheld, "reason": reason}
    await change.connection.execute(_DECIDE, said | {"by": change.author.username, "now": change.now})
    await change.connection.execute(_ANSWERED, {"keys": _list_task_keys(objection), "now": change.now})
    words = f"您对积分的异议{'成立，已撤销该项积分' if upheld else '不成立，该项积分恢复计入'}：{found.about}。{reason}"
    await change.connection.execute(_TELL, {"person": found.username, "words": words, "now": change.now})
    office = next(each.office for each in change.author.offices if each.office in DECIDES and found.unit_id in each.own)
    await change.journal_change("decide-point-objection", {**said, "person": found.username, "about": found.about}, Office(office))


def _list_task_keys(objection: int) -> list[str]:
    """The keys of the tasks of those who may decide."""
    return [f"objection/{objection}/{office}" for office in DECIDES]


def _list_decided_units(person: Person) -> frozenset[str]:
    return frozenset[str]().union(*(each.own for each in person.offices if each.office in DECIDES))


def _get_own_office(person: Person) -> Office:
    return Office(person.offices[0].office)
