"""Rectification orders (整改指令): who may take which part in one, and what a report must rest on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.rectification_order import REPORTS, is_of_station_alone, read_order, refuse_red_of_station
from activities.steps_taken import find_not_taken_since, put_under_subject
from law.facts import Fact
from law.lengths import parse_length, parse_step
from law.offices import Office
from law.statutes.rectification_rules import VERIFIED_SOON
from models.forms.form import Form
from models.forms.rectification_appeal import AppealRectification, DecideAppeal
from models.forms.rectification_order import (
    BASIS,
    EXTENSIONS,
    ISSUERS,
    RED,
    CancelRectification,
    OpenRectificationOrder,
    ReassignRectification,
    ReopenRectification,
    SignRectification,
    StateResponsibility,
)
from models.forms.rectification_report import (
    ReportGraveRectification,
    ReportRectification,
    ReturnRectification,
    VerifyRectification,
    VerifyUrgentRectification,
)
from models.instants import AS_STORED
from models.matter import Kind
from models.messages import Awaited, PendingCommand, Refusal
from models.problems import DutiesNotSeparated, LawForbids, OfficeMayNotAct
from models.readmodel.alerts import find_severity
from models.readmodel.matter_status import KIND_OF
from models.readmodel.orders import open_over
from models.store.connection import fetch_first

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS)
_not_by = partial(refuse_office, basis=BASIS)
_ORDER = (Kind.RECTIFICATION_ORDER,)
_OPENS = OpenRectificationOrder.rule.step
_VERIFIES = (VerifyRectification.rule.step, VerifyUrgentRectification.rule.step)
_JUDGES = (*_VERIFIES, ReturnRectification.rule.step)
# The kind of an alert, which is told how its order came out.
_ALERT = "risk-alert"
_MOST_REASSIGNED = 2
# How long an order that takes up another leaves, where nothing else is said.
_AGAIN = "3 day"
_REOPENED_WITHIN = timedelta(days=90)
# Whoever supervises says that a duty be done, not how the case be decided.
_OUTCOME = re.compile(r"应当处罚|必须(?:立案|处罚|拘留|逮捕|起诉)|予以(?:处罚|立案|撤案)|撤案")
# A step of which another is the one for a graver order.
_INSTEAD = {
    ReportRectification.rule.step: (Fact.RECTIFICATION_GRAVE, ReportGraveRectification),
    VerifyRectification.rule.step: (Fact.RECTIFICATION_URGENT, VerifyUrgentRectification),
}


def _knows(draft: Draft, fact: Fact) -> bool:
    return any(each.fact is fact for each in draft.known.facts)


def _list_offices(draft: Draft, form: type[Form]) -> tuple[Office, ...]:
    """The offices that take that step of the order as it stands, where whoever acts may be the one who is to do it."""
    proposal = draft.proposal
    assigned = proposal.actor is not None and proposal.actor.person == proposal.officer
    return form.rule.list_offices([fact.fact for fact in draft.known.facts], assigned=assigned)


# What the steps say besides, before they are judged


@feature.hook(Phase.PREPARE, steps=(_OPENS,), type="step")
async def stand_under_subject(draft: Draft) -> None:
    """Let an order that another matter opens, an alert or a supervision, stand under the matter that is to be put right."""
    await put_under_subject(draft)


@feature.hook(Phase.PREPARE, steps=(_OPENS,), type="step")
async def take_the_colour_of_the_alert(draft: Draft) -> None:
    """Give an order that answers an alert, and says no colour, that of the alert; and the term of that colour where none is said."""
    form = draft.proposal.form
    if not form.get("alert") or form.get("severity"):
        return
    if severity := await find_severity(draft.connection, form["alert"]):
        form = form | {"severity": severity}
        first = draft.proposal.facts[0]
        order = OpenRectificationOrder.model_validate(form, context=AS_STORED)
        facts = order.build_facts(draft.proposal.number, first.at, first.approver or "")
        draft.update(form=form | {"term": order.term}, facts=facts)


@feature.hook(Phase.PREPARE, steps=(_OPENS,), type="step")
async def say_who_issued_it(draft: Draft) -> None:
    """Let an order know that case management issued it, which then decides on an extension."""
    held = set(draft.proposal.actor.offices if draft.proposal.actor else ())
    if held & set(ISSUERS) == {Office.CASE_MANAGEMENT_OFFICER}:
        first = draft.proposal.facts[0]
        issued = replace(first, fact=Fact.RECTIFICATION_BY_CASE_MANAGEMENT, about=draft.proposal.number, base="", term="")
        draft.update(facts=(*draft.proposal.facts, issued))


@feature.hook(Phase.PREPARE, kinds=_ORDER)
async def await_the_graver_step(draft: Draft) -> None:
    """Let the turn be that of the step by which an order of its colour goes on."""
    awaited = draft.proposal.awaited
    grave, instead = _INSTEAD.get(awaited.step, (None, None)) if awaited else (None, None)
    if grave and instead and _knows(draft, grave):
        draft.update(awaited=Awaited(step=instead.rule.step, offices=tuple(map(str, instead.rule.by))))


@feature.hook(Phase.PREPARE, kinds=_ORDER)
async def leave_looking_to_the_issuer(draft: Draft) -> None:
    """Let it be the turn of the office that issued the order to look whether it is so, where that office may."""
    awaited = draft.proposal.awaited
    if awaited and awaited.step in _VERIFIES:
        issued_by = (await read_order(draft)).issued_by
        draft.update(
            awaited=Awaited(step=awaited.step, offices=tuple(sorted(awaited.offices, key=lambda office: office not in issued_by)))
        )


@feature.hook(Phase.ENRICH, kinds=_ORDER, facts=(Fact.RECTIFICATION_CHANGED, Fact.RECTIFICATION_REPORTED))
async def pick_figures(draft: Draft) -> None:
    """Give a changed order the term of the first where none is said, and a red one the day in which it is verified."""
    order = await read_order(draft)
    red = _knows(draft, Fact.RECTIFICATION_URGENT)

    def picked(facts: Iterable[Any]) -> Iterator[Any]:
        for each in facts:
            if each.fact is Fact.RECTIFICATION_CHANGED and not each.term:
                yield replace(each, term=order.term)
            elif each.fact is Fact.RECTIFICATION_REPORTED and red:
                yield replace(each, base=str(VERIFIED_SOON))
            else:
                yield each

    draft.update(facts=tuple(picked(draft.proposal.facts)), foreseen=tuple(picked(draft.proposal.foreseen)))


# Who may


@feature.hook(Phase.CHECK, steps=(_OPENS,), type="step")
async def check_may_order(draft: Draft) -> Refusal | None:
    """Refuse an order about an order, one that answers no alert there is, and a red one of a station's own case manager."""
    if draft.proposal.parent_kind == Kind.RECTIFICATION_ORDER:
        return _invalid("subject", "an-order", "整改指令不得针对另一整改指令，请退回、催办或者升级该指令")
    form, actor = draft.proposal.form, draft.proposal.actor
    alert = form.get("alert")
    if alert and await fetch_first(draft.connection, KIND_OF, {"number": alert}) != _ALERT:
        return _invalid("alert", "unknown-matter", f"没有编号为“{alert}”的风险提示")
    return await refuse_red_of_station(draft, actor) if form.get("severity") == RED and actor else None


