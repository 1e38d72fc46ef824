"""S4 and S2 as the scenarios tell them, in production: what they may find there is what they find on one machine.

Time passes here by itself. So S2 ends where its next step may only be taken days later; how it goes on to the archive is told where time
can be skipped.
"""

from datetime import datetime
from typing import Any

from law.calendar import SHANGHAI
from tests.organ import organ
from tests.production.cluster import Production
from tests.sandbox import Sandbox
from tests.scenarios import test_s02_a_purchase_that_was_a_fraud as fraud
from tests.scenarios import test_s02_to_the_archive as archive
from tests.scenarios import test_s04_whatever_dies as dying
from tests.scenarios.fraud import team
from tests.scenarios.passing import eventually


class Present:
    """A county whose time nobody skips."""

    def __init__(self, county: Production) -> None:
        """That county."""
        self.county = county

    async def now(self) -> datetime:
        """The present."""
        return datetime.now(SHANGHAI)

    async def until(self, _instant: datetime) -> None:
        """It is waited for by nobody."""


async def s4(county: Production, sandbox: Sandbox) -> None:
    """Workers, the primary database and the API die on the way to three deadlines; the county must be new."""
    await dying.test_worker_database_and_api_are_killed_on_the_way_and_nothing_is_lost_or_told_twice(county, sandbox)  # type: ignore[arg-type] - this county does what it asks


async def s2(county: Production, sandbox: Sandbox) -> None:
    """The dispute that was a fraud: reclassified, filed, detained, extended twice, arrested, sent back, prosecuted, judged."""
    await fraud.test_a_dispute_that_was_closed_is_reclassified_and_filed_by_two_people(county)  # type: ignore[arg-type] - likewise
    passing: Any = Present(county)
    people: Any = await team(county)
    procuratorate, court = await organ(county, "procuratorate"), await organ(county, "court")  # type: ignore[arg-type] - likewise
    _, case = await archive._filed(passing, people)
    suspect = await archive._arrested(passing, people, procuratorate, case)
    await archive._prosecuted(passing, people, procuratorate, case)
    for step, form in (
        ("receive-trial-case", {"number": "(2026)刑初88号"}),
        ("accept-trial", {"procedure": "ordinary"}),
        ("notify-defence-right", {"note": "随起诉书副本送达"}),
        ("judge-case", {"outcome": "guilty", "judgment": "被告人犯诈骗罪，判处有期徒刑三年"}),
        ("serve-judgment", {"recipient": "贺文涛"}),
    ):
        await archive._decided(court, case, step, await passing.now(), **form)
    early = await court.decide(case, "take-effect", at=await passing.now())
    assert (early.status_code, early.json()["type"]) == (409, "/problems/law-forbids")

    async def all_told() -> bool:
        return _told(sandbox, "court", case) == ["case.prosecuted"] and "case.sent-again" in _told(sandbox, "procuratorate", case)

    await eventually(all_told)
    late = [each["limit"] for each in await people.officer.read(f"/api/matters/{suspect}/clocks") if each["state"] == "met-late"]
    assert late == []


def _told(sandbox: Sandbox, system: str, case: str) -> list[str]:
    messages = [each["message"] for each in sandbox.received(system)]
    return [each["type"] for each in messages if case in str(each["data"])]
