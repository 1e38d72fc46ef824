"""Case review (案件评查) as it is read: rounds, what a draw was made from, the files of a round, results, and what somebody has to score."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models.access.scope import Scope
from models.readmodel.pagination import Page, build_visible_sql, format_iso_sql, load_page
from models.reviews.leanings import BothSeats, Leaning, compute_leanings
from models.reviews.results import Outcome
from models.reviews.scoring import ItemScore
from models.store.connection import Connection, Query, fetch_all, fetch_first

_COUNTS = """(SELECT json_build_object('drawn', count(*), 'scored', count(r.compared_at), 'told', count(r.told_at),
    'objected', count(r.objected_at), 'closed', count(r.closed_at), 'vetoed', count(*) FILTER (WHERE r.vetoes <> '[]'),
    'mean', round(avg(r.result), 1)) FROM case_review r WHERE r.round = m.number AND NOT r.voided)"""
# Of a drive the same by what it goes through: taken in, answered, looked at, sent back.
_COUNTS_OF_DRIVE = """(SELECT json_build_object('drawn', count(*), 'scored', count(i.answered_at), 'told', count(i.verified_at),
    'objected', count(*) FILTER (WHERE i.returns > 0), 'closed', count(i.verified_at), 'vetoed', 0, 'mean', NULL)
    FROM drive_item i WHERE i.drive = m.number)"""
ROUNDS = f"""
WITH page AS (
    SELECT m.* FROM matter m WHERE m.kind = 'review-round' AND {{where}} ORDER BY m.opened_at DESC, m.number DESC LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, m.title, m.stage, m.final, m.unit_id AS unit, u.zh AS unit_zh, {format_iso_sql("m.opened_at")} AS opened_at,
    coalesce(plan.form ->> 'purpose', CASE WHEN plan.form ->> 'subject' IS NULL THEN 'monthly' ELSE 'special' END) AS purpose,
    coalesce(plan.form ->> 'method', CASE WHEN plan.form ->> 'checklist' IS NULL OR plan.form ->> 'subject' IS NOT NULL THEN 'all' ELSE 'stratified' END) AS method,
    coalesce(plan.form ->> 'checklist', plan.form ->> 'purpose') AS checklist,
    plan.form ->> 'since' AS since, coalesce(plan.form ->> 'until', plan.form ->> 'ends_on') AS until,
    (SELECT count(*) FROM review_population p WHERE p.round = m.number
        AND p.drawing = (SELECT max(drawing) FROM review_population WHERE round = m.number))
        + (SELECT count(*) FROM drive_item i WHERE i.drive = m.number) AS population,
    CASE WHEN plan.form ->> 'checklist' IS NULL THEN {_COUNTS_OF_DRIVE} ELSE {_COUNTS} END AS files) j)::text, m.opened_at, m.number
FROM page m LEFT JOIN unit u ON u.id = m.unit_id
LEFT JOIN LATERAL (SELECT e.content::json -> 'form' AS form FROM entry e WHERE e.chain = m.number AND e.sort = 'step' ORDER BY e.position LIMIT 1) plan ON true
ORDER BY m.opened_at DESC, m.number DESC
"""


async def list_rounds(connection: Connection, scope: Scope, open_only: bool, after: Sequence[Any] | None, limit: int) -> Page:
    """Rounds within the scope, the newest first, each with how far its files have come."""
    arguments: dict[str, Any] = {}
    where = [build_visible_sql(scope, arguments), *(["NOT m.final"] if open_only else [])]
    if after:
        arguments |= {"opened_at": after[0], "after": after[1]}
        where.append("(m.opened_at, m.number) < (%(opened_at)s::timestamptz, %(after)s)")
    return await load_page(connection, ROUNDS.format(where=" AND ".join(where)), arguments, limit)


class KeptDraw(NamedTuple):
    """A draw as the journal keeps it."""

    draw: dict[str, Any]
    plan: dict[str, Any]
    drawn_at: datetime


DRAWS = Query[KeptDraw]("""
SELECT e.content::json -> 'draw' AS draw,
    (SELECT f.content::json -> 'form' FROM entry f WHERE f.chain = e.chain AND f.sort = 'step' ORDER BY f.position LIMIT 1) AS plan,
    e.recorded_at AS drawn_at
