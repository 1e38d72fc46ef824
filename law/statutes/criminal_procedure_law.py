"""刑事诉讼法 (Criminal Procedure Law, 2018), the part on coercive measures: bail, surveillance, detention, arrest."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import BAIL_BEGINS, SET_FREE, SURVEILLANCE_BEGINS, Fact
from law.instruments import BAIL, CPL, DET, MPSC, SPC, SPP
from law.ladders import BAIL as BAIL_LADDER
from law.ladders import FEW_DAYS, RELEASE_AT_ONCE, THIRTY_DAYS
from law.lengths import IMMEDIATE, days, hours, months
from law.offices import Office
from law.time_limits import About, Base, Extension, Ground, NotCounted, TimeLimit, edition

IN_FORCE = date(2018, 10, 26)
# The person is out of this kind of custody, whether free, under another measure or dead, or the case itself is over.
FREED = (*SET_FREE, Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER, Fact.CASE_CANCELLED)
# The same, or the person has broken out: what is owed to somebody who is there is owed no longer.
NO_LONGER_THERE = (*FREED, Fact.PERSON_ESCAPED)
# What is owed to somebody who is held is owed until then: a flight from custody only interrupts it.
GONE_FOR_GOOD = (Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER)
# A measure out of custody ends with these, whoever decided it.
OVER = (
    Fact.CASE_CANCELLED,
    Fact.INVESTIGATION_TERMINATED,
    Fact.SENTENCE_EXECUTED,
    Fact.PERSON_DIED,
    Fact.PERSON_HANDED_OVER,
)
MENTAL_EVALUATION = NotCounted(
    "精神病鉴定",
    Fact.EVALUATION_STARTED,
    Fact.EVALUATION_ENDED,
    also_called=("精神病司法鉴定", "对犯罪嫌疑人作精神病鉴定"),
    basis=(CPL.article(149), MPSC.article(257), SPP.article(222)),
    again=Ground(
        Fact.EVALUATION_STARTED,
        (Fact.REEVALUATION_DECIDED,),
        "写明情形的补充鉴定或者重新鉴定",
        (MPSC.article(254), MPSC.article(255), MPSC.article(257)),
    ),
)
# Time at large uses up nothing of what the person may still be held, or kept under a measure, and wipes nothing out.
ESCAPE = NotCounted("脱逃", Fact.PERSON_ESCAPED, Fact.PERSON_RECAPTURED, also_called=("在押脱逃",))
FLIGHT = NotCounted("逃跑", Fact.PERSON_ABSCONDED, Fact.PERSON_RETURNED, also_called=("下落不明",))
# By what follows bail or surveillance it is met, whoever decided either.
HELD = (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED, Fact.ARREST_EXECUTED)
BAIL_FOLLOWED = (Fact.BAIL_LIFTED, *SURVEILLANCE_BEGINS, *HELD)
SURVEILLANCE_FOLLOWED = (Fact.SURVEILLANCE_LIFTED, *BAIL_BEGINS, *HELD)

DETENTION_LADDER = (
    Extension("特殊情况", plus=days(4), up_to=True, approver=Office.COUNTY_HEAD),
    Extension(
        "流窜作案、多次作案、结伙作案的重大嫌疑分子",
        total=days(30),
        up_to=True,
        approver=Office.COUNTY_HEAD,
        ladder=THIRTY_DAYS,
    ),
)

BAIL_MAX = TimeLimit(
    id="bail-max",
    zh="取保候审最长期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.BAIL_DECIDED,),
    met_by=BAIL_FOLLOWED,
    ended_by=(*OVER, Fact.BAIL_CONTINUATION_DECIDED, *BAIL_BEGINS[1:]),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(79), CPL.article(99), MPSC.article(107), MPSC.article(108), BAIL.article(24)),
            months(12),
            Counting.PERSON_MONTHS,
            not_counted=(FLIGHT,),
        ),
    ),
    accumulates=True,
    decided=True,
    ladder=BAIL_LADDER,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

RESIDENTIAL_SURVEILLANCE_MAX = TimeLimit(
    id="residential-surveillance-max",
    zh="监视居住最长期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SURVEILLANCE_DECIDED,),
    met_by=SURVEILLANCE_FOLLOWED,
    ended_by=(*OVER, *SURVEILLANCE_BEGINS[1:]),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(79), CPL.article(99), MPSC.article(122), MPSC.article(123)),
            months(6),
            Counting.PERSON_MONTHS,
            not_counted=(FLIGHT,),
        ),
    ),
    accumulates=True,
    decided=True,
    ladder=BAIL_LADDER,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

BAIL_MAX_PROCURATORATE = TimeLimit(
    id="bail-max-procuratorate",
    zh="检察院决定的取保候审最长期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PROCURATORATE_BAIL_DECIDED,),
    met_by=BAIL_FOLLOWED,
    ended_by=(*OVER, Fact.BAIL_DECIDED, Fact.COURT_BAIL_DECIDED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(79), CPL.article(99), SPP.article(102), SPP.article(103)),
            months(12),
            Counting.PERSON_MONTHS,
            not_counted=(FLIGHT,),
        ),
    ),
    accumulates=True,
    decided=True,
    ladder=BAIL_LADDER,
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.MEASURE_LAPSES,
)

BAIL_MAX_COURT = TimeLimit(
    id="bail-max-court",
    zh="法院决定的取保候审最长期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.COURT_BAIL_DECIDED,),
    met_by=BAIL_FOLLOWED,
    ended_by=(*OVER, Fact.BAIL_DECIDED, Fact.PROCURATORATE_BAIL_DECIDED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(79), CPL.article(99), SPC.article(162)),
            months(12),
            Counting.PERSON_MONTHS,
            not_counted=(FLIGHT,),
        ),
    ),
    accumulates=True,
    decided=True,
    ladder=BAIL_LADDER,
    answerable=Office.COURT,
    at_expiry=Consequence.MEASURE_LAPSES,
)

SURVEILLANCE_MAX_PROCURATORATE = TimeLimit(
    id="residential-surveillance-max-procuratorate",
    zh="检察院决定的监视居住最长期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PROCURATORATE_SURVEILLANCE_DECIDED,),
    met_by=SURVEILLANCE_FOLLOWED,
    ended_by=(*OVER, Fact.SURVEILLANCE_DECIDED, Fact.COURT_SURVEILLANCE_DECIDED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(79), CPL.article(99), SPP.article(112), SPP.article(113)),
            months(6),
            Counting.PERSON_MONTHS,
            not_counted=(FLIGHT,),
        ),
    ),
    accumulates=True,
    decided=True,
    ladder=BAIL_LADDER,
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.MEASURE_LAPSES,
)

SURVEILLANCE_MAX_COURT = TimeLimit(
    id="residential-surveillance-max-court",
    zh="法院决定的监视居住最长期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.COURT_SURVEILLANCE_DECIDED,),
    met_by=SURVEILLANCE_FOLLOWED,
    ended_by=(*OVER, Fact.SURVEILLANCE_DECIDED, Fact.PROCURATORATE_SURVEILLANCE_DECIDED),
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(79), CPL.article(99), SPC.article(162)),
            months(6),
            Counting.PERSON_MONTHS,
            not_counted=(FLIGHT,),
        ),
    ),
    accumulates=True,
    decided=True,
    ladder=BAIL_LADDER,
    answerable=Office.COURT,
    at_expiry=Consequence.MEASURE_LAPSES,
)

DESIGNATED_SURVEILLANCE_FAMILY_NOTICE = TimeLimit(
    id="residential-surveillance-designated-family-notice",
    zh="指定居所监视居住通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DESIGNATED_SURVEILLANCE_EXECUTED,),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(
        Fact.FAMILY_NOTICE_EXCUSED,
        Fact.SURVEILLANCE_LIFTED,
        Fact.PERSON_RELEASED,
        Fact.PERSON_DIED,
        Fact.PERSON_HANDED_OVER,
    ),
    editions=(edition(IN_FORCE, (CPL.article(75), MPSC.article(113)), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DELIVER_TO_CUSTODY_CENTRE = TimeLimit(
    id="criminal-detention-deliver-to-custody-centre",
    zh="拘留后送看守所",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED, Fact.PERSON_RECAPTURED),
    met_by=(Fact.DELIVERED_TO_CUSTODY_CENTRE,),
    ended_by=NO_LONGER_THERE,
    editions=(edition(IN_FORCE, (CPL.article(85), MPSC.article(126)), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DETENTION_FAMILY_NOTICE = TimeLimit(
    id="criminal-detention-family-notice",
    zh="拘留通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_EXECUTED,),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED, *FREED),
    editions=(edition(IN_FORCE, (CPL.article(85), MPSC.article(127)), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DETENTION_FIRST_INTERROGATION = TimeLimit(
    id="criminal-detention-first-interrogation",
    zh="拘留后讯问",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_EXECUTED,),
    met_by=(Fact.PERSON_INTERROGATED,),
    ended_by=FREED,
    editions=(edition(IN_FORCE, (CPL.article(86), MPSC.article(128)), hours(24), Counting.HOURS, not_counted=(ESCAPE,)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SUBMIT_FOR_ARREST = TimeLimit(
    id="criminal-detention-submit-for-arrest",
    handling=MENTAL_EVALUATION,
    zh="提请审查批准逮捕",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_EXECUTED,),
    met_by=(Fact.ARREST_REQUESTED,),
    ended_by=(*FREED, Fact.ARREST_EXECUTED, Fact.CASE_SENT_TO_PROCURATORATE),
    extended_by=Fact.DETENTION_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(91), MPSC.article(129), MPSC.article(131), DET.article(4), DET.article(6), DET.article(9)),
            days(3),
            Counting.CUSTODY_DAYS,
            extensions=DETENTION_LADDER,
            not_counted=(ESCAPE,),
        ),
    ),
    decided=True,
    ladder=FEW_DAYS,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

DETENTION_TOTAL_CAP = TimeLimit(
    id="criminal-detention-total-cap",
    handling=MENTAL_EVALUATION,
    zh="拘留最长时间",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_EXECUTED,),
    met_by=(*SET_FREE, Fact.ARREST_EXECUTED),
    # Refused, the person goes at once: no later date stands beside that. A case that is sent gives no further day of detention.
    ended_by=(
        Fact.ARREST_REFUSED,
        Fact.PERSON_DIED,
        Fact.PERSON_HANDED_OVER,
        Fact.CASE_CANCELLED,
    ),
    extended_by=Fact.DETENTION_EXTENDED,
    follows="criminal-detention-submit-for-arrest",
    beyond=days(7),
    editions=(
        edition(
            IN_FORCE,
            CPL.article(91),
            days(10),
            Counting.CUSTODY_DAYS,
            Base(days(14), Counting.CUSTODY_DAYS, "提请期限延长四日的"),
            Base(days(37), Counting.CUSTODY_DAYS, "提请期限延长至三十日的"),
            extensions=DETENTION_LADDER,
            not_counted=(ESCAPE,),
            notes=("这是提请期限与七日审查期限之和，不是可用的办案时间；提前提请的，以检察院收到之日起七日为准",),
        ),
    ),
    ladder=FEW_DAYS,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE,
)

ARREST_REVIEW_DETAINED = TimeLimit(
    id="procuratorate-arrest-review-detained",
    handling=MENTAL_EVALUATION,
    zh="检察院审查批捕（已拘留）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ARREST_REQUEST_RECEIVED,),
    when=lambda history, fact: history.in_custody(fact.about, fact.at),
    met_by=(Fact.ARREST_APPROVED, Fact.ARREST_REFUSED),
    ended_by=FREED,
    editions=(edition(IN_FORCE, (CPL.article(91), SPP.article(282)), days(7), Counting.CUSTODY_DAYS),),
    answerable=Office.PROCURATORATE,
    at_expiry=Consequence.RELEASE,
)

ARREST_REFUSED_RELEASE = TimeLimit(
    id="arrest-refused-release",
    zh="不批准逮捕后释放",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ARREST_REFUSED,),
    when=lambda history, fact: history.not_let_go(fact.about, fact.at),
    met_by=SET_FREE,
    ended_by=GONE_FOR_GOOD,
    editions=(
        edition(
            IN_FORCE,
            (CPL.article(91), CPL.article(92), MPSC.article(140), SPP.article(286)),
            IMMEDIATE,
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "执行回执送达检察院"),
            not_counted=(ESCAPE,),
        ),
    ),
    ladder=RELEASE_AT_ONCE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE,
)

ARREST_FAMILY_NOTICE = TimeLimit(
    id="arrest-family-notice",
    zh="逮捕通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ARREST_EXECUTED,),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED, *FREED),
    editions=(edition(IN_FORCE, (CPL.article(93), MPSC.article(145)), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

ARREST_FIRST_INTERROGATION = TimeLimit(
    id="arrest-first-interrogation",
    zh="逮捕后讯问",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ARREST_EXECUTED,),
    met_by=(Fact.PERSON_INTERROGATED,),
    ended_by=FREED,
    editions=(edition(IN_FORCE, (CPL.article(94), MPSC.article(144)), hours(24), Counting.HOURS, not_counted=(ESCAPE,)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

NOTICE_AFTER_OBSTACLE = TimeLimit(
    id="family-notice-after-obstacle",
    zh="不能通知的情形消失后通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.NOTICE_OBSTACLE_ENDED,),
    when=lambda history, fact: history.not_let_go(fact.about, fact.at),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED, *FREED),
    editions=(
        edition(
            IN_FORCE, (CPL.article(85), MPSC.article(127), MPSC.article(145)), IMMEDIATE, Counting.HOURS, not_counted=(ESCAPE,)
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
