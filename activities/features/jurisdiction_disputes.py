"""Disputes over jurisdiction (管辖争议): what raises one, who speaks for which unit, that nothing is handed over meanwhile, and where it goes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken
from law.facts import Fact
from law.instruments import RPT
from law.offices import Office
from law.statutes.dispute_rules import AT_ONCE
from models.forms.criminal_case import TransferCase
from models.forms.incident import DesignateJurisdiction, RaiseCaseDispute, RaiseJurisdictionDispute, TransferIncident
from models.forms.incident_handing import HandIncident, OrderTakeOver, RefuseIncident
from models.forms.jurisdiction_dispute import (
    ABOVE,
    BASIS,
    DECIDED,
    AcceptDesignation,
    AgreeJurisdiction,
    ChangeJurisdiction,
    ConfirmAgreement,
    ConsultJurisdiction,
    DecideJurisdiction,
    DeclineAgreement,
    HandleOurselves,
    JudgeShirking,
    OpenDispute,
    RefuseDesignation,
    SubmitDispute,
)
from models.forms.public_order_case import TransferPublicOrderCase
from models.forms.rectification_order import OpenRectificationOrder
from models.forms.supervision import OpenSupervision
from models.matter import Kind
from models.messages import Notice, PendingCommand, Refusal
from models.problems import DutiesNotSeparated, LawForbids
from models.seat import Seat
from models.store.connection import Query, fetch_all, fetch_first

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS[0])
_not_by = partial(refuse_office, basis=BASIS[0])
_DISPUTES = (Kind.JURISDICTION_DISPUTE,)
_RAISES = tuple(form.rule.step for form in (RaiseJurisdictionDispute, RaiseCaseDispute, RefuseIncident))
_GIVES_AWAY = tuple(
    form.rule.step
    for form in (
        TransferIncident,
        TransferCase,
        TransferPublicOrderCase,
        DesignateJurisdiction,
        HandIncident,
        OrderTakeOver,
    )
)
# Who speaks in it: the one who received the matter first; any of those who differ; the one that was designated.
_OF_FIRST = (HandleOurselves.rule.step,)
_OF_ANY = tuple(
    form.rule.step for form in (ConsultJurisdiction, AgreeJurisdiction, ConfirmAgreement, DeclineAgreement, SubmitDispute)
)
_OF_DESIGNATED = (AcceptDesignation.rule.step, RefuseDesignation.rule.step)
_SETTLES = (ConfirmAgreement.rule.step, DecideJurisdiction.rule.step)


OPEN_DISPUTE = Query[str]("""
SELECT number FROM matter WHERE parent = %(number)s AND kind = 'jurisdiction-dispute' AND NOT final
    AND stage NOT IN ('decided') ORDER BY number LIMIT 1
""")
UNITS = Query[str]("SELECT id FROM unit WHERE id = ANY(%(units)s) AND kind IN ('station', 'brigade', 'sub-bureau', 'bureau')")
HEADED = Query[str]("""
SELECT h.unit_id FROM holding h WHERE h.username = %(person)s AND h.office = 'station-head' AND h.unit_id = ANY(%(units)s) ORDER BY 1
""")
# Whether that person holds one of these offices in a unit above all of those.
IS_ABOVE = Query[bool]("""
SELECT EXISTS (SELECT FROM holding h JOIN unit u ON u.id = h.unit_id WHERE h.username = %(person)s AND h.office = ANY(%(offices)s)
    AND NOT EXISTS (SELECT FROM unit below WHERE below.id = ANY(%(units)s) AND NOT starts_with(below.path, u.path)))
""")
IS_OFFICER = Query[bool]("""
SELECT true FROM holding h JOIN person p USING (username)
WHERE h.username = %(person)s AND h.unit_id = %(unit)s AND h.office = 'case-officer' AND p.active LIMIT 1
""")
SOMEBODY_HELD = Query[bool]("""
SELECT EXISTS (SELECT FROM clock c JOIN matter m ON m.number = c.matter
    WHERE (m.number = %(subject)s OR m.parent = %(subject)s) AND c.liberty AND c.state = 'running')
