"""From which facts an officer's own index is reckoned (民警健康指数的来源): verified problems, statutory limits, orders, mediations, reviews, and their load.

Nothing is read of who somebody is: no age, sex, health, family, leave or whereabouts; and no count of detentions, fines or penalties.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from law.clock import Colour
from law.facts import Fact
from law.offices import Office
from models.assessment.indicators import LIBERTY, STATUTORY
from models.assessment.personal import Answered, Point, compute_review_points, find_item
from models.matter import Kind
from models.problem_categories import get_categories
from models.readmodel.reviews import COUNTED
from models.reviews.scoring import Grade
from models.store.connection import Connection, Query, fetch_all

# In a row of so many in time one point is gained.
_IN_A_ROW = 20
_WITHIN = "interval '366 days'"


class _Problem(NamedTuple):
    """An order that was verified, and somebody who was named in it as directly responsible."""

    username: str
    order: str
    seq: int
    category: str
    severity: str
    verified_by: str
    at: datetime


# Who verified it recorded it; an approved verification bears the approver. What was found to be nobody's fault (不计入个人) is nobody's point.
PROBLEMS = Query[_Problem](f"""
SELECT r ->> 'person' AS username, o.number AS order, v.seq, opened.form ->> 'category' AS category, coalesce(opened.form ->> 'severity', '') AS severity,
    coalesce(e.username, '') AS verified_by, e.recorded_at AS at
FROM fact v JOIN matter o ON o.number = v.matter
JOIN entry e ON e.chain = v.matter AND e.seq = v.seq AND e.sort IN ('step', 'told')
CROSS JOIN LATERAL (SELECT content::jsonb -> 'form' AS form FROM entry WHERE chain = o.number AND position = 1) opened
CROSS JOIN LATERAL jsonb_array_elements(coalesce(opened.form -> 'responsible', '[]')) r
WHERE v.fact = '{Fact.RECTIFICATION_VERIFIED}' AND o.kind = '{Kind.RECTIFICATION_ORDER}' AND o.stage = 'closed'
    AND e.recorded_at > %(now)s - {_WITHIN} AND r ->> 'part' = 'direct' AND r ->> 'person' = ANY(%(people)s)
    AND NOT EXISTS (SELECT FROM fact x WHERE x.fact = '{Fact.PROBLEM_EXCUSED}' AND x.about = o.number)
""")


class _Order(NamedTuple):
    """An order that somebody put right, how its term ended, and how often it came back."""

    username: str
    order: str
    seq: int
    late: bool
    returned: int
    verified_by: str
    at: datetime


ORDERS = Query[_Order](f"""
SELECT o.officer AS username, o.number AS order, v.seq, EXISTS (
        SELECT FROM clock c WHERE c.matter = o.number AND c.limit_id = 'rectification-report' AND c.state IN ('met-late', 'overrun')) AS late,
    (SELECT count(*)::int FROM fact r WHERE r.matter = o.number AND r.fact = '{Fact.RECTIFICATION_RETURNED}') AS returned,
    coalesce(e.username, '') AS verified_by, e.recorded_at AS at
FROM fact v JOIN matter o ON o.number = v.matter JOIN entry e ON e.chain = v.matter AND e.seq = v.seq AND e.sort IN ('step', 'told')
WHERE v.fact = '{Fact.RECTIFICATION_VERIFIED}' AND o.kind = '{Kind.RECTIFICATION_ORDER}' AND o.stage = 'closed'
    AND e.recorded_at > %(now)s - {_WITHIN} AND o.officer = ANY(%(people)s)
""")


class _Limit(NamedTuple):
    """A statutory limit that its officer met, in time or late, and the entry by which."""

    username: str
    clock: str
    matter: str
    zh: str
    late: bool
    seq: int
    met_by: str
    at: datetime


# What was met is an accepted fact: that which was recorded at the instant at which the clock ended.
LIMITS = Query[_Limit]("""
SELECT c.officer AS username, c.id AS clock, c.matter, c.zh, c.state = 'met-late' AS late, met.seq, met.by AS met_by, met.recorded_at AS at
FROM clock c CROSS JOIN LATERAL (
    SELECT f.seq, coalesce(e.username, '') AS by, e.recorded_at FROM fact f
    JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.sort IN ('step', 'told')
    WHERE f.matter = c.matter AND f.at = c.ended_at ORDER BY f.seq, f.n LIMIT 1
) met
WHERE c.limit_id = ANY(%(limits)s) AND c.answerable = %(answerable)s AND c.state IN ('met', 'met-late')
    AND c.officer = ANY(%(people)s) AND met.recorded_at > %(now)s - interval '366 days'
