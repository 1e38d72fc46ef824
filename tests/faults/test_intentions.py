"""What a step intends elsewhere is done once, whoever dies meanwhile."""

import asyncio
from datetime import UTC, datetime

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle

from law.facts import Fact
from law.legal_fact import LegalFact
from models.matter import Kind, build_workflow_id
from models.origin import Origin
from runtime.settings import Settings
from tests.faults.killing import killed_every
from tests.faults.rush import CALL, fresh, insist, patiently
from tests.faults.test_promises import promised
from tests.world import Answer, Hand, World, world

INCIDENTS = 12
THEFT = {"classification": "criminal", "reason": "涉嫌盗窃", "charge": "xf-264"}
FILING = {"charge": "xf-264", "grounds": "有犯罪事实"}


async def accepted(hand: Hand, path: str, **form: str) -> Answer:
    """The receipt, however often an engine is away; a matter that is still coming into being is asked for again."""

    async def receipt() -> Answer | None:
        answer = await insist(hand, f"/api/matters/{path}", headers, **form)
        assert answer.is_success or answer.status_code == 404, answer.text
        return answer.json() if answer.is_success else None

    headers = fresh()
    return await patiently(receipt)


async def filed(desk: Hand, officer: Hand, chief: Hand) -> tuple[str, str]:
    """An incident whose case is filed, and that case."""
    incident = (await accepted(desk, "incident", **CALL))["number"]
    (case,) = (await accepted(officer, f"{incident}/steps/classify-incident", **THEFT))["opened"]
    await accepted(officer, f"{case}/steps/file-case", **FILING)
    await accepted(chief, f"{case}/steps/approve", request="file-case")
    return incident, case


async def told(bureau: World, number: str) -> list[str]:
    """The keys under which a matter was told something."""
    return [row.key for row in await bureau.ask("SELECT key FROM entry WHERE chain = %(number)s AND sort = 'told'", number=number)]


async def test_each_case_is_opened_once_and_each_incident_told_once_though_workers_are_killed(restless: Settings) -> None:
    async with killed_every(1, restless) as workers, world(restless, working=False) as bureau:
        desk, officer, chief = [await bureau.as_(name) for name in ("linxiaoyu", "liusiyuan", "zhouminghui")]
        pairs = await asyncio.gather(*(filed(desk, officer, chief) for _ in range(INCIDENTS)))
        for incident, case in pairs:

            async def heard(incident: str = incident) -> list[str]:
                return await told(bureau, incident)

            assert len(await patiently(heard)) == 1
            assert await told(bureau, case) == []
            children = await bureau.ask("SELECT number FROM matter WHERE parent = %(number)s", number=incident)
            assert [child.number for child in children] == [case]
        assert await bureau.ask("SELECT 1 FROM task WHERE sort = 'undelivered'") == []
        assert workers.killed


async def has_ended_a_turn_since(listener: WorkflowHandle, signals: int) -> bool:
    """Whether the workflow has ended a turn since that many signals came in: it has seen them, and may still be about them."""
    seen = 0
    async for event in listener.fetch_history_events():
        seen += event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
        if seen >= signals and event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return True
    return False


async def test_what_is_told_while_the_record_is_slow_is_not_lost(restless: Settings) -> None:
    async with world(restless) as bureau:
        desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
        incident = (await accepted(desk, "incident", **CALL))["number"]
        (case,) = (await accepted(officer, f"{incident}/steps/classify-incident", **THEFT))["opened"]
        listener = bureau.client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, incident))
        fact = LegalFact(Fact.CASE_FILED, datetime.now(UTC), case)
        owing = [Origin(number="XA1", seq=seq, item=0) for seq in (901, 902)]
        told_ = [await promised(bureau, each, incident, fact) for each in owing]
        async with bureau.ctx.pool.connection() as connection, connection.transaction():
            await connection.execute("SELECT FROM chain WHERE chain = %(chain)s FOR UPDATE", {"chain": incident})
            for n, each in enumerate(told_, start=1):
                await listener.signal("hear", each)
                await patiently(lambda n=n: has_ended_a_turn_since(listener, n))

        async def heard() -> bool:
            return {each.key for each in owing} <= set(await told(bureau, incident))

        assert await patiently(heard)
