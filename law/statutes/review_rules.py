"""案件评查、专项清查: what the bureau sets itself for scoring files, objecting to that, and going through old cases. Not law, as every clock says."""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import RULE
from law.ladders import before
from law.lengths import days, working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_BASIS, _DRIVE = RULE.section("案件评查"), RULE.section("积案清查")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)

REVIEW_SCORING = TimeLimit(
    id="review-scoring",
    zh="评查打分",
    about=About.CASE,
    starts_on=(Fact.REVIEW_ASSIGNED,),
    met_by=(Fact.REVIEW_SCORED,),
    ended_by=(Fact.REVIEW_RELEASED, Fact.REVIEW_ASSIGNED),
    editions=(
        edition(IN_FORCE, _BASIS, working_days(10), Counting.WORKING_DAYS, notes=("逾期未打分的，由法制部门改派他人", *_NOT_LAW)),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

REVIEW_OBJECTION = TimeLimit(
    id="review-objection",
    zh="申请评查复核",
    about=About.CASE,
    starts_on=(Fact.REVIEW_TOLD,),
    met_by=(Fact.REVIEW_OBJECTED,),
    ended_by=(Fact.REVIEW_CLOSED,),
    editions=(edition(IN_FORCE, _BASIS, days(3), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    # A right of which nobody need be reminded.
    ladder=before(),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.RIGHT_LAPSES,
)

REVIEW_RECHECK = TimeLimit(
    id="review-recheck",
    zh="评查复核",
    about=About.CASE,
    starts_on=(Fact.REVIEW_OBJECTED,),
    met_by=(Fact.REVIEW_RECHECKED,),
    editions=(edition(IN_FORCE, _BASIS, days(3), Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    heard_by={Colour.OVERDUE: (Office.COUNTY_HEAD, Office.SUPERVISOR)},
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

DRIVE_ANSWER = TimeLimit(
    id="drive-answer",
    zh="反馈清查结果",
    about=About.CASE,
    starts_on=(Fact.DRIVE_ITEM_BEGUN, Fact.DRIVE_ITEM_RETURNED),
    met_by=(Fact.DRIVE_ITEM_ANSWERED,),
    editions=(edition(IN_FORCE, _DRIVE, None, Counting.PLAIN_DAYS, notes=_NOT_LAW),),
    decided=True,
    heard_by={Colour.OVERDUE: (Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER)},
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DRIVE_VERIFY = TimeLimit(
    id="drive-verify",
    zh="核验清查结果",
    about=About.CASE,
    starts_on=(Fact.DRIVE_ITEM_ANSWERED,),
    met_by=(Fact.DRIVE_ITEM_VERIFIED, Fact.DRIVE_ITEM_RETURNED),
    editions=(edition(IN_FORCE, _DRIVE, working_days(5), Counting.WORKING_DAYS, notes=("逾期不视为核验通过", *_NOT_LAW)),),
    heard_by={Colour.OVERDUE: (Office.LEGAL_REVIEWER, Office.SUPERVISOR)},
    answerable=Office.CASE_MANAGEMENT_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