""")


class _Below(NamedTuple):
    """Somebody or something of a matter that changes hands."""

    number: str
    kind: str


BELOW = Query[_Below]("""
SELECT number, kind FROM matter WHERE parent = %(number)s AND kind IN ('suspect', 'exhibit') AND NOT final ORDER BY number
""")


class _Dispute(StepsTaken):
    """A dispute by what was done in it so far. It stays at the unit that received the matter first."""

    @property
    def others(self) -> list[str]:
        """The units that differ with it."""
        return list(self.opening.get("units", ()))

    @property
    def designated(self) -> str:
        """The unit that was designated; empty: none, or police outside."""
        step = self.find_last(DecideJurisdiction.rule.step)
        return step.form.get("unit", "") if step else ""

    @property
    def agreed(self) -> str:
        """The unit that was last said to be agreed on; empty: none."""
        step = self.find_last(AgreeJurisdiction.rule.step)
        return step.form["unit"] if step else ""


async def _read(draft: Draft) -> _Dispute:
    return await read_steps_taken(draft, _Dispute)


def _list_differing_units(draft: Draft, dispute: _Dispute) -> list[str]:
    """The units that differ, the one that received the matter first before the others."""
    return list(dict.fromkeys((draft.proposal.unit, *dispute.others)))


# In the matter over which they differ


@feature.hook(Phase.CHECK, steps=_RAISES, type="step")
async def check_may_raise(draft: Draft) -> Refusal | None:
    """Refuse a second dispute while one is open, a unit that there is not, and one with itself."""
    proposal = draft.proposal
    if proposal.final:
        return LawForbids("事项已经办结，不再提出管辖争议", basis=str(BASIS[0])).to_refusal()
    if other := await fetch_first(draft.connection, OPEN_DISPUTE, {"number": proposal.number}):
        return LawForbids(f"管辖争议{other}尚未确定，请在其中办理", basis=str(BASIS[0])).to_refusal()
    units = list(proposal.form.get("units", ()))
    if proposal.unit in units:
        return _invalid("units", "itself", "争议的其他单位不包括本单位")
    known = set(await fetch_all(draft.connection, UNITS, {"units": units})) if units else set[str]()
    if unknown := [each for each in units if each not in known]:
        return _invalid("units", "unknown-unit", f"没有编号为{'、'.join(unknown)}的办案单位")
    return None


@feature.hook(Phase.CHECK, steps=_GIVES_AWAY, type="step")
async def check_stays(draft: Draft) -> Refusal | None:
    """Refuse to hand over what is in dispute: whoever received it first has it until that is settled."""
    number = draft.proposal.number
    if other := await fetch_first(draft.connection, OPEN_DISPUTE, {"number": number}):
        detail = f"管辖争议{other}确定以前，由首接单位继续办理，不得移送、停办；协商、报请指定请在该争议中办理"
        return LawForbids(detail, basis=str(RPT.article(13))).to_refusal()
    return None


@feature.hook(Phase.CHECK, steps=(ChangeJurisdiction.rule.step,), type="step")
async def check_settled_so(draft: Draft) -> Refusal | None:
    """Refuse a change of hands that its dispute did not bring about: no person takes that step by themselves."""
    if draft.proposal.origin and draft.proposal.origin.number == draft.proposal.form["dispute"]:
        return None
    return LawForbids("变更管辖单位由管辖争议确定后自动办理", basis=str(DECIDED[0])).to_refusal()


@feature.hook(Phase.COMMAND, steps=(ChangeJurisdiction.rule.step,), type="step")
async def take_along(draft: Draft) -> None:
    """Tell the people and things of a matter that changes hands where they are from now on."""
    proposal = draft.proposal
    if proposal.reparenting is None:
        return
    found = await fetch_all(draft.connection, BELOW, {"number": proposal.number})
    goes = proposal.reparenting.model_copy(update={"officer": proposal.officer})
    draft.add_commands(
        *(PendingCommand(verb="tell", kind=each.kind, number=each.number, step=proposal.step, reparenting=goes) for each in found)
    )


# Who speaks for which unit


@feature.hook(Phase.NOTIFY, steps=(OpenDispute.rule.step,), type="step")
async def let_others_in(draft: Draft) -> None:
    """Let the heads of the other units read the dispute and speak in it, and the legal department know of it."""
    others = (await _read(draft)).others
    draft.update(share_with=(*draft.proposal.share_with, *(str(Seat(Office.STATION_HEAD, each)) for each in others)))
    step = ConsultJurisdiction.rule.step
    draft.add_notices(
        *(Notice(words="对方提出管辖争议，请协商", office=Office.STATION_HEAD, unit=each, step=step) for each in others),
        Notice(words="发生管辖争议，请协调", office=Office.LEGAL_REVIEWER),
    )


@feature.hook(Phase.CHECK, kinds=_DISPUTES, steps=(*_OF_FIRST, *_OF_ANY, *_OF_DESIGNATED), type="step")
async def check_speaks_for(draft: Draft) -> Refusal | None:
    """Refuse whoever heads none of the units that the step is for; the legal department submits, and enters what others took over."""
    actor, dispute, step = draft.proposal.actor, await _read(draft), draft.proposal.step
    if actor is None:
        return None
    by_legal = step == SubmitDispute.rule.step or (step == AcceptDesignation.rule.step and not dispute.designated)
    if by_legal and Office.LEGAL_REVIEWER in actor.offices:
        return None
    units = (
        [draft.proposal.unit]
        if step in _OF_FIRST
        else [dispute.designated]
        if step in _OF_DESIGNATED
        else _list_differing_units(draft, dispute)
    )
    if await fetch_all(draft.connection, HEADED, {"person": actor.person, "units": units}):
        return None
    who = "首接单位" if step in _OF_FIRST else "被指定的单位" if step in _OF_DESIGNATED else "有争议的单位"
    return _not_by(f"由{who}负责人办理", (Office.STATION_HEAD,), actor)


@feature.hook(Phase.CHECK, kinds=_DISPUTES, steps=(AgreeJurisdiction.rule.step,), type="step")
async def check_agreed_unit(draft: Draft) -> Refusal | None:
    """Refuse to agree on a unit that is none of those who differ."""
    dispute, unit = await _read(draft), draft.proposal.form.get("unit", "")
    return None if unit in _list_differing_units(draft, dispute) else _invalid("unit", "no-party", "管辖单位须为有争议的单位之一")


@feature.hook(Phase.CHECK, kinds=_DISPUTES, steps=(ConfirmAgreement.rule.step,), type="step")
async def check_other_signs(draft: Draft) -> Refusal | None:
    """Refuse a signature of whoever said so first, and one of a unit by which it still does not become one's own."""
    actor, dispute = draft.proposal.actor, await _read(draft)
    said = dispute.find_last(AgreeJurisdiction.rule.step)
    if actor is None or said is None:
        return None
    if said.username == actor.person:
        return DutiesNotSeparated("协商一致意见由另一单位会签", conflicting_entry=said.seq, basis=str(BASIS[0])).to_refusal()
    signed = set[str]()
    for person in (said.username, actor.person):
        signed |= set(await fetch_all(draft.connection, HEADED, {"person": person, "units": _list_differing_units(draft, dispute)}))
    needed = {said.form["unit"], draft.proposal.unit}
    if missing := needed - signed:
        return _invalid("words", "not-signed", f"首接单位和管辖单位都要签署，尚缺{len(missing)}个单位")
    return None


