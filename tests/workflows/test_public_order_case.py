"""A public-order case: where each step leads, and two of them from the call to the end on a real server."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.forms.incident import FileAdministrativeCase
from models.forms.public_order_case import FailMediation, FilePublicOrderCase, PerformMediation, TurnCriminal
from models.forms.public_order_hearing import HoldHearing, PassLegalReview, RejectInLegalReview
from models.forms.public_order_penalty import DecideNoPenalty
from models.matter import Kind
from models.problems import LawForbids
from tests.scenarios.fraud import Team, opened, team
from tests.workflows.test_stages import a_matter, leads
from tests.world import Hand, World
from workflows.registry import get_lifecycles

FIGHT = {"kind": "殴打他人", "place": "城关镇夜市", "narrative": "两人因停车争执，一人被打伤", "unit": "chengguan"}
BEATING = "za-51-1"
DAY = timedelta(days=1)


# Where each step leads


def test_an_incident_that_is_filed_opens_the_case_with_what_was_said_and_stays_where_it_is() -> None:
    incident = a_matter(Kind.INCIDENT, "classified")
    form = FileAdministrativeCase(violation=BEATING, station=True, injured=True, mediable=True)
    assert leads(incident, form) == "classified"
    (command,) = incident.commands
    assert (command.verb, command.kind) == ("open", Kind.PUBLIC_ORDER_CASE)
    case = FilePublicOrderCase.model_validate(command.form)
    assert (case.violation, case.station, case.injured, case.mediable) == (BEATING, True, True, True)


def test_an_incident_is_filed_once() -> None:
    incident = a_matter(Kind.INCIDENT, "classified", children=("ZA1",))
    with pytest.raises(LawForbids, match="不再登记"):
        leads(incident, FileAdministrativeCase(violation=BEATING))
    assert incident.commands == []


@pytest.mark.parametrize("stage", ["investigation", "notified", "hearing", "reviewed", "discussed", "decided"])
def test_what_proves_a_crime_becomes_a_criminal_case_wherever_the_case_stands(stage: str) -> None:
    case = a_matter(Kind.PUBLIC_ORDER_CASE, stage)
    assert leads(case, TurnCriminal(charge="xf-234", reason="鉴定为轻伤二级")) == "turned_criminal"
    (command,) = case.commands
    assert (command.kind, command.form["charge"], command.form["source"]) == (Kind.CRIMINAL_CASE, "xf-234", "discovered")


def test_a_mediation_that_is_kept_closes_the_case_and_one_that_is_not_reopens_the_inquiry() -> None:
    assert leads(a_matter(Kind.PUBLIC_ORDER_CASE, "mediated"), PerformMediation(evidence="收条")) == "closed"
    assert leads(a_matter(Kind.PUBLIC_ORDER_CASE, "mediated"), FailMediation(grounds="拒不赔偿")) == "investigation"


def test_the_case_waits_in_the_hearing_for_everybody_who_asked_for_one() -> None:
    for others, stage in ((True, "hearing"), (False, "notified")):
        held = HoldHearing(record="质证完毕", others_pending=others)
        assert leads(a_matter(Kind.PUBLIC_ORDER_CASE, "hearing"), held) == stage


@pytest.mark.parametrize("stage", ["notified", "reviewed", "discussed"])
def test_the_case_is_decided_with_the_last_of_its_people(stage: str) -> None:
    for others, after in ((True, stage), (False, "decided")):
        form = DecideNoPenalty(cause="违法事实不能成立", victim=False, grounds="证据不足", others_pending=others)
        assert leads(a_matter(Kind.PUBLIC_ORDER_CASE, stage), form) == after


def test_what_the_reviewer_rejects_is_investigated_again() -> None:
    assert leads(a_matter(Kind.PUBLIC_ORDER_CASE, "legal_review"), PassLegalReview(opinion="同意")) == "reviewed"
    assert leads(a_matter(Kind.PUBLIC_ORDER_CASE, "legal_review"), RejectInLegalReview(opinion="缺证人证言")) == "investigation"


def test_whoever_is_brought_in_or_detained_can_be_let_go_in_every_stage_until_the_papers_are_put_away() -> None:
    life = get_lifecycles()[Kind.PUBLIC_ORDER_CASE]
    for name, stage in life.stages.items():
        steps = {form.rule.step for form in stage.open_steps}
        if name not in {"unopened", "archived"}:
            assert "end-inquiry" in steps, name
        if name not in {"unopened", "archived", "transferred", "terminated"}:
            assert "end-admin-detention" in steps, name


def test_nobody_comes_under_a_measure_or_stays_longer_under_one_once_the_case_has_ended() -> None:
    life = get_lifecycles()[Kind.PUBLIC_ORDER_CASE]
    for name in ("turned_criminal", "transferred", "terminated", "closed"):
        steps = {form.rule.step for form in life.stages[name].open_steps}
        assert not steps & {"summon-for-inquiry", "extend-inquiry", "start-sobering", "take-onsite-measure", "order-no-contact"}, (
            name
        )
        assert not steps & {"review-foreigner", "extend-foreigner-review", "restrict-foreigner-activity", "decide-terror-restraint"}
        assert steps >= {"lift-foreigner-review", "restore-foreigner-activity", "lift-no-contact", "lift-terror-restraint"}, name


# On a real server


async def a_case(people: Team, at: datetime, **more: Any) -> str:
    """A fight called in, taken for an administrative case, and filed at that time."""
    incident = (await people.desk.open("incident", at=at, **FIGHT))["number"]
    await people.desk.take(incident, "dispatch-incident", at=at, unit="chengguan", officer="liusiyuan")
    reason = {"classification": "administrative", "violation": BEATING, "reason": "殴打他人", "injured": more.get("injured", False)}
    await people.officer.take(incident, "classify-incident", at=at, **reason)
    receipt = await people.officer.take(incident, "file-administrative-case", at=at, violation=BEATING, station=True, **more)
    return await opened(people.officer, receipt)


async def refused(hand: Hand, number: str, step: str, **form: Any) -> tuple[str, str, str]:
    """The kind of a refusal, its field and its article."""
    problem = (await hand.try_(number, step, **form)).json()
    return problem["type"].removeprefix("/problems/"), problem.get("field", ""), problem.get("basis", "")


ANSWERS = dict.fromkeys(("hearing_due", "review_due", "discussion_due", "victim", "foreigner"), False)
PENALTY = {**ANSWERS, "violation": BEATING, "grounds": "监控、伤情鉴定和三份笔录相互印证", "victim": True}
HEAVY = {"merged": True, "hearing_due": True, "discussion_due": True}
FINE = {**ANSWERS, "violation": BEATING, "penalty": "fine", "fine_yuan": 4500, **HEAVY}
ON_THE_SPOT = {"penalty": "warning", "defence_heard": True, "grounds": "推搡"}
INQUIRED = {"place": "城关派出所", "recorded": True}
NOTICE = {"penalty": "罚款四千五百元", "grounds": "多次殴打他人", "minor": False}


async def state_of(hand: Hand, case: str, limit: str) -> str:
    """The state of the newest clock of that limit."""
    return (await hand.clock(case, limit))["state"]


async def appraised(officer: Hand, case: str, at: datetime) -> None:
    """The injury appraised within a day, while the case's own time stands still."""
    question = {"question": "损伤程度", "institution": "县局鉴定中心"}
    await officer.take(case, "order-admin-appraisal", at=at, injury=True, **question)
    assert await state_of(officer, case, "public-order-case-handling") == "suspended"
    assert await state_of(officer, case, "injury-appraisal-commission") == "met"
    await officer.take(case, "receive-appraisal", at=at + DAY, opinion="轻微伤", injury=True)
    assert await state_of(officer, case, "public-order-case-handling") == "running"
    await officer.take(case, "serve-appraisal", at=at + DAY, recipients="李某、王某")


