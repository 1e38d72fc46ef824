"""What is done at intervals is begun by Temporal's Schedules, until nothing of it is left."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from activities.upkeep import get_upkeeps
from api.health_checks.schedules import UPKEEPS, list_works
from tests.activities.test_readings import read_before_the_term
from tests.house.source import ROOT
from tests.world import World, found, until, world
from watchdog.duties.keep_schedules import KeepSchedules
from watchdog.duties.seal_journal import SealJournal
from workflows.upkeep import build_upkeep_id

LEFT = "SELECT day FROM reading_day WHERE day < current_date - 200"


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """A bureau whose Schedules the watchdog has made."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        await one.watch().get_duty(KeepSchedules).do()
        yield one
        queue = one.settings.task_queue
        for each in list_works(queue):
            await one.client.get_schedule_handle(each).delete()


def test_each_file_is_one_upkeep_of_its_name() -> None:
    files = {each.stem.replace("_", "-") for each in (ROOT / "activities/upkeep").glob("*.py")} - {"--init--"}
    assert {*get_upkeeps()} == files


def test_the_page_of_health_has_words_for_each_upkeep() -> None:
    assert {*UPKEEPS} == {*get_upkeeps()}


async def test_a_round_forgets_every_day_of_traces_that_has_had_its_term(bureau: World) -> None:
    for days_before in (2, 3):
        await read_before_the_term(bureau, days_before=days_before)
    await bureau.watch().get_duty(SealJournal).do()
    assert len(await bureau.ask(LEFT)) == 2
    await bureau.client.get_schedule_handle(build_upkeep_id("forget-readings", bureau.settings.task_queue)).trigger()
    assert await until(lambda: bureau.ask(LEFT), lambda left: left == [], within=20) == []
