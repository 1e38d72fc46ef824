"""行政处罚法 (2021): cases of other administrative law, the hearing, and service; its short terms are working days (art. 85)."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import APL, MPSA, PSAPL
from law.ladders import MONTH_OR_MORE
from law.lengths import days, working_days
from law.offices import Office
from law.statutes.public_order_law_decision import CASE_LEFT
from law.time_limits import About, Ground, TimeLimit, edition

IN_FORCE = date(2021, 7, 15)
WORKING_DAYS = "行政处罚法中二日、三日、五日、七日是工作日（第八十五条）；有利于当事人的，治安案件也按工作日计算"

HANDLING_OF_OTHER_CASES = TimeLimit(
    id="admin-case-handling-general",
    zh="其他行政处罚案件",
    about=About.CASE,
    starts_on=(Fact.OTHER_LAW_CASE_FILED,),
    met_by=(Fact.PUBLIC_ORDER_CASE_DECIDED, Fact.PUBLIC_ORDER_CASE_CLOSED),
    ended_by=CASE_LEFT,
    editions=(
        edition(
            IN_FORCE,
            (APL.article(60), MPSA.article(165)),
            days(90),
            Counting.DAYS,
            notes=("其他法律、法规、规章另有办案期限的，从其规定",),
        ),
    ),
    ladder=MONTH_OR_MORE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

SERVICE_OF_OTHER_DECISIONS = TimeLimit(
    id="penalty-decision-service-general",
    zh="其他处罚决定书送达",
    about=About.DOCUMENT,
    starts_on=(Fact.OTHER_LAW_PENALTY_DECIDED,),
    met_by=(Fact.PENALTY_SERVED, Fact.PENALTY_PUBLISHED),
    editions=(
        edition(
            IN_FORCE,
            (APL.article(61), APL.article(85), MPSA.article(36)),
            working_days(7),
            Counting.WORKING_DAYS,
            notes=(WORKING_DAYS,),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DISCLOSED_DECISION_WITHDRAWAL = TimeLimit(
    id="disclosed-decision-withdrawal",
    zh="撤回公开的处罚决定信息",
    about=About.DOCUMENT,
    starts_on=(Fact.DISCLOSED_DECISION_OVERTURNED,),
    met_by=(Fact.DECISION_WITHDRAWN_FROM_VIEW,),
    editions=(
        edition(
            IN_FORCE,
            (APL.article(48), APL.article(85)),
            working_days(3),
            Counting.WORKING_DAYS,
            notes=("撤回时应当公开说明理由", WORKING_DAYS),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

HEARING_REQUEST = TimeLimit(
    id="hearing-request",
    zh="要求听证",
    about=About.RIGHT,
    starts_on=(Fact.HEARING_RIGHT_TOLD,),
    met_by=(Fact.HEARING_REQUESTED, Fact.HEARING_WAIVED),
    ended_by=(Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED, Fact.NO_PENALTY_DECIDED, *CASE_LEFT),
    editions=(
        edition(
            IN_FORCE,
            (APL.article(64), APL.article(85), PSAPL.article(4), PSAPL.article(117)),
            working_days(5),
            Counting.WORKING_DAYS,
            notes=("办理行政案件程序规定第一百三十三条仍写三日；行政处罚法在后且位阶高，按五个工作日，不得提前截止", WORKING_DAYS),
        ),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

HEARING_NOTICE = TimeLimit(
    id="hearing-notice",
    zh="听证通知",
    about=About.DOCUMENT,
    # The fact names the appointed day as its term; the notice is counted back from that day.
    starts_on=(Fact.HEARING_APPOINTED,),
    met_by=(Fact.HEARING_NOTICE_SERVED,),
    ended_by=(Fact.HEARING_WAIVED, Fact.HEARING_WITHDRAWN, *CASE_LEFT),
    restarts_on=Fact.HEARING_APPOINTED,
    anew=(Ground(Fact.HEARING_APPOINTED, (Fact.HEARING_POSTPONED,), "写明理由的改期", (APL.article(64), MPSA.article(138))),),
    editions=(
        edition(
            IN_FORCE,
            (APL.article(64), APL.article(85), MPSA.article(136)),
            working_days(7),
            Counting.BACKWARD_WORKING_DAYS,
            notes=(
                "办理行政案件程序规定第一百三十六条写七日；有利于当事人的，按七个工作日，且优先于十日内举行听证的目标",
                WORKING_DAYS,
            ),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)