FROM entry e WHERE e.chain = %(round)s AND e.content::json -> 'draw' IS NOT NULL ORDER BY e.position
""")


class PopulationRow(NamedTuple):
    """A file of a population, and where the lot put it."""

    number: str
    unit: str
    unit_zh: str
    outcome: str
    place: int
    taken: bool
    disputed: bool


POPULATION = Query[PopulationRow]("""
SELECT p.number, p.unit_id AS unit, coalesce(u.zh, p.unit_id) AS unit_zh, p.outcome, p.place, p.taken, p.disputed
FROM review_population p LEFT JOIN unit u ON u.id = p.unit_id
WHERE p.round = %(round)s AND p.drawing = %(drawing)s ORDER BY p.place
""")


async def list_draws(connection: Connection, number: str) -> list[KeptDraw]:
    """The draws of a round, the first first."""
    return await fetch_all(connection, DRAWS, {"round": number})


async def list_population(connection: Connection, number: str, drawing: int) -> list[PopulationRow]:
    """The population of a draw as it was frozen, by the places of the lot."""
    return await fetch_all(connection, POPULATION, {"round": number, "drawing": drawing})


# Of a seat nobody but who assigned it learns whose it is, and nobody what it came to before both are in.
FILES = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT r.number, r.round, r.subject, m.stage, r.checklist, r.unit_id AS unit, coalesce(u.zh, r.unit_id) AS unit_zh,
    (SELECT count(*) FROM review_sheet s WHERE s.review = r.number AND s.scored_at IS NOT NULL AND s.released_at IS NULL) AS seats_in,
    r.first, r.second, abs(r.first - r.second) AS difference, r.result, r.grade, r.vetoes, r.objected_at IS NOT NULL AS objected, r.orders,
    {format_iso_sql("r.told_at")} AS told_at) j)::text, r.number
FROM case_review r JOIN matter m ON m.number = r.number LEFT JOIN unit u ON u.id = r.unit_id
WHERE NOT r.voided AND {{where}} ORDER BY r.number LIMIT %(limit)s
"""


async def list_files(connection: Connection, scope: Scope, round_: str | None, after: Sequence[Any] | None, limit: int) -> Page:
    """Files that are reviewed, of one round or of all, in the order of their numbers: those that the scope reaches."""
    arguments: dict[str, Any] = {}
    where = [build_visible_sql(scope, arguments)]
    if round_:
        arguments["round"] = round_
        where.append("r.round = %(round)s")
    if after:
        arguments["after"] = after[0]
        where.append("r.number > %(after)s")
    return await load_page(connection, FILES.format(where=" AND ".join(where)), arguments, limit)


class Result(NamedTuple):
    """What a file came to that counts: nobody can object to it any more, or it was rechecked."""

    review: str
    round: str
    subject: str
    unit: str
    officer: str
    checklist: str
    purpose: str
    result: float
    grade: str
    vetoes: list[int]
    items: list[dict[str, Any]]
    counted_at: datetime


# Once nobody can object any more it counts, and goes on counting in that month whenever the file is closed.
_COUNTED_AT = """coalesce(r.rechecked_at, least(r.closed_at,
    (SELECT least(c.ended_at, c.due_at) FROM clock c WHERE c.matter = r.number AND c.limit_id = 'review-objection' AND c.state IN ('lapsed', 'met')
        AND r.objected_at IS NULL ORDER BY c.started_at DESC LIMIT 1)))"""
COUNTED = f"""
SELECT r.number AS review, r.round, r.subject, r.unit_id AS unit, r.officer, r.checklist,
    coalesce((SELECT e.content::json -> 'form' ->> 'purpose' FROM entry e WHERE e.chain = r.round AND e.sort = 'step' ORDER BY e.position LIMIT 1),
        CASE WHEN EXISTS (SELECT FROM entry e WHERE e.chain = r.round AND e.step = 'open-special-round') THEN 'special' ELSE 'monthly' END) AS purpose,
    r.result::float AS result, r.grade, r.vetoes, coalesce(r.items, '[]') AS items, {_COUNTED_AT} AS counted_at
FROM case_review r WHERE NOT r.voided AND r.told_at IS NOT NULL AND r.result IS NOT NULL
"""
"""The results that were told, and since when each counts; `counted_at` is null while the unit may still object, or its objection is not decided."""
RESULTS = Query[Result](f"""
SELECT review, round, subject, unit, officer, checklist, purpose, result, grade, vetoes, items, counted_at FROM ({COUNTED}) told
WHERE counted_at >= %(since)s AND counted_at < %(until)s
    AND (%(units)s::text[] IS NULL OR unit = ANY(%(units)s)) AND (%(officer)s::text IS NULL OR officer = %(officer)s)
ORDER BY counted_at, review
""")


async def review_results(
    connection: Connection, since: datetime, until: datetime, units: Sequence[str] | None = None, officer: str | None = None
) -> list[Result]:
    """The results that came to count from `since` until before `until`, of these units, of that officer's files; None: of all.

    A file is its unit's and its officer's as it was when it was drawn. What was put right since changes no result.
    """
    arguments = {"since": since, "until": until, "units": None if units is None else list(units), "officer": officer}
    return await fetch_all(connection, RESULTS, arguments)


def list_outcomes(found: Iterable[Result]) -> list[Outcome]:
    """What these files came to, as results are summed up."""
    return [
        Outcome(of.unit, of.checklist, of.result, of.grade, of.vetoes, [ItemScore.model_validate(each) for each in of.items])
        for of in found
    ]