@feature.hook(Phase.CHECK, kinds=_DISPUTES, steps=(DecideJurisdiction.rule.step,), type="step")
async def check_above(draft: Draft) -> Refusal | None:
    """Refuse whoever stands not above all who differ; the legal department enters only what others decided, with its number."""
    actor, dispute, form = draft.proposal.actor, await _read(draft), draft.proposal.form
    if actor is None:
        return None
    units = [*_list_differing_units(draft, dispute), *([form["unit"]] if form.get("unit") else [])]
    arguments = {"person": actor.person, "offices": list(map(str, ABOVE)), "units": units}
    outside = bool(dispute.opening.get("police"))
    if not outside and await fetch_first(draft.connection, IS_ABOVE, arguments):
        return None
    if outside and form.get("number"):
        return None
    if outside:
        return _invalid("number", "missing", "争议涉及其他公安机关的，层报共同的上级公安机关指定，凭决定书文号登记")
    return _not_by("由有争议的各单位共同的上级公安机关负责人指定；没有的，请层报", ABOVE, actor)


@feature.hook(Phase.CHECK, kinds=_DISPUTES, steps=(AcceptDesignation.rule.step,), type="step")
async def check_officer(draft: Draft) -> Refusal | None:
    """Refuse to take it over without an officer of the unit."""
    dispute, officer = await _read(draft), draft.proposal.form.get("officer", "")
    if not dispute.designated:
        return None
    if officer and await fetch_first(draft.connection, IS_OFFICER, {"person": officer, "unit": dispute.designated}):
        return None
    return _invalid("officer", "out-of-reach", "接办民警须为被指定单位的办案民警")


