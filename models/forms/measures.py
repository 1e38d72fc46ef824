"""Which steps may come at any time under which measure (强制措施期间可办理的事项), gathered from the forms of each."""

from models.forms.bail import FORFEITURE, DecideBail, DecideSurveillance, LiftBail, LiftSurveillance
from models.forms.closing import BORDER_CONTROL, COMPULSORY_MEDICAL
from models.forms.custody import (
    COMPLAINTS,
    EVALUATION,
    IDENTITY,
    NECESSITY,
    DiscoverNewCrime,
    ExtendCustody,
    GiveCustodyNotice,
    RequestCustodyExtension,
    RestartCustody,
)
from models.forms.defence import DEFENCE, DEFENCE_IN_CUSTODY
from models.forms.detention import (
    REFUSAL_REMEDIES,
    DeliverToCustodyCentre,
    ExecuteArrest,
    ExecuteDetention,
    ExecutePriorDetention,
    ExtendArrestReview,
    ExtendPriorDetention,
    GiveDetentionNotice,
    ReceiveArrestRequest,
    RefuseArrest,
    Release,
    RequestArrest,
    ReturnArrestReceipt,
)
from models.forms.minors import AGE
from models.forms.supervisory import SUPERVISORY
from models.forms.suspect import ExcuseFamilyNotice, Interrogate, NotifyFamily, TerminateInvestigation
from models.forms.trial import ExecuteSentence, ReceiveSentencePapers

# What may fall to be done under every measure and under none.
ALWAYS = (
    Interrogate,
    NotifyFamily,
    ExcuseFamilyNotice,
    *AGE,
    *DEFENCE,
    *EVALUATION,
    *COMPLAINTS,
    *FORFEITURE,
    *BORDER_CONTROL,
    *COMPULSORY_MEDICAL,
    *SUPERVISORY,
)
# Of a person who is free the procuratorate may be asked to approve arrest without any stage changing meanwhile.
AT_LARGE = (RequestArrest, ReceiveArrestRequest, ExtendArrestReview, RefuseArrest, ReturnArrestReceipt, *REFUSAL_REMEDIES)
HELD = (DeliverToCustodyCentre, ExtendPriorDetention, GiveDetentionNotice, *NECESSITY, *IDENTITY, *DEFENCE_IN_CUSTODY)
CUSTODY = (RequestCustodyExtension, ExtendCustody, DiscoverNewCrime, RestartCustody, GiveCustodyNotice, ReturnArrestReceipt)
# A measure that outlasts the judgment is lifted when the sentence is executed.
SENTENCED = (LiftBail, LiftSurveillance, *DEFENCE_IN_CUSTODY, *COMPLAINTS, *FORFEITURE)
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
    *EVALUATION,
)