async def test_a_fight_is_punished_after_notice_and_its_hearing_waived(bureau: World) -> None:
    people = await team(bureau)
    officer = people.officer
    began = datetime.now(UTC).replace(microsecond=0) - 12 * DAY
    case = await a_case(people, began, injured=True, mediable=False)
    for limit in ("public-order-case-handling", "injury-appraisal-commission"):
        assert await state_of(officer, case, limit) == "running"
    notice = {"penalty": "行政拘留五日", "grounds": "殴打他人", "hearing": True, "minor": False}
    for step, said in (("notify-penalty", notice), ("penalize-on-the-spot", ON_THE_SPOT), ("inquire", INQUIRED)):
        refusal = await refused(officer, case, step, at=began + DAY, **said)
        assert refusal[:2] == ("law-forbids", "person"), step
        assert "第一百六十六条" in refusal[2], step
    await officer.take(case, "name-offender", name="李某", minor=False)
    assert (await refused(officer, case, "notify-penalty", at=began + DAY, person=2, **notice))[1] == "person"
    await appraised(officer, case, began + DAY)

    penalty = {**PENALTY, "penalty": "detention", "detention_days": 5}
    assert (await refused(officer, case, "decide-penalty", **penalty))[0] == "step-not-open"
    await officer.take(case, "notify-penalty", at=began + 3 * DAY, **notice)
    unheard = await refused(officer, case, "decide-penalty", at=began + 3 * DAY + timedelta(hours=1), **penalty)
    assert (unheard[0], "第一百一十七条" in unheard[2]) == ("law-forbids", True)
    await officer.take(case, "waive-hearing", at=began + 3 * DAY, record="告知笔录第2页")
    too_heavy = await refused(officer, case, "decide-penalty", **{**penalty, "detention_days": 16})
    assert too_heavy == ("law-forbids", "detention_days", "《治安管理处罚法》第十六条")
    await officer.take(case, "decide-penalty", at=began + 4 * DAY, **penalty)
    assert (await people.chief.approve(case, "decide-penalty"))["stage"] == "decided"
    assert await state_of(officer, case, "public-order-case-handling") == "met"
    assert await state_of(officer, case, "reappraisal-application") == "lapsed"


