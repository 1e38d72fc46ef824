"""督办: what the bureau sets itself for several offices that watch one matter together. Not law, as every clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.lengths import days, hours, working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_BASIS = RULE.section("督办")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)

SUPERVISION_SIGN = TimeLimit(
    id="supervision-sign",
    zh="督办签署",
    about=About.CASE,
    starts_on=(Fact.SUPERVISION_MEMBER_NAMED,),
    met_by=(Fact.SUPERVISION_JOINED,),
    ended_by=(Fact.SUPERVISION_LIFTED,),
    editions=(edition(IN_FORCE, _BASIS, hours(24), Counting.HOURS, notes=("逾期未签署的，督办照常进行", *_NOT_LAW)),),
    heard_by={Colour.OVERDUE: (Office.COUNTY_HEAD, Office.SUPERVISOR)},
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SUPERVISION_PROGRESS = TimeLimit(
    id="supervision-progress",
    zh="督办进展报告",
    about=About.CASE,
    starts_on=(Fact.SUPERVISION_OPENED, Fact.SUPERVISION_PROGRESS_REPORTED, Fact.SUPERVISION_LIFT_REFUSED),
    met_by=(Fact.SUPERVISION_PROGRESS_REPORTED,),
    ended_by=(Fact.SUPERVISION_LIFTED, Fact.SUPERVISION_LIFT_REFUSED),
    # Exact days: what is watched is watched over the holidays too. A red one is reported on every three days.
    editions=(edition(IN_FORCE, _BASIS, days(7), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    decided=True,
    heard_by={Colour.OVERDUE: (Office.CASE_OFFICER, Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER)},
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SUPERVISION_LIFT_ANSWER = TimeLimit(
    id="supervision-lift-answer",
    zh="解除督办答复",
    about=About.CASE,
    starts_on=(Fact.SUPERVISION_LIFT_ASKED,),
    met_by=(Fact.SUPERVISION_LIFTED, Fact.SUPERVISION_LIFT_REFUSED),
    editions=(edition(IN_FORCE, _BASIS, working_days(3), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by={Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR)},
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SUPERVISION_LEVEL = TimeLimit(
    id="supervision-level",
    zh="督办提级或者解除",
    about=About.CASE,
    starts_on=(Fact.SUPERVISION_OPENED, Fact.SUPERVISION_LEVEL_RAISED),
    met_by=(Fact.SUPERVISION_LIFTED,),
    ended_by=(Fact.SUPERVISION_LEVEL_RAISED,),
    editions=(edition(IN_FORCE, _BASIS, days(60), Counting.PLAIN_DAYS, notes=("届满不自动提级，由牵头单位决定", *_NOT_LAW)),),
    heard_by={Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR)},
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
