"""The rules of the statement that rings, one by one: what it claims, colours, notifies, opens and tells."""

import json
from datetime import timedelta

from law.clock import Colour
from law.offices import Office
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.activities.proposals import TEN
from tests.activities.test_rings import ring

MATTER = """
INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at)
VALUES ('RY1', 'suspect', 'detained', false, 1, 'station', '', 'li.na', %(colour)s, now(), now())
"""
CLOCK = """
INSERT INTO clock (id, matter, unit_id, officer, limit_id, zh, edition, basis, about, started_at, due_at, date_only, liberty, state, colour,
                   calendar, answerable, at_expiry)
VALUES (%(id)s, 'RY1', 'station', 'li.na', 'some-limit', '某期限', '2018-10-26', '某条', 'RY1', %(started)s, %(due)s, false, %(liberty)s, 'running',
        %(shows)s, 'final', %(answerable)s, %(at_expiry)s)
"""
RUNG = "INSERT INTO rung (clock_id, colour, at, matter, armed_at) VALUES (%(id)s, %(rings)s, %(at)s, 'RY1', %(at)s)"


async def armed(
    ask: Ask,
    id_: str,
    rings: str,
    at_expiry: str = "release-or-change",
    *,
    shows: str = "none",
    liberty: bool = True,
    at_once: bool = False,
    answerable: Office = Office.CASE_OFFICER,
) -> None:
    """A clock that shows one colour, and whose rung of another is due at ten."""
    due = TEN if rings == "overdue" or at_once else TEN + timedelta(hours=2)
    started = due if at_once else TEN - timedelta(days=3)
    await ask(CLOCK, id=id_, started=started, due=due, liberty=liberty, shows=shows, at_expiry=at_expiry, answerable=answerable)
    await ask(RUNG, id=id_, rings=rings, at=TEN)


async def test_a_ring_claims_what_is_due_and_leaves_what_is_not_and_what_was_rung(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="none")
    for id_ in ("rung", "due"):
        await armed(ask, id_, "orange")
    await ask("INSERT INTO ring SELECT clock_id, colour, at, matter, at, 0, 'watchdog' FROM rung WHERE clock_id = 'rung'")
    await ask(RUNG, id="due", rings="red", at=TEN + timedelta(hours=1))
    assert await ring(pool, TEN) == 1
    assert [(row.clock_id, row.colour) for row in await ask("SELECT * FROM rung")] == [("due", "red")]
    assert [(row.clock_id, row.rung_by) for row in await ask("SELECT * FROM ring ORDER BY clock_id")] == [
        ("due", "workflow"),
        ("rung", "watchdog"),
    ]
    assert [row.clock_id for row in await ask("SELECT * FROM notice")] == ["due"]


async def test_a_ring_colours_clock_and_matter_up_and_never_down(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="orange")
    await armed(ask, "up", "yellow")
    await armed(ask, "down", "blue", shows="orange")
    colours = "SELECT id, clock.colour, matter.colour AS shown FROM clock JOIN matter ON number = matter ORDER BY id"
    await ring(pool, TEN)
    assert [tuple(row) for row in await ask(colours)] == [("down", "orange", "orange"), ("up", "yellow", "orange")]
    await armed(ask, "worst", "red")
    await ring(pool, TEN)
    assert {row.shown for row in await ask(colours)} == {Colour.RED}


async def test_the_custody_centre_hears_of_those_it_holds_alone(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="none")
    await armed(ask, "held", "overdue")
    await armed(ask, "paper", "overdue", "service-only", liberty=False)
    await ring(pool, TEN)
    notices = await ask("SELECT clock_id, office FROM notice ORDER BY clock_id, office")
    assert [tuple(row) for row in notices] == [
        ("held", Office.CUSTODY_CENTRE),
        ("held", Office.SUPERVISOR),
        ("paper", Office.SUPERVISOR),
    ]


