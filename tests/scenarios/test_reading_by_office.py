"""Who may read what in a bureau at work: no administrator a case, no desk what came of a call, no auxiliary what others handle."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from models.matter import Kind
from tests.scenarios.fraud import call, detain, filed_case, named_suspect, team
from tests.scenarios.test_organs_decide import asked_for_arrest
from tests.world import Hand, World

HOUR = timedelta(hours=1)


def _now() -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0)


async def listed(hand: Hand) -> set[str]:
    """The matters that somebody's list shows, of every kind."""
    every = [await hand.read("/api/matters", limit=100), await hand.read("/api/matters", limit=100, kind="delivery")]
    return {each["number"] for page in every for each in page["items"]}


async def reads(hand: Hand, *numbers: str) -> set[str]:
    """Those of these matters that somebody may open."""
    return {number for number in numbers if (await hand.get(f"/api/matters/{number}")).is_success}


async def test_who_administers_reads_no_case_and_no_board_counts_one_for_them(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - 24 * HOUR)
    suspect = await named_suspect(people, case)
    await detain(people, suspect, _now() - 3 * HOUR)
    every = [row.number for row in await county.ask("SELECT number FROM matter")]
    admin = await county.as_("guanli")
    assert (await listed(admin), await reads(admin, *every)) == (set(), set())
    assert (await admin.read("/api/clocks"))["items"] == (await admin.read("/api/tasks"))["items"] == []
    assert await admin.find("/api/search", q="贺文涛") == {"matters": [], "people": [], "narrative": [], "papers": []}
    station, due = await admin.read("/api/boards/station"), await admin.read("/api/work/due")
    assert (station["stages"], station["opened"], station["due_soon"], due["week"]) == ([], 0, 0, 0)
    for board in ("deadlines", "ranking"):
        assert (await admin.read(f"/api/boards/{board}"))["units"] == []
    screen = await admin.read("/api/boards/screen")
    assert (screen["intake"]["total"], screen["open"], screen["red_cards"]) == (0, [], [])
    told = (await admin.read("/api/admin/deliveries"))["items"]
    assert told
    assert not any("拘留" in str(each) or "贺文涛" in str(each) for each in told)


async def test_a_desk_reads_the_calls_of_the_county_and_not_what_came_of_them(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - 24 * HOUR)
    suspect = await named_suspect(people, case)
    incident = (await people.officer.card(case))["links"]["parent"]
    assert await reads(people.desk, incident, case, suspect) == {incident}
    assert {number[:2] for number in await listed(people.desk)} == {Kind.INCIDENT.prefix}
    assert {each["kind"] for each in (await people.desk.read("/api/boards/station"))["stages"]} <= {"incident"}
    assert {each["matter"][:2] for each in (await people.desk.read("/api/clocks", limit=100))["items"]} <= {"JQ"}


async def test_an_auxiliary_reads_calls_under_way_and_what_they_take_part_in(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - 24 * HOUR)
    ended = (await people.officer.card(case))["links"]["parent"]
    running, auxiliary = await call(people, _now() - HOUR), await county.as_("dongxiaodong")
    assert await reads(auxiliary, case, running) == {running}
    await people.officer.take(case, "admit-handler", handler="dongxiaodong", reason="协助扫描入卷")
    await people.head.approve(case, "admit-handler")
    assert await reads(auxiliary, case, running) == {case, running}
    assert await listed(auxiliary) <= {case, running, ended}
    # Who did something there goes on reading it.
    own = (await auxiliary.open("incident", kind="求助", place="城关镇", narrative="老人走失", missing=True))["number"]
    assert (await people.officer.card(own))["handlers"] == ["dongxiaodong"]
    await county.ask("UPDATE matter SET final = true WHERE number = ANY(%(n)s)", n=[own, running])
    assert await reads(auxiliary, own, running) == {own}


async def test_an_organ_outside_reads_the_journal_from_the_step_that_shared_it_and_no_roster(county: World) -> None:
    people = await team(county)
    suspect = await asked_for_arrest(people, _now() - 3 * HOUR)
    whole = (await people.officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
    for hand, step in ((people.custody, "approve"), (people.procurator, "approve")):
        part = (await hand.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
        assert 0 < len(part) < len(whole)
        assert (part[0]["step"], part[0]["position"] > 1) == (step, True)
        roster = await hand.read("/api/units")
        assert (roster["people"], bool(roster["units"])) == ([], True)
    assert (await people.officer.read("/api/units"))["people"]
