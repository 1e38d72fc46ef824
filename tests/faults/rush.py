"""Two officers at one matter at the same instant, again and again, and what must have become of it."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from tests.world import Answer, Hand, World

CALL = {"kind": "求助", "place": "青岚县城关镇", "narrative": "有人求助", "unit": "chengguan"}
HELP = {"classification": "help", "reason": "群众求助"}
DONE = {"outcome": "已帮助解决"}
T = TypeVar("T")
# A repeat after an engine was away is not sent sooner than this many seconds, nor more often than fits into the patience of a test.
_PAUSE_S, _TRIES = 0.3, 400


async def insist(hand: Hand, path: str, headers: dict[str, str], /, **form: Any) -> httpx.Response:
    """Hand in a form under one key until it is accepted or refused, however often an engine is away."""
    said = ""
    for _ in range(_TRIES):
        answer = await hand.post(path, headers, **form)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return answer
        said = answer.text
        await asyncio.sleep(_PAUSE_S)
    raise AssertionError(f"{path} is still unavailable after {_TRIES} attempts: {said}")


async def patiently(ask: Callable[[], Awaitable[T | None]]) -> T:
    """What `ask` answers as soon as it is neither empty nor None, though worker after worker dies over it."""
    for _ in range(_TRIES):
        if answer := await ask():
            return answer
        await asyncio.sleep(_PAUSE_S)
    raise AssertionError("nothing came of it")


def fresh() -> dict[str, str]:
    """The headers of a submission that nobody made before."""
    return {"Idempotency-Key": uuid.uuid4().hex}


@dataclass
class Rush:
    """The receipts and refusals of one matter, in the order of its rounds."""

    number: str
    two: tuple[Hand, Hand]
    receipts: list[Answer] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)

    async def rounds(self, how_many: int) -> None:
        """Both close the incident: one may. Both then take it up again: both may, but for those who say what they have seen."""
        for turn in range(how_many):
            if turn % 2 == 0:
                await self.round({"step-not-open"}, "close-incident", **DONE)
            elif turn % 4 == 1:
                await self.round(set(), "reclassify-incident", **HELP)
            else:
                await self.round({"superseded"}, "reclassify-incident", self.receipts[-1]["seq"], **HELP)

    async def round(self, expected: set[str], step: str, seen: int | None = None, /, **form: Any) -> None:
        """One round: both hand in at once, and whoever is refused is refused as expected."""
        match = {} if seen is None else {"If-Match": f'"{seen}"'}
        path = f"/api/matters/{self.number}/steps/{step}"
        answers = await asyncio.gather(*(insist(hand, path, fresh() | match, **form) for hand in self.two))
        accepted = [answer.json() for answer in answers if answer.is_success]
        refused = Counter(answer.json()["type"].removeprefix("/problems/") for answer in answers if not answer.is_success)
        assert set(refused) == expected, [answer.text for answer in answers]
        assert len(accepted) == 2 - len(expected)
        self.receipts += sorted(accepted, key=lambda each: each["seq"])
        self.refusals += refused


async def begin(bureau: World, how_many: int) -> list[Rush]:
    """So many incidents, each classified, with two officers of the station before it."""
    desk, *two = [await bureau.as_(name) for name in ("linxiaoyu", "liusiyuan", "xuyating")]
    return list(await asyncio.gather(*(_begin(desk, (two[0], two[1])) for _ in range(how_many))))


async def _begin(desk: Hand, two: tuple[Hand, Hand]) -> Rush:
    opened = await insist(desk, "/api/matters/incident", fresh(), **CALL)
    rush = Rush(opened.json()["number"], two, [opened.json()])
    path = f"/api/matters/{rush.number}/steps/classify-incident"
    rush.receipts.append((await insist(two[0], path, fresh(), **HELP)).json())
    return rush


async def nothing_lost_nothing_doubled(bureau: World, rush: Rush) -> None:
    """The journal holds exactly what was acknowledged, in one unbroken order, each entry beginning where the last one ended."""
    entries = await bureau.ask(
        "SELECT seq, step, content::json AS content FROM entry WHERE chain = %(number)s AND sort = 'step' ORDER BY position",
        number=rush.number,
    )
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.content["recorded"]["receipt"] for entry in entries] == rush.receipts
    befores = [entry.content["stage_before"] for entry in entries]
    assert befores == ["unopened", *(receipt["stage"] for receipt in rush.receipts[:-1])]
    (standing,) = await bureau.ask("SELECT seq, stage FROM matter WHERE number = %(number)s", number=rush.number)
    assert (standing.seq, standing.stage) == (rush.receipts[-1]["seq"], rush.receipts[-1]["stage"])
