"""What the trunk does with a form, on a real server: approval, repeats, what matters tell each other, and clocks that ring."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowExecutionStatus

from models.matter import build_workflow_id
from tests.scenarios.passing import eventually
from tests.world import Hand, World

CALL = {"kind": "盗窃", "place": "青岚县城关镇", "narrative": "电动自行车被盗", "unit": "chengguan"}
FILING: dict[str, Any] = {"charge": "xf-264", "grounds": "有犯罪事实"}
THEFT = {"classification": "criminal", "reason": "涉嫌盗窃", "charge": "xf-264"}
HELP: dict[str, Any] = {"classification": "help", "reason": "群众求助"}


async def an_incident(bureau: World, *, at: datetime | None = None) -> tuple[str, Hand]:
    """An incident on whose scene an officer of the station has arrived, all at that instant, or as it is told."""
    when = {"at": at} if at else {}
    desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
    number = (await desk.open("incident", **CALL, **when))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer=officer.username, **when)
    await officer.take(number, "arrive-on-scene", **when)
    return number, officer


async def a_case(bureau: World) -> tuple[str, Hand]:
    """A criminal case under review."""
    officer = await bureau.as_("liusiyuan")
    return (await officer.open("criminal-case", charge="xf-264", summary="电动自行车被盗"))["number"], officer


async def standing_of(bureau: World, number: str) -> Any:
    """The row of a matter; None while it is still coming into being."""
    rows = await bureau.ask("SELECT * FROM matter WHERE number = %(number)s", number=number)
    return rows[0] if rows else None


async def told(bureau: World, number: str) -> list[Any]:
    """What a matter was told, in order."""
    return await bureau.ask("SELECT * FROM entry WHERE chain = %(number)s AND sort = 'told' ORDER BY seq", number=number)


async def ended(bureau: World, number: str, kind: str) -> bool:
    """Whether the matter's workflow is over."""
    described = await bureau.client.get_workflow_handle(build_workflow_id(kind, number)).describe()
    return described.status is WorkflowExecutionStatus.COMPLETED


# Approval


async def test_a_step_that_needs_approval_takes_effect_when_the_right_office_approves(bureau: World) -> None:
    number, officer = await a_case(bureau)
    asked = await officer.take(number, "file-case", **FILING)
    assert (asked["standing"], asked["stage"]) == ("awaiting-approval", "review")
    wrong = await (await bureau.as_("zhaotiejun")).try_(number, "approve", request="file-case")
    assert (wrong.status_code, wrong.json()["required"]) == (403, ["county-head"])
    receipt = await (await bureau.as_("zhouminghui")).approve(number, "file-case")
    assert (receipt["standing"], receipt["stage"]) == ("done", "investigation")


async def test_whoever_asked_does_not_approve_even_in_an_office_that_may(bureau: World) -> None:
    number, officer = await an_incident(bureau)
    chief = await bureau.as_("zhaotiejun")  # heads the station, and is an officer of it
    await bureau.ask("INSERT INTO holding (username, unit_id, office) VALUES ('machao', 'chengguan', 'station-head')")
    await officer.take(number, "classify-incident", classification="help", reason="求助")
    asked = await chief.take(number, "stop-person", name="甲", grounds="形迹可疑", vulnerable=False)
    if asked["standing"] == "done":
        asked = await chief.take(number, "continue-questioning", grounds="有现场作案嫌疑")
    refused = await chief.try_(number, "approve", request=asked["step"])
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/duties-not-separated")
    assert refused.json()["conflicting_entry"] == asked["seq"]


async def test_a_returned_and_a_withdrawn_request_may_be_made_again(bureau: World) -> None:
    number, officer = await a_case(bureau)
    head = await bureau.as_("zhouminghui")
    await officer.take(number, "file-case", **FILING)
    twice = await officer.try_(number, "file-case", **FILING)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/step-not-open")
    assert (await head.take(number, "return", request="file-case", reason="补充证据"))["stage"] == "review"
    await officer.take(number, "file-case", **FILING)
    assert (await head.try_(number, "withdraw", request="file-case", reason="不办")).status_code == 403
    assert (await officer.take(number, "urge", request="file-case"))["standing"] == "done"
    await officer.take(number, "withdraw", request="file-case", reason="补充证据")
    assert (await standing_of(bureau, number)).requests == []
    await officer.take(number, "file-case", **FILING)
    assert (await head.approve(number, "file-case"))["stage"] == "investigation"


