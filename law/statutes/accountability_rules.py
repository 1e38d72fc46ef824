"""责任追究: what the bureau sets itself for leads about its own people. Not law, as every clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.lengths import days, hours, working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_BASIS = RULE.section("责任追究")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)
# Nobody beyond those who decide hears that there is a lead.
_ABOVE = (Office.SUPERVISOR, Office.COUNTY_HEAD)
_HEARD_BY = {
    Colour.BLUE: (Office.SUPERVISOR,),
    Colour.YELLOW: (Office.SUPERVISOR,),
    Colour.ORANGE: (Office.SUPERVISOR,),
    Colour.RED: (Office.SUPERVISOR,),
    Colour.OVERDUE: _ABOVE,
}
_DONE = (Fact.LEAD_REFERRED, Fact.LEAD_NO_FAULT, Fact.LEAD_CLOSED)

LEAD_CONFIRMATION = TimeLimit(
    id="accountability-confirm",
    zh="责任线索登记",
    about=About.CASE,
    starts_on=(Fact.LEAD_DRAFTED,),
    met_by=(Fact.LEAD_REGISTERED, Fact.LEAD_DROPPED),
    editions=(
        edition(IN_FORCE, _BASIS, working_days(3), Counting.WORKING_DAYS, notes=("逾期不自动登记，由有权决定的人办理", *_NOT_LAW)),
    ),
    heard_by=_HEARD_BY,
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE,
)

LEAD_HEARING = TimeLimit(
    id="accountability-hear",
    zh="听取责任人说明",
    about=About.CASE,
    starts_on=(Fact.LEAD_REGISTERED,),
    met_by=(Fact.LEAD_HEARD,),
    ended_by=(Fact.LEAD_REFERRED,),
    editions=(edition(IN_FORCE, _BASIS, working_days(5), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by=_HEARD_BY,
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE,
)

LEAD_REFERRAL = TimeLimit(
    id="accountability-refer",
    zh="责任线索移送",
    about=About.CASE,
    starts_on=(Fact.LEAD_REFERRAL_DUE,),
    met_by=(Fact.LEAD_REFERRED, Fact.LEAD_NO_FAULT),
    editions=(edition(IN_FORCE, _BASIS, hours(24), Counting.HOURS, notes=_NOT_LAW),),
    heard_by=_HEARD_BY,
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE,
)

LEAD_APPEAL = TimeLimit(
    id="accountability-appeal",
    zh="对责任认定提出异议",
    about=About.CASE,
    starts_on=(Fact.TALK_HELD, Fact.LEAD_REFERRED),
    met_by=(Fact.LEAD_APPEALED,),
    ended_by=(Fact.LEAD_CLOSED,),
    editions=(edition(IN_FORCE, _BASIS, working_days(10), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by=dict.fromkeys(Colour, (Office.SUPERVISOR,)),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

LEAD_APPEAL_DECISION = TimeLimit(
    id="accountability-appeal-decide",
    zh="责任异议审查",
    about=About.CASE,
    starts_on=(Fact.LEAD_APPEALED,),
    met_by=(Fact.LEAD_APPEAL_DECIDED,),
    editions=(edition(IN_FORCE, _BASIS, working_days(5), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by=_HEARD_BY,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.ESCALATE,
)

LEAD_SETTLEMENT = TimeLimit(
    id="accountability-close",
    zh="责任线索办理",
    about=About.CASE,
    starts_on=(Fact.LEAD_REGISTERED,),
    met_by=_DONE,
    editions=(edition(IN_FORCE, _BASIS, days(30), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    heard_by=_HEARD_BY,
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE,
)
