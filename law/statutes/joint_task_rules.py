"""协同任务: within how many minutes a unit signs for what it is asked to do, and answers. Not law, as every clock says."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.lengths import hours, minutes
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
BASIS = RULE.section("协同任务")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)
# By how urgent it is; the fact that starts the clock picks it.
FLASH, URGENT, NORMAL = minutes(2), minutes(5), minutes(30)
LONGEST = hours(7 * 24)


def _is_of_a_unit(_: History, issued: LegalFact) -> bool:
    """Whether people of ours sign for it; a system outside acknowledges by receiving it."""
    return not issued.item


JOINT_TASK_SIGN = TimeLimit(
    id="joint-task-sign",
    zh="协同任务签收",
    about=About.CASE,
    starts_on=(Fact.TASK_ISSUED,),
    when=_is_of_a_unit,
    met_by=(Fact.TASK_SIGNED, Fact.TASK_REPORTED),
    ended_by=(Fact.TASK_DECLINED, Fact.TASK_CANCELLED),
    editions=(
        edition(
            IN_FORCE,
            BASIS,
            NORMAL,
            Counting.HOURS,
            Base(URGENT, Counting.HOURS, "紧急任务"),
            Base(FLASH, Counting.HOURS, "特急任务"),
            notes=_NOT_LAW,
        ),
    ),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.ESCALATE,
)

JOINT_TASK_REPORT = TimeLimit(
    id="joint-task-report",
    zh="协同任务反馈",
    about=About.CASE,
    starts_on=(Fact.TASK_ISSUED, Fact.TASK_RETURNED),
    met_by=(Fact.TASK_REPORTED,),
    ended_by=(Fact.TASK_DECLINED, Fact.TASK_CANCELLED),
    # Whoever asks says by when, from a quarter of an hour on.
    decided=True,
    editions=(edition(IN_FORCE, BASIS, LONGEST, Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.ESCALATE,
)
