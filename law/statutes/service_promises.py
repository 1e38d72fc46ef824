"""服务承诺: what a bureau has promised in public, and the self-check of the watch. None of it is law, and every clock says so."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import PROMISE, RPT
from law.ladders import PROMPT, Ladder
from law.legal_fact import LegalFact
from law.lengths import hours, minutes, seconds
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

# From when the earliest of the promises was published.
IN_FORCE = date(2021, 1, 1)
# Letters came as incidents once, and these say nothing of their channel. To a word of thanks nobody owes a first answer.
_PROMISED = ("", "mailbox")
_SETTLED = (
    Fact.INCIDENT_CLOSED,
    Fact.LETTER_HANDED_OVER,
    Fact.LETTER_THANKS_CONVEYED,
    Fact.LETTER_REFUSED,
    Fact.LETTER_ROUTED,
    Fact.LETTER_WITHDRAWN,
)
_NOT_LAW = ("这是公安机关公开的服务承诺，不是法定期限",)


def _answers(_: History, arrived: LegalFact) -> bool:
    return arrived.item in _PROMISED


def _answers_all(_: History, arrived: LegalFact) -> bool:
    return arrived.item in (*_PROMISED, "mailbox-thanks")


MAILBOX_SIGN = TimeLimit(
    id="sla-mailbox-sign",
    zh="局长信箱 签收",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_answers_all,
    met_by=(Fact.LETTER_SIGNED,),
    ended_by=_SETTLED,
    editions=(edition(IN_FORCE, PROMISE.section("局长信箱"), minutes(10), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

MAILBOX_RESPOND = TimeLimit(
    id="sla-mailbox-respond",
    zh="局长信箱 响应",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_answers_all,
    # Who was tried three times, each at another hour, was not forgotten.
    met_by=(Fact.LETTER_WRITER_CONTACTED, Fact.LETTER_WRITER_UNREACHABLE),
    ended_by=_SETTLED,
    editions=(edition(IN_FORCE, PROMISE.section("局长信箱"), minutes(30), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

MAILBOX_FIRST_FEEDBACK = TimeLimit(
    id="sla-mailbox-first-feedback",
    zh="局长信箱 首次反馈",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_answers,
    met_by=(Fact.LETTER_ANSWERED, Fact.LETTER_CONCLUDED),
    ended_by=_SETTLED,
    editions=(edition(IN_FORCE, PROMISE.section("局长信箱"), hours(48), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

MISSING_PERSON = TimeLimit(
    id="sla-missing-person",
    zh="失踪、走失人员处置",
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
    at_expiry=Consequence.ESCALATE_SERVICE,
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
    at_expiry=Consequence.ESCALATE_SERVICE,
)

# By these bureaus rank their units (处警时效), in the times that the units set themselves (`models.store.response_times`), or else in these.
# Whoever is there need not say any more that they come, nor whoever knows what it was.
_DEALT_WITH = (
    Fact.INCIDENT_CLASSIFIED,
    Fact.INCIDENT_CLOSED,
    Fact.INCIDENT_TRANSFERRED,
    Fact.INCIDENT_NOT_OURS,
    Fact.INCIDENT_DUPLICATE,
)
_RESPONSE = PROMISE.section("处警时效")

DISPATCH_SIGN = TimeLimit(
    id="sla-dispatch-sign",
    zh="处警 签收",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_DISPATCHED,),
    met_by=(Fact.DISPATCH_ACCEPTED,),
    # Whoever is sent instead of another has a time of their own, and answers for no other's.
    ended_by=(Fact.INCIDENT_DISPATCHED, Fact.INCIDENT_ARRIVED, Fact.INCIDENT_HANDLED, *_DEALT_WITH),
    editions=(edition(IN_FORCE, _RESPONSE, seconds(30), Counting.HOURS, notes=_NOT_LAW),),
    by_unit=True,
    ladder=PROMPT,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)

DISPATCH_ARRIVE = TimeLimit(
    id="sla-dispatch-arrive",
    zh="处警 到场",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_DISPATCHED,),
    met_by=(Fact.INCIDENT_ARRIVED,),
    ended_by=(Fact.INCIDENT_DISPATCHED, Fact.INCIDENT_HANDLED, *_DEALT_WITH),
    editions=(edition(IN_FORCE, _RESPONSE, minutes(5), Counting.HOURS, notes=_NOT_LAW),),
    by_unit=True,
    ladder=PROMPT,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.SERVICE_ONLY,
)

DISPATCH_FEEDBACK = TimeLimit(
    id="sla-dispatch-feedback",
    zh="处警 反馈",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_ARRIVED,),
    met_by=(Fact.INCIDENT_FED_BACK, Fact.INCIDENT_HANDLED, Fact.INCIDENT_CLASSIFIED),
    ended_by=_DEALT_WITH[1:],
    editions=(edition(IN_FORCE, _RESPONSE, minutes(30), Counting.HOURS, notes=_NOT_LAW),),
    by_unit=True,
    ladder=PROMPT,
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