async def test_a_request_falls_when_its_stage_is_left(bureau: World) -> None:
    number, officer = await a_case(bureau)
    head = await bureau.as_("zhouminghui")
    await officer.take(number, "file-case", **FILING)
    await officer.take(number, "refuse-filing", grounds="没有犯罪事实")
    await head.approve(number, "file-case")
    assert (await standing_of(bureau, number)).requests == []
    assert (await head.try_(number, "approve", request="refuse-filing")).status_code == 409


async def test_what_was_delegated_is_still_so_after_the_matter_continued_as_new(restless: World) -> None:
    number, officer = await a_case(restless)
    handle = restless.client.get_workflow_handle(build_workflow_id("criminal-case", number))
    first_run = (await handle.describe()).run_id
    await officer.take(number, "file-case", **FILING)
    await (await restless.as_("zhouminghui")).take(number, "delegate", request="file-case", person="fangzhengping", reason="外出")

    async def moved_on() -> bool:
        await officer.take(number, "urge", request="file-case")
        return (await handle.describe()).run_id != first_run

    await eventually(moved_on)
    receipt = await (await restless.as_("fangzhengping")).approve(number, "file-case")
    assert (receipt["standing"], receipt["stage"]) == ("done", "investigation")


# Once, and in order


async def test_a_repeat_gets_the_first_receipt_also_after_the_matter_continued_as_new(restless: World) -> None:
    number, officer = await an_incident(restless)
    handle = restless.client.get_workflow_handle(build_workflow_id("incident", number))
    first_run = (await handle.describe()).run_id
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    first = await officer.try_(number, "classify-incident", headers, **HELP)
    assert first.status_code == 200

    async def moved_on() -> bool:
        await officer.take(number, "reclassify-incident", **HELP)
        return (await handle.describe()).run_id != first_run

    await eventually(moved_on)
    before = await standing_of(restless, number)
    again = await officer.try_(number, "classify-incident", headers, **HELP)
    assert (again.status_code, again.json()) == (200, first.json())
    assert (await standing_of(restless, number)).seq == before.seq


async def test_what_was_decided_on_an_old_look_is_superseded(bureau: World) -> None:
    number, officer = await an_incident(bureau)
    seen = (await standing_of(bureau, number)).seq
    await officer.take(number, "handle-scene", measures="固定证据")
    late = await officer.try_(number, "classify-incident", {"If-Match": f'"{seen}"'}, **HELP)
    assert (late.status_code, late.json()["type"]) == (409, "/problems/superseded")
    assert (late.json()["seen_seq"], late.json()["seq"]) == (seen, seen + 1)


async def test_a_fact_of_the_future_and_a_fault_of_the_form_are_told_in_chinese(bureau: World) -> None:
    number, officer = await an_incident(bureau)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    refused = await officer.try_(number, "classify-incident", at=tomorrow, **HELP)
    assert refused.json()["errors"][0] == {"field": "at", "rule": "not-in-the-future", "detail": "事实发生的时间不得晚于现在"}


async def test_nobody_is_the_second_investigator_of_their_own_interrogation(bureau: World) -> None:
    case, officer = await a_case(bureau)
    await officer.take(case, "file-case", **FILING)
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="王某"))["opened"]
    await eventually(lambda: standing_of(bureau, suspect))
    alone = await officer.try_(suspect, "interrogate", place="讯问室", companion=officer.username)
    assert (alone.status_code, alone.json()["errors"][0]["field"]) == (422, "companion")
    assert (await officer.try_(suspect, "interrogate", place="讯问室", companion="xuyating")).status_code == 200


# What matters tell each other


async def a_case_from_a_call(bureau: World) -> tuple[str, str, Hand]:
    """An incident that became a case, the case, and the officer of both."""
    incident, officer = await an_incident(bureau)
    (case,) = (await officer.take(incident, "classify-incident", **THEFT))["opened"]
    await eventually(lambda: standing_of(bureau, case))
    return incident, case, officer


