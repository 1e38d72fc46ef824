"""What goes wrong: each part is killed, killed again while it comes back, or stands still for a while."""

import asyncio
import random
import signal
from collections import Counter

from tests.faults.campaign.bureau import PARTS, Bureau

_LOOK_AGAIN_S = 0.1


class Faults:
    """Faults one after another, chosen by a seed; `done` counts them by part and kind."""

    def __init__(self, bureau: Bureau, seed: str, *, longest_s: float, every_s: float) -> None:
        """In that bureau: outages up to `longest_s`, each begun some `every_s` after the last."""
        self._bureau, self._random = bureau, random.Random(seed)
        self._longest_s, self._every_s = longest_s, every_s
        self.done: Counter[str] = Counter()

    async def go_on(self, enough: asyncio.Event) -> None:
        """Until it is enough; each part is hit in turn, lest one be spared."""
        turns = list(PARTS)
        while not enough.is_set():
            self._random.shuffle(turns)
            for part in turns:
                await self._wait(self._every_s * self._random.uniform(0.5, 1.5), enough)
                if enough.is_set():
                    return
                await self._hit(part)

    async def _wait(self, seconds: float, enough: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(seconds):
                await enough.wait()
        except TimeoutError:
            return

    async def _hit(self, part: str) -> None:
        kind = self._random.choice(("kill", "kill", "outage", "stop"))
        if kind == "kill":
            self._bureau.signal(part, signal.SIGKILL)
        elif kind == "outage":
            await self._outage(part, self._random.uniform(1, self._longest_s))
        else:
            await self._stand_still(part, self._random.uniform(1, self._longest_s))
        self.done[f"{part} {kind}"] += 1

    async def _outage(self, part: str, seconds: float) -> None:
        over = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < over:
            self._bureau.signal(part, signal.SIGKILL)
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _stand_still(self, part: str, seconds: float) -> None:
        pid = self._bureau.pid(part)
        if self._bureau.signal(part, signal.SIGSTOP):
            await asyncio.sleep(seconds)
            # Whoever took it for hung has killed it meanwhile; the one after it was never stopped.
            if self._bureau.pid(part) == pid:
                self._bureau.signal(part, signal.SIGCONT)
