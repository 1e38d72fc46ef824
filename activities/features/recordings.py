"""What cameras recorded (执法视音频): which recordings are kept for good, whatever the platform's own term."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.statutes.incident_rules import RECORDINGS
from models.forms.recordings import ReportRecordingDeleted
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids

feature = Feature(__name__, Concern.REVIEW)
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
    """Refuse to let go of a recording that a case came of, or in which force was used or somebody held."""
    grave = next((each.fact for each in draft.known.facts if each.fact in _KEPT), None)
    if grave is None:
        return None
    return LawForbids(f"本警情有“{grave.label}”，执法视音频长期保存，不得删除", basis=str(RECORDINGS)).to_refusal()
