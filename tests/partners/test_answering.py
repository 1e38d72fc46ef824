"""How a system outside sends what it says."""

import asyncio
from contextlib import suppress
from typing import Any

import httpx

from partners.answering import Answers


class Deaf:
    """A way to the bureau that swallows a cancellation, as `asyncio.wait_for` may, and is away ever after."""

    def __init__(self) -> None:
        self.asked, self.posts = asyncio.Event(), 0

    async def post(self, _path: str, **_message: Any) -> httpx.Response:
        self.posts += 1
        self.asked.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        raise httpx.ConnectError("away")


async def test_whoever_is_told_to_stop_tries_no_further_though_the_way_swallows_that() -> None:
    house = Deaf()
    answers = Answers("body-camera", "whsec_c2VjcmV0", house)  # type: ignore[arg-type]  # posts, and does nothing else
    for n in range(3):
        answers.say("answer-recording", f"XA{n}", {})
    await house.asked.wait()
    async with asyncio.timeout(5):
        await asyncio.wait(answers.stop())
    assert house.posts == 1
