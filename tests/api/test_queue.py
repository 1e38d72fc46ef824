"""The queues in front of each matter, and of the house."""

import asyncio

import pytest

from api import concurrency, submission
from api.concurrency import Concurrency
from models.problems import OrchestratorUnavailable


async def _crowd(queues: Concurrency, number: str, size: int, go: asyncio.Event) -> tuple[list[asyncio.Task[None]], list[int]]:
    inside: list[int] = []

    async def one(n: int) -> None:
        async with queues.hold_slot(number):
            inside.append(n)
            await go.wait()

    tasks = [asyncio.create_task(one(n)) for n in range(size)]
    for _ in range(5):
        await asyncio.sleep(0)
    return tasks, inside


async def test_eight_are_in_flight_and_the_others_follow_in_order() -> None:
    go = asyncio.Event()
    tasks, inside = await _crowd(Concurrency(100), "XA1", 20, go)
    assert inside == list(range(8))
    go.set()
    await asyncio.gather(*tasks)
    assert inside == list(range(20))


async def test_one_matter_does_not_wait_for_another() -> None:
    go, queues = asyncio.Event(), Concurrency(100)
    tasks, _ = await _crowd(queues, "XA1", 20, go)
    others, inside = await _crowd(queues, "XA2", 3, go)
    assert inside == [0, 1, 2]
    go.set()
    await asyncio.gather(*tasks, *others)


async def test_whoever_comes_when_too_many_wait_is_sent_away_to_come_back() -> None:
    go, queues = asyncio.Event(), Concurrency(100)
    tasks, _ = await _crowd(queues, "XA1", 58, go)
    with pytest.raises(OrchestratorUnavailable) as refused:
        async with queues.hold_slot("XA1"):
            pass
    assert refused.value.members["retry_after"] > 0
    go.set()
    await asyncio.gather(*tasks)


async def test_whoever_is_sent_away_has_asked_nothing_of_the_workflow() -> None:
    class Full:
        concurrency = Concurrency(0)

    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patch, pytest.raises(OrchestratorUnavailable):
        patch.setattr(concurrency, "_PATIENCE_S", 0.02)
        await submission._execute(Full(), "incident/XA1", lambda: asked.append("asked"))  # type: ignore[arg-type]  # comes to neither
    assert asked == []


async def test_nobody_waits_longer_than_the_queue_has_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrency, "_PATIENCE_S", 0.02)
    go, queues = asyncio.Event(), Concurrency(100)
    tasks, _ = await _crowd(queues, "XA1", 8, go)
    with pytest.raises(OrchestratorUnavailable):
        async with queues.hold_slot("XA1"):
            pass
    go.set()
    await asyncio.gather(*tasks)
    async with queues.hold_slot("XA1"):
        pass


async def test_only_so_many_are_under_way_at_once_in_all_matters_together_and_the_others_follow_in_order() -> None:
    go, queues = asyncio.Event(), Concurrency(3)
    tasks, inside = list[asyncio.Task[None]](), list[list[int]]()
    for number in ("XA1", "XA2", "XA3"):
        crowd, entered = await _crowd(queues, number, 2, go)
        tasks += crowd
        inside.append(entered)
    assert inside == [[0, 1], [0], []]
    go.set()
    await asyncio.gather(*tasks)
    assert inside == [[0, 1], [0, 1], [0, 1]]


async def test_whoever_waits_for_their_matter_keeps_nobody_from_another() -> None:
    go, queues = asyncio.Event(), Concurrency(9)
    tasks, _ = await _crowd(queues, "XA1", 20, go)
    others, inside = await _crowd(queues, "XA2", 1, go)
    assert inside == [0]
    go.set()
    await asyncio.gather(*tasks, *others)


async def test_who_has_lost_patience_leaves_their_place_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrency, "_PATIENCE_S", 0.02)
    go, queues = asyncio.Event(), Concurrency(1)
    tasks, _ = await _crowd(queues, "XA1", 1, go)
    with pytest.raises(OrchestratorUnavailable):
        async with queues.hold_slot("XA2"):
            pass
    assert list(queues._lanes) == ["XA1"]
    go.set()
    await asyncio.gather(*tasks)
    async with queues.hold_slot("XA2"):
        pass


async def test_a_matter_that_nobody_waits_for_is_forgotten() -> None:
    queues = Concurrency(100)
    async with queues.hold_slot("XA1"):
        assert "XA1" in queues._lanes
    assert not queues._lanes
