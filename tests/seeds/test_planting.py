"""Planting through the API: what was invented comes to pass, once, and only in an empty bureau."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from models.readmodel.report_types import report_types
from runtime.database import connect
from runtime.settings import Settings
from seeds.assessing import publish_months
from seeds.planting import SEED, Bureau, Refused, plant
from seeds.reviewing import Desk, review
from seeds.scenarios import list_scenarios
from seeds.script import Scenario
from tests.api.matters import accepted
from tests.api.reviews import decided
from tests.api.test_drives import unsolved
from tests.scenarios.supervised import made
from tests.world import World, found, world
from watchdog.duties.draft_assessments import DraftAssessments

# An incident put away, a suspect whose bail awaits approval, one to be released at once, a case merged into another, a thing that the
# court has.
CHOSEN = ("求助归档", "传唤中呈请取保", "不批捕待释放", "已并案", "财物在法院")


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def played(people: Bureau, scenario: Scenario, name: str) -> list[dict[str, object]]:
    return [receipt async for receipt in people.play(scenario, name)]


async def test_scenarios_come_to_pass_with_their_colours_and_a_resumed_run_doubles_nothing(bureau: World) -> None:
    programme = list(list_scenarios(SEED, datetime.now(UTC)))
    people = Bureau(await bureau.stranger())
    chosen = [next(each for each in programme if each.shows == shows) for shows in CHOSEN]
    for n, scenario in enumerate(chosen):
        interrupted = await played(
            people, Scenario(scenario.shows, scenario.colour, scenario.story, scenario.moves[:-2]), f"chosen-{n}"
        )
        receipts = await played(people, scenario, f"chosen-{n}")
        assert receipts[:-2] == interrupted
        await shows_its_colour(bureau, scenario, receipts)
    # They stand where they stand since it happened, years of which were played in seconds.
    stays = (await (await bureau.as_("leijianfeng")).read("/api/boards/stages"))["stages"]
    assert any(each["median_days"] > 0 for each in stays)
    # A matter that another one opens has an entry of its own for it.
    opened = sum(bool(move.opens) and not move.by_a_person for scenario in chosen for move in scenario.moves)
    entries = opened + sum(len(scenario.moves) for scenario in chosen)
    assert await bureau.ask("SELECT count(*) FROM entry WHERE sort = 'step'") == [(entries,)]


async def shows_its_colour(bureau: World, scenario: Scenario, receipts: list[dict[str, object]]) -> None:
    number = next(each["number"] for move, each in zip(scenario.moves, receipts, strict=True) if move.on == scenario.subject)
    head = await bureau.as_("zhouminghui")
    shown = {each["colour"] for each in await head.read(f"/api/matters/{number}/clocks")}
    assert scenario.colour in {"none"} | shown


async def test_a_refused_move_says_who_tried_what_and_why_not(bureau: World) -> None:
    scenario = next(iter(list_scenarios(SEED, datetime.now(UTC))))
    twice = Scenario(scenario.shows, scenario.colour, scenario.story, (*scenario.moves, scenario.moves[0]))
    with pytest.raises(Refused, match=r"open-incident by \w+ at .* on JQ\d+: .*"):
        await played(Bureau(await bureau.stranger()), twice, "twice")


def test_a_bureau_that_others_work_in_is_left_alone(database: str, tmp_path: Path) -> None:
    with connect(database, "test") as connection:
        connection.execute(
            "INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, shared_with, requests,"
            " opened_at, updated_at)"
            " VALUES ('JQ1', 'incident', 'received', false, 1, 'u', '', '', 'none', '{}', '[]', now(), now())"
        )
        plant(Settings(database_url=database, data_dir=tmp_path), Console(quiet=True))
        assert connection.execute("SELECT 1 FROM person").fetchall() == []


async def test_a_month_of_review_has_a_finished_round_and_one_that_is_being_scored(bureau: World) -> None:
    people = Bureau(await bureau.stranger())
    punished = next(each for each in list_scenarios(SEED, datetime.now(UTC)) if each.shows == "行政拘留执行中")
    await played(people, punished, "punished")
    for _ in range(2):
        await decided(bureau)
    await unsolved(bureau)
    await review(Desk(people.take, people.read), datetime.now(UTC))
    legal = await bureau.as_("fangzhengping")
    rounds = {each["checklist"]: each for each in (await legal.read("/api/review-rounds"))["items"]}
    drives = {"backlog": "running", "identity": "drafted"}
    assert {name: each["stage"] for name, each in rounds.items()} == {"administrative": "told", "incident": "scoring"} | drives
    assert rounds["backlog"]["files"]["closed"] >= 1
    assert (rounds["administrative"]["files"]["told"], rounds["incident"]["files"]["told"]) == (1, 0)
    assert rounds["incident"]["population"] >= 2


async def test_last_months_assessments_are_published_and_one_is_objected_to(bureau: World) -> None:
    people = Bureau(await bureau.stranger())
    at = report_types()["monthly-close"].times.find_due(datetime.now(UTC)).at - timedelta(days=12)
    for day in range(6):
        await accepted(bureau, at=(at + timedelta(days=day)).isoformat())

    async def close() -> None:
        await made(bureau, "monthly-close")
        await bureau.watch().get_duty(DraftAssessments).do()

    await publish_months(Desk(people.take, people.read), close)
    head = await bureau.as_("zhaotiejun")
    (assessed,) = (await head.read("/api/matters", kind="assessment", unit="chengguan"))["items"]
    sheet = await head.read("/api/assessment/sheet", unit="chengguan", month=f"{at:%Y-%m}")
    assert (assessed["stage"], sheet["matter"]["number"]) == ("published", assessed["number"])
    assert [each["upheld"] for each in sheet["matter"]["objected"]] == [False]


async def test_people_are_told_outside_by_rules_that_are_set_once(bureau: World) -> None:
    people = Bureau(await bureau.stranger())
    for _ in range(2):
        await people.tell_outside()
    told = (await (await bureau.as_("guanli")).read("/api/admin/channel-rules"))["rules"]
    assert [each["rule"]["occasion"] for each in told] == ["dispatch", "approval", "red", "overdue"]