async def test_who_was_harmed_is_questioned_and_sampled_and_a_drunk_restrained_without_being_called_a_suspect(
    bureau: World,
) -> None:
    people = await team(bureau)
    officer, head = people.officer, people.head
    began = datetime.now(UTC).replace(microsecond=0) - DAY
    case = await a_case(people, began)
    await officer.take(case, "start-sobering", person=9)
    await officer.take(case, "end-sobering", person=9)
    assert (await refused(officer, case, "sample-person", person=2, purpose="提取血样"))[1] == "person"
    await officer.take(case, "inquire", person=2, name="王某", **INQUIRED)
    await officer.take(case, "inquire", person=2, **INQUIRED)
    await officer.take(case, "sample-person", person=2, purpose="提取血样，王某同意")
    await head.approve(case, "sample-person")
    (harmed,) = [each for each in (await officer.card(case))["people"] if each["id"] == "person-2"]
    assert (harmed["name"], harmed["roles"]) == ("王某", ["questioned"])
    notice = {"penalty": "警告", "grounds": "殴打他人", "hearing": False, "minor": False}
    assert (await refused(officer, case, "notify-penalty", person=2, **notice))[1] == "person"


async def test_a_detention_ends_on_its_day_and_then_the_case_is_closed(bureau: World) -> None:
    people = await team(bureau)
    officer = people.officer
    decided = datetime.now(UTC).replace(microsecond=0) - 8 * DAY
    case = await a_case(people, decided - DAY)
    await officer.take(case, "name-offender", name="李某", minor=False)
    await officer.take(
        case, "notify-penalty", at=decided - DAY, penalty="行政拘留五日", grounds="殴打他人", hearing=False, minor=False
    )
    await officer.take(case, "decide-penalty", at=decided, **PENALTY, penalty="detention", detention_days=5)
    await people.chief.approve(case, "decide-penalty")
    await officer.take(case, "serve-penalty", at=decided, fine=False)
    await officer.take(case, "serve-victim", at=decided + DAY, recipient="王某")
    await officer.take(case, "tell-family", at=decided, relative="妻子")
    await officer.take(case, "enter-detention-centre", at=decided, centre="青岚县拘留所", term="5 day")
    term = await officer.clock(case, "admin-detention-term")
    assert datetime.fromisoformat(term["due_at"]) == decided + 5 * DAY
    await officer.take(case, "end-admin-detention", at=decided + 5 * DAY)
    assert {clock["state"] for clock in await officer.read(f"/api/matters/{case}/clocks")} == {"met"}
    assert (await officer.take(case, "close-public-order-case", outcome="拘留执行完毕"))["stage"] == "closed"
    assert (await officer.take(case, "archive"))["stage"] == "archived"


