"""公安机关办理行政案件程序规定 (2018), the part on inquiry: recusal, expedited handling, measures on the spot, appraisal; in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import ACL, MPSA, PSAPL
from law.lengths import IMMEDIATE, days, hours, months
from law.offices import Office
from law.statutes.criminal_procedure_law_investigation import QUESTIONING_ENDS
from law.statutes.public_order_law import IN_FORCE as IN_FORCE_2025_LAW
from law.statutes.public_order_law import MAY_BE_DETAINED, SOBERING
from law.statutes.public_order_law_decision import CASE_LEFT
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2019, 1, 1)

RECUSAL_DECISION = TimeLimit(
    id="admin-recusal-decision",
    zh="行政回避决定",
    about=About.CASE,
    starts_on=(Fact.RECUSAL_APPLIED,),
    met_by=(Fact.RECUSAL_DECIDED,),
    ended_by=CASE_LEFT,
    editions=(edition(IN_FORCE, MPSA.article(21), days(2), Counting.DAYS),),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

EXPEDITED_HANDLING = TimeLimit(
    id="expedited-admin-case",
    zh="快速办理",
    about=About.CASE,
    liberty=True,
    # Counted from arrival, though it is agreed only afterwards; the agreement brings both facts.
    starts_on=(Fact.EXPEDITED_ARRIVAL,),
    met_by=(Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED, Fact.NO_PENALTY_DECIDED),
    ended_by=(Fact.EXPEDITED_DROPPED, *CASE_LEFT),
    editions=(
        edition(
            IN_FORCE,
            tuple(MPSA.article(n) for n in (47, 40, 41, 42, 43, 44, 45, 46, 48)),
            hours(48),
            Counting.HOURS,
            notes=(
                "不适用于听证案件、可能作出十日以上行政拘留的案件，以及未成年人、盲聋哑人、疑似精神病人；不适宜的，转为一般案件",
            ),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

ONSITE_MEASURE_REPORT = TimeLimit(
    id="admin-onsite-measure-report",
    zh="当场强制措施补批",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ONSITE_MEASURE_TAKEN,),
    met_by=(Fact.ONSITE_MEASURE_APPROVED, Fact.ONSITE_MEASURE_LIFTED),
    editions=(
        edition(
            IN_FORCE,
            (ACL.article(19), ACL.article(20), MPSA.article(56)),
            hours(24),
            Counting.HOURS,
            Base(IMMEDIATE, Counting.HOURS, "限制人身自由的，返回后立即"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

TERROR_RESTRAINT = TimeLimit(
    id="admin-terror-restraint",
    zh="恐怖活动嫌疑人约束措施",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.TERROR_RESTRAINT_DECIDED,),
    met_by=(Fact.TERROR_RESTRAINT_LIFTED,),
    editions=(edition(IN_FORCE, MPSA.article(59), months(3), Counting.PERSON_MONTHS),),
    decided=True,
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.MEASURE_LAPSES,
)

QUESTIONING_OTHER_LAWS = TimeLimit(
    id="admin-summons-questioning-other",
    zh="其他行政案件询问查证",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_SUMMONED_OTHER_LAW,),
    met_by=(Fact.ADMIN_SUMMONS_ENDED, *QUESTIONING_ENDS),
    extended_by=Fact.ADMIN_SUMMONS_EXTENDED,
    editions=(
        # Cases under other laws in which detention may follow go by the public-order law of 2025.
        edition(
            IN_FORCE_2025_LAW,
            (MPSA.article(69), MPSA.article(70), PSAPL.article(141)),
            hours(8),
            Counting.HOURS,
            extensions=(MAY_BE_DETAINED,),
            not_counted=(SOBERING,),
        ),
        edition(
            IN_FORCE,
            (MPSA.article(69), MPSA.article(70)),
            hours(8),
            Counting.HOURS,
            extensions=(MAY_BE_DETAINED,),
            not_counted=(SOBERING,),
            until=IN_FORCE_2025_LAW,
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

APPRAISAL_SERVICE = TimeLimit(
    id="appraisal-opinion-service",
    zh="鉴定意见送达",
    about=About.DOCUMENT,
    starts_on=(Fact.APPRAISAL_RETURNED,),
    met_by=(Fact.APPRAISAL_SERVED,),
    ended_by=CASE_LEFT,
    editions=(edition(IN_FORCE, MPSA.article(97), days(5), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

REAPPRAISAL_APPLICATION = TimeLimit(
    id="reappraisal-application",
    zh="申请重新鉴定",
    about=About.RIGHT,
    starts_on=(Fact.APPRAISAL_SERVED, Fact.REAPPRAISAL_REFUSED),
    met_by=(Fact.REAPPRAISAL_APPLIED, Fact.REAPPRAISAL_REFUSAL_NOTIFIED),
    ended_by=(Fact.PUBLIC_ORDER_CASE_DECIDED, *CASE_LEFT),
    editions=(
        edition(
            IN_FORCE,
            (MPSA.article(97), MPSA.article(98)),
            days(3),
            Counting.DAYS,
            Base(days(3), Counting.DAYS, "书面通知不准予重新鉴定", started_by=(Fact.REAPPRAISAL_REFUSED,)),
            notes=("同一事项重新鉴定以一次为限，经县级以上公安机关批准",),
        ),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)