ORDER BY c.officer, c.ended_at, c.id
""")


class _Mediation(NamedTuple):
    """A mediation that was performed, and after which nobody called again for ninety days."""

    username: str
    matter: str
    seq: int
    performed_by: str
    at: datetime


MEDIATIONS = Query[_Mediation](f"""
SELECT m.officer AS username, m.number AS matter, min(f.seq) AS seq, coalesce(min(e.username), '') AS performed_by,
    max(f.at) + interval '90 days' AS at
FROM fact f JOIN matter m ON m.number = f.matter JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.sort IN ('step', 'told')
WHERE f.fact = '{Fact.MEDIATION_PERFORMED}' AND m.officer = ANY(%(people)s) AND NOT EXISTS (
    SELECT FROM finding g WHERE g.rule = 'incident-again-after-mediation' AND (g.evidence::text LIKE '%%' || m.number || '%%'
        OR g.evidence::text LIKE '%%' || m.parent || '%%'))
GROUP BY m.officer, m.number
HAVING max(f.at) + interval '90 days' <= %(now)s AND max(f.at) > %(now)s - interval '456 days'
""")


class _Thanks(NamedTuple):
    """A word of thanks that was passed on to an officer, and who did that."""

    username: str
    letter: str
    seq: int
    conveyed_by: str
    at: datetime


THANKS = Query[_Thanks](f"""
SELECT e.content::jsonb #>> '{{form,to_officer}}' AS username, m.number AS letter, e.seq, coalesce(e.username, '') AS conveyed_by, e.recorded_at AS at
FROM fact f JOIN matter m ON m.number = f.matter AND NOT m.sealed
JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.sort = 'step'
WHERE f.fact = '{Fact.LETTER_THANKS_CONVEYED}' AND e.content::jsonb #>> '{{form,to_officer}}' = ANY(%(people)s)
    AND e.recorded_at > %(now)s - {_WITHIN}
""")


class _Review(NamedTuple):
    """A reviewed file whose result counts, and the entry by which it was settled or rechecked."""

    username: str
    review: str
    seq: int
    result: float
    grade: str
    vetoed: bool
    settled_by: str
    at: datetime


# Who scored it stands in no entry of the review: the point names whoever settled it.
REVIEWS = Query[_Review](f"""
SELECT r.officer AS username, r.review, s.seq, r.result, r.grade, r.vetoes <> '[]' AS vetoed, coalesce(s.username, '') AS settled_by, r.counted_at AS at
FROM ({COUNTED}) r CROSS JOIN LATERAL (
    SELECT e.seq, e.username FROM entry e WHERE e.chain = r.review AND e.sort IN ('step', 'told')
        AND e.step IN ('settle-score', 'arbitrate-score', 'recheck-review') ORDER BY e.position DESC LIMIT 1
) s
WHERE r.officer = ANY(%(people)s) AND r.purpose <> 'self-check' AND r.counted_at <= %(now)s AND r.counted_at > %(now)s - {_WITHIN}
""")


class _Load(NamedTuple):
    """How many open matters somebody has."""

    username: str
    open: int


LOADS = Query[_Load]("""
SELECT h.username, (SELECT count(*)::int FROM matter m WHERE m.officer = h.username AND NOT m.final
    AND m.kind IN ('incident', 'criminal-case', 'public-order-case', 'suspect')) AS open
FROM (SELECT DISTINCT username FROM holding JOIN person USING (username)
    WHERE office = 'case-officer' AND unit_id = ANY(%(units)s) AND active) h
ORDER BY 1
""")


class _Said(NamedTuple):
    """What somebody said to a point of theirs."""

    username: str
    point: str
    statement: str
    objected_at: datetime | None
    upheld: bool | None


SAID = Query[_Said]("""
SELECT coalesce(s.username, o.username) AS username, coalesce(s.point, o.point) AS point, coalesce(s.words, '') AS statement,
    o.raised_at AS objected_at, o.upheld
