"""刑事诉讼法 (Criminal Procedure Law, 2018), the part on defence: who must be told of it, the lawyer's visit, the child's guardian."""

from datetime import date, timedelta

from law.clock import Consequence
from law.counting import Counting
from law.facts import CUSTODY_BEGINS, Fact
from law.history import History
from law.instruments import CPL, MPSC, PSAPL, SPP
from law.ladders import after
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE, days, hours
from law.offices import Office
from law.statutes.criminal_procedure_law import FREED, IN_FORCE
from law.time_limits import About, Base, TimeLimit, edition

# From the first of these on the suspect has the right to a lawyer, and must be told so.
FIRST_CONTACT = (
    Fact.PERSON_INTERROGATED,
    Fact.PERSON_COMPELLED,
    Fact.BAIL_DECIDED,
    Fact.SURVEILLANCE_DECIDED,
    *CUSTODY_BEGINS,
)
FILE_RECEIVED = (Fact.PROSECUTION_CASE_RECEIVED, Fact.TRIAL_ACCEPTED)


def _not_yet_told(history: History, fact: LegalFact) -> bool:
    """Each organ tells once: the police at their first contact, the procuratorate and the court when they receive the file."""
    if fact.fact in FILE_RECEIVED:
        return True
    return history.find_first(fact.about, (*FIRST_CONTACT, Fact.DEFENCE_RIGHT_NOTIFIED)) == fact


DEFENCE_RIGHT_NOTICE = TimeLimit(
    id="defence-right-notice",
    zh="告知委托辩护权",
    about=About.PERSON,
    starts_on=(*FIRST_CONTACT, *FILE_RECEIVED),
    when=_not_yet_told,
    met_by=(Fact.DEFENCE_RIGHT_NOTIFIED,),
    ended_by=(Fact.DEFENDER_ENGAGED, Fact.PERSON_HANDED_OVER, Fact.CASE_CANCELLED, Fact.CASE_RETURNED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(34), SPP.article(40)),
            IMMEDIATE,
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "检察院收到案卷、法院受理案件的", started_by=FILE_RECEIVED),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

LAWYER_MEETING = TimeLimit(
    id="lawyer-meeting",
    zh="安排律师会见",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.MEETING_REQUESTED,),
    met_by=(Fact.LAWYER_MET,),
    ended_by=FREED,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(39), MPSC.article(53)),
            hours(48),
            Counting.HOURS,
            notes=("应当及时安排，四十八小时是最迟的时限；危害国家安全犯罪、恐怖活动犯罪案件在侦查期间须先经许可",),
        ),
    ),
    answerable=Office.CUSTODY_CENTRE,
    at_expiry=Consequence.ESCALATE,
)

_GUARDIAN_FIRST = "讯问、询问以前通知，法律未规定具体时限；法定代理人不能到场的，通知其他成年亲属或者合适成年人到场并记录在案"

JUVENILE_GUARDIAN_PRESENCE = TimeLimit(
    id="juvenile-guardian-presence",
    zh="未成年人讯问/询问到场",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.JUVENILE_QUESTIONING_PLANNED,),
    met_by=(Fact.GUARDIAN_NOTIFIED,),
    ended_by=FREED,
    editions=(
        edition(
            date(2026, 1, 1),
            (CPL.article(281), MPSC.article(323), PSAPL.article(98)),
            None,
            Counting.HOURS,
            notes=(_GUARDIAN_FIRST, "治安案件自2026年1月1日起适用于不满十八周岁的人"),
        ),
        edition(
            IN_FORCE,
            (CPL.article(281), MPSC.article(323)),
            None,
            Counting.HOURS,
            notes=(_GUARDIAN_FIRST, "治安案件在2026年1月1日以前适用于不满十六周岁的人"),
        ),
    ),
    # Whoever is to be questioned waits for the guardian: the duty shows from the start, and no hour makes it late.
    ladder=after(yellow=timedelta()),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
