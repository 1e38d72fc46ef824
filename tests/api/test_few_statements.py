"""How many statements an answer costs: each is a round trip, or a part of one, and none comes back unnoticed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from models.store.rings import UNTIMED_DUE
from tests.api.matters import THEFT, reported
from tests.world import Hand, World


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """The statements that each process runs in the block, but for the look that the worker takes four times a second at what is due."""
    found = Counter[str]()
    executed = psycopg.AsyncCursor.execute

    async def execute(cursor: psycopg.AsyncCursor[Any], *said: Any, **how: Any) -> Any:
        if said[0] != UNTIMED_DUE.sql:
            found[cursor.connection.info.parameter_status("application_name") or ""] += 1
        return await executed(cursor, *said, **how)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.AsyncCursor, "execute", execute)
        yield found


async def count_reading(person: Hand, path: str, monkeypatch: pytest.MonkeyPatch, **parameters: str) -> Counter[str]:
    """The statements of an answer, once who asks is known: the fewest of three, since that is looked up anew every few seconds."""
    costs = list[Counter[str]]()
    for _ in range(3):
        with counted(monkeypatch) as statements:
            await person.read(path, **parameters)
        costs.append(statements)
    return min(costs, key=Counter.total)


async def test_a_card_costs_two_statements_and_a_list_one(bureau: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number, officer = await reported(bureau)
    for path, most in ((f"/api/matters/{number}", 2), ("/api/matters", 1)):
        assert await count_reading(officer, path, monkeypatch) == {"louke-api": most}, path


async def test_a_step_costs_the_worker_eight_statements_and_an_opening_twelve(
    bureau: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, officer = await reported(bureau)
    await officer.take(number, "accept-dispatch")
    with counted(monkeypatch) as statements:
        await officer.take(number, "arrive-on-scene")
    assert statements == {"louke-worker": 8, "louke-api": 1}
    desk = await bureau.as_("linxiaoyu")
    with counted(monkeypatch) as statements:
        await desk.open("incident", **THEFT)
    assert statements == {"louke-worker": 12, "louke-api": 5}


async def test_a_board_of_all_units_costs_no_more_statements_than_one_of_one(
    bureau: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = await bureau.as_("zhouminghui")
    of_all, of_one = [
        await count_reading(head, "/api/assessment/units", monkeypatch, unit=unit) for unit in ("qinglan", "chengguan")
    ]
    assert of_all["louke-api"] == of_one["louke-api"]