@feature.hook(Phase.CHECK, steps=(SignRectification.rule.step,), type="step")
async def check_may_name(draft: Draft) -> Refusal | None:
    """Refuse an officer who names another to do it: whoever heads the unit does that."""
    doer, actor = draft.proposal.form.get("doer"), draft.proposal.actor
    if doer and actor and doer != actor.person and Office.STATION_HEAD not in actor.offices:
        return _not_by("指定他人整改的，由办案部门负责人签收", (Office.STATION_HEAD,), actor)
    return None


@feature.hook(Phase.CHECK, steps=(ReassignRectification.rule.step,), type="step")
async def check_may_reassign(draft: Draft) -> Refusal | None:
    """Refuse a third hand, and another unit by who only heads this one."""
    form, actor, order = draft.proposal.form, draft.proposal.actor, await read_order(draft)
    if len(order.of(ReassignRectification.rule.step)) >= _MOST_REASSIGNED:
        return LawForbids("整改指令至多转办二次", basis=str(BASIS)).to_refusal()
    unit = form.get("unit")
    if unit and actor and Office.CASE_MANAGEMENT_OFFICER not in actor.offices:
        return _not_by("转其他单位的，由案管员办理", (Office.CASE_MANAGEMENT_OFFICER,), actor)
    return None


@feature.hook(Phase.CHECK, steps=[each.rule.step for each in EXTENSIONS], type="step")
async def check_extension(draft: Draft) -> Refusal | None:
    """Refuse an extension by more than the order had left in the first place."""
    asked = draft.proposal.form.get("extension", "")
    allowed = (await read_order(draft)).term
    try:
        longer = not parse_step(asked).length.within(parse_length(allowed))
    except ValueError as fault:
        return _invalid("extension", "no-length", str(fault))
    if longer:
        return _invalid("extension", "too-long", f"延长不得超过原整改期限（{parse_length(allowed).zh}）")
    return None


