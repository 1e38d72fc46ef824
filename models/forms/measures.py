"""Which steps may come at any time under which measure (强制措施期间可办理的事项), gathered from the forms of each; and a suspect's ends."""

from models.ends import ARCHIVED, End, Ends, Hangs
from models.forms.bail import FORFEITURE, ForfeitBail, LiftBail, LiftSurveillance
from models.forms.bail_of_organs import LiftOrganBail, LiftOrganSurveillance
from models.forms.closing import BORDER_CONTROL, COMPULSORY_MEDICAL, NotifyTermination
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
    ApproveArrest,
    DeliverToCustodyCentre,
    ExtendArrestReview,
    ExtendPriorDetention,
    GiveDetentionNotice,
    ReceiveArrestRequest,
    RefuseArrest,
    RequestArrest,
    ReturnArrestReceipt,
)
from models.forms.flight import AT_LARGE_AND_SOUGHT, LiftWantedOrder, NotifyDeath
from models.forms.minors import AGE
from models.forms.personal_status import STATUS_STEPS
from models.forms.supervisory import SUPERVISORY
from models.forms.suspect import EndNoticeObstacle, ExcuseFamilyNotice, Interrogate, NotifyFamily
from models.matter import Kind

# What may fall to be done under every measure and under none.
ALWAYS = (
    Interrogate,
    NotifyFamily,
    ExcuseFamilyNotice,
    EndNoticeObstacle,
    *AGE,
    *STATUS_STEPS,
    LiftWantedOrder,
    *DEFENCE,
    *EVALUATION,
    *COMPLAINTS,
    *FORFEITURE,
    *BORDER_CONTROL,
    *COMPULSORY_MEDICAL,
    *SUPERVISORY,
)
# Whoever got away is sought until they are back; the procuratorate may approve the arrest of somebody who is not there.
PURSUED = (*AT_LARGE_AND_SOUGHT, ApproveArrest, ForfeitBail)
# Of a person who is free the procuratorate may be asked to approve arrest without any stage changing meanwhile.
AT_LARGE = (RequestArrest, ReceiveArrestRequest, ExtendArrestReview, RefuseArrest, ReturnArrestReceipt, *REFUSAL_REMEDIES)
HELD = (DeliverToCustodyCentre, ExtendPriorDetention, GiveDetentionNotice, *NECESSITY, *IDENTITY, *DEFENCE_IN_CUSTODY)
CUSTODY = (RequestCustodyExtension, ExtendCustody, DiscoverNewCrime, RestartCustody, GiveCustodyNotice, ReturnArrestReceipt)
# A measure that outlasts the judgment is lifted when the sentence is executed.
SENTENCED = (LiftBail, LiftSurveillance, LiftOrganBail, LiftOrganSurveillance, *DEFENCE_IN_CUSTODY, *COMPLAINTS, *FORFEITURE)

ENDS = Ends(
    Kind.SUSPECT,
    {
        # Free, and the ordinary course of a suspect who is archived from here: the case goes on without them, or is over.
        "at_liberty": End(told=(Kind.CRIMINAL_CASE,), remains=(*ALWAYS, *AT_LARGE)),
        "terminated": End(
            before=(Hangs.HELD, Hangs.MEASURE),
            told=(Kind.CRIMINAL_CASE,),
            remains=(NotifyTermination, *COMPLAINTS, *FORFEITURE),
        ),
        "dead": End(told=(Kind.CRIMINAL_CASE,), remains=(NotifyDeath, LiftWantedOrder, *COMPLAINTS, *FORFEITURE)),
        "executed": End(told=(Kind.CRIMINAL_CASE,), remains=SENTENCED),
        "archived": ARCHIVED,
    },
)
