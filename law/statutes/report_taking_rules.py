"""公安机关接报案与立案工作规定 (2024): taking reports, and whose case it is."""

from datetime import date, timedelta

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import MPSA, MPSC, PSAPL, RPT
from law.ladders import after
from law.lengths import IMMEDIATE, days, hours
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2024, 1, 1)
# However the incident ended, there is nothing left to register or to judge.
DEALT_WITH = (Fact.INCIDENT_TRANSFERRED, Fact.INCIDENT_NOT_OURS, Fact.INCIDENT_DUPLICATE, Fact.INCIDENT_CLOSED)

ONSITE_REGISTRATION = TimeLimit(
    id="incident-onsite-registration",
    zh="“三个当场”接报案登记",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_REPORTED_IN_PERSON,),
    met_by=(Fact.INCIDENT_REGISTERED,),
    ended_by=DEALT_WITH,
    editions=(
        edition(
            IN_FORCE,
            (
                RPT.article(4),
                RPT.article(8),
                MPSC.article(169),
                MPSC.article(170),
                MPSC.article(171),
                MPSA.article(60),
                MPSA.article(61),
            ),
            IMMEDIATE,
            Counting.HOURS,
        ),
    ),
    answerable=Office.REPORTING_DESK,
    at_expiry=Consequence.ESCALATE,
)

TRANSFER_TO_COMPETENT_POLICE = TimeLimit(
    id="incident-transfer-to-competent-police",
    zh="不属本单位管辖移送",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_FOUND_FOREIGN, Fact.CASE_FOUND_FOREIGN),
    met_by=(Fact.INCIDENT_TRANSFERRED, Fact.CASE_TRANSFERRED),
    ended_by=(Fact.INCIDENT_DUPLICATE, Fact.INCIDENT_CLOSED, Fact.CASE_FILED),
    editions=(edition(IN_FORCE, (RPT.article(8), MPSC.article(175), MPSA.article(61)), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

NOT_POLICE_MATTER_NOTICE = TimeLimit(
    id="incident-not-police-matter-notice",
    zh="非公安职责口头/书面告知",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_FOUND_NOT_POLICE,),
    met_by=(Fact.INCIDENT_NOT_OURS,),
    ended_by=(Fact.INCIDENT_TRANSFERRED, Fact.INCIDENT_DUPLICATE, Fact.INCIDENT_CLOSED, Fact.INCIDENT_UPGRADED),
    editions=(edition(IN_FORCE, (MPSA.article(61), MPSC.article(175), RPT.article(8)), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

JURISDICTION_JUDGEMENT = TimeLimit(
    id="incident-jurisdiction-judgement",
    zh="管辖不明时限期判断处理",
    about=About.INCIDENT,
    starts_on=(Fact.INCIDENT_JURISDICTION_UNCLEAR,),
    met_by=(Fact.INCIDENT_CLASSIFIED, Fact.INCIDENT_UPGRADED, Fact.INCIDENT_TRANSFERRED, Fact.INCIDENT_NOT_OURS),
    ended_by=(Fact.INCIDENT_DUPLICATE, Fact.INCIDENT_CLOSED),
    editions=(edition(IN_FORCE, RPT.article(8), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

WRITTEN_REPORT_CONTACT = TimeLimit(
    id="incident-written-report-contact",
    zh="来信/邮件/传真报案联系登记",
    about=About.INCIDENT,
    starts_on=(Fact.WRITTEN_REPORT_RECEIVED,),
    met_by=(Fact.REPORTER_CONTACTED,),
    ended_by=(Fact.INCIDENT_CLOSED,),
    editions=(edition(IN_FORCE, RPT.article(10), days(3), Counting.DAYS),),
    answerable=Office.REPORTING_DESK,
    at_expiry=Consequence.ESCALATE,
)

JURISDICTION_DISPUTE = TimeLimit(
    id="jurisdiction-dispute",
    zh="管辖争议",
    about=About.CASE,
    starts_on=(Fact.JURISDICTION_DISPUTED,),
    met_by=(Fact.JURISDICTION_DESIGNATED, Fact.INCIDENT_TRANSFERRED, Fact.CASE_TRANSFERRED),
    ended_by=(Fact.INCIDENT_CLOSED, Fact.CASE_CLOSED),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(22), MPSC.article(23), MPSC.article(356), MPSA.article(15), RPT.article(13)),
            None,
            Counting.DAYS,
        ),
    ),
    # The law names no figure; the victim waits meanwhile, so the common superior is reminded within the week.
    ladder=after(blue=timedelta(days=1), yellow=timedelta(days=3), red=timedelta(days=7)),
    answerable=Office.HIGHER_POLICE,
    at_expiry=Consequence.DECIDE,
)

ADMIN_CASE_FILING = TimeLimit(
    id="admin-case-filing-immediate",
    zh="治安/行政案件立即立案",
    about=About.CASE,
    starts_on=(Fact.ADMIN_CASE_ACCEPTED,),
    met_by=(Fact.ADMIN_CASE_FILED, Fact.ADMIN_CASE_REFUSED),
    ended_by=(Fact.CASE_FILED, Fact.INCIDENT_TRANSFERRED),
    editions=(
        edition(date(2026, 1, 1), (PSAPL.article(90), RPT.article(12)), IMMEDIATE, Counting.HOURS),
        edition(IN_FORCE, RPT.article(12), IMMEDIATE, Counting.HOURS),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
