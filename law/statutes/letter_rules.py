"""群众来信: what a bureau promises besides to those who write, and to whoever passes a letter on. None of it is law, and every clock says so."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import PROMISE
from law.legal_fact import LegalFact
from law.lengths import days, hours, working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_NOT_LAW = ("这是公安机关公开的服务承诺，不是法定期限",)


def _is_by_hotline(_: History, arrived: LegalFact) -> bool:
    return arrived.item == "hotline"


def _is_dissatisfied(_: History, evaluated: LegalFact) -> bool:
    return evaluated.item == "dissatisfied"


HOTLINE_CONCLUDE = TimeLimit(
    id="letter-hotline-conclude",
    zh="12345工单办结",
    about=About.INCIDENT,
    starts_on=(Fact.LETTER_ARRIVED,),
    when=_is_by_hotline,
    met_by=(Fact.LETTER_CONCLUDED, Fact.LETTER_HANDED_OVER),
    ended_by=(Fact.LETTER_THANKS_CONVEYED,),
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
    met_by=(Fact.LETTER_WRITER_CONTACTED,),
    editions=(edition(IN_FORCE, PROMISE.section("来信评价"), hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE_SERVICE,
)
