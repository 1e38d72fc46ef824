"""Drives (专项清查): what they are selected from, and what is known of each matter that they go through."""

from datetime import datetime
from typing import NamedTuple

from models.reviews.selections import OpenMatter
from models.store.connection import Query

# Open criminal cases, and whatever else is open and has one of these findings; what happened in a matter happened in those that came of it too.
# All of them are gone through at once, and none by itself: a bureau has ten thousand open cases.
OPEN_MATTERS = Query[OpenMatter]("""
WITH open AS MATERIALIZED (
    SELECT m.number, m.unit_id, m.officer, m.opened_at, m.kind = 'criminal-case' AS is_case FROM matter m
    WHERE NOT m.final AND m.unit_id = ANY(%(units)s) AND (%(of_cases)s AND m.kind = 'criminal-case'
        OR m.number IN (SELECT g.subject FROM finding g WHERE g.gone_at IS NULL AND g.rule = ANY(%(rules)s)))
), kin AS MATERIALIZED (
    SELECT number AS root, number, true AS found_in FROM open
    UNION ALL SELECT o.number, k.number, o.is_case FROM open o JOIN matter k ON k.parent = o.number
), known AS (
    SELECT k.root, array_agg(DISTINCT f.fact) AS facts,
        (array_agg(f.said ->> 'charge' ORDER BY f.seq DESC) FILTER (WHERE k.number = k.root AND f.said ? 'charge'))[1] AS charge
    FROM kin k JOIN fact f ON f.matter = k.number WHERE f.fact = ANY(%(facts)s) GROUP BY 1
), found AS (
    SELECT k.root, array_agg(DISTINCT g.rule) AS findings
    FROM kin k JOIN finding g ON g.subject = k.number WHERE k.found_in AND g.gone_at IS NULL AND g.rule = ANY(%(rules)s) GROUP BY 1
)
SELECT o.number, o.unit_id AS unit, o.officer, o.opened_at, coalesce(known.charge, '') AS charge,
    coalesce(known.facts, '{}') AS facts, coalesce(found.findings, '{}') AS findings
FROM open o LEFT JOIN known ON known.root = o.number LEFT JOIN found ON found.root = o.number ORDER BY o.number
""")


class Gone(NamedTuple):
    """A matter whose officer has left, and from whom it is kept."""

    number: str
    officer: str
    kept_from: list[str]


# Nobody answers for it: no officer is named, or whoever is has left.
WITHOUT_OFFICER = Query[Gone]("""
SELECT m.number, m.officer, m.kept_from FROM matter m
WHERE m.number = ANY(%(numbers)s) AND NOT EXISTS (SELECT FROM person p WHERE p.username = m.officer AND p.active) ORDER BY m.number
""")
# One matter is in one running drive of a purpose: nobody is asked twice at once.
GONE_THROUGH = Query[str]("""
SELECT i.subject FROM drive_item i JOIN matter m ON m.number = i.number WHERE i.purpose = %(purpose)s AND NOT m.final
""")
BEGIN_ITEM = """
INSERT INTO drive_item (number, drive, subject, purpose, grounds, begun_at)
VALUES (%(number)s, %(drive)s, %(subject)s, %(purpose)s, %(selections)s, %(now)s) ON CONFLICT DO NOTHING
"""
ANSWERED = "UPDATE drive_item SET answered_at = %(now)s, result = %(result)s WHERE number = %(number)s"
RETURNED = "UPDATE drive_item SET answered_at = NULL, returns = returns + 1 WHERE number = %(number)s"
VERIFIED = "UPDATE drive_item SET verified_at = %(now)s WHERE number = %(number)s"


class ItemSubject(NamedTuple):
    """The matter that an item goes through, and since when it does."""

    drive: str
    subject: str
    begun_at: datetime


ITEM = Query[ItemSubject]("SELECT drive, subject, begun_at FROM drive_item WHERE number = %(number)s")
# What became of a matter: what was done in it, or in all whom it suspects. A person under suspicion hears of it from their case; a case that
# took up another, or in which one of several is let go, goes on.
FACTS_OF = Query[str]("""
SELECT f.fact FROM fact f JOIN matter m ON m.number = f.matter
WHERE m.number = %(subject)s AND (m.kind = 'suspect' OR NOT f.said ? 'told_by')
UNION
SELECT f.fact FROM fact f JOIN matter k ON k.number = f.matter
WHERE k.parent = %(subject)s AND k.kind = 'suspect' AND NOT f.said ? 'told_by'
GROUP BY f.fact HAVING count(DISTINCT k.number) = (SELECT count(*) FROM matter WHERE parent = %(subject)s AND kind = 'suspect')
""")
# A correction that took effect since then, in the matter, in the one above it or in those that came of it: whoever decides on it approved it.
CORRECTED_SINCE = Query[int]("""
SELECT e.seq FROM entry e JOIN matter k ON k.number = e.chain
WHERE (%(subject)s IN (k.number, k.parent) OR k.number = (SELECT parent FROM matter WHERE number = %(subject)s))
    AND e.sort = 'step' AND e.step = 'approve' AND e.content::json #>> '{recorded,ended,step}' = 'correct-record' AND e.recorded_at >= %(since)s LIMIT 1
""")
# Also those that the launch has promised and that are not opened yet.
OPEN_ITEMS = Query[int]("""
SELECT (SELECT count(*) FROM drive_item i JOIN matter m ON m.number = i.number WHERE i.drive = %(drive)s AND NOT m.final)
    + (SELECT count(*) FROM outbox o WHERE o.matter = %(drive)s AND o.verb = 'open')
""")


class ResultOfUnit(NamedTuple):
    """How many items of a unit came to a result."""

    unit: str
    result: str
    n: int


RESULTS_OF = Query[ResultOfUnit]("""
SELECT m.unit_id AS unit, i.result, count(*)::int AS n FROM drive_item i JOIN matter m ON m.number = i.number
WHERE i.drive = %(drive)s GROUP BY 1, 2 ORDER BY 1, 2
""")
