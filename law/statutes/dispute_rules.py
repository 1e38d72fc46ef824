"""管辖争议: how long the bureau lets units differ over whose a matter is. The law names no figure, as every clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.lengths import hours, working_days
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_BASIS = RULE.section("管辖争议")
_NOT_LAW = (
    "这是本局内部管理要求，不是法定期限：《公安机关接报案与立案工作规定》第十三条、刑事案件程序规定第二十二条、行政案件程序规定第十五条没有规定数额",
    "争议期间首接单位不得停止工作",
)
# Where somebody is held: the fact that starts the clock picks it.
AT_ONCE = hours(2)

DISPUTE_CONSULTATION = TimeLimit(
    id="dispute-consult",
    zh="管辖协商",
    about=About.CASE,
    starts_on=(Fact.DISPUTE_RAISED,),
    met_by=(Fact.DISPUTE_AGREED, Fact.DISPUTE_SUBMITTED, Fact.DISPUTE_WITHDRAWN),
    editions=(edition(IN_FORCE, _BASIS, hours(24), Counting.HOURS, notes=("届满不自动报请指定，由法制部门协调", *_NOT_LAW)),),
    heard_by={
        Colour.YELLOW: (Office.STATION_HEAD,),
        Colour.ORANGE: (Office.STATION_HEAD,),
        Colour.RED: (Office.STATION_HEAD, Office.LEGAL_REVIEWER),
        Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.COUNTY_HEAD),
    },
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

DISPUTE_DECISION = TimeLimit(
    id="dispute-decide",
    zh="争议指定管辖",
    about=About.CASE,
    starts_on=(Fact.DISPUTE_SUBMITTED,),
    met_by=(Fact.DISPUTE_DECIDED, Fact.DISPUTE_WITHDRAWN),
    editions=(edition(IN_FORCE, _BASIS, working_days(2), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by={
        Colour.YELLOW: (Office.COUNTY_HEAD,),
        Colour.ORANGE: (Office.COUNTY_HEAD,),
        Colour.RED: (Office.COUNTY_HEAD, Office.LEGAL_REVIEWER),
        Colour.OVERDUE: (Office.COUNTY_HEAD, Office.SUPERVISOR),
    },
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.ESCALATE,
)

DISPUTE_ACCEPTANCE = TimeLimit(
    id="dispute-accept",
    zh="接办指定管辖的事项",
    about=About.CASE,
    starts_on=(Fact.DISPUTE_DECIDED,),
    met_by=(Fact.DISPUTE_ACCEPTED,),
    editions=(
        edition(
            IN_FORCE,
            _BASIS,
            hours(24),
            Counting.HOURS,
            Base(AT_ONCE, Counting.HOURS, "有人处于强制措施之下"),
            notes=("规章要求收到书面通知即移送，未定期限", *_NOT_LAW),
        ),
    ),
    heard_by={
        Colour.YELLOW: (Office.STATION_HEAD,),
        Colour.ORANGE: (Office.STATION_HEAD,),
        Colour.RED: (Office.STATION_HEAD, Office.LEGAL_REVIEWER),
        Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR, Office.COUNTY_HEAD),
    },
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.ESCALATE,
)
