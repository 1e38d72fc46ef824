"""Sensitive cases (敏感案件): what is marked by whom, who is told, and that the legal department sees each request before it is decided."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import get_forms
from models.forms.sensitivity import BASIS, MarkSensitive, ReportSensitive, UnmarkSensitive
from models.matter import Kind
from models.messages import Notice, Refusal
from models.problems import LawForbids
from models.sensitivity import CRITERIA, MARKABLE
from models.store.connection import Query, fetch_first
from models.store.marks import SENSITIVE

feature = Feature(__name__, Concern.REVIEW)
_MARKS = (MarkSensitive.rule.step,)
_UNMARKS = (UnmarkSensitive.rule.step,)
_SPEAKS = (Fact.MARKED_SENSITIVE, Fact.UNMARKED_SENSITIVE)
# Whoever hears of it at once; the officer hears of the report that they owe.
_HEARS = (Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.COUNTY_HEAD, Office.SUPERVISOR)
_ASKED = tuple(form.rule.step for form in get_forms().values() if form.rule.approved_by and form is not UnmarkSensitive)
_BELONGS = (Kind.SUSPECT, Kind.EXHIBIT)

ABOVE_IS_SENSITIVE = Query[bool](f"SELECT {SENSITIVE} AS sensitive FROM matter m WHERE m.number = %(number)s")


def _find_last_mark(draft: Draft) -> LegalFact | None:
    return next((each for each in reversed(draft.known.facts) if each.fact in _SPEAKS and not each.told_by), None)


def _is_marked(draft: Draft) -> bool:
    last = _find_last_mark(draft)
    return last is not None and last.fact is Fact.MARKED_SENSITIVE


@feature.hook(Phase.CHECK, kinds=MARKABLE, steps=_MARKS, type="step")
async def check_new(draft: Draft) -> Refusal | None:
    """Refuse to mark by what the matter is marked by already, and to say in the chief's name that they designated it."""
    actor, criteria = draft.proposal.actor, set(draft.proposal.form["criteria"])
    if actor and "designated" in criteria and Office.COUNTY_HEAD not in actor.offices:
        detail = "由局领导指定的，由局领导本人列为敏感案件"
        return refuse_office(detail, (Office.COUNTY_HEAD,), actor, basis=BASIS)
    if not _is_marked(draft):
        return None
    taken = await read_steps_taken(draft, StepsTaken)
    ended = max((each.seq for each in draft.known.facts if each.fact is Fact.UNMARKED_SENSITIVE), default=0)
    stand = {one for each in taken.of(*_MARKS) if each.seq > ended for one in each.form["criteria"]}
    if criteria <= stand:
        return refuse_field("criteria", "already-marked", "已按这些情形列为敏感案件；有新的情形再列", basis=BASIS)
    return None


@feature.hook(Phase.CHECK, kinds=MARKABLE, steps=(*_UNMARKS, ReportSensitive.rule.step), type="step")
async def check_marked(draft: Draft) -> Refusal | None:
    """Refuse to report or to unmark what is not marked, or no longer."""
    return None if _is_marked(draft) else LawForbids("本事项现在没有列为敏感案件", basis=str(BASIS)).to_refusal()


@feature.hook(Phase.NOTIFY, kinds=MARKABLE, facts=(Fact.MARKED_SENSITIVE,), type="step")
async def tell_of_mark(draft: Draft) -> None:
    """Let those who supervise and command know at once, and the officer that a report is due within two hours."""
    words = f"列为敏感案件：{'、'.join(CRITERIA[each] for each in draft.proposal.form['criteria'])}"
    report = Notice(words="列为敏感案件，请在两小时内报备", office=Office.CASE_OFFICER, step=ReportSensitive.rule.step)
    draft.add_notices(*(Notice(words=words, office=each) for each in _HEARS), report)


@feature.hook(Phase.NOTIFY, kinds=MARKABLE, facts=(Fact.SENSITIVE_REPORTED,), type="step")
async def tell_of_report(draft: Draft) -> None:
    """Let the legal department and the head of the bureau read the report."""
    draft.add_notices(*(Notice(words="敏感案件报备", office=each) for each in (Office.LEGAL_REVIEWER, Office.COUNTY_HEAD)))


@feature.hook(Phase.NOTIFY, kinds=MARKABLE, facts=(Fact.UNMARKED_SENSITIVE,), type="step")
async def tell_of_end(draft: Draft) -> None:
    """Let those who were told that it is sensitive know that it is so no longer."""
    if draft.facts:
        draft.add_notices(*(Notice(words="解除敏感案件", office=each) for each in _HEARS))


@feature.hook(Phase.NOTIFY, kinds=(*MARKABLE, *_BELONGS), steps=_ASKED, type="step")
async def tell_of_request(draft: Draft) -> None:
    """Let the legal department see what is asked for in a sensitive case as soon as whoever approves does: nothing waits for it."""
    proposal = draft.proposal
    if not any(each.step == proposal.step for each in proposal.requests):
        return
    above = {"number": proposal.parent}
    of_case = proposal.kind in _BELONGS and bool(proposal.parent)
    if await fetch_first(draft.connection, ABOVE_IS_SENSITIVE, above) if of_case else _is_marked(draft):
        words = f"敏感案件呈请审批：{get_forms()[proposal.step].rule.title}"
        draft.add_notices(Notice(words=words, office=Office.LEGAL_REVIEWER))
