"""The watchdog finds its duties by itself, repeats each at its own pace, and one that fails holds up no other."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from temporalio.service import RPCError, RPCStatusCode

from law.discovery import discover_types
from runtime.logging import log
from tests.house.source import ROOT
from watchdog.duties.arm_canary import ArmCanary
from watchdog.duties.seal_journal import SealJournal
from watchdog.duty import Duty, Engine, Tools
from watchdog.watch import Watch

DUTIES = [*discover_types("watchdog.duties", Duty)]
TOOLS: Any = Tools(None, None, None, "")  # pyright: ignore[reportArgumentType] - nothing here touches an engine
POSTGRES_AWAY = psycopg.OperationalError("away")
TEMPORAL_AWAY = RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

every_duty = pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.name)


def test_each_file_is_one_duty() -> None:
    files = {each.stem for each in (ROOT / "watchdog/duties").glob("*.py")} - {"__init__"}
    assert sorted(each.__module__.rpartition(".")[2] for each in DUTIES) == sorted(files)


@every_duty
def test_a_duty_is_called_in_the_log_as_its_file_is(duty: type[Duty[Any]]) -> None:
    assert duty.name == Path(duty.__module__.replace(".", "/")).name.replace("_", "-")
    assert duty.every > timedelta()
    assert duty.__doc__


@every_duty
def test_a_duty_waits_for_the_engines_it_needs_and_excuses_no_other_fault(duty: type[Duty[Any]]) -> None:
    one = duty(TOOLS)
    assert one.is_excused(POSTGRES_AWAY) is (Engine.POSTGRES in duty.needs)
    assert one.is_excused(TEMPORAL_AWAY) is (Engine.TEMPORAL in duty.needs)
    assert not one.is_excused(KeyError("ours"))


def test_an_engine_is_away_where_it_says_so() -> None:
    assert [each for each in Engine if each.is_away(POSTGRES_AWAY)] == [Engine.POSTGRES]
    assert [each for each in Engine if each.is_away(TEMPORAL_AWAY)] == [Engine.TEMPORAL]


async def test_a_duty_that_fails_is_named_and_goes_on_and_so_do_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds, said = dict.fromkeys(DUTIES, 0), set[tuple[str, str]]()

    def counted(duty: type[Duty[Any]], error: Exception | None) -> Any:
        async def do(_: Duty[Any]) -> None:
            rounds[duty] += 1
            if error:
                raise error

        return do

    errors: dict[Any, Exception] = {SealJournal: KeyError("ours"), ArmCanary: TEMPORAL_AWAY}
    for duty in DUTIES:
        monkeypatch.setattr(duty, "do", counted(duty, errors.get(duty)))
        monkeypatch.setattr(duty, "every", timedelta(milliseconds=1))
    monkeypatch.setattr(log, "error", lambda event, *, error, operation: said.add((event, operation)))
    keeping = asyncio.create_task(Watch(TOOLS).keep())
    while min(rounds.values()) < 3:
        await asyncio.sleep(0)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert said == {("process.failed", "seal-journal")}
