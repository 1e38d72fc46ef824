"""Case review (案件评查): what is drawn from what, and what is known of each file and each seat. What was found of a file stands in the journal."""

from datetime import datetime
from typing import NamedTuple

from models.store.connection import Query

NOWHERE = "review"
"""The unit of a sheet: none of the tree, so that no list, event or export of anybody's reaches it. Whoever has the sheet does, by its number."""


class Bureau(NamedTuple):
    """The bureau whose files a unit reviews: the nearest above it, or itself, and the units below."""

    unit: str
    units: list[str]


# The legal department of a bureau, or the bureau itself; a station reviews nobody.
BUREAU_OF = Query[Bureau]("""
SELECT b.id AS unit, ARRAY(SELECT u.id FROM unit u WHERE starts_with(u.path, b.path)) AS units
FROM unit here JOIN unit b ON starts_with(here.path, b.path) AND b.kind IN ('bureau', 'sub-bureau')
WHERE here.id = %(unit)s AND here.kind <> 'station'
ORDER BY length(b.path) DESC LIMIT 1
""")


class Candidate(NamedTuple):
    """A file that was decided in a period, with why it may be left out of a draw by lot."""

    number: str
    unit: str
    officer: str
    outcome: str
    sealed: bool
    disputed: bool
    lately: bool


# By the last decision of the period; whether it is archived does not matter, so that nobody hides a file by not archiving it.
CANDIDATES = Query[Candidate]("""
WITH decided AS (
    SELECT DISTINCT ON (f.matter) f.matter, f.fact FROM fact f JOIN matter m ON m.number = f.matter
    WHERE f.fact = ANY(%(facts)s) AND f.at >= %(since)s AND f.at < %(until)s AND NOT f.said ? 'told_by'
        AND m.kind = %(kind)s AND m.unit_id = ANY(%(units)s)
    ORDER BY f.matter, f.at DESC, f.seq DESC
)
SELECT m.number, m.unit_id AS unit, m.officer, d.fact AS outcome, m.sealed,
    EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact IN ('remedy.lawsuit-filed', 'remedy.review-received'))
        AND NOT EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact IN ('remedy.review-decided', 'remedy.review-withdrawn')) AS disputed,
    EXISTS (SELECT FROM case_review r WHERE r.subject = m.number AND NOT r.voided AND r.round <> %(round)s AND r.drawn_at > %(lately)s) AS lately
FROM decided d JOIN matter m ON m.number = d.matter
WHERE (cardinality(%(inspections)s::text[]) = 0 OR EXISTS (SELECT FROM finding f WHERE f.subject = m.number AND f.rule = ANY(%(inspections)s)))
    AND (NOT %(overdue)s OR EXISTS (SELECT FROM clock c WHERE c.matter = m.number AND (c.state IN ('met-late', 'overrun') OR c.colour = 'overdue')))
    AND (cardinality(%(files)s::text[]) = 0 OR m.number = ANY(%(files)s))
ORDER BY m.number
""")
SUBJECT = Query[Candidate]("""
SELECT m.number, m.unit_id AS unit, m.officer, %(outcome)s AS outcome, m.sealed, false AS disputed, false AS lately
FROM matter m WHERE m.number = %(subject)s
""")
FREEZE = """
INSERT INTO review_population (round, drawing, number, unit_id, officer, outcome, place, taken, disputed)
SELECT %(round)s, %(drawing)s, number, unit, officer, outcome, place, taken, disputed
FROM jsonb_to_recordset(%(rows)s::jsonb) AS each (number text, unit text, officer text, outcome text, place int, taken boolean, disputed boolean)
ON CONFLICT DO NOTHING
"""


class Reviewed(NamedTuple):
    """A file that is reviewed in a round."""

    number: str
    subject: str
    unit: str
    checklist: str
    edition: str


REVIEWS_OF = Query[Reviewed]("""
SELECT number, subject, unit_id AS unit, checklist, edition FROM case_review WHERE round = %(round)s AND NOT voided ORDER BY number
""")