async def test_a_matter_is_born_with_what_it_must_know_in_the_entry_of_its_opening(bureau: World) -> None:
    incident, case, officer = await a_case_from_a_call(bureau)
    await officer.take(case, "file-case", **FILING)
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="王某"))["opened"]
    await eventually(lambda: standing_of(bureau, suspect))
    born = await bureau.ask(
        "SELECT fact, said ->> 'told_by' AS by FROM fact WHERE matter = %(number)s AND seq = 1 ORDER BY n", number=suspect
    )
    assert [(each.fact, each.by) for each in born] == [
        ("person.named", None),
        ("criminal.accepted", case),
        ("incident.received", incident),
        ("incident.dispatched", incident),
        ("incident.arrived", incident),
        ("incident.classified", incident),
        ("incident.upgraded", incident),
        ("criminal.filed", case),
    ]
    # The law could be asked at once, and no second entry tells it again.
    assert await told(bureau, suspect) == []


async def test_a_case_knows_at_once_what_the_incident_knew_and_the_incident_hears_once_that_it_was_filed(bureau: World) -> None:
    incident, case, officer = await a_case_from_a_call(bureau)
    await officer.take(case, "file-case", **FILING)
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    (heard,) = await eventually(lambda: told(bureau, incident))
    facts = await bureau.ask("SELECT fact FROM fact WHERE matter = %(number)s AND seq = %(seq)s", number=incident, seq=heard.seq)
    assert [fact.fact for fact in facts] == ["criminal.filed"]
    assert await told(bureau, case) == []


async def test_who_answers_for_a_matter_is_not_forgotten_when_it_is_told_something(bureau: World) -> None:
    incident, case, officer = await a_case_from_a_call(bureau)
    await officer.take(case, "file-case", **FILING)
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    await eventually(lambda: told(bureau, incident))
    assert (await standing_of(bureau, incident)).officer == officer.username


async def test_a_matter_that_has_ended_hears_what_it_is_told_and_ends_again(bureau: World) -> None:
    incident, case, officer = await a_case_from_a_call(bureau)
    await officer.take(incident, "archive")
    await eventually(lambda: ended(bureau, incident, "incident"))
    await officer.take(case, "file-case", **FILING)
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    assert len(await eventually(lambda: told(bureau, incident))) == 1
    await eventually(lambda: ended(bureau, incident, "incident"))
    assert (await standing_of(bureau, incident)).stage == "archived"
    assert await bureau.ask("SELECT 1 FROM task WHERE sort = 'undelivered'") == []


async def test_the_end_of_a_matter_is_the_end_of_its_steps(bureau: World) -> None:
    incident, _, officer = await a_case_from_a_call(bureau)
    await officer.take(incident, "archive")
    await eventually(lambda: ended(bureau, incident, "incident"))
    late = await officer.try_(incident, "handle-scene", measures="固定证据")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/step-not-open")


# Clocks


async def test_a_rung_that_is_already_due_is_rung_by_the_workflow_at_once(bureau: World) -> None:
    yesterday = datetime.now(UTC) - timedelta(hours=23, minutes=30)
    number, officer = await an_incident(bureau, at=yesterday)
    await officer.take(number, "handle-scene", measures="固定证据", at=yesterday)
    of_law = "SELECT * FROM ring WHERE matter = %(number)s AND NOT starts_with(clock_id, 'sla-')"
    rings = await eventually(lambda: bureau.ask(of_law, number=number))
    assert {ring.rung_by for ring in rings} == {"workflow"}
    assert max(ring.late_ms for ring in rings) < 2000


async def test_a_timer_rings_the_next_rung_when_it_falls_due(bureau: World) -> None:
    half_a_day = timedelta(hours=12)
    number, officer = await an_incident(bureau, at=datetime.now(UTC) - half_a_day)
    # The report must be registered within 24 hours of handling; half of them have passed a second from now.
    soon = datetime.now(UTC) - half_a_day + timedelta(seconds=1)
    receipt = await officer.take(number, "handle-scene", measures="固定证据", at=soon)
    # The bureau's own times of a dispatch have long passed.
    rung = "SELECT * FROM ring WHERE matter = %(number)s AND NOT starts_with(clock_id, 'sla-')"
    (ring,) = await eventually(lambda: bureau.ask(rung, number=number))
    assert (ring.colour, ring.rung_by) == ("blue", "workflow")
    assert datetime.fromisoformat(receipt["recorded_at"]) < ring.at <= ring.rung_at
