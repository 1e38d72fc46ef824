"""人民检察院、公安机关羁押必要性审查、评估工作规定 (2023): is custody still needed?"""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import SET_FREE, Fact
from law.instruments import CNR, CPL, MPSC, SPP
from law.lengths import IMMEDIATE, days
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, GONE_FOR_GOOD
from law.time_limits import About, Base, Ground, NotCounted, TimeLimit, edition

IN_FORCE = date(2023, 11, 30)
REVIEW_APPRAISAL = NotCounted(
    "鉴定、专家意见或者听证",
    Fact.NECESSITY_APPRAISAL_STARTED,
    Fact.NECESSITY_APPRAISAL_ENDED,
    also_called=("鉴定", "专家意见", "听证"),
    again=Ground(
        Fact.NECESSITY_APPRAISAL_STARTED, (Fact.NECESSITY_REVIEW_RECEIVED,), "又一次羁押必要性审查申请", (CNR.article(19),)
    ),
)

MISFILED_APPLICATION = TimeLimit(
    id="custody-necessity-misfiled-transfer",
    zh="误投申请移送",
    about=About.DOCUMENT,
    liberty=True,
    starts_on=(Fact.NECESSITY_APPLICATION_MISFILED,),
    met_by=(Fact.NECESSITY_APPLICATION_FORWARDED,),
    ended_by=(*SET_FREE, *GONE_FOR_GOOD),
    editions=(
        edition(
            IN_FORCE,
            CNR.article(10),
            days(2),
            Counting.CUSTODY_DAYS,
            # No month at all, and no move off a rest day: the day itself.
            Base(IMMEDIATE, Counting.PERSON_MONTHS, "同一机关内部移送，当日以内"),
            not_counted=(ESCAPE,),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

PROCURATORATE_REVIEW = TimeLimit(
    id="custody-necessity-procuratorate",
    zh="检察院羁押必要性审查",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.NECESSITY_REVIEW_RECEIVED,),
    met_by=(Fact.NECESSITY_REVIEWED,),
    ended_by=(*SET_FREE, *GONE_FOR_GOOD),
    editions=(
        edition(
            IN_FORCE,
            CNR.article(19),
            days(10),
            Counting.CUSTODY_DAYS,
            Base(days(3), Counting.CUSTODY_DAYS, "审查起诉阶段"),
            not_counted=(REVIEW_APPRAISAL, ESCAPE),
        ),
    ),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.DECIDE,
)

POLICE_ASSESSMENT = TimeLimit(
    id="custody-necessity-police-assessment",
    zh="公安羁押必要性评估（变更申请）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.NECESSITY_APPLICATION_RECEIVED,),
    met_by=(Fact.NECESSITY_ASSESSED,),
    ended_by=(*SET_FREE, *GONE_FOR_GOOD),
    editions=(edition(IN_FORCE, (CNR.article(19), CNR.article(23)), days(3), Counting.CUSTODY_DAYS, not_counted=(ESCAPE,)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

SUGGESTION_RESPONSE = TimeLimit(
    id="custody-necessity-response",
    zh="羁押必要性建议回复",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.CUSTODY_SUGGESTION_RECEIVED,),
    met_by=(Fact.CUSTODY_SUGGESTION_ANSWERED, *SET_FREE),
    ended_by=GONE_FOR_GOOD,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(95), MPSC.article(159), CNR.article(22), SPP.article(581)),
            days(10),
            Counting.CUSTODY_DAYS,
            not_counted=(ESCAPE,),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
