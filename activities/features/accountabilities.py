"""Accountability (责任线索): who sees to a lead, that nobody judges themselves, what an opinion allows, and who hears of it."""

from functools import partial

from activities.recording.draft import DocumentWords, Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken, refuse_who_took
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.accountability import (
    BASIS,
    HANDS,
    AppealAccountability,
    CloseAccountability,
    ConfirmLead,
    DecideLeadAppeal,
    DropLead,
    FindNoFault,
    HearPerson,
    HoldTalk,
    OpineFault,
    ReferLead,
    RegisterLead,
    StateOwnPart,
)
from models.matter import Kind
from models.messages import Awaited, Notice, Refusal, Reparenting
from models.problems import DutiesNotSeparated, LawForbids, OfficeMayNotAct
from models.store.connection import Query, fetch_all, fetch_first

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS)
_not_by = partial(refuse_office, basis=BASIS)
_LEADS = (Kind.ACCOUNTABILITY,)
# Steps of the one whom it is about; and of whoever sees to it, by what it is to come to.
_OWN = (StateOwnPart.rule.step, AppealAccountability.rule.step)
_BY_HANDS = tuple(form.rule.step for form in (ConfirmLead, DropLead, HearPerson, HoldTalk, FindNoFault, CloseAccountability))
_OTHERS = (*_BY_HANDS, OpineFault.rule.step, ReferLead.rule.step, DecideLeadAppeal.rule.step)
_REGISTERS = RegisterLead.rule.step


UNKNOWN = Query[str]("""
SELECT number FROM unnest(%(numbers)s::text[]) AS cited (number) WHERE NOT EXISTS (SELECT FROM matter m WHERE m.number = cited.number)
""")
IS_ENTERED = Query[bool]("SELECT true FROM entry WHERE chain = %(matter)s AND sort = 'step' AND seq = %(entry)s LIMIT 1")
NAME = Query[str]("SELECT zh FROM person WHERE username = %(person)s")


class _Lead(StepsTaken):
    """A lead by what was done in it so far."""

    @property
    def person(self) -> str:
        """Whom it is about."""
        return self.opening.get("person", "")

    @property
    def way(self) -> str:
        """What it is to come to."""
        return self.opening.get("way", "")


async def _read(draft: Draft) -> _Lead:
    return await read_steps_taken(draft, _Lead)


# Whose it is


@feature.hook(Phase.PREPARE, kinds=_LEADS)
async def leave_to_no_officer(draft: Draft) -> None:
    """Let a lead be no officer's: whoever takes over an officer's work takes over no lead about them, or that they had."""
    draft.update(officer="")


@feature.hook(Phase.PREPARE, kinds=_LEADS, type="step")
async def give_turn(draft: Draft) -> None:
    """Let it be the turn of whoever sees to a lead of its kind."""
    awaited, hands = draft.proposal.awaited, HANDS.get((await _read(draft)).way, ())
    if awaited and hands and awaited.step in _BY_HANDS:
        draft.update(awaited=Awaited(step=awaited.step, offices=tuple(map(str, hands))))


@feature.hook(Phase.PREPARE, kinds=_LEADS, steps=(ConfirmLead.rule.step,), type="step")
async def tell_the_person(draft: Draft) -> None:
    """Let the person read a lead that is registered, where they are."""
    lead, proposal = await _read(draft), draft.proposal
    unit = lead.opening.get("unit", "")
    if lead.person:
        draft.update(admits=(*proposal.admits, lead.person))
    if unit and unit != proposal.unit:
        draft.update(unit=unit, reparenting=Reparenting(unit=unit))


@feature.hook(Phase.ENRICH, kinds=_LEADS, steps=(ConfirmLead.rule.step,), type="step")
async def say_what_is_to_be_referred(draft: Draft) -> None:
    """Say of a lead that is confirmed that it is to be referred, where it was drafted so."""
    if (await _read(draft)).way == "referral":
        registered = draft.proposal.facts[0]
        due = LegalFact(Fact.LEAD_REFERRAL_DUE, registered.at, registered.about)
        draft.update(facts=(*draft.proposal.facts, due))


