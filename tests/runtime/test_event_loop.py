"""Rounds end when they are told to, whatever swallowed the telling."""

import asyncio
from contextlib import suppress

from runtime.event_loop import pause


async def test_rounds_that_were_told_to_end_in_the_middle_of_one_end_after_it() -> None:
    begun = asyncio.Event()

    async def rounds() -> None:
        while True:
            begun.set()
            with suppress(asyncio.CancelledError):  # as a wait does that comes true at the same moment
                await asyncio.sleep(3600)
            await pause(3600)

    going = asyncio.create_task(rounds())
    await begun.wait()
    going.cancel()
    done, _ = await asyncio.wait({going}, timeout=5)
    assert done == {going}
    assert going.cancelled()
