"""Officers who carry fraud cases from the call to a detention, asking again under the same key for as long as nobody answers."""

import asyncio
import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from httpx import codes

from law.calendar import SHANGHAI
from tests.faults.campaign.bureau import Bureau
from tests.scenarios.fraud import CALL, FRAUD

Answer = dict[str, Any]
# An outage lasts half a minute; a part that dies again and again is started again after a minute at the latest.
_PATIENCE_S = 240.0
_PAUSE_S = 0.5
# So many in a hundred acknowledged submissions are repeated later.
_REPEATED = 8
PEOPLE = ("linxiaoyu", "liusiyuan", "zhouminghui")


@dataclass
class Ledger:
    """What was acknowledged, kept outside the product: each receipt by its key, and how long answers took."""

    receipts: dict[str, Answer] = field(default_factory=dict)
    paths: dict[str, tuple[str, str, Answer]] = field(default_factory=dict)
    repeated: int = 0
    changed: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    away: Counter[int | str] = field(default_factory=Counter)


class Officers:
    """The people of one campaign, and their ledger."""

    def __init__(self, bureau: Bureau, seed: str) -> None:
        """At that bureau; what they repeat is chosen by the seed."""
        self.ledger = Ledger()
        self._clients = {name: bureau.client(name) for name in PEOPLE}
        self._random = random.Random(seed)
        self._serial = 0

    async def close(self) -> None:
        """Go home."""
        for client in self._clients.values():
            await client.aclose()

    async def carry(self) -> None:
        """One fraud, from the call of five days ago to a detention whose three days are nearly over."""
        self._serial += 1
        name = f"贺{self._serial}"
        began = datetime.now(SHANGHAI) - timedelta(days=5)
        incident = (await self._submit("linxiaoyu", "/api/matters/incident", at=began, **CALL))["number"]
        await self._take("linxiaoyu", incident, "dispatch-incident", at=began, unit="chengguan", officer="liusiyuan")
        later = began + timedelta(minutes=20)
        case = await self._opened(await self._take("liusiyuan", incident, "classify-incident", at=later, **FRAUD))
        filed = {"at": began + timedelta(minutes=40), "charge": "xf-266", "grounds": "有犯罪事实，需要追究刑事责任"}
        await self._take("liusiyuan", case, "file-case", **filed)
        await self._take("zhouminghui", case, "approve", request="file-case")
        suspect = await self._opened(await self._take("liusiyuan", case, "name-suspect", name=name, grounds="收款账户系其本人使用"))
        at = datetime.now(SHANGHAI) - timedelta(days=3) + timedelta(seconds=40)
        measure = {"at": at, "place": "青岚县城关镇", "grounds": "可能逃跑"}
        asked = await self._take("liusiyuan", suspect, "execute-detention", **measure)
        # Nobody approves what decides on liberty without having opened it.
        await self._read("zhouminghui", f"/api/matters/{suspect}/requests/{asked['seq']}")
        await self._take("zhouminghui", suspect, "approve", request="execute-detention")

    async def _take(self, who: str, number: str, step: str, **form: Any) -> Answer:
        return await self._submit(who, f"/api/matters/{number}/steps/{step}", **form)

    async def _submit(self, who: str, path: str, **form: Any) -> Answer:
        key = uuid.uuid4().hex
        said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in form.items()}
        began = asyncio.get_running_loop().time()
        receipt = await self._insist(who, path, key, said)
        self.ledger.took.append(asyncio.get_running_loop().time() - began)
        self.ledger.receipts[f"{who}:{key}"] = receipt
        self.ledger.paths[f"{who}:{key}"] = (who, path, said)
        if self._random.randrange(100) < _REPEATED:
            await self._repeat()
        return receipt

    async def _repeat(self) -> None:
        known = self._random.choice(list(self.ledger.paths))
        who, path, said = self.ledger.paths[known]
        again = await self._insist(who, path, known.partition(":")[2], said)
        self.ledger.repeated += 1
        if again != self.ledger.receipts[known]:
            self.ledger.changed.append(known)

    async def _insist(self, who: str, path: str, key: str, said: Answer) -> Answer:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                answer = await self._once(self._clients[who].post(path, json=said, headers={"Idempotency-Key": key}))
                if answer is not None and answer.is_success:
                    return answer.json()
                # What was opened a moment ago may not be there yet; everything else that is refused is a fault.
                assert answer is None or answer.status_code >= 500 or answer.status_code == codes.NOT_FOUND, answer.text
                await asyncio.sleep(_PAUSE_S)

    async def _opened(self, receipt: Answer) -> str:
        (number,) = receipt["opened"]
        await self._read("liusiyuan", f"/api/matters/{number}")
        return number

    async def _read(self, who: str, path: str) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                answer = await self._once(self._clients[who].get(path))
                if answer is not None and answer.is_success:
                    return
                await asyncio.sleep(_PAUSE_S)

    async def _once(self, request: Any) -> httpx.Response | None:
        try:
            answer = await request
        except httpx.TransportError as error:
            self.ledger.away[type(error).__name__] += 1
            return None
        if not answer.is_success:
            self.ledger.away[answer.status_code] += 1
        return answer