@feature.hook(Phase.CHECK, kinds=_DISPUTES, steps=(JudgeShirking.rule.step,), type="step")
async def check_both_heard(draft: Draft) -> Refusal | None:
    """Refuse to judge before the unit concerned has said anything, whoever heads one of those that differ, and a unit that is none."""
    actor, dispute, form = draft.proposal.actor, await _read(draft), draft.proposal.form
    if actor and await fetch_all(
        draft.connection, HEADED, {"person": actor.person, "units": _list_differing_units(draft, dispute)}
    ):
        return DutiesNotSeparated("有争议单位的人员不得认定", conflicting_entry=1, basis=str(BASIS[0])).to_refusal()
    if form.get("found") and form.get("unit") not in _list_differing_units(draft, dispute):
        return _invalid("unit", "no-party", "责任单位须为有争议的单位之一")
    if dispute.find_last(ConsultJurisdiction.rule.step, SubmitDispute.rule.step, RefuseDesignation.rule.step) is None:
        return LawForbids("尚未听取双方意见，不能认定", basis=str(BASIS[0])).to_refusal()
    return None


# What follows


@feature.hook(Phase.ENRICH, kinds=_DISPUTES, facts=(Fact.DISPUTE_DECIDED,))
async def say_how_soon(draft: Draft) -> None:
    """Let it be taken over within two hours where somebody is held."""
    if await fetch_first(draft.connection, SOMEBODY_HELD, {"subject": draft.proposal.parent}):
        facts = (replace(each, base=str(AT_ONCE)) if each.fact is Fact.DISPUTE_DECIDED else each for each in draft.proposal.facts)
        draft.update(facts=tuple(facts))


@feature.hook(Phase.NOTIFY, kinds=_DISPUTES, steps=(SubmitDispute.rule.step, *_SETTLES, RefuseDesignation.rule.step), type="step")
async def tell_concerned(draft: Draft) -> None:
    """Let all who differ know of what was put before the superior, and how it came out; who supervises of a refusal."""
    draft.add_notices(*await _build_notices(draft))


async def _build_notices(draft: Draft) -> list[Notice]:
    dispute, form, step = await _read(draft), draft.proposal.form, draft.proposal.step
    if step == RefuseDesignation.rule.step:
        above = (Office.LEGAL_REVIEWER, Office.SUPERVISOR, Office.COUNTY_HEAD)
        return [Notice(words=f"拒接指定管辖的事项：{form['reason']}", office=each) for each in above]
    if step == SubmitDispute.rule.step:
        return [
            Notice(words="已报请指定管辖", office=Office.STATION_HEAD, unit=each) for each in _list_differing_units(draft, dispute)
        ]
    unit = _find_settled_unit(dispute, form, step)
    task = AcceptDesignation.rule.step if step == DecideJurisdiction.rule.step else ""
    told = list(dict.fromkeys([*_list_differing_units(draft, dispute), unit])) if unit else _list_differing_units(draft, dispute)
    return [Notice(words="管辖已经确定", office=Office.STATION_HEAD, unit=each, step=task if each == unit else "") for each in told]


def _find_settled_unit(dispute: _Dispute, form: dict[str, Any], step: str) -> str:
    return form.get("unit", "") if step == DecideJurisdiction.rule.step else dispute.agreed


