"""行政复议法 (2023), with its implementing regulation of 2026: review of decisions of the police, in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import ARL, ARLIR
from law.lengths import days, working_days, years
from law.offices import Office
from law.time_limits import About, Base, Extension, NotCounted, TimeLimit, edition

IN_FORCE = date(2024, 1, 1)
# The implementing regulation as revised in 2026.
IN_FORCE_REGULATION = date(2026, 7, 1)
OBSTACLE = NotCounted(
    "不可抗力或者其他正当理由", Fact.REMEDY_OBSTACLE_AROSE, Fact.REMEDY_OBSTACLE_ENDED, also_called=("不可抗力", "正当理由")
)
NOT_TOLD = Base(years(1), Counting.MONTHS, "未告知申请权利、复议机关或者申请期限的，最长")
SUMMARY = "适用简易程序的"
_OVER = (Fact.ADMIN_REVIEW_NOT_ACCEPTED, Fact.ADMIN_REVIEW_WITHDRAWN)

APPLY = TimeLimit(
    id="admin-review-apply",
    zh="申请行政复议",
    about=About.RIGHT,
    starts_on=(Fact.ACT_KNOWN,),
    met_by=(Fact.ADMIN_REVIEW_LODGED_WITH_US, Fact.ADMIN_REVIEW_RECEIVED, Fact.ADMIN_REVIEW_RECEIVED_INCOMPLETE),
    editions=(
        edition(
            IN_FORCE_REGULATION,
            (ARL.article(20), ARLIR.article(23)),
            days(60),
            Counting.DAYS,
            NOT_TOLD,
            not_counted=(OBSTACLE,),
        ),
        edition(IN_FORCE, ARL.article(20), days(60), Counting.DAYS, NOT_TOLD, not_counted=(OBSTACLE,), until=IN_FORCE_REGULATION),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

ACCEPT = TimeLimit(
    id="admin-review-accept",
    zh="复议受理审查",
    about=About.CASE,
    # Of papers that were incomplete the review for acceptance begins when the rest has come (art. 31).
    starts_on=(Fact.ADMIN_REVIEW_RECEIVED, Fact.ADMIN_REVIEW_SUPPLEMENTED),
    met_by=(Fact.ADMIN_REVIEW_ACCEPTED, Fact.ADMIN_REVIEW_NOT_ACCEPTED),
    ended_by=(Fact.ADMIN_REVIEW_WITHDRAWN,),
    editions=(
        edition(
            IN_FORCE,
            (ARL.article(30), ARL.article(88)),
            working_days(5),
            Counting.WORKING_DAYS,
            notes=("审查期限届满未作出不予受理决定的，自届满之日起视为受理",),
        ),
    ),
    answerable=Office.JUSTICE_BUREAU,
    at_expiry=Consequence.DECIDE,
)

SUPPLEMENT_NOTICE = TimeLimit(
    id="admin-review-supplement-notice",
    zh="通知补正复议申请材料",
    about=About.DOCUMENT,
    starts_on=(Fact.ADMIN_REVIEW_RECEIVED_INCOMPLETE,),
    met_by=(Fact.ADMIN_REVIEW_SUPPLEMENT_ASKED,),
    ended_by=(*_OVER, Fact.ADMIN_REVIEW_SUPPLEMENTED, Fact.ADMIN_REVIEW_ACCEPTED),
    editions=(
        edition(
            IN_FORCE,
            (ARL.article(31), ARL.article(88)),
            working_days(5),
            Counting.WORKING_DAYS,
            notes=("自收到申请之日起算；补正通知应当一次载明需要补正的事项",),
        ),
    ),
    answerable=Office.JUSTICE_BUREAU,
    at_expiry=Consequence.ESCALATE,
)

SUPPLEMENT = TimeLimit(
    id="admin-review-supplement",
    zh="补正复议申请材料",
    about=About.RIGHT,
    starts_on=(Fact.ADMIN_REVIEW_SUPPLEMENT_TOLD,),
    met_by=(Fact.ADMIN_REVIEW_SUPPLEMENTED,),
    ended_by=(*_OVER, Fact.ADMIN_REVIEW_ACCEPTED),
    editions=(
        edition(
            IN_FORCE,
            (ARL.article(31), ARL.article(88)),
            working_days(10),
            Counting.WORKING_DAYS,
            notes=("有正当理由不能按期补正的，复议机关可以延长合理的期限；无正当理由逾期不补正的，视为放弃申请",),
        ),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.RIGHT_LAPSES,
)

_FORWARDED_UNLESS_CORRECTED = "处罚机关可以自行纠正；认为应当维持的，须在期限以内转送复议机关"
SELF_CORRECT = TimeLimit(
    id="admin-review-self-correct",
    zh="复议前自行纠正/转送",
    about=About.CASE,
    starts_on=(Fact.ADMIN_REVIEW_LODGED_WITH_US,),
    met_by=(Fact.DECISION_SELF_CORRECTED, Fact.ADMIN_REVIEW_FORWARDED),
    ended_by=(Fact.ADMIN_REVIEW_WITHDRAWN,),
    editions=(
        edition(
            IN_FORCE_REGULATION,
            (ARL.article(32), ARLIR.article(38)),
            working_days(5),
            Counting.WORKING_DAYS,
            notes=(_FORWARDED_UNLESS_CORRECTED, "处罚机关用去的时间不计入申请人的申请期限"),
        ),
        edition(
            IN_FORCE,
            ARL.article(32),
            working_days(5),
            Counting.WORKING_DAYS,
            until=IN_FORCE_REGULATION,
            notes=(_FORWARDED_UNLESS_CORRECTED,),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

REPLY = TimeLimit(
    id="admin-review-reply",
    zh="被申请人答复",
    about=About.CASE,
    starts_on=(Fact.ADMIN_REVIEW_COPY_RECEIVED,),
    met_by=(Fact.ADMIN_REVIEW_REPLIED,),
    ended_by=(*_OVER, Fact.ADMIN_REVIEW_DECIDED),
    editions=(
        edition(
            IN_FORCE,
            (ARL.article(48), ARL.article(54), ARL.article(88)),
            working_days(10),
            Counting.WORKING_DAYS,
            Base(working_days(5), Counting.WORKING_DAYS, SUMMARY),
            notes=("逾期不提交作出行政行为的证据、依据的，视为没有证据、依据，行政行为将被撤销（《行政复议法》第七十条）",),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

DECIDE = TimeLimit(
    id="admin-review-decide",
    zh="复议决定",
    about=About.CASE,
    starts_on=(Fact.ADMIN_REVIEW_ACCEPTED,),
    met_by=(Fact.ADMIN_REVIEW_DECIDED,),
    ended_by=(Fact.ADMIN_REVIEW_WITHDRAWN,),
    extended_by=Fact.ADMIN_REVIEW_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            ARL.article(62),
            days(60),
            Counting.DAYS,
            Base(days(30), Counting.DAYS, SUMMARY),
            extensions=(Extension("情况复杂", plus=days(30), up_to=True),),
        ),
    ),
    answerable=Office.JUSTICE_BUREAU,
    at_expiry=Consequence.DECIDE,
)
