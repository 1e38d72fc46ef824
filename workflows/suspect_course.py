"""Where each step about a suspect leads, the same in every stage, and which of them its case must hear of."""

from collections.abc import Mapping

from models.forms.archive import Archive
from models.forms.bail import DecideBail, DecideSurveillance, LiftBail, LiftSurveillance
from models.forms.bail_of_organs import (
    ContinueBail,
    ExecuteOrganBail,
    ExecuteOrganSurveillance,
    LiftOrganBail,
    LiftOrganSurveillance,
)
from models.forms.closing import ResumeInvestigation
from models.forms.custody import EVALUATION
from models.forms.detention import (
    ApproveArrest,
    ExecuteArrest,
    ExecuteDetention,
    ExecutePriorDetention,
    RefuseArrest,
    Release,
    RequestArrest,
    RevokeArrestApproval,
)
from models.forms.flight import Recapture, RecordDeath, RecordEscape, RecordFlight, RecordReturn
from models.forms.form import Form
from models.forms.jurisdiction import HandOverSuspect, TakeBackSuspect
from models.forms.suspect import Compel, EndCompelled, EndSummons, Summon, TerminateInvestigation
from models.forms.trial import ExecuteSentence, ReceiveSentencePapers

# Steps that are awaited together: a held person goes, or comes under a measure out of custody; a free one comes under a measure.
SET_FREE = Release | DecideBail | DecideSurveillance
MEASURES = ExecuteDetention | DecideBail | DecideSurveillance
# What may happen to anybody: held, they break out or die; free, they flee or die; and other organs decide measures of their own.
OUT_OF_CUSTODY = RecordEscape | RecordDeath | HandOverSuspect
OUT_OF_REACH = RecordFlight | RecordDeath
BY_ORGANS = ExecuteOrganBail | ExecuteOrganSurveillance
AT_LIBERTY = Summon | Compel | MEASURES | ExecutePriorDetention | BY_ORGANS | OUT_OF_REACH
ON_BAIL = LiftBail | ContinueBail | LiftOrganBail | DecideBail | ExecuteOrganSurveillance
SURVEILLED = LiftSurveillance | LiftOrganSurveillance | DecideSurveillance | DecideBail | BY_ORGANS
# What a case must know of its suspects: who is held and who no longer, and whose evaluation its limits leave out.
CONCERNS_THE_CASE = (
    ExecuteDetention,
    ExecutePriorDetention,
    ExecuteArrest,
    Release,
    DecideBail,
    LiftBail,
    DecideSurveillance,
    LiftSurveillance,
    TerminateInvestigation,
    ReceiveSentencePapers,
    ExecuteSentence,
    ContinueBail,
    ExecuteOrganBail,
    LiftOrganBail,
    ExecuteOrganSurveillance,
    LiftOrganSurveillance,
    RecordDeath,
    RecordEscape,
    Recapture,
    RecordFlight,
    RecordReturn,
    HandOverSuspect,
    TakeBackSuspect,
    *EVALUATION,
)
LEADS_TO: Mapping[type[Form], str] = {
    Summon: "summoned",
    EndSummons: "at_liberty",
    Compel: "compelled",
    EndCompelled: "at_liberty",
    ExecuteDetention: "detained",
    ExecutePriorDetention: "detained",
    RequestArrest: "arrest_review",
    ApproveArrest: "arrest_approved",
    RefuseArrest: "arrest_refused",
    ExecuteArrest: "arrested",
    Release: "at_liberty",
    DecideBail: "on_bail",
    LiftBail: "at_liberty",
    DecideSurveillance: "surveilled",
    LiftSurveillance: "at_liberty",
    TerminateInvestigation: "terminated",
    ResumeInvestigation: "at_liberty",
    ReceiveSentencePapers: "sentenced",
    ExecuteSentence: "executed",
    Archive: "archived",
    RevokeArrestApproval: "arrest_refused",
    ExecuteOrganBail: "on_bail",
    LiftOrganBail: "at_liberty",
    ExecuteOrganSurveillance: "surveilled",
    LiftOrganSurveillance: "at_liberty",
    RecordDeath: "dead",
    RecordEscape: "escaped",
    RecordFlight: "absconded",
    HandOverSuspect: "at_liberty",
}
# Where somebody is again, by what they broke out of or fled from; the law checks that it was so.
_BACK = {
    "刑事拘留": "detained",
    "审查批捕": "arrest_review",
    "不批准逮捕": "arrest_refused",
    "批准逮捕待执行": "arrest_approved",
    "逮捕羁押": "arrested",
    "未采取强制措施": "at_liberty",
    "取保候审": "on_bail",
    "监视居住": "surveilled",
    "在押脱逃": "escaped",
    "逃跑、下落不明": "absconded",
}
# What the receiving organ made of somebody's bail; who is to be arrested is on bail until that is executed.
_CONTINUED = {"取保候审": "on_bail", "逮捕": "on_bail", "监视居住": "surveilled", "解除取保候审": "at_liberty"}


def leads_to(step: Form) -> str:
    """The stage to which a step leads."""
    if isinstance(step, (Recapture, RecordReturn, TakeBackSuspect)):
        return _BACK[step.reason]
    return _CONTINUED[step.measure] if isinstance(step, ContinueBail) else LEADS_TO[type(step)]