FROM point_statement s FULL JOIN point_objection o USING (username, point)
WHERE coalesce(s.username, o.username) = ANY(%(people)s)
""")


class Facts(NamedTuple):
    """What the indices of people are reckoned from: their points, and what they said to them."""

    points: dict[str, list[Point]]
    answered: dict[str, dict[str, Answered]]


async def read_facts(connection: Connection, people: Sequence[str], now: datetime) -> Facts:
    """The points of these people as the facts give them now, and what they said."""
    asked = {"people": list(people), "now": now}
    limits = asked | {"limits": [*STATUTORY, *LIBERTY], "answerable": str(Office.CASE_OFFICER)}
    points: dict[str, list[Point]] = {each: [] for each in people}
    for username, point in (
        *_of_problems(await fetch_all(connection, PROBLEMS, asked)),
        *_of_orders(await fetch_all(connection, ORDERS, asked)),
        *_of_limits(await fetch_all(connection, LIMITS, limits)),
        *_of_mediations(await fetch_all(connection, MEDIATIONS, asked)),
        *_of_reviews(await fetch_all(connection, REVIEWS, asked)),
        *_of_thanks(await fetch_all(connection, THANKS, asked)),
    ):
        points[username].append(point)
    answered: dict[str, dict[str, Answered]] = {each: {} for each in people}
    for row in await fetch_all(connection, SAID, asked):
        answered[row.username][row.point] = Answered(row.statement, row.objected_at, row.upheld)
    return Facts(points, answered)


async def read_loads(connection: Connection, units: Sequence[str]) -> dict[str, int]:
    """How many open matters each case officer of these units has."""
    return {row.username: row.open for row in await fetch_all(connection, LOADS, {"units": list(units)})}


def _of_problems(rows: Iterable[_Problem]) -> Iterator[tuple[str, Point]]:
    for row in rows:
        item = find_item(row.category)
        if item is None:
            continue
        category = get_categories()[row.category]
        colour = Colour(row.severity) if row.severity else category.colour
        about = f"{category.code} {category.zh}"
        value = item.points[colour]
        yield row.username, Point(f"problem/{row.order}", item.id, row.order, row.seq, about, row.verified_by, row.at, value)


def _of_orders(rows: Iterable[_Order]) -> Iterator[tuple[str, Point]]:
    def point(row: _Order, what: str, about: str, value: float) -> tuple[str, Point]:
        key = f"order/{row.order}/{what}"
        return row.username, Point(key, "rectification", row.order, row.seq, about, row.verified_by, row.at, value)

    for row in rows:
        if row.late:
            yield point(row, "late", "逾期反馈整改结果", -2)
        if row.returned:
            yield point(row, "returned", f"退回重新整改{row.returned}次", -row.returned)
        if not row.late and not row.returned:
            yield point(row, "in-time", "按期反馈、一次通过", 1)


def _of_limits(rows: Iterable[_Limit]) -> Iterator[tuple[str, Point]]:
    for username, of_one in groupby(rows, key=lambda row: row.username):
        in_a_row = 0
        for row in of_one:
            in_a_row = 0 if row.late else in_a_row + 1
            if row.late:
                about, value, key = f"{row.zh}，逾期完成", -2.0, f"clock/{row.clock}/late"
            elif in_a_row % _IN_A_ROW == 0:
                about, value, key = f"连续{_IN_A_ROW}项法定期限按期完成", 1.0, f"clock/{row.clock}/in-a-row"
            else:
                continue
            yield username, Point(key, "deadlines", row.matter, row.seq, about, row.met_by, row.at, value)


def _of_mediations(rows: Iterable[_Mediation]) -> Iterator[tuple[str, Point]]:
    for row in rows:
        about = "调解协议履行后九十日内没有再次报警"
        key = f"mediation/{row.matter}"
        yield row.username, Point(key, "mediation", row.matter, row.seq, about, row.performed_by, row.at, 1)


def _of_reviews(rows: Iterable[_Review]) -> Iterator[tuple[str, Point]]:
    for row in rows:
        if value := compute_review_points(row.result, vetoed=row.vetoed):
            about = f"评查定分{row.result:g}分，{Grade(row.grade).label}{'，有否决项' if row.vetoed else ''}"
            yield row.username, Point(f"review/{row.review}", "reviews", row.review, row.seq, about, row.settled_by, row.at, value)


def _of_thanks(rows: Iterable[_Thanks]) -> Iterator[tuple[str, Point]]:
    for row in rows:
        yield (
            row.username,
            Point(f"thanks/{row.letter}", "complaints", row.letter, row.seq, "群众来信表扬", row.conveyed_by, row.at, 1),
        )
