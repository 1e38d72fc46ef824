"""公安机关办理伤害案件规定 (2006): appraisal of injuries."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import INJ
from law.lengths import days, hours
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2006, 2, 1)

APPRAISAL_COMMISSION = TimeLimit(
    id="injury-appraisal-commission",
    zh="伤情鉴定委托",
    about=About.CASE,
    starts_on=(Fact.INJURY_CASE_ACCEPTED,),
    met_by=(Fact.INJURY_APPRAISAL_COMMISSIONED,),
    ended_by=(Fact.CASE_NOT_FILED, Fact.CASE_TRANSFERRED),
    editions=(edition(IN_FORCE, INJ.article(18), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

APPRAISAL_OPINION = TimeLimit(
    id="injury-appraisal-opinion",
    zh="伤情鉴定意见",
    about=About.CASE,
    starts_on=(Fact.INJURY_APPRAISAL_COMMISSIONED,),
    met_by=(Fact.INJURY_APPRAISAL_ISSUED,),
    editions=(
        edition(
            IN_FORCE,
            INJ.article(19),
            hours(24),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "出具鉴定文书"),
            Base(days(7), Counting.DAYS, "伤情复杂"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
