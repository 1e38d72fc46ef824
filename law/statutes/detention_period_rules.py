"""公安机关适用刑事羁押期限规定 (2006): wrongful custody, the custody centre's notices, complaints about overdue custody."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import SET_FREE, Fact
from law.instruments import CPL, DET, MPSC
from law.lengths import days, hours
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, GONE_FOR_GOOD
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2006, 5, 1)

IMPROPER_CUSTODY_RELEASE = TimeLimit(
    id="detention-improper-release",
    zh="发现拘留/逮捕不当",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.CUSTODY_FOUND_IMPROPER,),
    met_by=SET_FREE,
    ended_by=GONE_FOR_GOOD,
    editions=(
        edition(
            IN_FORCE,
            (DET.article(8), CPL.article(86), CPL.article(94), CPL.article(96)),
            hours(12),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "逮捕后释放或者变更的，书面通知原批准逮捕的检察院"),
            not_counted=(ESCAPE,),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.RELEASE,
)

CUSTODY_CENTRE_NOTICE_30_DAYS = TimeLimit(
    id="custody-centre-notice-30day",
    zh="看守所提示（延长至30日拘留）",
    about=About.PERSON,
    liberty=True,
    before_limit="criminal-detention-submit-for-arrest",
    before_total=days(30),
    met_by=(Fact.DETENTION_NOTICE_GIVEN,),
    editions=(edition(IN_FORCE, (DET.article(27), MPSC.article(161)), days(3), Counting.BACKWARD),),
    answerable=Office.CUSTODY_CENTRE,
    at_expiry=Consequence.ESCALATE,
)

OVERDUE_CUSTODY_COMPLAINT = TimeLimit(
    id="overdue-custody-complaint-review",
    zh="超期羁押申诉审查",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.OVERDUE_CUSTODY_COMPLAINT_RECEIVED,),
    met_by=(Fact.OVERDUE_CUSTODY_COMPLAINT_ANSWERED, *SET_FREE),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER),
    editions=(
        edition(
            IN_FORCE,
            (DET.article(31), DET.article(32), DET.article(33), CPL.article(99)),
            days(3),
            Counting.CUSTODY_DAYS,
            Base(hours(24), Counting.HOURS, "看守所转送申诉"),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.RELEASE,
)
