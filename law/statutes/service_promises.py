"""服务承诺: what a bureau has promised in public, and the self-check of the watch. None of it is law, and every clock says so."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import PROMISE, RPT
from law.ladders import Ladder
from law.lengths import hours, minutes
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

# From when the earliest of the promises was published.
IN_FORCE = date(2021, 1, 1)
_NOT_LAW = ("这是公安机关公开的服务承诺，不是法定期限",)

MAILBOX_SIGN = TimeLimit(
    id="sla-mailbox-sign",
    zh="局长信箱 签收",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    met_by=(Fact.LETTER_SIGNED,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(edition(IN_FORCE, PROMISE.section("局长信箱"), minutes(10), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.REPORTING_DESK,
    at_expiry=Consequence.SERVICE_ONLY,
)

MAILBOX_RESPOND = TimeLimit(
    id="sla-mailbox-respond",
    zh="局长信箱 响应",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    met_by=(Fact.LETTER_WRITER_CONTACTED,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(edition(IN_FORCE, PROMISE.section("局长信箱"), minutes(30), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)

MAILBOX_FIRST_FEEDBACK = TimeLimit(
    id="sla-mailbox-first-feedback",
    zh="局长信箱 首次反馈",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    met_by=(Fact.LETTER_ANSWERED,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(edition(IN_FORCE, PROMISE.section("局长信箱"), hours(48), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)

MISSING_PERSON = TimeLimit(
    id="sla-missing-person",
    zh="失联人员处置",
    about=About.INCIDENT,
    starts_on=(Fact.MISSING_PERSON_REPORTED,),
    met_by=(Fact.MISSING_PERSON_FOUND,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(
        edition(
            IN_FORCE,
            (PROMISE.section("失联人员"), RPT.article(4)),
            hours(24),
            Counting.HOURS,
            notes=(*_NOT_LAW, "二十四小时是内部检查点，不是等待期：接报即应处置"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)

TWO_HOUR_REPORT = TimeLimit(
    id="sla-two-hour-report",
    zh="2小时报备",
    about=About.INCIDENT,
    starts_on=(Fact.TWO_HOUR_REPORT_DUE,),
    met_by=(Fact.TWO_HOUR_REPORT_MADE,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(edition(IN_FORCE, PROMISE.section("2小时报备"), hours(2), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)

CANARY = TimeLimit(
    id="canary",
    zh="自检时钟",
    about=About.INCIDENT,
    starts_on=(Fact.CANARY_ARMED,),
    editions=(edition(IN_FORCE, PROMISE.section("自检"), minutes(1), Counting.HOURS, notes=("用以证明布设、响铃和通知均正常",)),),
    # It exists to ring once.
    ladder=Ladder(()),
    answerable=Office.ADMINISTRATOR,
    at_expiry=Consequence.SERVICE_ONLY,
)
