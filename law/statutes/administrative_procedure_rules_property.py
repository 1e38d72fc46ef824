"""公安机关办理行政案件程序规定 (2018): property frozen, and property that nobody claims, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import MPSA, PSAPL
from law.ladders import FREEZE
from law.lengths import months, working_days
from law.offices import Office
from law.time_limits import About, Base, Extension, TimeLimit, edition

# The rules on administrative cases as amended, and the public-order law of 2025.
IN_FORCE, IN_FORCE_2026 = date(2019, 1, 1), date(2026, 1, 1)
SPECIAL = (Extension("遇有特殊情况，酌情延期处理", plus=months(3), up_to=True),)

FREEZE_TERROR = TimeLimit(
    id="admin-freeze-terror",
    zh="行政冻结（涉恐）",
    about=About.PROPERTY,
    starts_on=(Fact.TERROR_PROPERTY_FROZEN,),
    met_by=(Fact.EXHIBIT_UNFROZEN, Fact.EXHIBIT_DISPOSED),
    extended_by=Fact.TERROR_FREEZE_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (MPSA.article(113), MPSA.article(114)),
            months(2),
            Counting.FIXED_MONTHS,
            Base(working_days(3), Counting.WORKING_DAYS, "向当事人交付冻结决定书"),
            extensions=(Extension("情况复杂", plus=months(1), approver=Office.HIGHER_POLICE, of_base=months(2)),),
        ),
    ),
    ladder=FREEZE,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

UNCLAIMED = TimeLimit(
    id="admin-property-unclaimed",
    zh="行政无主财物",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED,),
    met_by=(Fact.EXHIBIT_CLAIMED, Fact.EXHIBIT_RETURNED),
    ended_by=(Fact.EXHIBIT_DISPOSED,),
    extended_by=Fact.EXHIBIT_CLAIM_EXTENDED,
    editions=(
        edition(IN_FORCE_2026, (PSAPL.article(105), MPSA.article(197)), months(6), Counting.MONTHS, extensions=SPECIAL),
        edition(IN_FORCE, MPSA.article(197), months(6), Counting.MONTHS, extensions=SPECIAL, until=IN_FORCE_2026),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RIGHT_LAPSES,
)
