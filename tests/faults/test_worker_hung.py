"""A real worker that hangs under `louke up` is found, killed and replaced, and what it was about to do is done."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from runtime.embedded.keeping import HUNG_SECONDS
from tests.faults.campaign.bureau import Bureau, bureau
from tests.faults.rush import CALL
from tests.world import until

THEFT = {"classification": "criminal", "reason": "涉嫌盗窃", "charge": "xf-264"}
# It is found within its seconds of silence; then it is started again, and Temporal takes from the dead one what it held.
WITHIN = HUNG_SECONDS + 40


async def asked(client: httpx.AsyncClient, path: str, key: str, form: dict[str, Any]) -> httpx.Response:
    return await client.post(path, json=form, headers={"Idempotency-Key": key})


async def eventually(ask: Callable[[], Awaitable[httpx.Response]]) -> Any:
    """What is answered once it goes well; until then it may be away, and nothing else."""

    async def once() -> httpx.Response:
        answer = await ask()
        assert answer.status_code in (200, 404, 503), answer.text
        await asyncio.sleep(0.1)
        return answer

    return (await until(once, lambda answer: answer.is_success, WITHIN)).json()


async def classified(officer: httpx.AsyncClient, number: str, key: str) -> httpx.Response:
    return await asked(officer, f"/api/matters/{number}/steps/classify-incident", key, THEFT)


async def incidents(house: Bureau, many: int) -> list[str]:
    """So many incidents, received."""
    async with house.client("linxiaoyu") as desk:
        return [(await asked(desk, "/api/matters/incident", f"call-{n}", CALL)).json()["number"] for n in range(many)]


async def owed(house: Bureau) -> list[Any]:
    return house.ask("SELECT id FROM outbox WHERE verb <> 'catch-up'")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
async def test_a_worker_that_hangs_is_replaced_and_what_was_acknowledged_before_and_asked_meanwhile_is_carried_out(
    tmp_path: Path, built: None
) -> None:
    async with bureau(tmp_path, {}) as house, house.client("liusiyuan") as officer:
        first, second = await incidents(house, 2)
        (promised,) = (await classified(officer, first, "first")).json()["opened"]
        hung = house.pid("worker")
        assert house.signal("worker", signal.SIGSTOP)
        refused = await classified(officer, second, "second")
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/orchestrator-unavailable"), refused.text
        receipt = await eventually(lambda: classified(officer, second, "second"))
        assert house.pid("worker") not in (None, hung)
        assert "worker     gives no sign of life" in house.said()
        for case in (promised, *receipt["opened"]):
            await eventually(lambda case=case: officer.get(f"/api/matters/{case}"))
        assert len(house.ask("SELECT number FROM matter WHERE kind = 'criminal-case'")) == 2
        await until(lambda: owed(house), lambda rows: rows == [])
