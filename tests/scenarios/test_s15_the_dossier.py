"""S15: each paper is scanned into its place, what is missing is listed there, a declared scan is never silently replaced; and the reports say so."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from models.readmodel.report_types import report_types
from tests.scenarios.fraud import detain, filed_case, named_suspect, team
from tests.scenarios.supervised import report
from tests.world import Answer, Hand, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FILING = "立案决定书"


async def placed(hand: Hand, number: str, place: str) -> Answer:
    """A place of the dossier."""
    (found,) = [each for each in (await hand.read(f"/api/matters/{number}/dossier"))["places"] if each["place"] == place]
    return found


async def scan(hand: Hand, number: str, place: str, title: str, content: bytes = b"%PDF-1.4\n%%EOF") -> Answer:
    """Scan a paper into that place."""
    said = {"place": place, "title": title}
    answer = await hand.http.post(
        f"/api/matters/{number}/dossier", data=said, files={"file": ("a.pdf", content, "application/pdf")}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_papers_are_scanned_declared_identical_and_replaced_in_sight_and_what_is_missing_is_listed_in_its_place(
    county: World,
) -> None:
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - DAY
    case = await filed_case(people, at)
    suspect = await named_suspect(people, case)
    await detain(people, suspect, at + 2 * HOUR)

    # What the interrogation calls for is listed in its place until it is scanned.
    await people.officer.take(suspect, "interrogate", at=at + 3 * HOUR, place="青岚县看守所讯问室", companion="许雅婷")
    records = await placed(people.officer, case, "interrogation")
    assert [(each["matter"], each["title"], each["why"]) for each in records["missing"]] == [(suspect, "讯问笔录", "absent")]
    await scan(people.officer, suspect, "interrogation", "讯问笔录")
    assert [each["why"] for each in (await placed(people.officer, case, "interrogation"))["missing"]] == ["not-declared"]
    await people.officer.take(suspect, "declare-identical", identical=True)
    assert (await placed(people.officer, case, "interrogation"))["missing"] == []

    # A better scan is a version beside the one that was declared, and not declared itself.
    first = await scan(people.officer, case, "filing", FILING)
    await people.officer.take(case, "declare-identical", identical=True)
    again = await scan(people.officer, case, "filing", FILING, b"%PDF-1.4\n%again\n%%EOF")
    assert (first["version"], again["version"]) == (1, 2)
    kept = [(each["version"], each["declared_by"]) for each in (await placed(people.officer, case, "filing"))["items"]]
    assert kept == [(1, "liusiyuan"), (2, None)]


# Thirty-seven papers made a day before the report, of which the first thirty-one were scanned the same day, and four on the next.
MADE = """
INSERT INTO document (matter, seq, type, title, number, state, issued_at)
SELECT %(matter)s, 900 + n, 'inquiry-record', '询问笔录' || n, 'S15-' || n, 'produced', %(at)s FROM generate_series(1, 37) n RETURNING title
"""
SCANNED = """
INSERT INTO dossier_item (matter, place, title, version, hash, size, media_type, uploaded_by, uploaded_at, declared_by, declared_at)
SELECT %(matter)s, 'statements', '询问笔录' || n, 1, 'h', 1, 'application/pdf', 'liusiyuan', %(at)s + make_interval(hours => CASE WHEN n <= 31 THEN 2 ELSE 25 END),
    CASE WHEN n <= 28 THEN 'liusiyuan' END, CASE WHEN n <= 28 THEN %(at)s + interval '3 hours' END FROM generate_series(1, 35) n RETURNING title
"""

REPLACED = """
INSERT INTO dossier_item (matter, place, title, version, hash, size, media_type, uploaded_by, uploaded_at, declared_by, declared_at)
SELECT %(matter)s, 'acceptance', '报案材料', n, 'h' || n, 1, 'application/pdf', 'liusiyuan', %(at)s + make_interval(hours => n),
    CASE WHEN n = 1 THEN 'liusiyuan' END, CASE WHEN n = 1 THEN %(at)s + interval '90 minutes' END FROM generate_series(1, 2) n RETURNING title
"""


async def test_a_days_report_says_what_was_scanned_in_time_and_what_is_absent_and_a_weeks_what_was_replaced(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 9 * DAY)
    due = report_types()["dossier-daily"].times.find_due(datetime.now(SHANGHAI))
    for statement in (MADE, SCANNED):
        await county.ask(statement, matter=case, at=due.at - timedelta(hours=26))
    daily = await report(county, people.head, "dossier-daily")
    assert daily["scanned"] == [["城关派出所", 37, 31, 4, 2, 83.8, 7, 80.0, 0]]
    assert {(row[0], row[2]) for row in daily["absent"]} == {(case, "询问笔录36"), (case, "询问笔录37")}

    # Whoever replaces what was declared is named beside whoever declared it; the older version stays.
    week = report_types()["dossier-weekly"].times.find_due(datetime.now(SHANGHAI))
    await county.ask(REPLACED, matter=case, at=week.since + DAY)
    weekly = await report(county, people.head, "dossier-weekly")
    assert [(row[0], row[2], row[3], row[5]) for row in weekly["overturned"]] == [(case, "报案材料", 2, "刘思源")]
    assert weekly["scanned"][0][-1] == 1
    assert {row[3] for row in weekly["spot-check"]} == {1, 2}