async def test_a_case_is_extended_twice_and_not_a_third_time(bureau: World) -> None:
    people = await team(bureau)
    case = await a_case(people, datetime.now(UTC) - 25 * DAY)
    for _ in range(2):
        await people.officer.take(case, "extend-station-handling", grounds="涉案人员多")
        await people.chief.approve(case, "extend-station-handling")
    third = await refused(people.officer, case, "extend-station-handling", grounds="仍未查清")
    assert (third[0], "第一百一十八条" in third[2]) == ("law-forbids", True)


async def heard(people: Team, case: str, now: datetime) -> None:
    """A hearing asked for, appointed with seven working days' notice, and held; meanwhile the case's own time stands still."""
    officer, legal = people.officer, people.legal
    assert (await officer.take(case, "request-hearing", at=now - DAY / 2))["stage"] == "hearing"
    await legal.take(case, "accept-hearing", presiding="方正平")
    assert await state_of(officer, case, "public-order-case-handling") == "suspended"
    await legal.take(case, "appoint-hearing", hearing_at=now + 20 * DAY, place="县局听证室")
    assert await state_of(officer, case, "hearing-notice") == "running"
    await legal.take(case, "serve-hearing-notice", recipients="李某")
    assert await state_of(officer, case, "hearing-notice") == "met"
    await legal.take(case, "hold-hearing", record="双方质证，无新的事实")


async def test_a_heavy_fine_comes_after_the_hearing_its_legal_review_and_the_discussion(bureau: World) -> None:
    people = await team(bureau)
    officer, chief, now = people.officer, people.chief, datetime.now(UTC)
    case = await a_case(people, now - 3 * DAY)
    await officer.take(case, "name-offender", name="李某", minor=False)
    fine = {**FINE, "grounds": "多次殴打他人，合并执行"}
    await officer.take(case, "notify-penalty", at=now - DAY, **NOTICE, hearing=False)
    untold = await refused(officer, case, "decide-penalty", **fine)
    assert (untold[0], "第一百一十七条" in untold[2]) == ("law-forbids", True)
    await officer.take(case, "notify-penalty", at=now - DAY, **NOTICE, hearing=True)
    await heard(people, case, now)

    unreviewed = await refused(officer, case, "decide-penalty", **fine)
    assert (unreviewed[0], unreviewed[2]) == ("law-forbids", "《治安管理处罚法》第一百一十四条")
    await officer.take(case, "send-for-legal-review", opinion="拟罚款四千五百元")
    await people.legal.take(case, "pass-legal-review", opinion="事实清楚")
    undiscussed = await refused(officer, case, "decide-penalty", **fine)
    assert (undiscussed[0], undiscussed[2]) == ("law-forbids", "《治安管理处罚法》第一百一十三条")
    await chief.take(case, "discuss-penalty", taking_part="局领导三人", conclusion="同意处罚意见")
    await officer.take(case, "decide-penalty", **fine)
    assert (await chief.approve(case, "decide-penalty"))["stage"] == "decided"
    await officer.take(case, "serve-penalty", fine=True)
    assert await state_of(officer, case, "fine-payment") == "running"
