"""监察法 (as amended in 2024): measures of a supervisory commission that the police help to carry out."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import SUP
from law.ladders import BAIL, BY_THE_HOUR
from law.lengths import days, hours, months
from law.offices import Office
from law.time_limits import About, Extension, TimeLimit, edition

IN_FORCE = date(2025, 6, 1)
_THEIRS = "措施由监察机关决定，公安机关依法协助；期限届满由监察机关处理，公安机关应当在届满以前提示"

BRING_IN = TimeLimit(
    id="supervisory-bring-in",
    zh="监察强制到案",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SUPERVISORY_BRING_IN,),
    met_by=(Fact.SUPERVISORY_BRING_IN_ENDED, Fact.SUPERVISORY_WAITING_ORDERED, Fact.SUPERVISORY_HOLDING_BEGUN),
    extended_by=Fact.SUPERVISORY_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            SUP.article(46),
            hours(12),
            Counting.HOURS,
            extensions=(Extension("需要采取管护或者留置措施", total=hours(24)),),
            notes=("不得以连续强制到案的方式变相拘禁", _THEIRS),
        ),
    ),
    ladder=BY_THE_HOUR,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

WAITING = TimeLimit(
    id="supervisory-waiting",
    zh="监察责令候查",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SUPERVISORY_WAITING_ORDERED,),
    met_by=(Fact.SUPERVISORY_WAITING_LIFTED, Fact.SUPERVISORY_HOLDING_BEGUN),
    editions=(edition(IN_FORCE, SUP.article(46), months(12), Counting.PERSON_MONTHS, notes=(_THEIRS,)),),
    decided=True,
    ladder=BAIL,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

HOLDING = TimeLimit(
    id="supervisory-holding",
    zh="监察管护",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SUPERVISORY_HOLDING_BEGUN,),
    met_by=(Fact.SUPERVISORY_HOLDING_ENDED, Fact.SUPERVISORY_WAITING_ORDERED),
    extended_by=Fact.SUPERVISORY_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            SUP.article(46),
            days(7),
            Counting.CUSTODY_DAYS,
            extensions=(Extension("特殊情况", plus=days(3), up_to=True),),
            notes=("期限以内应当作出留置或者解除管护的决定", "移送起诉的，管护的时间依法折抵刑期", _THEIRS),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)
