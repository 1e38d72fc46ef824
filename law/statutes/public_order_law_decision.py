"""治安管理处罚法 (2025, and 2012 before 2026): the case's own limit, its decision and the execution of the penalty, in article order."""

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import APL, DETC, MPSA, PSAPL
from law.ladders import MONTH_OR_MORE
from law.lengths import days, hours, working_days
from law.offices import Office
from law.statutes.public_order_law import IN_FORCE, IN_FORCE_2012
from law.time_limits import About, Base, Extension, Ground, NotCounted, TimeLimit, edition

# However a case leaves the police's hands without a decision on the penalty.
CASE_LEFT = (
    Fact.PUBLIC_ORDER_CASE_TERMINATED,
    Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL,
    Fact.PUBLIC_ORDER_CASE_TRANSFERRED,
)
HANDLED = (Fact.PUBLIC_ORDER_CASE_DECIDED, Fact.MEDIATION_AGREED, Fact.PUBLIC_ORDER_CASE_CLOSED)
APPRAISAL = NotCounted(
    "鉴定",
    Fact.APPRAISAL_ORDERED,
    Fact.APPRAISAL_RETURNED,
    also_called=("鉴定期间", "委托鉴定", "伤情鉴定", "法医鉴定", "精神病鉴定", "价格鉴定", "物证鉴定", "重新鉴定", "补充鉴定"),
    several=True,
)
HEARING = NotCounted(
    "听证", Fact.HEARING_OPENED, Fact.HEARING_CLOSED, also_called=("听证期间", "举行听证", "听证程序"), several=True
)
_GRAVE = "案情重大、复杂"
TWICE_THIRTY_DAYS = (
    Extension(
        _GRAVE,
        plus=days(30),
        approver=Office.HIGHER_POLICE,
        or_approver=Office.COUNTY_HEAD,
        or_where=Fact.STATION_HANDLES,
        times=2,
    ),
)
# Days that the public-order law itself writes are natural days, though those of the penalty law are working days.
NATURAL_DAYS = "治安管理处罚法自定的日数按自然日计算，不适用行政处罚法第八十五条的工作日"
_FROM_FILING = "立案之日取受案登记与批准立案中较早的一日；法律要求立即立案，两者应为同一日"
_UNKNOWN_OFFENDER = (
    "行为人不明或者逃跑而不能按期决定的，应当继续调查，并向被侵害人说明情况（《公安机关办理行政案件程序规定》第一百六十五条）"
)
_HANDLING_2012 = edition(
    IN_FORCE_2012,
    (PSAPL.article(99), MPSA.article(165)),
    days(30),
    Counting.DAYS,
    extensions=(Extension(_GRAVE, plus=days(30), approver=Office.HIGHER_POLICE),),
    not_counted=(APPRAISAL,),
    until=IN_FORCE,
    notes=("2026年以前受理的案件适用2012年修正的治安管理处罚法：延长以一次为限，听证期间不扣除", _UNKNOWN_OFFENDER),
)

