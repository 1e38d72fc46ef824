"""公安机关办理刑事案件程序规定 (2020): things seized, sealed or frozen in a criminal case, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import CPL, MPSC
from law.ladders import FREEZE
from law.lengths import days, months, years
from law.offices import Office
from law.time_limits import About, Base, Extension, TimeLimit, edition

IN_FORCE = date(2020, 9, 1)
NO_LONGER_HELD = (Fact.EXHIBIT_RETURNED, Fact.EXHIBIT_DISPOSED, Fact.EXHIBIT_SEIZURE_LIFTED, Fact.EXHIBIT_UNFROZEN)
# What people should aim at although an ordinary period may end a little later.
AIM_AT_RAW_DAY = "期限最后一日逢节假日的可以顺延，但应当以顺延前的日期为办理目标，预警以该日为准"
LAPSES_UNLESS_RENEWED = "应当在届满前办理继续冻结手续，逾期未办理的视为自动解除冻结（《公安机关办理刑事案件程序规定》第二百四十条）"

IRRELEVANT_RETURN = TimeLimit(
    id="criminal-property-irrelevant-return",
    zh="与案件无关财物解除退还",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_FOUND_IRRELEVANT,),
    met_by=NO_LONGER_HELD,
    editions=(
        edition(
            IN_FORCE, (CPL.article(145), MPSC.article(233), MPSC.article(247)), days(3), Counting.DAYS, notes=(AIM_AT_RAW_DAY,)
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

UNCLAIMED = TimeLimit(
    id="criminal-property-unclaimed",
    zh="无主认领期",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_OWNER_NOTIFIED,),
    met_by=(Fact.EXHIBIT_CLAIMED, Fact.EXHIBIT_RETURNED),
    ended_by=(Fact.EXHIBIT_DISPOSED,),
    editions=(edition(IN_FORCE, MPSC.article(233), months(6), Counting.MONTHS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RIGHT_LAPSES,
)

FREEZE_EQUITY = TimeLimit(
    id="criminal-freeze-equity",
    zh="冻结股权保单投资权益",
    about=About.PROPERTY,
    starts_on=(Fact.EQUITY_FROZEN,),
    met_by=(Fact.EXHIBIT_UNFROZEN,),
    ended_by=(Fact.EXHIBIT_DISPOSED,),
    extended_by=Fact.FREEZE_RENEWED,
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(245), MPSC.article(239)),
            months(6),
            Counting.FIXED_MONTHS,
            extensions=(
                Extension("继续冻结", plus=months(6), up_to=True, approver=Office.CITY_HEAD, times=None),
                Extension("继续冻结上市公司股权", plus=months(6), up_to=True, approver=Office.PROVINCIAL_HEAD, times=None),
            ),
            notes=(LAPSES_UNLESS_RENEWED,),
        ),
    ),
    ladder=FREEZE,
    answerable=Office.CITY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

FREEZE_FUNDS = TimeLimit(
    id="criminal-freeze-funds",
    zh="冻结存款等",
    about=About.PROPERTY,
    starts_on=(Fact.FUNDS_FROZEN,),
    met_by=(Fact.EXHIBIT_UNFROZEN,),
    ended_by=(Fact.EXHIBIT_DISPOSED,),
    extended_by=Fact.FREEZE_RENEWED,
    editions=(
        edition(
            IN_FORCE,
            tuple(MPSC.article(n) for n in (243, 239, 240, 241, 242)),
            months(6),
            Counting.FIXED_MONTHS,
            Base(years(1), Counting.FIXED_MONTHS, "重大、复杂案件，经设区的市一级以上公安机关负责人批准"),
            # Renewed by the authority that approved the freeze (MPSC 240), so each figure has its own renewals.
            extensions=(
                Extension("继续冻结", plus=months(6), up_to=True, approver=Office.COUNTY_HEAD, times=None, of_base=months(6)),
                Extension(
                    "重大、复杂案件继续冻结", plus=years(1), up_to=True, approver=Office.CITY_HEAD, times=None, of_base=years(1)
                ),
            ),
            notes=(LAPSES_UNLESS_RENEWED,),
        ),
    ),
    ladder=FREEZE,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

FREEZE_SECURITIES = TimeLimit(
    id="criminal-freeze-securities",
    zh="冻结债券股票基金",
    about=About.PROPERTY,
    starts_on=(Fact.SECURITIES_FROZEN,),
    met_by=(Fact.EXHIBIT_UNFROZEN,),
    ended_by=(Fact.EXHIBIT_DISPOSED,),
    extended_by=Fact.FREEZE_RENEWED,
    editions=(
        edition(
            IN_FORCE,
            MPSC.article(244),
            years(2),
            Counting.FIXED_MONTHS,
            extensions=(Extension("继续冻结", plus=years(2), up_to=True, approver=Office.COUNTY_HEAD, times=None),),
            notes=(LAPSES_UNLESS_RENEWED,),
        ),
    ),
    ladder=FREEZE,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)
