"""公安机关办理经济犯罪案件的若干规定 (2018): reviewing whether to file an economic case."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import ECO
from law.lengths import days
from law.offices import Office
from law.time_limits import About, Extension, TimeLimit, edition

ECONOMIC_FILING_REVIEW = TimeLimit(
    id="criminal-filing-review-economic",
    zh="经济犯罪立案审查",
    about=About.CASE,
    starts_on=(Fact.ECONOMIC_CASE_ACCEPTED, Fact.CASE_RETAKEN_FOR_REVIEW),
    when=lambda history, fact: history.knows(Fact.ECONOMIC_CASE_ACCEPTED, fact.about, fact.at),
    met_by=(Fact.CASE_FILED, Fact.CASE_NOT_FILED, Fact.CASE_TRANSFERRED),
    ended_by=(Fact.CASE_CLOSED,),
    extended_by=Fact.FILING_REVIEW_EXTENDED,
    editions=(
        edition(
            date(2018, 1, 1),
            ECO.article(15),
            days(7),
            Counting.DAYS,
            extensions=(
                Extension("重大、疑难、复杂", total=days(30), up_to=True, approver=Office.COUNTY_HEAD),
                Extension("特别重大、疑难、复杂或者跨区域", plus=days(30), approver=Office.HIGHER_POLICE, needs_previous=True),
            ),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)
