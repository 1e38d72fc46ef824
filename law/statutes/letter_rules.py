"""群众来信: what a bureau promises besides to those who write, and to whoever passes a letter on. None of it is law, and every clock says so."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import PROMISE, RULE
from law.legal_fact import LegalFact
from law.lengths import days, hours, working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_NOT_LAW = ("这是公安机关公开的服务承诺，不是法定期限",)
_OWN_RULE = ("这是本局内部管理要求，不是法定期限",)
# By these it is somebody's, and by these somebody is done with it.
_TAKEN_UP = (Fact.LETTER_ASSIGNED, Fact.LETTER_HANDED_OVER, Fact.LETTER_REFUSED, Fact.LETTER_ROUTED)
_DONE = (Fact.LETTER_CONCLUDED, Fact.LETTER_HANDED_OVER, Fact.LETTER_REFUSED, Fact.LETTER_ROUTED)


def _is_by_hotline(_: History, arrived: LegalFact) -> bool:
    return arrived.item == "hotline"


def _is_of_conduct(_: History, arrived: LegalFact) -> bool:
    return arrived.item == "conduct"


def _is_rating(_: History, arrived: LegalFact) -> bool:
    return arrived.item == "rating"


def _is_dissatisfied(_: History, evaluated: LegalFact) -> bool:
    return evaluated.item == "dissatisfied"


HOTLINE_CONCLUDE = TimeLimit(
    id="letter-hotline-conclude",
    zh="12345工单办结",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_is_by_hotline,
    met_by=_DONE,
    ended_by=(Fact.LETTER_THANKS_CONVEYED, Fact.LETTER_WITHDRAWN),
    # Whoever passes it on sets a shorter term where they want one, in hours as often as in days.
    decided=True,
    any_unit=True,
    editions=(edition(IN_FORCE, PROMISE.section("12345工单"), working_days(5), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

EVALUATE = TimeLimit(
    id="letter-evaluate",
    zh="来信评价回访",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_CONCLUDED,),
    met_by=(Fact.LETTER_EVALUATED, Fact.LETTER_UNEVALUATED),
    ended_by=(Fact.TIP_SETTLED, Fact.TIP_REWARD_APPROVED),
    editions=(edition(IN_FORCE, PROMISE.section("来信评价"), days(7), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

DISSATISFIED_CALL = TimeLimit(
    id="letter-dissatisfied-call",
    zh="不满意来信回访",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_EVALUATED,),
    when=_is_dissatisfied,
    met_by=(Fact.LETTER_WRITER_CONTACTED, Fact.LETTER_WRITER_UNREACHABLE),
    editions=(edition(IN_FORCE, PROMISE.section("来信评价"), hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

CONDUCT_ACCEPT = TimeLimit(
    id="letter-conduct-accept",
    zh="民警违纪投诉交办",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_is_of_conduct,
    met_by=_TAKEN_UP,
    ended_by=(Fact.LETTER_MERGED, Fact.LETTER_WITHDRAWN, Fact.LETTER_THANKS_CONVEYED),
    editions=(edition(IN_FORCE, RULE.section("民警违纪投诉"), hours(24), Counting.HOURS, notes=_OWN_RULE),),
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

CONDUCT_CONCLUDE = TimeLimit(
    id="letter-conduct-conclude",
    zh="民警违纪投诉办结",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_is_of_conduct,
    met_by=_DONE,
    ended_by=(Fact.LETTER_MERGED, Fact.LETTER_WITHDRAWN, Fact.LETTER_THANKS_CONVEYED),
    editions=(edition(IN_FORCE, RULE.section("民警违纪投诉"), days(30), Counting.PLAIN_DAYS, notes=_OWN_RULE),),
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

RATING_CALL = TimeLimit(
    id="letter-rating-call",
    zh="不满意评价回访",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_is_rating,
    met_by=(Fact.LETTER_WRITER_CONTACTED, Fact.LETTER_WRITER_UNREACHABLE),
    ended_by=(Fact.LETTER_MERGED, Fact.LETTER_WITHDRAWN, Fact.LETTER_HANDED_OVER, Fact.LETTER_THANKS_CONVEYED),
    editions=(edition(IN_FORCE, PROMISE.section("评警回访"), hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

TIP_ACCEPT = TimeLimit(
    id="letter-tip-accept",
    zh="举报线索交办",
    about=About.INCIDENT,
    starts_on=(Fact.TIP_RECEIVED,),
    met_by=_TAKEN_UP,
    ended_by=(Fact.LETTER_MERGED,),
    editions=(edition(IN_FORCE, RULE.section("举报奖励"), hours(24), Counting.HOURS, notes=_OWN_RULE),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

TIP_VERIFY = TimeLimit(
    id="tip-verify",
    zh="举报线索核查",
    about=About.INCIDENT,
    starts_on=(Fact.TIP_RECEIVED,),
    met_by=_DONE,
    ended_by=(Fact.LETTER_MERGED,),
    editions=(edition(IN_FORCE, RULE.section("举报奖励"), days(30), Counting.PLAIN_DAYS, notes=_OWN_RULE),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)

TIP_REWARD_COLLECT = TimeLimit(
    id="tip-reward-collect",
    zh="举报奖励领取",
    about=About.INCIDENT,
    starts_on=(Fact.TIP_REWARD_APPROVED,),
    met_by=(Fact.TIP_REWARD_PAID,),
    ended_by=(Fact.TIP_REWARD_FORFEITED,),
    editions=(edition(IN_FORCE, RULE.section("举报奖励"), days(60), Counting.PLAIN_DAYS, notes=_OWN_RULE),),
    answerable=Office.LETTER_OFFICER,
    at_expiry=Consequence.ESCALATE_SERVICE,
)
