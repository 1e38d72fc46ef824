"""考评: what the bureau sets itself for publishing a unit's month, objecting to it and answering that. Not law, as every clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.ladders import before
from law.lengths import working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_BASIS = RULE.section("执法质量考评")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)

ASSESSMENT_PUBLICATION = TimeLimit(
    id="assessment-publish",
    zh="公布月度考评",
    about=About.CASE,
    starts_on=(Fact.ASSESSMENT_COMPUTED,),
    met_by=(Fact.ASSESSMENT_PUBLISHED,),
    # So that what is said of each unit stands in the comment of the third.
    editions=(edition(IN_FORCE, _BASIS, working_days(2), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by={Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR)},
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

ASSESSMENT_OBJECTION = TimeLimit(
    id="assessment-objection",
    zh="考评异议",
    about=About.CASE,
    starts_on=(Fact.ASSESSMENT_PUBLISHED,),
    met_by=(Fact.ASSESSMENT_OBJECTED,),
    ended_by=(Fact.ASSESSMENT_FINAL,),
    editions=(edition(IN_FORCE, _BASIS, working_days(3), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    # A right of which nobody need be reminded.
    ladder=before(),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.RIGHT_LAPSES,
)

ASSESSMENT_OBJECTION_DECISION = TimeLimit(
    id="assessment-objection-decide",
    zh="考评异议决定",
    about=About.CASE,
    starts_on=(Fact.ASSESSMENT_OBJECTED,),
    met_by=(Fact.ASSESSMENT_OBJECTION_DECIDED,),
    editions=(edition(IN_FORCE, _BASIS, working_days(5), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by={Colour.YELLOW: (Office.SUPERVISOR,), Colour.OVERDUE: (Office.SUPERVISOR, Office.COUNTY_HEAD)},
    answerable=Office.SUPERVISOR,
    at_expiry=Consequence.ESCALATE,
)

ASSESSMENT_FINALISATION = TimeLimit(
    id="assessment-final",
    zh="月度考评定案",
    about=About.CASE,
    starts_on=(Fact.ASSESSMENT_PUBLISHED,),
    met_by=(Fact.ASSESSMENT_FINAL,),
    editions=(edition(IN_FORCE, _BASIS, working_days(15), Counting.WORKING_DAYS, notes=_NOT_LAW),),
    heard_by={Colour.YELLOW: (Office.LEGAL_REVIEWER,), Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.COUNTY_HEAD)},
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)
