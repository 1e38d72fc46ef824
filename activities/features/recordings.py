"""What cameras recorded (执法视音频): which recordings are kept for good, whatever the platform's own term."""

from datetime import date, datetime
from typing import Any

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, read_steps_taken
from law.calendar import SHANGHAI
from law.counting import Counting, count
from law.facts import Fact
from law.lengths import months
from law.statutes.incident_rules import RECORDINGS
from models.forms.recordings import LinkRecording, ReportRecordingDeleted
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids

feature = Feature(__name__, Concern.REVIEW)
_SHORTEST = months(6)
# What may yet be evidence, for or against whoever was there.
_KEPT = frozenset(
    {
        Fact.INCIDENT_UPGRADED,
        Fact.ADMIN_CASE_ACCEPTED,
        Fact.ADMIN_CASE_FILED,
        Fact.FORCE_USED,
        Fact.PERSON_STOPPED,
        Fact.TWO_HOUR_REPORT_DUE,
    }
)


@feature.hook(Phase.CHECK, kinds=(Kind.INCIDENT,), steps=(ReportRecordingDeleted.rule.step,), type="step")
async def check_may_be_deleted(draft: Draft) -> Refusal | None:
    """Refuse to let go of what a case came of, of what shows force or somebody held, before its time, and what nobody linked."""
    number, steps = draft.proposal.form["number"], await read_steps_taken(draft, StepsTaken)
    linked = [each.form for each in steps.of(LinkRecording.rule.step) if each.form["number"] == number]
    if not linked:
        return refuse_field("number", "not-linked", f"本警情没有关联编号为“{number}”的执法视音频", basis=RECORDINGS)
    if any(each.form["number"] == number for each in steps.of(ReportRecordingDeleted.rule.step)):
        return LawForbids(f"“{number}”已经登记删除", basis=str(RECORDINGS)).to_refusal()
    grave = next((each.fact for each in draft.known.facts if each.fact in _KEPT), None)
    if grave:
        return LawForbids(f"本警情有“{grave.label}”，执法视音频长期保存，不得删除", basis=str(RECORDINGS)).to_refusal()
    kept = max(_find_last_day(draft, each) for each in linked)
    if draft.now.astimezone(SHANGHAI).date() > kept:
        return None
    return LawForbids(f"“{number}”应当保存至{kept:%Y-%m-%d}，期满以前不得删除", basis=str(RECORDINGS)).to_refusal()


def _find_last_day(draft: Draft, linked: dict[str, Any]) -> date:
    """The last day on which it is kept: six months from its end, or longer where that was said."""
    shortest = count(datetime.fromisoformat(linked["until"]), (_SHORTEST,), Counting.FIXED_MONTHS, draft.calendar).due
    said = linked.get("kept_until")
    return max(shortest.astimezone(SHANGHAI).date(), date.fromisoformat(said) if said else date.min)
