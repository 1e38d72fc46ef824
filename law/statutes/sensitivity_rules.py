"""敏感案件: how soon superiors are told of one. The law names no figure, as the clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.lengths import hours
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)

SENSITIVE_REPORT = TimeLimit(
    id="sensitive-report",
    zh="敏感案件报备",
    about=About.CASE,
    starts_on=(Fact.MARKED_SENSITIVE,),
    met_by=(Fact.SENSITIVE_REPORTED,),
    ended_by=(Fact.UNMARKED_SENSITIVE,),
    editions=(
        edition(
            IN_FORCE,
            RULE.section("敏感案件"),
            hours(2),
            Counting.HOURS,
            notes=("这是本局内部管理要求，不是法定期限", "报备不影响依法立即采取的处置措施"),
        ),
    ),
    heard_by={
        Colour.YELLOW: (Office.STATION_HEAD,),
        Colour.ORANGE: (Office.STATION_HEAD,),
        Colour.RED: (Office.STATION_HEAD, Office.LEGAL_REVIEWER),
        Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.COUNTY_HEAD),
    },
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
