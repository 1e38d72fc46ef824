"""出境入境管理法 (2012) with the regulation on foreigners of 2013: what follows detention for review, and what may stand in its place."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import EEL, FER, MPSA
from law.ladders import BY_THE_HOUR, MONTH_OR_MORE
from law.lengths import days, hours
from law.offices import Office
from law.time_limits import About, Ground, TimeLimit, edition

# The rules on administrative cases as amended, which repeat the law's sixty days; the law and its regulation are older.
IN_FORCE = date(2019, 1, 1)

ACTIVITY_RESTRICTION = TimeLimit(
    id="foreigner-activity-restriction",
    zh="限制活动范围（外国人）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOREIGNER_ACTIVITY_RESTRICTED,),
    met_by=(Fact.FOREIGNER_ACTIVITY_RESTORED,),
    waits=(Fact.IDENTITY_UNKNOWN, Fact.IDENTITY_ESTABLISHED),
    anew=(Ground(Fact.IDENTITY_UNKNOWN, (Fact.FOREIGNER_ACTIVITY_RESTRICTED,), "又一次限制活动范围", (MPSA.article(244),)),),
    editions=(
        edition(
            IN_FORCE,
            (EEL.article(61), MPSA.article(244)),
            days(60),
            Counting.CUSTODY_DAYS,
            notes=("国籍、身份不明的，自查清之日起计算", "不得延长；被限制的人未经批准不得离开限定的区域"),
        ),
    ),
    decided=True,
    ladder=MONTH_OR_MORE,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

DELIVERY_AFTER_REVIEW_BEGINS = TimeLimit(
    id="foreigner-review-delivery",
    zh="拘留审查后送拘留所、遣返场所",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOREIGNER_REVIEW_EXECUTED,),
    met_by=(Fact.FOREIGNER_DELIVERED,),
    ended_by=(Fact.FOREIGNER_REVIEW_LIFTED,),
    editions=(edition(IN_FORCE, (FER.article(29), MPSA.article(248)), hours(24), Counting.HOURS),),
    ladder=BY_THE_HOUR,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
