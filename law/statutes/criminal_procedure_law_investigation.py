"""刑事诉讼法 (Criminal Procedure Law, 2018), the part on investigation: summons, custody after arrest, evaluation."""

from datetime import timedelta

from law.clock import Consequence
from law.counting import Counting
from law.facts import SET_FREE, Fact
from law.history import History
from law.instruments import CPL, DET, MPSC, SPP
from law.ladders import INVESTIGATIVE_CUSTODY, after
from law.legal_fact import LegalFact
from law.lengths import days, hours, months
from law.offices import Office
from law.statutes.criminal_procedure_law import ESCAPE, FREED, IN_FORCE, MENTAL_EVALUATION, NO_LONGER_THERE
from law.time_limits import About, Base, Extension, Ground, TimeLimit, edition

# Whatever follows the questioning ends it: another measure, or the door.
QUESTIONING_ENDS = (*SET_FREE, Fact.DETENTION_EXECUTED, Fact.ARREST_EXECUTED)
# By these the case is with the procuratorate or the court.
ELSEWHERE = (
    Fact.CASE_SENT_TO_PROCURATORATE,
    Fact.CASE_SENT_AGAIN,
    Fact.CASE_PROSECUTED,
    Fact.TRIAL_NOT_ACCEPTED,
    Fact.PROSECUTION_WITHDRAWN,
)
# By these it is with the police again.
GOES_ON = (Fact.CASE_REOPENED, Fact.CASE_RETAKEN, Fact.CASE_RETAKEN_FOR_REVIEW)
# Nobody is questioned who has died or got away.
GONE = (Fact.PERSON_DIED, Fact.PERSON_ABSCONDED, Fact.PERSON_HANDED_OVER)
GRAVE_AND_CUSTODY_NEEDED = "案情特别重大、复杂，且需要采取拘留、逮捕措施"

# Custody counts anew "from the day of" these (CPL 160); for whoever is held that day is the first.
FROM_THAT_DAY = (Fact.IDENTITY_ESTABLISHED, Fact.NEW_CRIME_DISCOVERED, Fact.CUSTODY_RESTARTED)
# The steps of custody after arrest; each is open only after the one before.
CUSTODY_LADDER = (
    Extension("案情复杂、期限届满不能终结", plus=months(1), approver=Office.HIGHER_PROCURATORATE),
    Extension(
        "边远地区、重大犯罪集团、流窜作案或者涉及面广的重大复杂案件",
        plus=months(2),
        approver=Office.PROVINCIAL_PROCURATORATE,
        needs_previous=True,
    ),
    Extension("可能判处十年有期徒刑以上刑罚", plus=months(2), approver=Office.PROVINCIAL_PROCURATORATE, needs_previous=True),
)


def _investigated(history: History, fact: LegalFact) -> bool:
    """Whether the police have the case: once it is with procuratorate or court, custody is theirs, and ends with their limits."""
    last = history.find_latest((*ELSEWHERE, Fact.CASE_RETURNED, *GOES_ON), fact.about, fact.at)
    return last is None or last.fact not in ELSEWHERE


MEASURE_CHANGE_APPLICATION = TimeLimit(
    id="measure-change-application",
    zh="申请变更强制措施",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.MEASURE_CHANGE_APPLIED,),
    met_by=(Fact.MEASURE_CHANGE_DECIDED, *SET_FREE),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER, Fact.CASE_CANCELLED),
    editions=(edition(IN_FORCE, (CPL.article(97), MPSC.article(160)), days(3), Counting.DAYS_BY_CUSTODY),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

CRIMINAL_SUMMONS = TimeLimit(
    id="criminal-summons",
    zh="刑事传唤持续时间",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_SUMMONED,),
    met_by=(Fact.SUMMONS_ENDED, *QUESTIONING_ENDS),
    ended_by=GONE,
    extended_by=Fact.SUMMONS_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(119), MPSC.article(199), MPSC.article(200)),
            hours(12),
            Counting.HOURS,
            extensions=(Extension(GRAVE_AND_CUSTODY_NEEDED, total=hours(24), approver=Office.STATION_HEAD),),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

COMPELLED_APPEARANCE = TimeLimit(
    id="criminal-compelled-appearance",
    zh="拘传持续时间",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_COMPELLED,),
    met_by=(Fact.COMPELLED_ENDED, *QUESTIONING_ENDS),
    ended_by=GONE,
    extended_by=Fact.COMPELLED_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(119), MPSC.article(79), MPSC.article(80)),
            hours(12),
            Counting.HOURS,
            extensions=(Extension(GRAVE_AND_CUSTODY_NEEDED, total=hours(24), approver=Office.COUNTY_HEAD),),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

PSYCHIATRIC_EVALUATION = TimeLimit(
    id="psychiatric-evaluation-exclusion",
    zh="精神病鉴定期间扣除",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.EVALUATION_STARTED,),
    met_by=(Fact.EVALUATION_ENDED,),
    ended_by=NO_LONGER_THERE,
    editions=(
        edition(IN_FORCE, (CPL.article(149), MPSC.article(257), DET.article(4), SPP.article(616)), None, Counting.CUSTODY_DAYS),
    ),
    # The law sets no maximum, and meanwhile no custody clock runs: somebody must ask after a month, and again.
    ladder=after(blue=timedelta(days=30), yellow=timedelta(days=60), red=timedelta(days=90)),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