# Far more than the latest of anybody's.
_LATEST_FILES = 2000
BOTH_SEATS = Query[BothSeats](f"""
SELECT r.number AS review, a.reviewer AS first_reviewer, b.reviewer AS second_reviewer, r.first::float AS first, r.second::float AS second
FROM case_review r JOIN review_sheet a ON a.review = r.number AND a.seat = 1 AND a.scored_at IS NOT NULL AND a.released_at IS NULL
JOIN review_sheet b ON b.review = r.number AND b.seat = 2 AND b.scored_at IS NOT NULL AND b.released_at IS NULL
WHERE r.compared_at IS NOT NULL AND NOT r.voided AND r.unit_id = ANY(%(units)s) ORDER BY r.compared_at DESC, r.number LIMIT {_LATEST_FILES}
""")


class _Called(NamedTuple):
    """What people call somebody."""

    username: str
    zh: str


CALLED = Query[_Called]("SELECT username, zh FROM person WHERE username = ANY(%(people)s)")


async def list_leanings(connection: Connection, units: Sequence[str]) -> tuple[list[Leaning], dict[str, str]]:
    """How those who scored files of these units lean, and what they are called: for whoever gives seats, and for nobody else."""
    found = compute_leanings(await fetch_all(connection, BOTH_SEATS, {"units": list(units)}))
    people = await fetch_all(connection, CALLED, {"people": sorted({each.reviewer for each in found})})
    return found, {each.username: each.zh for each in people}


# What somebody has to score: theirs alone.
SHEETS = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT s.number, m.stage, m.final, m.seq, s.seat, r.checklist, {format_iso_sql("s.assigned_at")} AS assigned_at,
    {format_iso_sql("s.scored_at")} AS scored_at, {format_iso_sql("c.due_at")} AS due_at, coalesce(c.colour, 'none') AS colour) j)::text, s.number
FROM review_sheet s JOIN matter m ON m.number = s.number JOIN case_review r ON r.number = s.review
LEFT JOIN clock c ON c.matter = s.number AND c.limit_id = 'review-scoring' AND c.state = 'running'
WHERE m.officer = %(username)s AND (NOT %(open)s OR NOT m.final) AND s.number > %(after)s ORDER BY s.number LIMIT %(limit)s
"""


async def list_sheets(connection: Connection, username: str, open_only: bool, after: str, limit: int) -> Page:
    """The sheets that this person has, in the order of their numbers."""
    return await load_page(connection, SHEETS, {"username": username, "open": open_only, "after": after}, limit)


class FileOfSheet(NamedTuple):
    """The file that a sheet scores."""

    subject: str
    sealed: bool
    checklist: str
    review: str
    drawn_at: datetime


FILE_OF_SHEET = Query[FileOfSheet]("""
SELECT r.subject, m.sealed, r.checklist, r.number AS review, r.drawn_at
FROM review_sheet s JOIN case_review r ON r.number = s.review JOIN matter m ON m.number = r.subject WHERE s.number = %(sheet)s
""")


async def find_file_of_sheet(connection: Connection, sheet: str) -> FileOfSheet | None:
    """Which file a sheet scores."""
    return await fetch_first(connection, FILE_OF_SHEET, {"sheet": sheet})


SCORES_OF_SHEET = Query[list[dict[str, Any]]]("""
SELECT e.content::json #> '{form,items}' FROM entry e
WHERE e.chain = %(sheet)s AND e.step = 'score-file' AND e.sort = 'step' ORDER BY e.position DESC LIMIT 1
""")


async def list_scores(connection: Connection, sheet: str) -> list[dict[str, Any]]:
    """What was sent in with that sheet; nothing before it was."""
    return await fetch_first(connection, SCORES_OF_SHEET, {"sheet": sheet}) or []


class OneReview(NamedTuple):
    """A review with what was said in it: both sheets as they came in together, what was settled, what was objected to."""

    subject: str
    round: str
    checklist: str
    result: float | None
    grade: str
    vetoes: list[int]
    items: list[dict[str, Any]] | None
    compared: dict[str, Any] | None
    objected: dict[str, Any] | None
    rechecked: bool


ONE_REVIEW = Query[OneReview]("""
SELECT r.subject, r.round, r.checklist, r.result::float AS result, r.grade, r.vetoes, r.items,
    (SELECT e.content::json -> 'form' FROM entry e WHERE e.chain = r.number AND e.step = 'compare-scores' AND e.sort = 'step'
        ORDER BY e.position DESC LIMIT 1) AS compared,
    (SELECT e.content::json -> 'form' FROM entry e WHERE e.chain = r.number AND e.step = 'object-to-review' AND e.sort = 'step'
        ORDER BY e.position DESC LIMIT 1) AS objected,
    r.rechecked_at IS NOT NULL AS rechecked
FROM case_review r WHERE r.number = %(number)s
""")


async def find_review(connection: Connection, number: str) -> OneReview | None:
    """What was said in a review; None where there is none of that number."""
    return await fetch_first(connection, ONE_REVIEW, {"number": number})
