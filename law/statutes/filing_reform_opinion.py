"""关于改革完善受案立案制度的意见 (2015): registering after an emergency, and reviewing whether to file."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import CPL, FIL, MPSC, RPT
from law.lengths import days, hours
from law.offices import Office
from law.periods import ADMINISTRATIVE, CRIMINAL
from law.statutes.report_taking_rules import DEALT_WITH
from law.time_limits import About, Base, Extension, TimeLimit, edition

# The day the ministry issued it; it names no other.
IN_FORCE = date(2015, 11, 4)

ADMIN_FILING_REVIEW = TimeLimit(
    id="admin-case-filing-review-legacy",
    zh="行政案件受案审查",
    about=About.CASE,
    starts_on=(Fact.ADMIN_CASE_ACCEPTED,),
    met_by=(Fact.ADMIN_CASE_FILED, Fact.ADMIN_CASE_REFUSED),
    ended_by=(Fact.CASE_FILED, Fact.INCIDENT_TRANSFERRED),
    editions=(
        edition(
            date(2024, 1, 1),
            (FIL.section("二（一）2"), RPT.article(19)),
            hours(24),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "疑难复杂"),
            notes=("现行规定要求立即立案，本期限只作内部的最后提醒",),
            periods=ADMINISTRATIVE,
        ),
        edition(
            IN_FORCE,
            FIL.section("二（一）2"),
            hours(24),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "疑难复杂"),
            periods=ADMINISTRATIVE,
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

CRIMINAL_FILING_REVIEW = TimeLimit(
    id="criminal-filing-review",
    zh="刑事案件立案审查",
    about=About.CASE,
    # A case that comes back unfiled from other police is reviewed anew; an economic one by its own limit.
    starts_on=(Fact.CASE_ACCEPTED, Fact.CASE_RETAKEN_FOR_REVIEW),
    when=lambda history, fact: (
        fact.fact is Fact.CASE_ACCEPTED or not history.knows(Fact.ECONOMIC_CASE_ACCEPTED, fact.about, fact.at)
    ),
    met_by=(Fact.CASE_FILED, Fact.CASE_NOT_FILED, Fact.CASE_TRANSFERRED),
    ended_by=(Fact.CASE_CLOSED,),
    extended_by=Fact.FILING_REVIEW_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (FIL.section("二（一）2"), CPL.article(112), MPSC.article(174), MPSC.article(178)),
            days(3),
            Counting.DAYS,
            extensions=(
                Extension("线索需要查证", total=days(7), up_to=True),
                Extension("重大、疑难、复杂", total=days(30), up_to=True, approver=Office.COUNTY_HEAD),
            ),
            periods=CRIMINAL,
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

EMERGENCY_REGISTRATION = TimeLimit(
    id="incident-emergency-registration",
    zh="紧急处置后接报案登记",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_HANDLED,),
    # What was registered before or during the emergency need not be registered again.
    when=lambda history, fact: not history.knows(Fact.INCIDENT_REGISTERED, fact.about, fact.at),
    met_by=(Fact.INCIDENT_REGISTERED,),
    ended_by=DEALT_WITH,
    editions=(edition(IN_FORCE, FIL.section("二（一）3"), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
