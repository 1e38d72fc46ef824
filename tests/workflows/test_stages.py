"""The lives of the matters: what leads where, what the law listens to, and that nobody gets lost on the way."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args

import pytest

from law.facts import Fact
from law.time_limits import TimeLimit, get_limits
from models.forms.accountability import DecideLeadAppeal
from models.forms.bail import DecideBail, DecideSurveillance, LiftBail, LiftSurveillance
from models.forms.bail_of_organs import ContinueBail
from models.forms.case_review import CompareScores
from models.forms.criminal_case import AcceptCase, CancelCase, FileCase, NameSuspect, RefuseFiling, SendCase, TransferCase
from models.forms.detention import ApproveArrest, ExecuteArrest, ExecuteDetention, RefuseArrest, Release, RequestArrest
from models.forms.exhibit_measures import DecideRegistration
from models.forms.exhibit_opening import OpenExhibit
from models.forms.exhibit_transfer import DisposeByOrgan
from models.forms.flight import Recapture, RecordReturn
from models.forms.form import Form
from models.forms.incident import (
    ClassifyIncident,
    CloseIncident,
    ExplainDuplicate,
    FileAdministrativeCase,
    OpenIncident,
    ReclassifyIncident,
)
from models.forms.incident_hotline import ReportOrderResult
from models.forms.jurisdiction import DesignateCaseJurisdiction, MergeCase, RetakeCase, TakeBackSuspect
from models.forms.letter import EvaluateLetter
from models.forms.public_order_case import TurnCriminal
from models.forms.rectification_appeal import DecideAppeal
from models.forms.review_round import PlanReviewRound
from models.forms.risk_alert import IssueOrder, SettleAlert
from models.forms.supervision import DecideSupervision, OpenSupervision
from models.forms.suspect import EndSummons, Summon
from models.matter import UNOPENED, Kind
from models.messages import Opening, State, Submission
from models.problems import LawForbids
from tests.tables import table
from workflows.canary import Canary
from workflows.decision import decide
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles
from workflows.stages import Stage, UndeclaredTarget, read_stages
from workflows.stages import stage as as_stage

LIVES = list(get_lifecycles().items())
STAGES = [(kind, stage) for kind, life in LIVES for stage in life.stages.values()]
every_life = table(("kind", "life"), LIVES, ids=[kind for kind, _ in LIVES])
every_stage = table(("kind", "stage"), STAGES, ids=[f"{kind}-{stage.name}" for kind, stage in STAGES])


def a_matter(kind: Kind, stage: str, *, parent: str = "", children: tuple[str, ...] = ()) -> Lifecycle:
    state = State(stage=stage, unit="station", children=children)
    return get_lifecycles()[kind](Opening(number=f"{kind.prefix}1", unit="station", parent=parent, state=state))


def leads(matter: Lifecycle, form: Form) -> str:
    return matter.stages[matter.state.stage].get_next_stage(matter, form)


def told(matter: Lifecycle) -> list[str]:
    return [command.number for command in matter.commands if command.verb == "tell"]


def reachable(life: type[Lifecycle]) -> set[str]:
    seen, ahead = set[str](), [UNOPENED]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead.extend(life.stages[name].leads_to)
    return seen


# What holds for every life


def test_every_kind_of_matter_has_a_life() -> None:
    assert set(get_lifecycles()) == set(Kind)


@every_life
def test_a_life_begins_with_one_form_and_every_stage_can_be_reached(kind: Kind, life: type[Lifecycle]) -> None:
    # An inspection raises an alert, the watch drafts a lead, how a file came out begins a round, and a drive an item, by a form of its own.
    several = (Kind.RISK_ALERT, Kind.ACCOUNTABILITY, Kind.REVIEW_ROUND, Kind.CASE_REVIEW)
    assert len(life.stages[UNOPENED].open_steps) == (2 if kind in several else 1)
    assert reachable(life) == set(life.stages)


@every_life
def test_no_stage_hides_what_the_trunk_calls_by_that_name(kind: Kind, life: type[Lifecycle]) -> None:
    assert not set(life.stages) & set(vars(Lifecycle))
    assert not set(life.stages) & {"number", "parent", "state", "commands", "kind", "stages"}


@every_stage
def test_a_stage_ends_the_matter_or_leads_somewhere_and_has_a_sentence(kind: Kind, stage: Stage) -> None:
    assert stage.final != bool(stage.leads_to)
    assert bool(stage.awaits) == bool(stage.leads_to)
    assert stage.decide.__doc__


@every_stage
def test_awaited_forms_lead_where_the_signature_says_and_nowhere_else(kind: Kind, stage: Stage) -> None:
    led = set[str]()
    for each in (each for form in stage.awaits for each in examples(form)):
        with suppress(LawForbids):
            led.add(leads(a_matter(kind, stage.name), each))
    assert led == set(stage.leads_to)


@table(("kind", "stage"), STAGES, ids=lambda each: getattr(each, "name", each))
def test_people_read_the_name_of_every_stage_in_chinese(kind: Kind, stage: Stage) -> None:
    assert stage.zh
    assert not stage.zh.isascii()


def test_a_stage_that_leads_nowhere_known_is_a_mistake_of_the_file() -> None:
    class Astray:
        def begun(self, step: Summon) -> str:
            return "nowhere"

        begun.__annotations__["return"] = Canary.unopened.__annotations__["return"]
        as_stage("误入")(begun)

    with pytest.raises(TypeError, match="leads to armed, which is no stage"):
        read_stages(Astray)


def test_a_stage_that_leads_where_its_signature_does_not_say_is_a_mistake_and_nothing_comes_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    suspect = a_matter(Kind.SUSPECT, "detained", parent="XA1")
    astray = replace(suspect.stages["detained"], decide=lambda _matter, _step: "terminated")
    with pytest.raises(UndeclaredTarget, match="detained leads to terminated on release"):
        astray.get_next_stage(suspect, Release(grounds="不批准逮捕"))
    monkeypatch.setattr(type(suspect), "stages", {**suspect.stages, "detained": astray})
    submission = Submission(key="k", body_hash="", step="release", form={"grounds": "不批准逮捕"}, actor=None)
    decision = decide(suspect, submission, datetime.now(UTC), trusted=True)
    assert decision.refusal is not None
    assert (decision.refusal.slug, decision.stage, decision.facts, decision.commands) == ("unexpected", "detained", (), ())


# What the law listens to


def heard_by(limit: TimeLimit) -> Iterator[Fact]:
    yield from (*limit.starts_on, *limit.met_by, *limit.ended_by, *(limit.waits or ()))
    yield from (fact for fact in (limit.extended_by, limit.restarts_on, limit.restarts_from, limit.once) if fact)
    yield from (limit.request[0],) if limit.request else ()
    for edition in limit.editions:
        for rule in edition.not_counted:
            yield from (rule.begins, rule.ends)


@cache
def brought_about() -> frozenset[Fact]:
    return frozenset(
        fact
        for life in get_lifecycles().values()
        for name in reachable(life)
        for form in life.stages[name].open_steps
        for fact in form.rule.may_bring
    )


# What happens in kinds of matter that have no lifecycle yet; the calculator answers for their limits all the same.
TO_COME = {
    "remedy",
    "compensation",
}


def is_to_come(fact: Fact) -> bool:
    return fact.value.partition(".")[0] in TO_COME


@table("limit", [each for each in get_limits().values() if each.armed], ids=lambda limit: limit.id)
def test_every_fact_a_clock_listens_to_is_brought_about_by_some_form_that_is_open_somewhere(limit: TimeLimit) -> None:
    assert {fact for fact in heard_by(limit) if not is_to_come(fact)} <= brought_about()


def test_no_form_brings_about_what_is_still_to_come() -> None:
    assert not {fact.value for fact in brought_about() if is_to_come(fact)}


@every_life
def test_whatever_starts_a_clock_in_a_life_can_be_followed_there_by_what_meets_it(kind: Kind, life: type[Lifecycle]) -> None:
    facts = {fact for stage in life.stages.values() for form in stage.open_steps for fact in form.rule.may_bring}
    heard_from_elsewhere = {
        Fact.CASE_SENT_TO_PROCURATORATE,
        Fact.CASE_FILED,
        Fact.CASE_CANCELLED,
        Fact.CASE_TRANSFERRED,
        Fact.REVIEW_SCORED,
    }
    for limit in get_limits().values():
        if limit.armed and limit.met_by and facts & set(limit.starts_on):
            if limit.for_each:  # met in the matter of each person, wherever that is
                facts = facts | brought_about()
            assert set(limit.met_by) & (facts | heard_from_elsewhere), limit.id


def test_a_person_who_is_held_can_always_be_released_and_never_be_archived() -> None:
    suspect = get_lifecycles()[Kind.SUSPECT]
    for name in ("detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested"):
        steps = {form.rule.step for form in suspect.stages[name].open_steps}
        assert {"release", "decide-bail", "decide-surveillance"} <= steps
        assert not steps & {"archive", "terminate-investigation"}


# An incident


def classified(how: str, **more: Any) -> ClassifyIncident:
    return ClassifyIncident.model_validate({"classification": how, "reason": "理由", **more})


def reclassified(how: str, **more: Any) -> ReclassifyIncident:
    return ReclassifyIncident.model_validate({"classification": how, "reason": "重新审查", **more})


def test_a_crime_opens_its_case_with_the_charge() -> None:
    incident = a_matter(Kind.INCIDENT, "on_scene")
    assert leads(incident, classified("criminal", charge="xf-266")) == "upgraded"
    (command,) = incident.commands
    assert (command.verb, command.kind, command.step) == ("open", Kind.CRIMINAL_CASE, "accept-case")
    assert AcceptCase.model_validate(command.form).charge == "xf-266"


def test_what_is_no_crime_opens_nothing() -> None:
    incident = a_matter(Kind.INCIDENT, "on_scene")
    assert leads(incident, classified("help")) == "classified"
    assert leads(incident, classified("mediation")) == "mediation"
    assert leads(incident, classified("administrative", violation="za-58-1")) == "classified"
    assert incident.commands == []


def test_a_dispute_told_to_sue_becomes_a_crime_even_after_it_was_closed() -> None:
    incident = a_matter(Kind.INCIDENT, "closed")
    assert leads(incident, reclassified("criminal", charge="xf-266")) == "upgraded"
    assert incident.commands[0].kind == Kind.CRIMINAL_CASE


def test_a_mediation_becomes_an_administrative_case() -> None:
    for stage in ("mediation", "closed"):
        assert (
            leads(a_matter(Kind.INCIDENT, stage), reclassified("administrative", violation="za-51-1", injured=False))
            == "classified"
        )


@pytest.mark.parametrize("missing", ["agreement", "statements"])
def test_a_mediation_is_not_closed_without_an_agreement_and_statements(missing: str) -> None:
    papers: dict[str, Any] = {"agreement": True, "statements": True, missing: False}
    with pytest.raises(LawForbids) as refused:
        leads(a_matter(Kind.INCIDENT, "mediation"), CloseIncident(outcome="双方和解", **papers))
    assert refused.value.members["field"] == missing
    assert "公安机关办理行政案件程序规定" in refused.value.members["basis"]


def test_a_mediation_with_its_papers_and_any_other_incident_is_closed() -> None:
    papers = CloseIncident(outcome="双方和解", agreement=True, statements=True)
    assert leads(a_matter(Kind.INCIDENT, "mediation"), papers) == "closed"
    assert leads(a_matter(Kind.INCIDENT, "classified"), CloseIncident(outcome="已帮助解决")) == "closed"


def test_an_incident_that_is_a_case_does_not_open_a_second_one() -> None:
    incident = a_matter(Kind.INCIDENT, "upgraded")
    with pytest.raises(LawForbids):
        leads(incident, reclassified("criminal", charge="xf-264"))
    assert incident.commands == []
    assert leads(incident, reclassified("administrative", violation="za-58-1")) == "classified"


# A criminal case


def test_filing_a_case_tells_the_incident_it_came_from_if_there_is_one() -> None:
    for form in (FileCase(charge="xf-266", grounds="有犯罪事实"), RefuseFiling(grounds="没有犯罪事实")):
        from_a_call, from_nowhere = a_matter(Kind.CRIMINAL_CASE, "review", parent="JQ1"), a_matter(Kind.CRIMINAL_CASE, "review")
        assert leads(from_a_call, form) == leads(from_nowhere, form)
        assert (told(from_a_call), told(from_nowhere)) == (["JQ1"], [])


def test_a_case_not_filed_may_be_filed_after_all() -> None:
    assert leads(a_matter(Kind.CRIMINAL_CASE, "not_filed"), FileCase(charge="xf-266", grounds="复核撤销")) == "investigation"


def test_naming_a_suspect_opens_a_matter_and_the_investigation_goes_on() -> None:
    case = a_matter(Kind.CRIMINAL_CASE, "investigation")
    assert leads(case, NameSuspect(name="王某")) == "investigation"
    (command,) = case.commands
    assert (command.verb, command.kind, command.step, command.form["name"]) == (
        "open",
        Kind.SUSPECT,
        "open-suspect",
        "王某",
    )


@pytest.mark.parametrize(
    ("stage", "form"),
    [
        ("investigation", CancelCase(grounds="没有犯罪事实")),
        ("investigation", TransferCase(to="邻县公安局", grounds="管辖", materials="卷宗")),
        ("investigation_closed", SendCase(opinion="应当起诉")),
        ("investigation_closed", CancelCase(grounds="没有犯罪事实")),
    ],
    ids=["cancelled", "transferred", "sent", "cancelled-late"],
)
def test_what_becomes_of_a_case_every_suspect_of_it_is_told(stage: str, form: Form) -> None:
    case = a_matter(Kind.CRIMINAL_CASE, stage, parent="JQ1", children=("RY1", "RY2"))
    leads(case, form)
    assert told(case) == ["RY1", "RY2"]


# A suspect


def test_the_chain_of_measures_from_summons_to_arrest() -> None:
    stage = "at_liberty"
    chain = (Summon, ExecuteDetention, RequestArrest, ApproveArrest, ExecuteArrest)
    passed = [stage := leads(a_matter(Kind.SUSPECT, stage), example(form)) for form in chain]
    assert passed == ["summoned", "detained", "arrest_review", "arrest_approved", "arrested"]


def test_a_summons_that_ends_leaves_a_person_at_liberty() -> None:
    assert leads(a_matter(Kind.SUSPECT, "summoned"), EndSummons()) == "at_liberty"


def test_a_refused_arrest_leaves_a_person_held_until_the_release_is_executed() -> None:
    assert leads(a_matter(Kind.SUSPECT, "arrest_review"), RefuseArrest(grounds="证据不足")) == "arrest_refused"
    assert leads(a_matter(Kind.SUSPECT, "arrest_refused"), Release(grounds="不批准逮捕")) == "at_liberty"


@pytest.mark.parametrize("stage", ["detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested"])
def test_custody_may_be_changed_to_bail_or_surveillance_at_any_time(stage: str) -> None:
    assert leads(a_matter(Kind.SUSPECT, stage), example(DecideBail)) == "on_bail"
    assert leads(a_matter(Kind.SUSPECT, stage), example(DecideSurveillance)) == "surveilled"


def test_a_person_on_bail_who_is_questioned_stays_on_bail() -> None:
    assert Summon in get_lifecycles()[Kind.SUSPECT].stages["on_bail"].meanwhile
    assert leads(a_matter(Kind.SUSPECT, "on_bail"), example(LiftBail)) == "at_liberty"


@pytest.mark.parametrize(
    ("stage", "form"),
    [
        ("summoned", ExecuteDetention),
        ("arrest_approved", ExecuteArrest),
        ("arrested", Release),
        ("detained", DecideBail),
        ("on_bail", LiftBail),
        ("on_bail", DecideSurveillance),
        ("surveilled", LiftSurveillance),
    ],
)
def test_the_case_learns_who_is_held_and_who_no_longer(stage: str, form: type[Form]) -> None:
    suspect = a_matter(Kind.SUSPECT, stage, parent="XA1")
    leads(suspect, example(form))
    assert told(suspect) == ["XA1"]


def test_the_case_is_not_told_of_a_mere_summons() -> None:
    suspect = a_matter(Kind.SUSPECT, "at_liberty", parent="XA1")
    leads(suspect, example(Summon))
    assert told(suspect) == []


# Forms filled in just far enough for a stage to decide on them


CHANGING_HANDS: dict[type[Form], list[dict[str, str]]] = {
    DesignateCaseJurisdiction: [{"handler": "here"}, {"handler": "elsewhere", "police": "邻县公安局"}],
    RetakeCase: [{"resumes": "review"}, {"resumes": "investigation"}],
    MergeCase: [{"into": "XA2", "ground": "connected"}],
}


def example(form: type[Form]) -> Form:
    return next(examples(form))


# Forms that lead to different stages by what one field says.
VARIANTS: dict[type[Form], tuple[str, tuple[str | bool, ...]]] = {
    ContinueBail: ("measure", ("取保候审", "监视居住", "解除取保候审", "逮捕")),
    Recapture: ("reason", ("刑事拘留", "审查批捕", "不批准逮捕", "批准逮捕待执行", "逮捕羁押")),
    RecordReturn: ("reason", ("未采取强制措施", "取保候审", "监视居住")),
    TakeBackSuspect: ("reason", get_args(TakeBackSuspect.model_fields["reason"].annotation)),
    OpenIncident: ("outcome", ("", "已调解")),
    ReportOrderResult: ("result", ("solved", "under-way")),
    OpenExhibit: ("measure", ("seized", "sealed", "funds-frozen")),
    DecideRegistration: ("outcome", ("seize", "release")),
    DisposeByOrgan: ("way", ("returned", "treasury", "destroyed")),
    DecideAppeal: ("result", ("maintained", "changed", "revoked")),
    OpenSupervision: ("decided", (True, False)),
    DecideSupervision: ("adopted", (True, False)),
    CompareScores: ("agree", (True, False)),
    PlanReviewRound: ("purpose", ("monthly", "backlog")),
    SettleAlert: ("verified", (True, False)),
    EvaluateLetter: ("score", ("very", "dissatisfied")),
    DecideLeadAppeal: ("result", ("maintained", "revoked")),
}


FILLED: dict[type[Form], dict[str, str]] = {
    FileAdministrativeCase: {"violation": "za-51-1"},
    ExplainDuplicate: {"original": "JQ202600000099", "told": "已解释"},
    TurnCriminal: {"charge": "xf-234", "reason": "可能构成轻伤"},
    IssueOrder: {"problem": "未制作询问笔录", "demand": "补做询问笔录"},
}


def examples(form: type[Form]) -> Iterator[Form]:
    if issubclass(form, ClassifyIncident):
        for how in ("help", "mediation", "criminal"):
            charge = {"charge": "xf-266"} if how == "criminal" else {}
            yield form.model_validate({"classification": how, "reason": "理由", **charge})
    elif form in FILLED:
        yield form.model_validate(FILLED[form])
    elif form in CHANGING_HANDS:
        yield from (form.model_validate({"grounds": "管辖有争议", **said}) for said in CHANGING_HANDS[form])
    elif form in VARIANTS:
        name, values = VARIANTS[form]
        for value in values:
            yield form.model_construct(None, **{name: value})
    else:
        # Of several people, the one whose turn it is may be the last or not.
        for others_pending in (True, False) if "others_pending" in form.model_fields else (False,):
            yield form.model_construct(agreement=True, statements=True, name="王某", others_pending=others_pending)