DECISION_SERVICE = TimeLimit(
    id="penalty-decision-service",
    zh="治安处罚决定书送达",
    about=About.DOCUMENT,
    starts_on=(Fact.PENALTY_DECIDED, Fact.NO_PENALTY_DECIDED),
    met_by=(Fact.PENALTY_SERVED, Fact.PENALTY_PUBLISHED),
    editions=(
        edition(IN_FORCE, (PSAPL.article(116), MPSA.article(36)), days(2), Counting.DAYS, notes=(NATURAL_DAYS,)),
        edition(IN_FORCE_2012, (PSAPL.article(97), MPSA.article(36)), days(2), Counting.DAYS, notes=(NATURAL_DAYS,)),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

_SAY_PROMPTLY = ("法律只要求及时通知，没有数额；二十四小时是据以预警的建议，不是法定期限",)

DETENTION_FAMILY_NOTICE = TimeLimit(
    id="admin-detention-family-notice",
    zh="行政拘留通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ADMIN_DETENTION_DECIDED,),
    met_by=(Fact.FAMILY_NOTIFIED,),
    # Whoever gives no contact, or no name, need not be announced; that is noted on the decision (MPSA 176).
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED, Fact.ADMIN_DETENTION_ENDED),
    editions=(
        edition(IN_FORCE, (PSAPL.article(116), MPSA.article(176)), hours(24), Counting.HOURS, notes=_SAY_PROMPTLY),
        edition(IN_FORCE_2012, (PSAPL.article(97), MPSA.article(176)), hours(24), Counting.HOURS, notes=_SAY_PROMPTLY),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

# One failure for each attempt that failed, or each agreement that was not kept.
_MEDIATION = (
    Ground(
        Fact.MEDIATION_FAILED,
        (Fact.MEDIATION_TRIED, Fact.MEDIATION_AGREED),
        "又一次调解，或者达成后没有履行的调解协议",
        (MPSA.article(183), MPSA.article(185), PSAPL.article(9)),
    ),
)

CASE_HANDLING = TimeLimit(
    id="public-order-case-handling",
    zh="治安案件办案期限",
    about=About.CASE,
    starts_on=(Fact.PUBLIC_ORDER_CASE_FILED,),
    met_by=HANDLED,
    ended_by=CASE_LEFT,
    extended_by=Fact.HANDLING_EXTENDED,
    # An agreement that is not kept begins the term anew, which it had met (MPSA 185); an attempt that failed had stopped nothing.
    restarts_on=Fact.MEDIATION_FAILED,
    anew=_MEDIATION,
    undone=(Fact.MEDIATION_AGREED,),
    editions=(
        edition(
            IN_FORCE,
            PSAPL.article(118),
            days(30),
            Counting.DAYS,
            extensions=TWICE_THIRTY_DAYS,
            not_counted=(APPRAISAL, HEARING),
            notes=(_FROM_FILING, _UNKNOWN_OFFENDER),
        ),
        _HANDLING_2012,
    ),
    ladder=MONTH_OR_MORE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

CASE_HANDLING_2012 = TimeLimit(
    id="public-order-case-handling-2012",
    zh="治安案件办案期限（2012法）",
    about=About.CASE,
    starts_on=(Fact.PUBLIC_ORDER_CASE_FILED,),
    met_by=HANDLED,
    ended_by=CASE_LEFT,
    extended_by=Fact.HANDLING_EXTENDED,
    restarts_on=Fact.MEDIATION_FAILED,
    anew=_MEDIATION,
    undone=(Fact.MEDIATION_AGREED,),
    editions=(_HANDLING_2012,),
    ladder=MONTH_OR_MORE,
    # The 2012 text is an earlier edition of the same limit; the log arms it under the limit's present id.
    armed=False,
    armed_as="public-order-case-handling",
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

ONSITE_PENALTY_FILING = TimeLimit(
    id="onsite-penalty-filing",
    zh="当场处罚备案",
    about=About.DOCUMENT,
    starts_on=(Fact.ONSITE_PENALTY_DECIDED,),
    met_by=(Fact.ONSITE_PENALTY_FILED,),
    editions=tuple(
        edition(
            in_force,
            (PSAPL.article(article), MPSA.article(39)),
            hours(24),
            Counting.HOURS,
            Base(days(2), Counting.DAYS, "交通警察"),
            notes=("在旅客列车、民航飞机、水上当场处罚的，自返回时起算（《公安机关办理行政案件程序规定》第三十九条）",),
        )
        for in_force, article in ((IN_FORCE, 120), (IN_FORCE_2012, 101))
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

_AS_DECIDED = (
    "期限为决定书所定的日数，入所之日至次日为一日",
    "同一行为在处罚前被采取强制措施限制人身自由的，一日折抵一日；询问查证、继续盘问和约束的时间不予折抵",
)

DETENTION_TERM = TimeLimit(
    id="admin-detention-term",
    zh="行政拘留执行期限",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.ADMIN_DETENTION_ENTERED,),
    met_by=(Fact.ADMIN_DETENTION_ENDED,),
    # Who is let out on security re-enters on another day, for the days that are left.
    ended_by=(Fact.ADMIN_DETENTION_SUSPENDED,),
    decided=True,
    editions=tuple(
        edition(
            in_force,
            (
                *(PSAPL.article(article) for article in articles),
                DETC.article(30),
                MPSA.article(162),
                MPSA.article(163),
            ),
            None,
            Counting.CUSTODY_DAYS,
            Base(days(15), Counting.CUSTODY_DAYS, "一个行为最长"),
            Base(days(20), Counting.CUSTODY_DAYS, "数个行为合并执行最长"),
            not_counted=(
                NotCounted("请假出所", Fact.LEAVE_BEGUN, Fact.LEAVE_ENDED, also_called=("出所", "请假", "临时出所", "离所")),
            ),
            notes=_AS_DECIDED,
        )
        for in_force, articles in ((IN_FORCE, (16, 110, 122)), (IN_FORCE_2012, (16, 92, 103)))
    ),
    answerable=Office.DETENTION_CENTRE,
    at_expiry=Consequence.RELEASE,
)

DEFERRAL = NotCounted(
    "暂缓或者分期缴纳", Fact.FINE_DEFERRED, Fact.FINE_DEFERRAL_ENDED, also_called=("暂缓缴纳", "延期缴纳", "分期缴纳")
)
_LATE_FINE = "逾期不缴纳的，每日按罚款数额的百分之三加处罚款，加处的数额不超出罚款的数额；经济困难的可以申请暂缓或者分期缴纳"

FINE_PAYMENT = TimeLimit(
    id="fine-payment",
    zh="缴纳罚款",
    about=About.PERSON,
    starts_on=(Fact.FINE_SERVED,),
    met_by=(Fact.FINE_PAID, Fact.FINE_COLLECTED),
    editions=tuple(
        edition(
            in_force,
            (PSAPL.article(article), APL.article(67), APL.article(72)),
            days(15),
            Counting.DAYS,
            not_counted=(DEFERRAL,),
            notes=(_LATE_FINE,),
        )
        for in_force, article in ((IN_FORCE, 123), (IN_FORCE_2012, 104))
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.DECIDE,
)

FINE_HANDOVER = TimeLimit(
    id="fine-collected-handover",
    zh="当场收缴罚款上交",
    about=About.PROPERTY,
    # Two duties one after the other: the officer's to the unit, the unit's to the bank.
    starts_on=(Fact.FINE_COLLECTED, Fact.FINE_HANDED_IN),
    met_by=(Fact.FINE_HANDED_IN, Fact.FINE_BANKED),
    editions=tuple(
        edition(
            in_force,
            (PSAPL.article(article), APL.article(71), APL.article(85)),
            days(2),
            Counting.DAYS,
            Base(days(2), Counting.DAYS, "公安机关缴付指定的银行", started_by=(Fact.FINE_HANDED_IN,)),
            Base(working_days(2), Counting.WORKING_DAYS, "其他行政案件"),
            notes=(NATURAL_DAYS, "在水上、旅客列车上当场收缴的，自抵岸或者到站之日起算"),
        )
        for in_force, article in ((IN_FORCE, 124), (IN_FORCE_2012, 105))
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