@feature.hook(Phase.NOTIFY, kinds=_DISPUTES, steps=(AgreeJurisdiction.rule.step,), type="step")
async def ask_other_to_sign(draft: Draft) -> None:
    """Let the others sign what one says was agreed: the turn is theirs and not that of the unit that has the matter."""
    actor, dispute = draft.proposal.actor, await _read(draft)
    own = await fetch_all(
        draft.connection, HEADED, {"person": actor.person if actor else "", "units": _list_differing_units(draft, dispute)}
    )
    step = ConfirmAgreement.rule.step
    others = [each for each in _list_differing_units(draft, dispute) if each not in own]
    draft.add_notices(*(Notice(words="请会签管辖协商意见", office=Office.STATION_HEAD, unit=each, step=step) for each in others))


@feature.hook(Phase.NOTIFY, kinds=_DISPUTES, steps=(DecideJurisdiction.rule.step,), type="step")
async def let_designated_in(draft: Draft) -> None:
    """Let the head of a unit that was designated speak in it, also of one that was no party."""
    if unit := draft.proposal.form.get("unit"):
        draft.update(share_with=(*draft.proposal.share_with, str(Seat(Office.STATION_HEAD, unit))))


@feature.hook(Phase.COMMAND, kinds=_DISPUTES, steps=(*_SETTLES, AcceptDesignation.rule.step), type="step")
async def change_hands(draft: Draft) -> None:
    """Have the matter go where it belongs, and, once it is taken over, to its officer there."""
    proposal, dispute = draft.proposal, await _read(draft)
    form, accepts = proposal.form, proposal.step == AcceptDesignation.rule.step
    unit = dispute.designated if accepts else _find_settled_unit(dispute, form, proposal.step)
    if not unit or (unit == draft.proposal.unit and not accepts):
        return
    officer = {"officer": form["officer"]} if accepts else {}
    reason = form.get("reason") or proposal.title or "协商一致"
    values = {"dispute": proposal.number, "unit": unit, "reason": reason} | officer
    take = ChangeJurisdiction.rule.step
    draft.add_commands(
        PendingCommand(verb="take", kind=proposal.parent_kind, number=proposal.parent, step=take, form=values, actor=proposal.actor)
    )


@feature.hook(Phase.COMMAND, kinds=_DISPUTES, steps=(RefuseDesignation.rule.step,), type="step")
async def propose_supervision(draft: Draft) -> None:
    """Propose that the matter be watched which a unit refuses to take."""
    proposal, dispute = draft.proposal, await _read(draft)
    form = {
        "subject": proposal.parent,
        "level": "county",
        "category": "A03",
        "reason": f"管辖争议{proposal.number}指定后拒接：{proposal.form['reason']}",
        "members": ["legal-reviewer", "station-head", "supervisor"],
        "lead": "legal-reviewer",
        "conditions": ["not-overdue"],
        "unit": dispute.designated,
    }
    step, kind = OpenSupervision.rule.step, Kind.SUPERVISION
    draft.add_commands(PendingCommand(verb="open", kind=kind, step=step, form=form, actor=proposal.actor))


@feature.hook(Phase.COMMAND, kinds=_DISPUTES, steps=(JudgeShirking.rule.step,), type="step")
async def order_rectified(draft: Draft) -> None:
    """Order, over the matter, that what a unit shirked be put right."""
    draft.add_commands(*_build_orders(draft))


def _build_orders(draft: Draft) -> Iterator[PendingCommand]:
    proposal, form = draft.proposal, draft.proposal.form
    if form.get("found"):
        values = {
            "subject": proposal.parent,
            "category": "A03",
            "severity": "red",
            "problem": f"管辖争议{proposal.number}中推诿：{form['reasons']}",
            "demand": "立即依法受理、采取必要措施，并说明原因",
            "unit": form["unit"],
        }
        step, kind = OpenRectificationOrder.rule.step, Kind.RECTIFICATION_ORDER
        yield PendingCommand(verb="open", kind=kind, step=step, form=values, actor=proposal.actor)
