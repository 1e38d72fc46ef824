"""内部管理规定: what the bureau sets itself for rectification and for delivery to others. Not law, and every clock says so."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.lengths import hours
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_NOT_LAW = ("这是本局内部管理要求,不是法定期限",)

RECTIFICATION_REPORT = TimeLimit(
    id="rectification-report",
    zh="整改反馈",
    about=About.CASE,
    starts_on=(Fact.RECTIFICATION_ORDERED, Fact.RECTIFICATION_RETURNED),
    met_by=(Fact.RECTIFICATION_REPORTED,),
    ended_by=(Fact.RECTIFICATION_CANCELLED,),
    # Exact days, holidays or not: what is to be put right may be somebody's liberty.
    editions=(edition(IN_FORCE, RULE.section("整改指令"), None, Counting.CUSTODY_DAYS, notes=_NOT_LAW),),
    decided=True,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DELIVERY_RECEIPT = TimeLimit(
    id="delivery-receipt",
    zh="对方系统签收",
    about=About.DOCUMENT,
    starts_on=(Fact.DELIVERY_OPENED, Fact.DELIVERY_REPEATED),
    met_by=(Fact.DELIVERY_CONFIRMED,),
    ended_by=(Fact.DELIVERY_REPEATED, Fact.DELIVERY_GIVEN_UP),
    editions=(edition(IN_FORCE, RULE.section("外部送达"), hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
