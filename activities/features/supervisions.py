"""Supervision (督办): which office may do what, what a report rests on, which conditions are seen to be met, and who hears of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from activities.recording.draft import DocumentWords, Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, find_not_taken_since, put_under_subject, read_steps_taken, refuse_who_took
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.rectification_order import OpenRectificationOrder
from models.forms.supervision import (
    BASIS,
    DECIDING,
    AskToLift,
    CommentProgress,
    ConfirmLift,
    DecideSupervision,
    JoinSupervision,
    LeadSupervision,
    LiftSupervision,
    OpenSupervision,
    OrderWithin,
    RaiseLevel,
    RefuseLift,
    ReportProgress,
    build_opening_facts,
)
from models.matter import Kind
from models.messages import Notice, PendingCommand, Refusal
from models.problems import LawForbids
from models.readmodel.orders import count_led
from models.readmodel.oversight_lists import VARYING
from models.store.connection import Query, fetch_all

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS)
_not_by = partial(refuse_office, basis=BASIS)
_WATCH = (Kind.SUPERVISION,)
_OPENS, _REPORTS = OpenSupervision.rule.step, ReportProgress.rule.step
_LEADS = (LeadSupervision.rule.step, LiftSupervision.rule.step, RefuseLift.rule.step, RaiseLevel.rule.step)
_MEMBERS = (CommentProgress.rule.step, ConfirmLift.rule.step, OrderWithin.rule.step)
_STATION = "station"
_THRICE = 3
# More than anybody reads the reports of.
_MOST_LED = 20
# What proves a condition: one of these facts in the matter or of one of its people, since it is watched.
_PROOFS: dict[str, tuple[Fact, ...]] = {
    "at-hand": (Fact.PERSON_SUMMONED, Fact.DETENTION_EXECUTED, Fact.ARREST_EXECUTED),
    "sent": (Fact.CASE_SENT_TO_PROCURATORATE,),
    "decided": (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED),
    "returned": (Fact.EXHIBIT_RETURNED,),
}
_ZH = {
    "at-hand": "已到案",
    "sent": "已移送起诉",
    "decided": "已作出行政决定",
    "returned": "涉案财物已发还",
    "not-overdue": "超期消除",
    "three-reports": "连续三次有效进展",
}


FACTS_SINCE = Query[str]("""
SELECT DISTINCT f.fact FROM fact f JOIN matter m ON m.number = f.matter
WHERE (m.number = %(subject)s OR m.parent = %(subject)s) AND f.at >= %(since)s
""")
OVERDUE_IN_SUBJECT = Query[str]("""
SELECT c.id FROM clock c JOIN matter m ON m.number = c.matter
WHERE (m.number = %(subject)s OR m.parent = %(subject)s AND m.kind = 'suspect') AND c.state = 'running' AND c.colour = 'overdue' LIMIT 1
""")


class _Supervision(StepsTaken):
    """A supervision by what was done in it so far."""

    @property
    def lead(self) -> str:
        """The office that leads."""
        return self.opening.get("lead", "")

    @property
    def members(self) -> list[str]:
        """The offices that take part, those that joined with a higher level included."""
        joining = (office for each in self.of(RaiseLevel.rule.step) for office in each.form.get("joining", ()))
        return list(dict.fromkeys((*self.opening.get("members", ()), *joining)))

    @property
    def interval(self) -> str:
        """How often it is reported on: as it was opened, or since it was last not lifted."""
        return next((each.form["term"] for each in reversed(self.steps) if each.form.get("term")), "7 day")


async def _read(draft: Draft) -> _Supervision:
    return await read_steps_taken(draft, _Supervision)


@feature.hook(Phase.PREPARE, steps=(_OPENS,), type="step")
async def stand_under_subject(draft: Draft) -> None:
    """Let a supervision that an order opens stand under the matter that is watched."""
    await put_under_subject(draft)


@feature.hook(Phase.ENRICH, kinds=_WATCH, facts=(Fact.SUPERVISION_OPENED, Fact.SUPERVISION_PROGRESS_REPORTED))
async def complete_facts(draft: Draft) -> None:
    """Say of the facts of a step what only the supervision knows: how often it is reported on, and who has to sign."""
    supervision = await _read(draft)

    def completed(fact: LegalFact) -> Iterator[LegalFact]:
        if fact.fact is Fact.SUPERVISION_OPENED and draft.proposal.step == DecideSupervision.rule.step:
            yield from build_opening_facts(replace(fact, term=supervision.interval), tuple(supervision.members))
        elif fact.fact is Fact.SUPERVISION_PROGRESS_REPORTED:
            yield replace(fact, term=supervision.interval)
        else:
            yield fact

    draft.update(facts=tuple(each for fact in draft.proposal.facts for each in completed(fact)))


@feature.hook(Phase.CHECK, steps=(_OPENS, DecideSupervision.rule.step), type="step")
async def check_may_open(draft: Draft) -> Refusal | None:
    """Refuse what only whoever decides sets going at once; that of a whole county the head of the bureau decides."""
    form, actor = draft.proposal.form, draft.proposal.actor
    if actor is None:
        return None
    opening = (await _read(draft)).opening
    if draft.proposal.step == _OPENS and not form.get("decided"):
        return None
    if set(actor.offices).isdisjoint(DECIDING):
        return _not_by("直接督办由法制、督察或者局领导决定，请先行呈报", DECIDING, actor)
    if draft.proposal.step != _OPENS and opening.get("level") != _STATION and Office.COUNTY_HEAD not in actor.offices:
        return _not_by("县局以上级别的督办由局领导决定", (Office.COUNTY_HEAD,), actor)
    return None


@feature.hook(Phase.CHECK, steps=(JoinSupervision.rule.step,), type="step")
async def check_may_join(draft: Draft) -> Refusal | None:
    """Refuse a signature for an office that takes no part, that the person does not hold, or that has signed."""
    office, actor, supervision = draft.proposal.form.get("office", ""), draft.proposal.actor, await _read(draft)
    if office not in supervision.members:
        return _invalid("office", "no-member", f"{Office(office).label}不是本督办的督办单位")
    if actor and office not in actor.offices:
        return _not_by(f"由{Office(office).label}签署", (office,), actor)
    if office == supervision.lead:
        return _invalid("office", "leads", f"牵头单位请办理“{LeadSupervision.rule.title}”")
    if any(each.fact is Fact.SUPERVISION_JOINED and each.about == office for each in draft.known.facts):
        return LawForbids(f"{Office(office).label}已经签署", basis=str(BASIS)).to_refusal()
    return None


@feature.hook(Phase.CHECK, steps=(*_LEADS, *_MEMBERS), type="step")
async def check_takes_part(draft: Draft) -> Refusal | None:
    """Refuse whoever does not hold the office that leads, or that of a member."""
    actor, supervision = draft.proposal.actor, await _read(draft)
    leads = draft.proposal.step in _LEADS
    if (office := draft.proposal.form.get("office")) and office != supervision.lead:
        return _invalid("office", "leads-not", f"牵头单位是{Office(supervision.lead).label}")
    needed = [supervision.lead] if leads else supervision.members
    if actor and set(actor.offices).isdisjoint(needed):
        names = "、".join(Office(each).label for each in needed)
        return _not_by(f"由{'牵头单位' if leads else '督办单位'}{names}办理", needed, actor)
    return None


@feature.hook(Phase.CHECK, steps=(_REPORTS,), type="step")
async def check_report(draft: Draft) -> Refusal | None:
    """Refuse acts that are none since the last report, and a report without any that does not say why."""
    form, supervision = draft.proposal.form, await _read(draft)
    cited = sorted(set(form.get("entries", ())))
    if not cited:
        return None if form.get("why_none") else _invalid("why_none", "missing", "没有列出新的办理记录，须说明原因")
    since = (supervision.of(_REPORTS) or supervision.steps)[-1 if supervision.of(_REPORTS) else 0].recorded_at
    if foreign := await find_not_taken_since(draft, since, cited):
        detail = f"{draft.proposal.parent}没有上次报告以后办理的第{'、'.join(map(str, foreign))}步"
        return _invalid("entries", "not-since-the-report", detail)
    return None


@feature.hook(Phase.CHECK, steps=(LiftSupervision.rule.step,), type="step")
async def check_conditions(draft: Draft) -> Refusal | None:
    """Refuse to lift what no record proves, unless it is said why."""
    open_ = await _list_unproved(draft)
    if open_ and not draft.proposal.form.get("unproved"):
        return _invalid("unproved", "unproved", f"解除条件尚无记录证实：{'、'.join(open_)}；仍予解除的，须说明理由")
    return None


@feature.hook(Phase.CHECK, steps=(ConfirmLift.rule.step,), type="step")
async def check_second(draft: Draft) -> Refusal | None:
    """Refuse a second signature of the same person, and one before that of the lead."""
    supervision = await _read(draft)
    asked, signed = supervision.of(AskToLift.rule.step), supervision.of(LiftSupervision.rule.step)
    if not signed or signed[-1].seq < asked[-1].seq:
        return LawForbids("牵头单位尚未同意解除", basis=str(BASIS)).to_refusal()
    return refuse_who_took(draft, signed[-1:], "解除督办须二人：牵头单位以外的另一督办单位会签", BASIS)


async def _list_unproved(draft: Draft) -> list[str]:
    """The conditions of lifting that no record proves, as people call them."""
    supervision = await _read(draft)
    conditions = supervision.opening.get("conditions", ())
    subject = {"subject": draft.proposal.parent}
    facts = set(await fetch_all(draft.connection, FACTS_SINCE, subject | {"since": supervision.steps[0].recorded_at}))
    overdue = await fetch_all(draft.connection, OVERDUE_IN_SUBJECT, subject)
    last = supervision.of(_REPORTS)[-_THRICE:]
    proved = {each for each, proofs in _PROOFS.items() if not facts.isdisjoint(proofs)}
    proved |= set() if overdue else {"not-overdue"}
    proved |= {"three-reports"} if len(last) == _THRICE and all(each.form.get("entries") for each in last) else set()
    return [_ZH[each] for each in conditions if each not in proved]


@feature.hook(Phase.DOCUMENT, steps=(_OPENS, DecideSupervision.rule.step))
async def name_on_paper(draft: Draft) -> None:
    """Call the office that leads, and the conditions of lifting, by their names on the letter."""
    words = draft.find_own(DocumentWords)
    opening = (await _read(draft)).opening
    if words:
        conditions = [*(_ZH[each] for each in opening.get("conditions", ())), opening.get("further", "")]
        words.values |= {"牵头单位": Office(opening["lead"]).label, "解除条件": "、".join(filter(None, conditions))}


@feature.hook(Phase.ADVISE, steps=(AskToLift.rule.step,), type="step")
async def say_what_is_unproved(draft: Draft) -> None:
    """Say to whoever asks, and to whoever decides, which conditions no record proves."""
    if open_ := await _list_unproved(draft):
        draft.add_notes(f"解除条件尚无记录证实：{'、'.join(open_)}")


@feature.hook(Phase.ADVISE, steps=(LeadSupervision.rule.step,), type="step")
async def say_how_many_others(draft: Draft) -> None:
    """Say to the office that leads how many other matters it watches: whoever leads fifty reads none of their reports."""
    supervision = await _read(draft)
    if others := await count_led(draft.connection, supervision.lead, draft.proposal.number):
        too_many = "，请考虑由其他单位牵头" if others > _MOST_LED else ""
        draft.add_notes(f"{Office(supervision.lead).label}牵头的另有{others}件督办尚未解除{too_many}")


@feature.hook(Phase.ADVISE, steps=(_REPORTS,), type="step")
async def say_what_reads_alike(draft: Draft) -> None:
    """Say of which earlier report this one differs in dates and figures alone."""
    words = _strip_varying(draft.proposal.form.get("done", ""))
    alike = [each.seq for each in (await _read(draft)).of(_REPORTS) if _strip_varying(each.form.get("done", "")) == words]
    if alike:
        draft.add_notes(f"报告内容与第{'、'.join(map(str, alike))}步的报告雷同，请写明本次进展")


def _strip_varying(words: str) -> str:
    """A report without what differs from week to week: its dates, figures, points and blanks."""
    return re.sub(VARYING, "", words)


@feature.hook(Phase.NOTIFY, kinds=_WATCH, facts=(Fact.SUPERVISION_MEMBER_NAMED,), type="step")
async def ask_to_sign(draft: Draft) -> None:
    """Let each office that is to sign know."""
    named = [each.about for each in draft.list_brought(Fact.SUPERVISION_MEMBER_NAMED)]
    step = JoinSupervision.rule.step
    draft.add_notices(*(Notice(words="请签署督办", office=each, step=step) for each in named))


@feature.hook(Phase.NOTIFY, steps=(_REPORTS,), type="step")
async def tell_of_reports(draft: Draft) -> None:
    """Let the lead read that there is a report, and that twice in a row nothing was done."""
    supervision, empty = await _read(draft), not draft.proposal.form.get("entries")
    last = supervision.of(_REPORTS)
    twice = empty and bool(last) and not last[-1].form.get("entries")
    words = "连续两次报告没有有效进展，请考虑提级" if twice else "已报告督办进展"
    draft.add_notices(Notice(words=words, office=supervision.lead))


@feature.hook(Phase.NOTIFY, steps=(CommentProgress.rule.step, RefuseLift.rule.step), type="step")
async def tell_handlers(draft: Draft) -> None:
    """Let the unit read what was thought of its work."""
    said = draft.proposal.form.get("words") or draft.proposal.form.get("reason", "")
    draft.add_notices(Notice(words=f"督办意见：{said}", office=Office.STATION_HEAD))


@feature.hook(Phase.COMMAND, steps=(OrderWithin.rule.step,), type="step")
async def order_within(draft: Draft) -> None:
    """Open the rectification order over the matter that is watched."""
    form = draft.proposal.form
    said = {"subject": draft.proposal.parent, "unit": draft.proposal.unit, "severity": form.get("severity", "orange")}
    values = said | {name: form[name] for name in ("problem", "demand")}
    step, kind = OpenRectificationOrder.rule.step, Kind.RECTIFICATION_ORDER
    draft.add_commands(PendingCommand(verb="open", kind=kind, step=step, form=values, actor=draft.proposal.actor))