@feature.hook(Phase.CHECK, steps=(AppealRectification.rule.step,), type="step")
async def check_may_appeal(draft: Draft) -> Refusal | None:
    """Refuse whoever neither heads the unit nor is the one who is to do it, and a second objection to what was decided."""
    actor, offices = draft.proposal.actor, _list_offices(draft, AppealRectification)
    if actor and set(actor.offices).isdisjoint(offices):
        return _not_by("异议由办案部门负责人或者责任民警本人提出", (Office.STATION_HEAD,), actor)
    decided = (await read_order(draft)).of(DecideAppeal.rule.step)
    if decided and decided[-1].form.get("result") == "maintained":
        return LawForbids("异议已经审查决定维持，不再受理同一指令的异议", basis=str(DecideAppeal.rule.basis[0])).to_refusal()
    return None


@feature.hook(Phase.CHECK, steps=(DecideAppeal.rule.step,), type="step")
async def check_may_decide(draft: Draft) -> Refusal | None:
    """Refuse whoever issued the order or objects to it, and the legal department where it issued the order itself."""
    actor, order = draft.proposal.actor, await read_order(draft)
    if actor is None:
        return None
    for each in (order.steps[0], *order.of(AppealRectification.rule.step)):
        if each.username == actor.person:
            return _build_separation_refusal("下达指令的人和提出异议的人不得审查该异议", each.seq)
    by_legal = Office.LEGAL_REVIEWER in order.issued_by and Office.SUPERVISOR not in order.issued_by
    if by_legal and not {Office.COUNTY_HEAD, Office.HIGHER_POLICE} & set(actor.offices):
        return _not_by("法制部门下达的整改指令，异议由局领导审查决定", (Office.COUNTY_HEAD,), actor)
    return None


@feature.hook(Phase.CHECK, steps=(*_JUDGES, CancelRectification.rule.step), type="step")
async def check_no_own_work(draft: Draft) -> Refusal | None:
    """Refuse whoever was to put it right, or reported that it was, to verify, return or cancel it."""
    actor, order = draft.proposal.actor, await read_order(draft)
    if actor is None:
        return None
    if actor.person not in {draft.proposal.officer, *order.list_reporters()}:
        return None
    seq = next((each.seq for each in order.of(*REPORTS) if each.username == actor.person), 1)
    return _build_separation_refusal("整改、反馈的人不得核查、退回或者撤销该指令，由其他监督人员办理", seq)


@feature.hook(Phase.CHECK, steps=_VERIFIES, type="step")
async def check_not_of_the_station(draft: Draft) -> Refusal | None:
    """Refuse a case manager of the station in which it was put right, who would verify the work of their own."""
    actor = draft.proposal.actor
    if actor is None or actor.unit != draft.proposal.unit or not await is_of_station_alone(draft, actor):
        return None
    return _build_separation_refusal("整改所在派出所的案管员不核查本所的整改，由执法办案管理中心案管员、法制员或者督察核查", 1)


@feature.hook(Phase.CHECK, steps=(StateResponsibility.rule.step,), type="step")
async def check_may_state(draft: Draft) -> Refusal | None:
    """Refuse whoever was not named as responsible, or has said already what they had to say."""
    actor, order = draft.proposal.actor, await read_order(draft)
    if actor is None:
        return None
    if actor.person not in order.responsible:
        return OfficeMayNotAct("整改指令没有将您列为责任人", required=[], held=list(actor.offices)).to_refusal()
    if any(each.username == actor.person for each in order.of(StateResponsibility.rule.step)):
        return LawForbids("每人陈述一次，您已经陈述；补充情况请在反馈中写明", basis=str(BASIS)).to_refusal()
    return None


@feature.hook(Phase.CHECK, steps=(ReopenRectification.rule.step,), type="step")
async def check_may_reopen(draft: Draft) -> Refusal | None:
    """Refuse what comes more than ninety days after the order was closed."""
    own = (each for each in draft.known.facts if each.about == draft.proposal.number)
    closed = [each.at for each in own if each.fact is Fact.RECTIFICATION_VERIFIED]
    if closed and draft.now - closed[-1] > _REOPENED_WITHIN:
        return LawForbids("销号已超过九十日，不再重开；发现的问题另行下达整改指令", basis=str(BASIS)).to_refusal()
    return None


def _build_separation_refusal(detail: str, seq: int) -> Refusal:
    return DutiesNotSeparated(detail, conflicting_entry=seq, basis=str(BASIS)).to_refusal()


# What a report rests on