INVESTIGATIVE_CUSTODY_LIMIT = TimeLimit(
    id="investigative-custody",
    handling=MENTAL_EVALUATION,
    zh="侦查羁押期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ARREST_EXECUTED,),
    when=_investigated,
    met_by=(Fact.CASE_SENT_TO_PROCURATORATE,),
    ended_by=(*FREED, Fact.ARREST_APPROVAL_REVOKED),
    extended_by=Fact.CUSTODY_EXTENDED,
    accumulates=True,
    restarts_on=Fact.CUSTODY_RESTARTED,
    restarts_from=Fact.NEW_CRIME_DISCOVERED,
    waits=(Fact.IDENTITY_UNKNOWN, Fact.IDENTITY_ESTABLISHED),
    anew=(
        Ground(
            Fact.CUSTODY_RESTARTED,
            (Fact.NEW_CRIME_DISCOVERED,),
            "又发现的另有重要罪行：与逮捕时的罪行不同种的重大犯罪，或者将影响罪名认定、量刑档次的同种重大犯罪",
            (CPL.article(160), MPSC.article(151)),
        ),
        Ground(
            Fact.IDENTITY_UNKNOWN,
            (Fact.ARREST_EXECUTED,),
            "又一次逮捕，而其身份没有查清",
            (CPL.article(160), MPSC.article(152)),
        ),
    ),
    request=(Fact.CUSTODY_EXTENSION_REQUESTED, days(7)),
    editions=(
        edition(
            IN_FORCE,
            (
                CPL.article(156),
                CPL.article(157),
                CPL.article(158),
                CPL.article(159),
                CPL.article(160),
                MPSC.article(148),
                MPSC.article(149),
                MPSC.article(150),
                MPSC.article(151),
                MPSC.article(152),
            ),
            months(2),
            Counting.CUSTODY_MONTHS,
            extensions=CUSTODY_LADDER,
            not_counted=(ESCAPE,),
            first_day=FROM_THAT_DAY,
        ),
    ),
    ladder=INVESTIGATIVE_CUSTODY,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

RESTART_FOR_NEW_CRIME = TimeLimit(
    id="investigative-custody-restart-new-crime",
    handling=MENTAL_EVALUATION,
    zh="另有重要罪行重新计算（报批）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.NEW_CRIME_DISCOVERED,),
    met_by=(Fact.CUSTODY_RESTARTED,),
    ended_by=FREED,
    extended_by=Fact.CUSTODY_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(160), MPSC.article(151), SPP.article(317)),
            days(5),
            Counting.CUSTODY_DAYS,
            Base(months(2), Counting.CUSTODY_MONTHS, "自发现之日重新计算的侦查羁押期限"),
            extensions=CUSTODY_LADDER,
            not_counted=(ESCAPE,),
            first_day=FROM_THAT_DAY,
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

CUSTODY_FROM_IDENTITY = TimeLimit(
    id="investigative-custody-identity-unknown",
    handling=MENTAL_EVALUATION,
    zh="身份不明的侦查羁押期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.IDENTITY_ESTABLISHED,),
    met_by=(Fact.CASE_SENT_TO_PROCURATORATE,),
    ended_by=(*FREED, Fact.ARREST_APPROVAL_REVOKED),
    extended_by=Fact.CUSTODY_EXTENDED,
    request=(Fact.CUSTODY_EXTENSION_REQUESTED, days(7)),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(160), MPSC.article(152)),
            months(2),
            Counting.CUSTODY_MONTHS,
            extensions=CUSTODY_LADDER,
            not_counted=(ESCAPE,),
            first_day=FROM_THAT_DAY,
        ),
    ),
    ladder=INVESTIGATIVE_CUSTODY,
    # One custody, one clock: the limit that waited for the identity runs on as itself.
    armed=False,
    armed_as="investigative-custody",
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

CUSTODY_EXTENSION_REQUEST = TimeLimit(
    id="investigative-custody-extension-request",
    zh="提请延长侦查羁押期限",
    about=About.DOCUMENT,
    liberty=True,
    before_limit="investigative-custody",
    met_by=(Fact.CUSTODY_EXTENSION_REQUESTED,),
    editions=(
        edition(IN_FORCE, (MPSC.article(148), MPSC.article(149), MPSC.article(150), SPP.article(309)), days(7), Counting.BACKWARD),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RIGHT_LAPSES,
)

CUSTODY_CENTRE_NOTICE = TimeLimit(
    id="custody-centre-notice-custody",
    zh="看守所羁押期限届满通知",
    about=About.PERSON,
    liberty=True,
    before_limit="investigative-custody",
    met_by=(Fact.CUSTODY_NOTICE_GIVEN,),
    editions=(edition(IN_FORCE, (DET.article(27), SPP.article(615)), days(7), Counting.BACKWARD),),
    answerable=Office.CUSTODY_CENTRE,
    at_expiry=Consequence.ESCALATE,
)
