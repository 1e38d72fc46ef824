"""What goes to the city's line (12345分流): nothing that is urgent; and whoever handed it there hears what is given back or left unsolved."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.steps_taken import StepsTaken, read_steps_taken
from law.facts import Fact
from law.offices import Office
from law.statutes.incident_rules import HOTLINE
from models.forms.dispatching import DispatchIncident
from models.forms.incident_hotline import HandToHotline, ReportOrderResult, ReturnOrder
from models.matter import Kind
from models.messages import Notice, Refusal
from models.problems import LawForbids

feature = Feature(__name__, Concern.BELONGING)
_INCIDENTS = (Kind.INCIDENT,)
_HANDS, _RETURNS, _REPORTS = (form.rule.step for form in (HandToHotline, ReturnOrder, ReportOrderResult))
_DISPATCHES = DispatchIncident.rule.step
_GRADES = (Fact.INCIDENT_URGENT, Fact.INCIDENT_NOT_URGENT)


class _Incident(StepsTaken):
    """An incident by what was done with it so far."""


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(_HANDS,), type="step")
async def check_not_urgent(draft: Draft) -> Refusal | None:
    """Refuse to hand on what is graded as urgent, whoever graded it so: the desk, or the line that gave it back."""
    grades = [each for each in draft.known.facts if each.fact in _GRADES]
    if not grades or max(grades, key=lambda each: each.order).fact is not Fact.INCIDENT_URGENT:
        return None
    detail = "紧急警情应当派警处置，不得转热线；经核实不紧急的，先调整警情等级"
    return LawForbids(detail, basis=str(HOTLINE)).to_refusal()


@feature.hook(Phase.NOTIFY, kinds=_INCIDENTS, steps=(_RETURNS, _REPORTS), type="step")
async def tell_who_handed(draft: Draft) -> None:
    """Let whoever handed it over hear what came back, the commander too where people are in danger; and what the line left unsolved."""
    form, step = draft.proposal.form, draft.proposal.step
    if step == _REPORTS and form["result"] != "not-solved":
        return
    if step == _REPORTS:
        words, next_step = f"12345热线反馈诉求未解决，请回告报警人：{form.get('said', '')}", ""
    else:
        words, next_step = f"12345热线退回警情，请立即处置：{form['why']}", _DISPATCHES
    words = words[:500].rstrip("：")
    if (handed := (await read_steps_taken(draft, _Incident)).find_last(_HANDS)) and handed.username:
        draft.add_notices(Notice(words=words, person=handed.username, step=next_step))
    if any(each.fact is Fact.INCIDENT_URGENT for each in draft.proposal.facts):
        draft.add_notices(Notice(words=words, office=Office.DUTY_COMMANDER))
