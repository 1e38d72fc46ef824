"""国家赔偿法 (2012): claims against the police that owe compensation."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import SCL
from law.lengths import days, months, years
from law.offices import Office
from law.time_limits import About, Base, NotCounted, TimeLimit, edition

IN_FORCE = date(2013, 1, 1)
CLAIM_WITHIN = years(2)
HELD = NotCounted(
    "被羁押等限制人身自由",
    Fact.CLAIMANT_HELD,
    Fact.CLAIMANT_FREED,
    also_called=("羁押", "限制人身自由"),
    of_base=CLAIM_WITHIN,
)

DECIDE = TimeLimit(
    id="state-compensation-decide",
    zh="国家赔偿决定",
    about=About.PERSON,
    starts_on=(Fact.COMPENSATION_CLAIMED, Fact.COMPENSATION_DECIDED),
    met_by=(Fact.COMPENSATION_DECIDED, Fact.COMPENSATION_DECISION_SERVED),
    ended_by=(Fact.COMPENSATION_WITHDRAWN,),
    editions=(
        edition(
            IN_FORCE,
            (SCL.article(13), SCL.article(23), SCL.article(39)),
            months(2),
            Counting.MONTHS,
            Base(days(10), Counting.DAYS, "送达赔偿决定书", started_by=(Fact.COMPENSATION_DECIDED,)),
            Base(CLAIM_WITHIN, Counting.MONTHS, "请求赔偿的时效"),
            not_counted=(HELD,),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)
