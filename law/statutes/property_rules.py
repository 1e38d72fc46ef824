"""公安机关涉案财物管理若干规定 (2015), with the rules on administrative cases beside it: where things taken are kept."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import MPSA, PROP
from law.lengths import hours
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2015, 9, 1)
# Only an excerpt was read, and the page it stood on may have carried the text of 2010.
_EXCERPT = "所依据的《公安机关涉案财物管理若干规定》条文只见摘录，可能为2010年文本，适用前应当核对"
GIVEN_BACK = (Fact.EXHIBIT_DISPOSED, Fact.EXHIBIT_RETURNED)

HANDOVER = TimeLimit(
    id="property-handover",
    zh="涉案财物移交保管",
    about=About.PROPERTY,
    # What is taken far away is handed over after the return; what must be examined first, after the examination (MPSA 190).
    starts_on=(Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_BROUGHT_BACK, Fact.EXHIBIT_EXAMINED),
    met_by=(Fact.EXHIBIT_HANDED_OVER,),
    ended_by=(Fact.EXHIBIT_EXAMINATION_APPROVED, *GIVEN_BACK),
    editions=(edition(IN_FORCE, (MPSA.article(190), PROP.article(12)), hours(24), Counting.HOURS, notes=(_EXCERPT,)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

OFFSITE_REGISTER = TimeLimit(
    id="property-offsite-register",
    zh="查封冻结先行登记 报登记",
    about=About.PROPERTY,
    starts_on=(
        Fact.EXHIBIT_SEALED,
        Fact.FUNDS_FROZEN,
        Fact.SECURITIES_FROZEN,
        Fact.EQUITY_FROZEN,
        Fact.TERROR_PROPERTY_FROZEN,
        Fact.EXHIBIT_REGISTERED_IN_ADVANCE,
    ),
    met_by=(Fact.EXHIBIT_REGISTERED,),
    ended_by=(*GIVEN_BACK, Fact.EXHIBIT_UNFROZEN, Fact.EXHIBIT_SEIZURE_LIFTED),
    editions=(edition(IN_FORCE, (PROP.article(12), MPSA.article(190)), hours(24), Counting.HOURS, notes=(_EXCERPT,)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SUPERVISION_FILE = TimeLimit(
    id="property-supervision-file",
    zh="报督察备案",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_HANDED_OVER, Fact.EXHIBIT_REGISTERED),
    met_by=(Fact.EXHIBIT_FILED_WITH_SUPERVISION,),
    ended_by=GIVEN_BACK,
    editions=(edition(IN_FORCE, PROP.article(13), hours(24), Counting.HOURS, notes=(_EXCERPT,)),),
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