class Hand(NamedTuple):
    """That somebody had a hand in a file: the entry that says so."""

    subject: str
    person: str
    matter: str
    seq: int


# Whoever is named in a step of the file or of its next of kin, as actor, asker, approver, companion or officer, handled it.
HANDS = Query[Hand]("""
SELECT DISTINCT ON (s.subject, p.person) s.subject, p.person, e.chain AS matter, e.seq
FROM unnest(%(subjects)s::text[]) AS s (subject) JOIN matter m ON m.number = s.subject
JOIN matter k ON k.number = m.number OR k.parent = m.number OR k.number = m.parent
JOIN entry e ON e.chain = k.number AND e.sort = 'step'
CROSS JOIN unnest(%(people)s::text[]) AS p (person)
WHERE k.kind NOT IN ('review-round', 'case-review', 'review-sheet') AND strpos(e.content, to_json(p.person)::text) > 0
ORDER BY s.subject, p.person, (k.number = m.number) DESC, e.position
""")


class Seat(NamedTuple):
    """An office that somebody holds."""

    person: str
    office: str
    unit: str


SEATS_OF = Query[Seat]("""
SELECT h.username AS person, h.office, h.unit_id AS unit FROM holding h JOIN person p USING (username)
WHERE p.active AND h.username = ANY(%(people)s)
""")
BEGIN_REVIEW = """
INSERT INTO case_review (number, round, drawing, subject, unit_id, officer, checklist, edition, drawn_at)
SELECT %(number)s, %(round)s, %(drawing)s, m.number, m.unit_id, m.officer, %(checklist)s, %(edition)s, %(now)s
FROM matter m WHERE m.number = %(subject)s ON CONFLICT DO NOTHING
"""
BEGIN_SHEET = """
INSERT INTO review_sheet (number, review, seat, reviewer, assigned_at)
VALUES (%(number)s, %(review)s, %(seat)s, %(reviewer)s, %(now)s) ON CONFLICT DO NOTHING
"""
SCORED = "UPDATE review_sheet SET scored_at = %(now)s WHERE number = %(number)s"
RELEASED = "UPDATE review_sheet SET released_at = %(now)s WHERE number = %(number)s"
VOIDED = "UPDATE case_review SET voided = true WHERE number = %(number)s"
COMPARED = """
UPDATE case_review SET compared_at = %(now)s, first = %(first)s, second = %(second)s WHERE number = %(number)s
"""
SETTLED = """
UPDATE case_review SET items = %(items)s, result = %(result)s, vetoes = %(vetoes)s, grade = %(grade)s,
    settled_at = coalesce(settled_at, %(now)s), rechecked_at = CASE WHEN %(rechecked)s THEN %(now)s END
WHERE number = %(number)s
"""
TOLD = "UPDATE case_review SET told_at = %(now)s WHERE number = %(number)s"
OBJECTED = "UPDATE case_review SET objected_at = %(now)s WHERE number = %(number)s"
SENT_BACK = "UPDATE case_review SET orders = orders + %(many)s WHERE number = %(number)s"
CLOSED = "UPDATE case_review SET closed_at = %(now)s WHERE number = %(number)s"


class SheetOf(NamedTuple):
    """A seat of a review that somebody has: its sheet, who that is, and when they sent it in."""

    number: str
    seat: int
    reviewer: str
    scored_at: datetime | None


# Held until whoever scores is recorded: of two that come in at once the second knows of the first.
HOLD_REVIEW = "SELECT FROM case_review WHERE number = %(review)s FOR UPDATE"
SEATS_OF_REVIEW = Query[SheetOf]("""
SELECT number, seat, reviewer, scored_at FROM review_sheet WHERE review = %(review)s AND released_at IS NULL ORDER BY seat
""")
REVIEW_OF_FILE = Query[Reviewed]("""
SELECT number, subject, unit_id AS unit, checklist, edition FROM case_review
WHERE round = %(round)s AND subject = %(subject)s AND NOT voided
""")
