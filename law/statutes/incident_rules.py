"""首接责任、重新办理、12345分流、执法视音频: within how long somebody takes over, acts, answers, hands in. Not law, as every clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.lengths import hours, minutes, working_days
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
FIRST_RECEIVER, AGAIN, HOTLINE = RULE.section("首接责任制"), RULE.section("警情重新办理"), RULE.section("12345分流")
RECORDINGS = RULE.section("现场执法视音频")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)
# Of an urgent incident, or one that was told to the line while the caller held on: the fact that starts the clock picks it.
AT_ONCE, IN_CALL = minutes(3), minutes(10)
_OVER = (Fact.INCIDENT_CLOSED, Fact.INCIDENT_NOT_OURS, Fact.INCIDENT_DUPLICATE, Fact.INCIDENT_TRANSFERRED)

UNDER_WAY = "under-way"


def _is_awaited(_: History, fact: LegalFact) -> bool:
    return fact.fact is Fact.HOTLINE_ORDER_RECEIVED or fact.item == UNDER_WAY


TAKE_OVER = TimeLimit(
    id="incident-take-over",
    zh="接手移交的警情",
    about=About.INCIDENT,
    starts_on=(Fact.HANDOVER_OFFERED,),
    met_by=(Fact.HANDOVER_TAKEN, Fact.HANDOVER_REFUSED),
    # Who is sent goes, whoever was asked before; and so does whoever is designated.
    ended_by=(
        Fact.HANDOVER_WITHDRAWN,
        Fact.INCIDENT_DISPATCHED,
        Fact.JURISDICTION_DESIGNATED,
        Fact.INCIDENT_UPGRADED,
        *_OVER,
    ),
    editions=(
        edition(
            IN_FORCE,
            FIRST_RECEIVER,
            minutes(30),
            Counting.HOURS,
            Base(AT_ONCE, Counting.HOURS, "紧急警情"),
            notes=("接手以前由首接单位继续处置", *_NOT_LAW),
        ),
    ),
    heard_by={Colour.OVERDUE: (Office.DUTY_COMMANDER, Office.STATION_HEAD)},
    answerable=Office.DUTY_COMMANDER,
    at_expiry=Consequence.DECIDE,
)

RECORDING = TimeLimit(
    id="recording-hand-in",
    zh="执法视音频关联",
    about=About.INCIDENT,
    starts_on=(Fact.CAMERA_WORN,),
    met_by=(Fact.RECORDING_LINKED, Fact.RECORDING_EXPLAINED),
    editions=(
        edition(
            IN_FORCE,
            RECORDINGS,
            hours(24),
            Counting.HOURS,
            notes=("执法记录仪管理平台在期限内关联，或者由民警关联；没有录像的，说明原因", *_NOT_LAW),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

REOPENED_ACT = TimeLimit(
    id="incident-reopened-act",
    zh="重新办理的警情处置",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_REOPENED, Fact.INCIDENT_SEPARATED, Fact.HOTLINE_ORDER_RETURNED),
    met_by=(Fact.INCIDENT_ARRIVED, Fact.INCIDENT_HANDLED, Fact.INCIDENT_CLASSIFIED),
    ended_by=(Fact.INCIDENT_UPGRADED, Fact.HANDED_TO_HOTLINE, *_OVER),
    editions=(edition(IN_FORCE, AGAIN, hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

HOTLINE_RESULT = TimeLimit(
    id="hotline-result",
    zh="12345热线反馈结果",
    about=About.INCIDENT,
    # Who says no more than that it is under way says what came of it later, within as long again.
    starts_on=(Fact.HOTLINE_ORDER_RECEIVED, Fact.HOTLINE_RESULT_REPORTED),
    when=_is_awaited,
    met_by=(Fact.HOTLINE_RESULT_REPORTED, Fact.HOTLINE_ORDER_RETURNED),
    ended_by=(Fact.INCIDENT_CLASSIFIED, Fact.INCIDENT_CLOSED),
    editions=(edition(IN_FORCE, HOTLINE, working_days(5), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    answerable=Office.REPORTING_DESK,
    at_expiry=Consequence.ESCALATE,
)

HOTLINE_TAKES = TimeLimit(
    id="hotline-takes",
    zh="12345热线受理",
    about=About.INCIDENT,
    starts_on=(Fact.HANDED_TO_HOTLINE,),
    met_by=(Fact.HOTLINE_ORDER_RECEIVED, Fact.HOTLINE_ORDER_RETURNED, Fact.HOTLINE_RESULT_REPORTED),
    ended_by=(Fact.INCIDENT_CLASSIFIED, Fact.INCIDENT_CLOSED),
    editions=(
        edition(
            IN_FORCE,
            HOTLINE,
            minutes(30),
            Counting.HOURS,
            Base(IN_CALL, Counting.HOURS, "三方通话"),
            notes=("热线没有受理以前，由接报单位负责答复报警人", *_NOT_LAW),
        ),
    ),
    answerable=Office.DUTY_COMMANDER,
    at_expiry=Consequence.ESCALATE,
)
