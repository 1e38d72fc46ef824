"""What may come up beside the course of a criminal case while it stands at each of its stages, gathered from the files of their subjects."""

from models.forms import prosecution, trial
from models.forms.closing import (
    SPECIAL_MEANS,
    CompleteAssistance,
    LiftTechInvestigation,
    NotifyCancellation,
    ProposeConfiscation,
    ReceiveHouseholdCertificate,
    ReceiveInquiryReply,
)
from models.forms.criminal_case import INJURY, REVIEWING, NameSuspect, NotifyTransfer
from models.forms.defence import CASE_COMPLAINTS, RECUSAL, NotifyDefenceRight
from models.forms.fast_handling import LeaveFastHandling, MarkFastHandling
from models.forms.filing_remedies import CANCELLATION_SUPERVISION, FILING_SUPERVISION, REMEDIES
from models.forms.investigation_work import RecordInvestigation
from models.forms.requests_outside import OUTSIDE
from models.forms.seizure import SEIZING
from models.forms.victims import VICTIMS

# What anybody concerned may bring up while the case is open.
ALWAYS = (*RECUSAL, *CASE_COMPLAINTS, *OUTSIDE, LeaveFastHandling)

IN_REVIEW = (*REVIEWING, NotifyTransfer, *INJURY, *FILING_SUPERVISION, *OUTSIDE)
NOT_FILED = (*REMEDIES, *FILING_SUPERVISION, *INJURY, *OUTSIDE, NotifyTransfer)
BACK_FOR_INVESTIGATION = (
    NameSuspect,
    RecordInvestigation,
    ProposeConfiscation,
    *SPECIAL_MEANS,
    *SEIZING,
    *INJURY,
    *VICTIMS,
    MarkFastHandling,
    *CANCELLATION_SUPERVISION,
    *ALWAYS,
)
INVESTIGATING = (*BACK_FOR_INVESTIGATION, NotifyTransfer, *FILING_SUPERVISION, *REMEDIES)
# What was begun before the merger is still to be done; suspects are named in the case that took it up.
MERGED = tuple(form for form in INVESTIGATING if form not in (NameSuspect, MarkFastHandling))
INVESTIGATED = (*INJURY, *VICTIMS, MarkFastHandling, *CANCELLATION_SUPERVISION, *ALWAYS)
UNDER_PROSECUTION = (*prosecution.UNDER_REVIEW, NotifyDefenceRight, *ALWAYS)
NOT_PROSECUTED = (*prosecution.NON_PROSECUTION_REMEDIES, *ALWAYS)
BEFORE_COURT = (*trial.ACCEPTING, *ALWAYS)
TRIED = (trial.ConvertTrial, NotifyDefenceRight, *trial.TRYING)
EXECUTED = (trial.ServeJudgment, *trial.EXECUTING, *CASE_COMPLAINTS)
# What had begun before the end is still to be finished after it: no further means of investigation, but the lifting and the answers of those
# that were used, and what anybody concerned may bring up against what was done.
AFTERWARDS = (
    LiftTechInvestigation,
    ReceiveInquiryReply,
    ReceiveHouseholdCertificate,
    CompleteAssistance,
    *INJURY,
    *RECUSAL,
    *CASE_COMPLAINTS,
    *OUTSIDE,
)
# The procuratorate may question that a case was filed, or was not, after it has come to an end.
SUPERVISED = (*FILING_SUPERVISION, *CANCELLATION_SUPERVISION)
TRANSFERRED = (NotifyTransfer, *REMEDIES, *SUPERVISED, *AFTERWARDS)
CANCELLED = (NotifyCancellation, NotifyTransfer, *REMEDIES, *SUPERVISED, *AFTERWARDS)
TURNED = (NotifyTransfer, *prosecution.NON_PROSECUTION_REMEDIES, *REMEDIES, *SUPERVISED, *AFTERWARDS)
CLOSED = (NotifyDefenceRight, *prosecution.NON_PROSECUTION_REMEDIES, *trial.EXECUTING, *AFTERWARDS)
