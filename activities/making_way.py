"""Making way (让路): whatever goes over all matters rests after each portion, so that whoever waits for a step hardly notices it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

# A round of fifty thousand matters needs a little over a minute of one core and has ten: so five sixths of its time are others'.
_REST = 5
# A portion that took so long met a machine with other work; what rests for longer would be taken for dead.
_LONGEST_S = 10.0


@asynccontextmanager
async def make_way() -> AsyncIterator[None]:
    """What is done in it is followed by a rest five times as long; no connection is held meanwhile that was taken within."""
    began = time.perf_counter()
    yield
    await asyncio.sleep(min(_REST * (time.perf_counter() - began), _LONGEST_S))
