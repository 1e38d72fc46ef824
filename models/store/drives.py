"""Drives (专项清查): what they are selected from, and what is known of each matter that they go through."""

from datetime import datetime
from typing import NamedTuple

from models.reviews.selections import OpenMatter
from models.store.connection import Query

# Open criminal cases, and whatever else is open and has one of these findings; what happened in a matter happened in those that came of it too.
OPEN_MATTERS = Query[OpenMatter]("""
SELECT m.number, m.unit_id AS unit, m.officer, m.opened_at,
    CASE WHEN m.kind = 'criminal-case' THEN coalesce((SELECT e.content::json #>> '{form,charge}' FROM entry e WHERE e.chain = m.number
        AND e.sort = 'step' AND e.content::json #>> '{form,charge}' IS NOT NULL ORDER BY e.position DESC LIMIT 1), '') ELSE '' END AS charge,
    ARRAY(SELECT DISTINCT f.fact FROM fact f JOIN matter k ON k.number = f.matter WHERE k.number = m.number OR k.parent = m.number) AS facts,
    ARRAY(SELECT DISTINCT g.rule FROM finding g JOIN matter k ON k.number = g.subject
        WHERE g.gone_at IS NULL AND g.rule = ANY(%(rules)s) AND (k.number = m.number OR k.parent = m.number AND m.kind = 'criminal-case')) AS findings
FROM matter m
WHERE NOT m.final AND m.unit_id = ANY(%(units)s) AND (%(of_cases)s AND m.kind = 'criminal-case'
    OR EXISTS (SELECT FROM finding g WHERE g.subject = m.number AND g.gone_at IS NULL AND g.rule = ANY(%(rules)s)))
ORDER BY m.number
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
OPEN_ITEMS = Query[int]("""
SELECT count(*) FROM drive_item i JOIN matter m ON m.number = i.number WHERE i.drive = %(drive)s AND NOT m.final
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
