"""行政处罚法 (2021): evidence registered and kept where it is (先行登记保存)."""

from datetime import date, timedelta

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import APL, MPSA
from law.ladders import before_day
from law.lengths import days, working_days
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2021, 7, 15)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)

ADVANCE_REGISTRATION = TimeLimit(
    id="admin-advance-registration",
    zh="先行登记保存",
    about=About.PROPERTY,
    starts_on=(Fact.EXHIBIT_REGISTERED_IN_ADVANCE,),
    met_by=(Fact.EXHIBIT_REGISTRATION_DECIDED, Fact.EXHIBIT_RETURNED, Fact.EXHIBIT_DISPOSED),
    editions=(
        edition(
            IN_FORCE,
            (APL.article(56), APL.article(85), MPSA.article(110)),
            working_days(7),
            Counting.WORKING_DAYS,
            Base(days(7), Counting.DAYS, "按办理行政案件程序规定的自然日"),
            notes=("行政处罚法的七日指工作日；办理行政案件程序规定的七日为自然日，对财产的负担不宜更长，预警以自然日第七日为准",),
        ),
    ),
    # The law's limit is in working days; people are warned by the natural day, on which the ministry's rule lets the measure end.
    ladder=before_day(7, yellow=3 * _DAY, orange=_DAY, red=4 * _HOUR),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)
