"""The journal knows more than the workflow: after a crash, or because Temporal has lost everything. The workflow adopts the journal."""

from datetime import UTC, datetime
from typing import Any

from activities.recording.records import Records
from models.matter import Kind, build_workflow_id
from models.messages import Proposal, Recorded
from runtime.settings import Settings
from tests.faults.rush import CALL, DONE, HELP
from tests.replay.lives import team
from tests.sandbox import sandbox
from tests.scenarios.passing import eventually
from tests.world import Hand, World, world


async def entries(bureau: World, number: str) -> list[Any]:
    """The steps and tellings in a matter's journal."""
    return await bureau.ask(
        "SELECT seq, sort, content::json AS content FROM entry WHERE chain = %(number)s AND sort IN ('step', 'told') ORDER BY seq",
        number=number,
    )


async def an_incident(bureau: World) -> tuple[str, Hand]:
    """An incident that was classified, and its officer."""
    desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
    number = (await desk.open("incident", **CALL))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer=officer.username)
    await officer.take(number, "classify-incident", **HELP)
    return number, officer


async def close_behind_its_back(bureau: World, number: str) -> Recorded:
    """What is left when a worker dies between the journal and the workflow: the step is recorded, and the workflow does not know."""
    last = Recorded.model_validate((await entries(bureau, number))[-1].content["recorded"])
    proposal = Proposal(
        number=number,
        kind=Kind.INCIDENT,
        unit=last.unit,
        parent="",
        key=f"{number}/close",
        body_hash="close",
        type="step",
        step="close-incident",
        form=DONE,
        actor=None,
        seq=last.seq,
        stage_before=last.stage,
        stage="closed",
        final=False,
        decided_at=datetime.now(UTC),
        officer=last.officer,
    )
    return (await Records(bureau.ctx.pool).record(proposal)).recorded[0]


async def test_a_step_that_only_the_journal_permits_is_taken(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        closed = await close_behind_its_back(bureau, number)
        receipt = await officer.take(number, "archive")
        assert (receipt["seq"], receipt["stage"]) == (closed.seq + 1, "archived")


async def test_a_step_that_only_the_workflow_would_permit_is_refused(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        closed = await close_behind_its_back(bureau, number)
        late = await officer.try_(number, "close-incident", {"If-Match": f'"{closed.seq}"'}, **DONE)
        assert (late.status_code, late.json()["stage"]) == (409, "closed")
        assert [each.seq for each in await entries(bureau, number)] == list(range(1, closed.seq + 1))


async def test_matters_go_on_where_they_stood_when_temporal_has_lost_everything(restless: Settings, temporal_address: str) -> None:
    async with sandbox() as outside, world(restless) as bureau:
        people = await team(bureau, outside)
        incident = await people.incident()
        crime = await people.officer.take(incident, "classify-incident", classification="criminal", reason="盗窃", charge="xf-264")
        case = await people.opened(crime)
        asked = await people.officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实")
        before = {number: len(await entries(bureau, number)) for number in (incident, case)}

    async with sandbox() as outside, world(restless.model_copy(update={"temporal_address": temporal_address})) as bureau:
        people = await team(bureau, outside)
        filed = await people.chief.approve(case, "file-case")
        assert (filed["seq"], filed["stage"]) == (asked["seq"] + 1, "investigation")
        suspect = await people.suspect(case)
        assert (await people.officer.card(suspect))["stage"] == "at_liberty"
        # The filing is told to the incident, which was lost as well; nothing that happened before happens again.

        async def heard() -> bool:
            return len(await entries(bureau, incident)) > before[incident]

        await eventually(heard)
        handled = await people.officer.take(incident, "handle-scene", measures="固定证据")
        assert [each.seq for each in await entries(bureau, incident)] == list(range(1, handled["seq"] + 1))
        assert [each.sort for each in await entries(bureau, incident)][before[incident] :] == ["told", "step"]
        assert len(await entries(bureau, case)) == before[case] + 2
        assert (await bureau.ask("SELECT count(*) AS matters FROM matter"))[0].matters == 3
        parent = await bureau.ask("SELECT parent FROM matter WHERE number = %(case)s", case=case)
        assert parent[0].parent == incident
        described = await bureau.client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, incident)).describe()
        assert described.close_time is None
