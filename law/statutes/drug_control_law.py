"""禁毒法 (2007): isolation for compulsory treatment of addiction."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import DRUG
from law.lengths import hours
from law.offices import Office
from law.time_limits import About, Ground, TimeLimit, edition

IN_FORCE = date(2008, 6, 1)

ISOLATION_NOTICE = TimeLimit(
    id="drug-isolation-notice",
    zh="强制隔离戒毒通知",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DRUG_ISOLATION_SERVED,),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED,),
    # Of somebody who gives no name nobody can be told; the day comes once it is known who that is.
    waits=(Fact.IDENTITY_UNKNOWN, Fact.IDENTITY_ESTABLISHED),
    anew=(Ground(Fact.IDENTITY_UNKNOWN, (Fact.DRUG_ISOLATION_SERVED,), "又一次强制隔离戒毒", (DRUG.article(40),)),),
    editions=(
        edition(
            IN_FORCE,
            DRUG.article(40),
            hours(24),
            Counting.HOURS,
            notes=("通知家属、所在单位和户籍所在地公安派出所；不讲真实姓名、住址，身份不明的，自查清身份后通知",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
