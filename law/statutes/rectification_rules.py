"""整改指令: what the bureau sets itself for putting right what it found wrong in its own work. Not law, as every clock says."""

from datetime import date, timedelta

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.ladders import TO_BE_PUT_RIGHT, before
from law.lengths import days, hours, working_days
from law.offices import Office
from law.time_limits import About, Base, Extension, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_BASIS = RULE.section("整改指令")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)
_OVER = (Fact.RECTIFICATION_CANCELLED, Fact.RECTIFICATION_UNRECTIFIABLE)
# The one ground on which a term is lengthened; why it is hard, whoever asks says.
HARDSHIP = "整改确有困难"
# Of a red order: the fact that starts the clock picks it.
SOON, VERIFIED_SOON = hours(2), hours(24)
_H = timedelta(hours=1)

RECTIFICATION_SIGN = TimeLimit(
    id="rectification-sign",
    zh="整改签收",
    about=About.CASE,
    starts_on=(Fact.RECTIFICATION_ORDERED, Fact.RECTIFICATION_REASSIGNED),
    met_by=(Fact.RECTIFICATION_SIGNED, Fact.RECTIFICATION_REPORTED, Fact.RECTIFICATION_APPEALED),
    ended_by=(*_OVER, Fact.RECTIFICATION_REASSIGNED),
    editions=(
        edition(
            IN_FORCE,
            _BASIS,
            hours(24),
            Counting.HOURS,
            Base(SOON, Counting.HOURS, "红色整改指令"),
            notes=("逾期不签收的视为送达，整改期限照常计算", *_NOT_LAW),
        ),
    ),
    # The head of the unit hears of it halfway, and once more when it has run out.
    ladder=before(yellow=18 * _H, orange=12 * _H),
    heard_by={Colour.OVERDUE: (Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER)},
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

RECTIFICATION_REPORT = TimeLimit(
    id="rectification-report",
    zh="整改反馈",
    about=About.CASE,
    starts_on=(
        Fact.RECTIFICATION_ORDERED,
        Fact.RECTIFICATION_RETURNED,
        Fact.RECTIFICATION_CHANGED,
    ),
    met_by=(Fact.RECTIFICATION_REPORTED,),
    ended_by=(*_OVER, Fact.RECTIFICATION_CHANGED),
    extended_by=Fact.RECTIFICATION_EXTENDED,
    # Exact days, holidays or not: what is to be put right may be somebody's liberty.
    editions=(
        edition(
            IN_FORCE,
            _BASIS,
            None,
            Counting.PLAIN_DAYS,
            # By case management where that issued the order, else by the legal department.
            extensions=(Extension(HARDSHIP, plus=days(30), up_to=True),),
            notes=("案管下达的由案管批准延期，其他的由法制批准", *_NOT_LAW),
        ),
    ),
    decided=True,
    ladder=TO_BE_PUT_RIGHT,
    heard_by={
        Colour.ORANGE: (Office.CASE_OFFICER, Office.STATION_HEAD),
        Colour.RED: (Office.CASE_OFFICER, Office.STATION_HEAD),
        Colour.OVERDUE: (Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER, Office.SUPERVISOR),
    },
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

RECTIFICATION_VERIFY = TimeLimit(
    id="rectification-verify",
    zh="整改核查",
    about=About.CASE,
    starts_on=(Fact.RECTIFICATION_REPORTED,),
    met_by=(Fact.RECTIFICATION_VERIFIED, Fact.RECTIFICATION_RETURNED),
    ended_by=(*_OVER, Fact.RECTIFICATION_CHANGED),
    editions=(
        edition(
            IN_FORCE,
            _BASIS,
            working_days(2),
            Counting.WORKING_DAYS,
            Base(VERIFIED_SOON, Counting.HOURS, "红色整改指令"),
            notes=("逾期不视为核查通过，由上一级监督人员核查", *_NOT_LAW),
        ),
    ),
    heard_by={
        Colour.YELLOW: (Office.CASE_MANAGEMENT_OFFICER,),
        Colour.ORANGE: (Office.CASE_MANAGEMENT_OFFICER,),
        Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    },
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE,
)

RECTIFICATION_APPEAL = TimeLimit(
    id="rectification-appeal",
    zh="整改异议",
    about=About.CASE,
    starts_on=(Fact.RECTIFICATION_ORDERED, Fact.RECTIFICATION_REASSIGNED),
    met_by=(Fact.RECTIFICATION_APPEALED,),
    ended_by=(*_OVER, Fact.RECTIFICATION_REASSIGNED, Fact.RECTIFICATION_VERIFIED),
    editions=(edition(IN_FORCE, _BASIS, working_days(3), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    # A right of which nobody need be reminded.
    ladder=before(),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.RIGHT_LAPSES,
)

RECTIFICATION_APPEAL_DECIDE = TimeLimit(
    id="rectification-appeal-decide",
    zh="整改异议审查",
    about=About.CASE,
    starts_on=(Fact.RECTIFICATION_APPEALED,),
    met_by=(Fact.RECTIFICATION_APPEAL_DECIDED,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, _BASIS, working_days(3), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by={
        Colour.YELLOW: (Office.LEGAL_REVIEWER,),
        Colour.ORANGE: (Office.LEGAL_REVIEWER,),
        Colour.OVERDUE: (Office.COUNTY_HEAD, Office.SUPERVISOR),
    },
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)