@feature.hook(Phase.CHECK, steps=REPORTS, type="step")
async def check_report(draft: Draft) -> Refusal | None:
    """Refuse a grave report that no head has seen, one that leaves a demand out, and acts that are none since the order."""
    proposal, actor, order = draft.proposal, draft.proposal.actor, await read_order(draft)
    offices = _list_offices(draft, ReportRectification)
    if proposal.step == ReportRectification.rule.step and actor and set(actor.offices).isdisjoint(offices):
        title = ReportGraveRectification.rule.title
        return _not_by(f"橙色、红色整改指令的反馈由办案部门负责人审核，请办理“{title}”", offices, actor)
    answers, most = proposal.form.get("answers", ()), len(order.demands)
    answered = {each["demand"] for each in answers}
    if strange := sorted(answered - set(range(1, max(most, 1) + 1))):
        return _invalid("answers", "no-such-demand", f"没有第{strange[0]}项要求")
    if answered and (left := sorted(set(range(1, most + 1)) - answered)):
        return _invalid("answers", "missing", f"第{'、'.join(map(str, left))}项要求没有反馈")
    if most and not answered:
        return _invalid("answers", "missing", f"本指令有{most}项要求，请逐项反馈")
    if foreign := await find_not_taken_since(draft, order.steps[0].recorded_at, _list_cited(proposal.form)):
        detail = f"{proposal.parent}没有指令下达以后办理的第{'、'.join(map(str, foreign))}步，不能作为整改的依据"
        return _invalid("answers", "not-since-the-order", detail)
    return None


@feature.hook(Phase.CHECK, steps=_VERIFIES, type="step")
async def check_verified(draft: Draft) -> Refusal | None:
    """Refuse what an objection still stands against, what was not looked at demand by demand, and a grade by who sets none."""
    proposal, actor, order = draft.proposal, draft.proposal.actor, await read_order(draft)
    if len(order.of(AppealRectification.rule.step)) > len(order.of(DecideAppeal.rule.step)):
        return LawForbids("异议尚未审查决定，不能核查销号", basis=str(DecideAppeal.rule.basis[0])).to_refusal()
    if proposal.form.get("grade") and actor and Office.LEGAL_REVIEWER not in actor.offices:
        return _not_by("问题等次由法制员确定", (Office.LEGAL_REVIEWER,), actor)
    report = next(iter(order.of(*REPORTS)[-1:]), None)
    if report is None or _list_cited(report.form):
        return None
    looked_at = {each["demand"] for each in proposal.form.get("findings", ()) if each.get("checked")}
    if left := sorted(set(range(1, len(order.demands) + 1)) - looked_at):
        detail = f"反馈没有列出涉及事项中新的办理记录，须逐项核对：第{'、'.join(map(str, left))}项尚未核对"
        return _invalid("findings", "not-checked", detail)
    return None


def _list_cited(form: dict[str, Any]) -> list[int]:
    return sorted({entry for each in form.get("answers", ()) for entry in each.get("entries", ())})


@feature.hook(Phase.ADVISE, steps=(_OPENS,), type="step")
async def warn_issuer(draft: Draft) -> None:
    """Say where an order reads as if it decided the case, and where another over the same problem is open."""
    form = draft.proposal.form
    said = " ".join((form.get("demand", ""), *(each["what"] for each in form.get("demands", ()))))
    if found := _OUTCOME.search(said):
        draft.add_notes(
            f"整改要求写有“{found[0]}”：监督要求依法履行职责、纠正瑕疵，不代替办案单位作出决定，宜写明“依法审查并作出决定”"
        )
    category = form.get("category")
    if category and (other := await open_over(draft.connection, form.get("subject", ""), category)):
        draft.add_notes(f"该事项已有同类问题的整改指令{other}尚未销号，可以将新发现的问题并入")


@feature.hook(Phase.ADVISE, steps=REPORTS, type="step")
async def warn_reporter(draft: Draft) -> None:
    """Say to whoever reports, and to whoever verifies, that nothing was done in the matter since."""
    if not _list_cited(draft.proposal.form):
        draft.add_notes("反馈没有列出涉及事项中新的办理记录，核查时将逐项核对")


# What is taken up again


@feature.hook(Phase.COMMAND, steps=(ReopenRectification.rule.step,), type="step")
async def order_again(draft: Draft) -> None:
    """Order it anew, as it was ordered and with what was found: what has ended stays so."""
    proposal, opening = draft.proposal, (await read_order(draft)).opening
    kept = {name: opening[name] for name in ("category", "severity", "demand", "demands", "law") if opening.get(name)}
    found = {"problem": f"{proposal.number}复查：{proposal.form['found']}", "term": proposal.form.get("term", _AGAIN)}
    form = kept | found | {"subject": proposal.parent, "unit": proposal.unit, "officer": proposal.officer}
    draft.add_commands(PendingCommand(verb="open", kind=Kind.RECTIFICATION_ORDER, step=_OPENS, form=form, actor=proposal.actor))
