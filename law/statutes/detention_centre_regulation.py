"""拘留所条例 (2012): what a detention centre and the organ that decided owe to the person in it, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import DETC, PSAPL
from law.lengths import hours
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2012, 4, 1)
NO_LONGER_HELD = (Fact.ADMIN_DETENTION_ENDED, Fact.ADMIN_DETENTION_SUSPENDED)

POSSIBLY_WRONGFUL = TimeLimit(
    id="admin-detention-wrongful",
    zh="可能错误拘留处理",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_FOUND_DOUBTFUL,),
    met_by=(Fact.DETENTION_DOUBT_SETTLED, *NO_LONGER_HELD),
    editions=(edition(IN_FORCE, DETC.article(12), hours(24), Counting.HOURS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.RELEASE,
)

LEAVE_DECISION = TimeLimit(
    id="admin-detention-leave-decision",
    zh="请假出所决定",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.LEAVE_APPLIED,),
    met_by=(Fact.LEAVE_GRANTED, Fact.LEAVE_REFUSED),
    ended_by=NO_LONGER_HELD,
    editions=(
        edition(
            date(2026, 1, 1),
            (DETC.article(27), PSAPL.article(126)),
            hours(12),
            Counting.HOURS,
            notes=("出所的时间不计入拘留期限",),
        ),
        edition(IN_FORCE, DETC.article(27), hours(12), Counting.HOURS, notes=("出所的时间不计入拘留期限",)),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

COMPLAINT_FORWARDING = TimeLimit(
    id="admin-detention-complaint-forward",
    zh="转送举报控告复议诉讼材料",
    about=About.DOCUMENT,
    liberty=True,
    starts_on=(Fact.DETAINEE_PAPERS_HANDED_IN,),
    met_by=(Fact.DETAINEE_PAPERS_FORWARDED,),
    editions=(edition(IN_FORCE, DETC.article(29), hours(24), Counting.HOURS),),
    answerable=Office.DETENTION_CENTRE,
    at_expiry=Consequence.ESCALATE,
)
