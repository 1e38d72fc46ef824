"""行政诉讼法 (2017): when a decision of the police, or its silence, may be taken to court, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import ALL, ARLIR
from law.lengths import IMMEDIATE, days, months, years
from law.offices import Office
from law.statutes.administrative_reconsideration_law import IN_FORCE_REGULATION
from law.time_limits import About, Base, NotCounted, TimeLimit, edition

IN_FORCE = date(2017, 7, 1)
NOT_THEIR_FAULT = NotCounted(
    "不可抗力或者其他不属于自身的原因",
    Fact.REMEDY_OBSTACLE_AROSE,
    Fact.REMEDY_OBSTACLE_ENDED,
    also_called=("不可抗力", "不属于自身的原因"),
)

SUE = TimeLimit(
    id="admin-litigation-sue",
    zh="提起行政诉讼",
    about=About.RIGHT,
    starts_on=(Fact.ACT_KNOWN, Fact.ADMIN_REVIEW_DECISION_SERVED),
    met_by=(Fact.LAWSUIT_FILED,),
    # Whoever asked for a review has the shorter time after its decision instead.
    ended_by=(Fact.ADMIN_REVIEW_DECISION_SERVED,),
    editions=(
        edition(
            IN_FORCE,
            (ALL.article(46), ALL.article(45), ALL.article(48)),
            months(6),
            Counting.MONTHS,
            Base(days(15), Counting.DAYS, "经过复议的，自收到复议决定书之日起", started_by=(Fact.ADMIN_REVIEW_DECISION_SERVED,)),
            Base(years(5), Counting.MONTHS, "自行政行为作出之日起最长"),
            Base(years(20), Counting.MONTHS, "因不动产提起诉讼的，自行政行为作出之日起最长"),
            not_counted=(NOT_THEIR_FAULT,),
        ),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

_URGENT = Base(IMMEDIATE, Counting.HOURS, "紧急情况下请求保护人身权、财产权的，不受期限限制")
DUTY_FAILURE = TimeLimit(
    id="admin-duty-failure-sue",
    zh="不履行法定职责可诉",
    about=About.RIGHT,
    starts_on=(Fact.DUTY_REQUESTED,),
    met_by=(Fact.DUTY_PERFORMED,),
    editions=(
        edition(
            IN_FORCE_REGULATION,
            (ALL.article(47), ARLIR.article(24)),
            months(2),
            Counting.MONTHS,
            Base(days(60), Counting.DAYS, "申请行政复议的"),
            _URGENT,
        ),
        edition(IN_FORCE, ALL.article(47), months(2), Counting.MONTHS, _URGENT, until=IN_FORCE_REGULATION),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
