"""公安机关办理行政案件程序规定 (2018) and the 行政强制法 (2011) behind it: measures on the spot, questioning, restraint."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import ACL, MPSA
from law.lengths import IMMEDIATE, hours, months
from law.offices import Office
from law.statutes.criminal_procedure_law_investigation import QUESTIONING_ENDS
from law.statutes.public_order_law import MAY_BE_DETAINED, SOBERING
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2019, 1, 1)

ONSITE_MEASURE_REPORT = TimeLimit(
    id="admin-onsite-measure-report",
    zh="当场强制措施补批",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ONSITE_MEASURE_TAKEN,),
    met_by=(Fact.ONSITE_MEASURE_APPROVED, Fact.ONSITE_MEASURE_LIFTED),
    editions=(
        edition(
            IN_FORCE,
            (ACL.article(19), ACL.article(20), MPSA.article(56)),
            hours(24),
            Counting.HOURS,
            Base(IMMEDIATE, Counting.HOURS, "限制人身自由的,返回后立即"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

TERROR_RESTRAINT = TimeLimit(
    id="admin-terror-restraint",
    zh="恐怖活动嫌疑人约束措施",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.TERROR_RESTRAINT_DECIDED,),
    met_by=(Fact.TERROR_RESTRAINT_LIFTED,),
    editions=(edition(IN_FORCE, MPSA.article(59), months(3), Counting.PERSON_MONTHS),),
    decided=True,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

QUESTIONING_OTHER_LAWS = TimeLimit(
    id="admin-summons-questioning-other",
    zh="其他行政案件询问查证",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_SUMMONED_OTHER_LAW,),
    met_by=(Fact.ADMIN_SUMMONS_ENDED, *QUESTIONING_ENDS),
    extended_by=Fact.ADMIN_SUMMONS_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (MPSA.article(69), MPSA.article(70)),
            hours(8),
            Counting.HOURS,
            extensions=(MAY_BE_DETAINED,),
            not_counted=(SOBERING,),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)