Hearer = tuple[str, str]
OFFICER: Hearer = (Office.CASE_OFFICER, "li.na")
SUPERVISOR: Hearer = (Office.SUPERVISOR, "")
UNKEPT: set[Hearer] = {SUPERVISOR, (Office.REPORTING_DESK, ""), OFFICER}
# Who hears of which ring, of a limit for which whom answers; and whose the task is.
HEARD: dict[str, tuple[str, Office, str, set[Hearer], Office | None]] = {
    "a-the-officer": ("yellow", Office.CASE_OFFICER, "decide", {OFFICER}, None),
    "b-whose-it-is-and-the-officer": ("blue", Office.COUNTY_HEAD, "decide", {(Office.COUNTY_HEAD, ""), OFFICER}, None),
    "c-an-organ's-is-the-officer's-to-watch": ("yellow", Office.PROCURATORATE, "decide", {OFFICER}, None),
    "d-a-party's-is-the-officer's-to-watch": ("yellow", Office.PARTY, "decide", {OFFICER}, None),
    "e-then-who-heads-them": ("orange", Office.COUNTY_HEAD, "decide", {(Office.STATION_HEAD, "")}, None),
    "f-then-who-reviews": ("red", Office.COUNTY_HEAD, "decide", {(Office.LEGAL_REVIEWER, "")}, None),
    "g-of-a-promise-who-supervises": ("red", Office.REPORTING_DESK, "escalate-service", {SUPERVISOR}, None),
    "h-of-what-is-only-counted-too": ("red", Office.CASE_OFFICER, "service-only", {SUPERVISOR}, None),
    "i-what-is-only-counted-asks-for-nothing": ("overdue", Office.CASE_OFFICER, "service-only", {SUPERVISOR}, None),
    "j-the-task-is-whose-it-was": ("overdue", Office.CASE_OFFICER, "decide", {SUPERVISOR}, Office.CASE_OFFICER),
    "k-and-the-officer-knows": ("overdue", Office.LEGAL_REVIEWER, "escalate", {SUPERVISOR, OFFICER}, Office.LEGAL_REVIEWER),
    "l-the-officer-asks-a-late-organ": ("overdue", Office.COURT, "decide", {SUPERVISOR}, Office.CASE_OFFICER),
    "m-who-supervises-takes-up-a-promise": ("overdue", Office.REPORTING_DESK, "escalate-service", UNKEPT, Office.SUPERVISOR),
}


async def test_whoever_is_answerable_hears_and_has_the_task(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="none")
    for id_, (rings, answerable, at_expiry, *_) in HEARD.items():
        await armed(ask, id_, rings, at_expiry, liberty=False, answerable=answerable)
    await ring(pool, TEN)
    notices = await ask("SELECT clock_id, office, username FROM notice")
    tasks = {row.clock_id: row.office for row in await ask("SELECT clock_id, office FROM task")}
    for id_, (*_, hear, task) in HEARD.items():
        assert sorted((row.office, row.username) for row in notices if row.clock_id == id_) == sorted(hear), id_
        assert tasks.get(id_) == task, id_


async def test_a_promise_that_was_not_kept_is_never_a_red_card(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="red")
    await armed(ask, "counted", "overdue", "service-only", shows="red", liberty=False)
    await armed(ask, "taken-up", "overdue", "escalate-service", liberty=False)
    await ring(pool, TEN)
    shown = await ask("SELECT clock.colour, matter.colour AS of_matter FROM clock JOIN matter ON number = matter")
    assert {tuple(row) for row in shown} == {("unkept", "unkept")}
    said = [row.words for row in await ask("SELECT words FROM notice UNION ALL SELECT words FROM task")]
    assert said
    assert all("承诺超时" in words and "红牌" not in words for words in said)
    # What the law sets is graver: neither hides the other.
    await armed(ask, "law", "overdue", "decide", liberty=False)
    await ring(pool, TEN)
    assert [row.colour for row in await ask("SELECT colour FROM matter")] == ["overdue"]


async def test_a_limit_that_runs_out_opens_what_it_asks_for_and_no_more(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="none")
    await armed(ask, "a-release", "overdue")
    await armed(ask, "b-duty", "overdue", "decide")
    await armed(ask, "c-service", "overdue", "service-only")
    await armed(ask, "d-right", "overdue", "right-lapses")
    await armed(ask, "e-at-once", "red", "release", at_once=True)
    await armed(ask, "f-warned", "red")
    await ring(pool, TEN)
    tasks = await ask("SELECT clock_id, mandatory, office FROM task ORDER BY clock_id")
    assert [tuple(row) for row in tasks] == [
        ("a-release", True, Office.CASE_OFFICER),
        ("b-duty", False, Office.CASE_OFFICER),
        ("e-at-once", True, Office.CASE_OFFICER),
    ]
    # An order is due over whoever is held without a ground, and over nothing else.
    assert [row.clock_id for row in await ask("SELECT clock_id FROM expiry")] == ["a-release"]
    lapsed = await ask("SELECT id, colour FROM clock WHERE state = 'lapsed'")
    assert [tuple(row) for row in lapsed] == [("d-right", "none")]


async def test_the_pages_that_lie_open_are_told_of_each_ring(pool: Pool, ask: Ask) -> None:
    await ask(MATTER, colour="none")
    await armed(ask, "held", "orange")
    async with pool.connection() as listening:
        await listening.set_autocommit(True)
        await listening.execute("LISTEN louke")
        await ring(pool, TEN)
        (told,) = [json.loads(each.payload) async for each in listening.notifies(timeout=10, stop_after=1)]
        await listening.execute("UNLISTEN louke")
        await listening.set_autocommit(False)
    assert (told["number"], told["colour"], told["unit"], told["step"]) == ("RY1", "orange", "station", "")
