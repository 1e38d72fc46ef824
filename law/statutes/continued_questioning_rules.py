"""公安机关适用继续盘问规定 (2004): a person stopped and questioned at the station."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import CQ, MPSA, PPL
from law.lengths import IMMEDIATE, days, hours
from law.offices import Office
from law.statutes.criminal_procedure_law_investigation import QUESTIONING_ENDS
from law.time_limits import About, Base, Extension, TimeLimit, edition

IN_FORCE = date(2004, 10, 1)

VULNERABLE_PERSON = TimeLimit(
    id="stop-question-vulnerable",
    zh="继续盘问（孕妇/哺乳/未满16/满70）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.VULNERABLE_PERSON_STOPPED,),
    met_by=(Fact.STOP_ENDED, *QUESTIONING_ENDS),
    editions=(edition(IN_FORCE, CQ.article(10), hours(4), Counting.HOURS),),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.RELEASE,
)

CONTINUED_QUESTIONING = TimeLimit(
    id="stop-question-extended",
    zh="继续盘问",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_STOPPED,),
    met_by=(Fact.STOP_ENDED, *QUESTIONING_ENDS),
    extended_by=Fact.STOP_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (PPL.article(9), CQ.article(11), CQ.article(13), CQ.article(17), MPSA.article(57)),
            hours(12),
            Counting.HOURS,
            extensions=(
                Extension("十二小时内难以证实或者排除违法犯罪嫌疑", total=hours(24), approver=Office.COUNTY_HEAD),
                Extension(
                    "不讲真实姓名、住址、身份，二十四小时内仍不能证实或者排除嫌疑",
                    total=hours(48),
                    approver=Office.COUNTY_HEAD,
                    needs_previous=True,
                ),
            ),
        ),
    ),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

FAMILY_NOTICE = TimeLimit(
    id="stop-question-family-notice",
    zh="继续盘问通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_STOPPED, Fact.VULNERABLE_PERSON_STOPPED),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED, Fact.STOP_ENDED),
    editions=(edition(IN_FORCE, (PPL.article(9), CQ.article(14)), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DEATH_APPRAISAL = TimeLimit(
    id="stop-question-death-autopsy",
    zh="盘问期间死亡鉴定",
    about=About.PERSON,
    starts_on=(Fact.DEATH_IN_QUESTIONING_REPORTED,),
    met_by=(Fact.DEATH_APPRAISAL_COMMISSIONED,),
    editions=(
        edition(
            IN_FORCE,
            CQ.article(25),
            hours(24),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "送达鉴定结论；重新委托鉴定"),
            Base(days(7), Counting.DAYS, "家属申请重新鉴定"),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.ESCALATE,
)