# Who may


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=(_REGISTERS, *_BY_HANDS), type="step")
async def check_hands(draft: Draft) -> Refusal | None:
    """Refuse whoever does not see to leads of that kind; the legal department may register any."""
    lead, actor, step = await _read(draft), draft.proposal.actor, draft.proposal.step
    if actor is None:
        return None
    hands = {*HANDS[lead.way], Office.SUPERVISOR, *((Office.LEGAL_REVIEWER,) if step == _REGISTERS else ())}
    if not hands.isdisjoint(actor.offices):
        return None
    return _not_by(f"该线索由{'、'.join(each.label for each in HANDS[lead.way])}办理", hands, actor)


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=_OTHERS, type="step")
async def check_not_themselves(draft: Draft) -> Refusal | None:
    """Refuse whoever the lead is about: nobody decides about themselves."""
    lead, actor = await _read(draft), draft.proposal.actor
    if actor is None or actor.person != lead.person:
        return None
    return DutiesNotSeparated("责任人不得办理关于本人的线索", conflicting_entry=1, basis=str(BASIS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=_OWN, type="step")
async def check_is_theirs(draft: Draft) -> Refusal | None:
    """Refuse anybody else what only the person says."""
    lead, actor = await _read(draft), draft.proposal.actor
    if actor is None or actor.person == lead.person:
        return None
    return OfficeMayNotAct("由责任人本人办理", required=[], held=list(actor.offices), basis=str(BASIS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=(DecideLeadAppeal.rule.step,), type="step")
async def check_took_no_part(draft: Draft) -> Refusal | None:
    """Refuse whoever had a hand in what is objected to."""
    return refuse_who_took(draft, (await _read(draft)).steps, "办理过该线索的人不得审查异议，由其他负责人审查", BASIS)


# What it rests on


@feature.hook(Phase.CHECK, steps=(_REGISTERS,), type="step")
async def check_sources(draft: Draft) -> Refusal | None:
    """Refuse a lead that rests on what is not there."""
    sources = draft.proposal.form.get("sources", ())
    if sources and (unknown := await fetch_all(draft.connection, UNKNOWN, {"numbers": list(sources)})):
        return _invalid("sources", "unknown-matter", f"没有编号为{'、'.join(unknown)}的事项")
    return None


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=(HoldTalk.rule.step,), type="step")
async def check_talk(draft: Draft) -> Refusal | None:
    """Refuse a talk that whoever enters it did not hold, one with the person as talker, and one over what is no fault."""
    lead, proposal = await _read(draft), draft.proposal
    talkers = proposal.form.get("talkers", ())
    if proposal.actor and proposal.actor.person not in talkers:
        return _invalid("talkers", "takes-part", "办理人须为谈话人之一")
    if lead.person in talkers:
        return _invalid("talkers", "not-themselves", "责任人不是谈话人")
    return _check_problem_verified(lead, "谈话")


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=(ReferLead.rule.step,), type="step")
async def check_referral(draft: Draft) -> Refusal | None:
    """Refuse to refer, before an opinion, what nobody said discipline was at issue in; and what the opinion finds no fault in."""
    lead = await _read(draft)
    due = any(each.fact is Fact.LEAD_REFERRAL_DUE for each in draft.known.facts)
    if not due and lead.find_last(OpineFault.rule.step) is None:
        return LawForbids("尚未出具法制意见；没有违纪违法迹象的线索，听取说明、出具意见以后移送", basis=str(BASIS)).to_refusal()
    return None if due else _check_problem_verified(lead, "移送")


def _check_problem_verified(lead: _Lead, what: str) -> Refusal | None:
    opinion = lead.find_last(OpineFault.rule.step)
    if opinion is None or opinion.form.get("opinion") != "none":
        return None
    return LawForbids(f"法制意见认为没有过错，不{what}，请办理“{FindNoFault.rule.title}”", basis=str(BASIS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=(FindNoFault.rule.step,), type="step")
async def check_grounds(draft: Draft) -> Refusal | None:
    """Refuse to let be, without a ground, what the opinion holds against somebody; and a ground that no act proves."""
    lead, form = await _read(draft), draft.proposal.form
    opinion = lead.find_last(OpineFault.rule.step)
    if opinion and opinion.form.get("opinion") == "fault" and not form.get("exemptions"):
        return _invalid("exemptions", "missing", "法制意见认为有过错的，须写明不予追究的情形和所据办理记录")
    for each in form.get("exemptions", ()):
        if not await fetch_first(draft.connection, IS_ENTERED, {"matter": each["matter"], "entry": each["entry"]}):
            return _invalid("exemptions", "no-such-entry", f"{each['matter']}没有第{each['entry']}步，不能作为不予追究的依据")
    return None


@feature.hook(Phase.CHECK, kinds=_LEADS, steps=(FindNoFault.rule.step, DecideLeadAppeal.rule.step), type="step")
async def check_excused(draft: Draft) -> Refusal | None:
    """Refuse to excuse an order on which the lead does not rest."""
    sources = (await _read(draft)).opening.get("sources", ())
    if foreign := [each for each in draft.proposal.form.get("excused", ()) if each not in sources]:
        return _invalid("excused", "no-source", f"{'、'.join(foreign)}不是本线索依据的整改指令")
    return None


# Who hears of it


@feature.hook(Phase.NOTIFY, kinds=_LEADS, facts=(Fact.LEAD_REGISTERED,), type="step")
async def ask_for_statement(draft: Draft) -> None:
    """Let the person know, who may state their case."""
    person = (await _read(draft)).person
    if person:
        draft.add_notices(Notice(words="有关于您的责任线索，您可以陈述和申辩", person=person))


# What each later step says to the one whom it is about.
_TOLD = {
    OpineFault.rule.step: "法制部门已就责任线索出具意见",
    HoldTalk.rule.step: "提醒谈话已登记，十个工作日以内可以提出异议",
    ReferLead.rule.step: "责任线索已移送有权机关，十个工作日以内可以提出异议",
    FindNoFault.rule.step: "责任线索决定不予追究",
    DecideLeadAppeal.rule.step: "责任异议已经审查决定",
    CloseAccountability.rule.step: "责任线索已办结",
}


@feature.hook(Phase.NOTIFY, kinds=_LEADS, steps=_TOLD, type="step")
async def tell_person(draft: Draft) -> None:
    """Let the person read what became of it."""
    if person := (await _read(draft)).person:
        draft.add_notices(Notice(words=_TOLD[draft.proposal.step], person=person))


@feature.hook(Phase.DOCUMENT, kinds=_LEADS)
async def name_person(draft: Draft) -> None:
    """Call the person by their name on the papers, and say what it is about."""
    words, lead = draft.find_own(DocumentWords), await _read(draft)
    if words:
        name = await fetch_first(draft.connection, NAME, {"person": lead.person}) or lead.person
        words.values |= {"责任人": name, "线索内容": lead.opening.get("problem", "")}
