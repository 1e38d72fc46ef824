"""公安机关办理行政案件程序规定 (2018), the part on hearings, decisions, mediation, execution and foreigners; in article order."""

from law.clock import Consequence
from law.counting import Counting
from law.ends import list_held_by_any, list_held_unpunished, list_restricted_by_any
from law.facts import Fact
from law.instruments import ACL, INJ, MPSA, PSAPL
from law.ladders import MONTH_OR_MORE, RELEASE_AT_ONCE
from law.lengths import IMMEDIATE, days, hours, working_days
from law.offices import Office
from law.statutes.administrative_procedure_rules import IN_FORCE
from law.statutes.public_order_law import IN_FORCE as PUBLIC_ORDER_LAW_IN_FORCE
from law.statutes.public_order_law_decision import APPRAISAL, CASE_LEFT, HANDLED, HEARING, NATURAL_DAYS, TWICE_THIRTY_DAYS
from law.time_limits import About, Base, Extension, Ground, TimeLimit, edition

DECIDED = (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED, Fact.NO_PENALTY_DECIDED)
NO_HEARING = (Fact.HEARING_WAIVED, Fact.HEARING_WITHDRAWN, *CASE_LEFT)

HEARING_ACCEPTANCE = TimeLimit(
    id="hearing-acceptance",
    zh="听证受理决定",
    about=About.CASE,
    starts_on=(Fact.HEARING_REQUESTED,),
    met_by=(Fact.HEARING_ACCEPTED, Fact.HEARING_REFUSED),
    ended_by=NO_HEARING,
    editions=(
        edition(
            IN_FORCE,
            MPSA.article(135),
            days(2),
            Counting.DAYS,
            notes=("逾期不通知听证申请人的，视为受理", "二日为自然日：规定自定的日数不适用行政处罚法第八十五条的工作日"),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)

HEARING_HELD = TimeLimit(
    id="hearing-held",
    zh="举行听证",
    about=About.CASE,
    starts_on=(Fact.HEARING_REQUESTED,),
    met_by=(Fact.HEARING_HELD,),
    ended_by=(Fact.HEARING_REFUSED, *NO_HEARING),
    editions=(
        edition(
            IN_FORCE,
            MPSA.article(137),
            days(10),
            Counting.DAYS,
            notes=("十日与举行听证七个工作日前送达通知的要求可能冲突：通知应于受理当日送达，七个工作日必须保证，十日作为目标",),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

NOTICE_BY_PUBLICATION = TimeLimit(
    id="notice-by-publication",
    zh="公告告知申辩",
    about=About.CASE,
    starts_on=(Fact.PENALTY_NOTICE_PUBLISHED, Fact.PENALTY_PUBLISHED),
    met_by=(Fact.DEFENCE_MADE, Fact.PENALTY_SERVED),
    ended_by=(*DECIDED, *CASE_LEFT),
    editions=(
        edition(
            IN_FORCE,
            (MPSA.article(168), MPSA.article(36)),
            days(7),
            Counting.DAYS,
            Base(days(60), Counting.DAYS, "公告送达", started_by=(Fact.PENALTY_PUBLISHED,)),
            notes=("公告满七日未提出申辩的，可以依法作出决定；公告送达的期限不得少于六十日",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

DECISION_SERVICE_ON_VICTIM = TimeLimit(
    id="penalty-decision-service-victim",
    zh="决定书送被侵害人",
    about=About.DOCUMENT,
    starts_on=(Fact.PENALTY_CONCERNS_VICTIM,),
    met_by=(Fact.PENALTY_SERVED_ON_VICTIM,),
    editions=(
        edition(
            PUBLIC_ORDER_LAW_IN_FORCE,
            (MPSA.article(172), PSAPL.article(116)),
            days(2),
            Counting.DAYS,
            notes=("治安管理处罚法要求送达被侵害人而未定日数，二日出自办理行政案件程序规定；无法送达的应当注明", NATURAL_DAYS),
        ),
        edition(IN_FORCE, (MPSA.article(172), PSAPL.article(97)), days(2), Counting.DAYS, notes=(NATURAL_DAYS,)),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SECOND_MEDIATION = TimeLimit(
    id="mediation-second",
    zh="第二次治安调解",
    about=About.CASE,
    starts_on=(Fact.MEDIATION_TRIED,),
    met_by=(Fact.MEDIATION_AGREED, Fact.MEDIATION_FAILED),
    ended_by=(Fact.PUBLIC_ORDER_CASE_DECIDED, *CASE_LEFT),
    editions=(edition(IN_FORCE, (MPSA.article(183), INJ.article(36)), working_days(7), Counting.WORKING_DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

HANDLING_AFTER_MEDIATION = TimeLimit(
    id="mediation-failed-restart",
    zh="调解不成后办案期限",
    about=About.CASE,
    starts_on=(Fact.MEDIATION_FAILED,),
    met_by=HANDLED,
    ended_by=CASE_LEFT,
    extended_by=Fact.HANDLING_EXTENDED,
    editions=(
        edition(
            PUBLIC_ORDER_LAW_IN_FORCE,
            (MPSA.article(185), PSAPL.article(9)),
            days(30),
            Counting.DAYS,
            extensions=TWICE_THIRTY_DAYS,
            not_counted=(APPRAISAL, HEARING),
            notes=("自调解未达成协议或者达成协议不履行之日起重新计算，此前的延长不再计入",),
        ),
        edition(
            IN_FORCE,
            (MPSA.article(185), PSAPL.article(9)),
            days(30),
            Counting.DAYS,
            extensions=(Extension("案情重大、复杂", plus=days(30), approver=Office.HIGHER_POLICE),),
            not_counted=(APPRAISAL,),
            notes=("自调解未达成协议或者达成协议不履行之日起重新计算，此前的延长不再计入",),
        ),
    ),
    ladder=MONTH_OR_MORE,
    # One case, one clock: the case's own limit restarts.
    armed=False,
    armed_as="public-order-case-handling",
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)

SUSPENSION_DECISION = TimeLimit(
    id="admin-detention-suspension-decision",
    zh="暂缓执行行政拘留决定",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SUSPENSION_APPLIED,),
    met_by=(Fact.ADMIN_DETENTION_SUSPENDED, Fact.SUSPENSION_REFUSED),
    ended_by=(Fact.ADMIN_DETENTION_ENDED,),
    editions=(
        edition(
            PUBLIC_ORDER_LAW_IN_FORCE,
            (MPSA.article(223), PSAPL.article(126)),
            hours(24),
            Counting.HOURS,
            notes=("参加升学考试、子女出生、近亲属病危或者死亡的，也可以申请；须有担保人或者按每日二百元交纳保证金",),
        ),
        edition(IN_FORCE, (MPSA.article(223), PSAPL.article(107)), hours(24), Counting.HOURS),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

SUSPENSION_CHANGE_REPORT = TimeLimit(
    id="admin-detention-suspension-change-report",
    zh="暂缓执行期间变动报告",
    about=About.PERSON,
    starts_on=(Fact.SUSPENSION_CIRCUMSTANCES_CHANGED,),
    met_by=(Fact.SUSPENSION_CHANGE_REPORTED,),
    ended_by=(Fact.ADMIN_DETENTION_ENTERED, Fact.ADMIN_DETENTION_ENDED),
    editions=(
        edition(
            IN_FORCE,
            MPSA.article(226),
            hours(24),
            Counting.HOURS,
            notes=("未经决定机关批准不得离开所居住的市、县",),
        ),
    ),
    answerable=Office.PARTY,
    at_expiry=Consequence.DECIDE,
)

SUSPENSION_DEPOSIT_BANKING = TimeLimit(
    id="admin-detention-deposit-banking",
    zh="暂缓执行保证金存入银行",
    about=About.DOCUMENT,
    starts_on=(Fact.SUSPENSION_DEPOSIT_TAKEN,),
    met_by=(Fact.SUSPENSION_DEPOSIT_BANKED,),
    editions=(
        edition(
            IN_FORCE,
            MPSA.article(231),
            days(3),
            Counting.DAYS,
            notes=("保证金应当由银行代收，只有在银行非营业时间公安机关方可先行收取",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

# By these whoever is held before anything is decided goes free, or into other hands.
_LET_GO = (Fact.STOP_ENDED, Fact.ADMIN_SUMMONS_ENDED, Fact.SOBERING_ENDED, Fact.FOREIGNER_REVIEW_LIFTED)

FOREIGNER_REVIEW = TimeLimit(
    id="foreigner-detention-review",
    zh="拘留审查（外国人）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOREIGNER_REVIEW_EXECUTED,),
    met_by=(Fact.FOREIGNER_REVIEW_LIFTED,),
    extended_by=Fact.FOREIGNER_REVIEW_EXTENDED,
    waits=(Fact.IDENTITY_UNKNOWN, Fact.IDENTITY_ESTABLISHED),
    anew=(Ground(Fact.IDENTITY_UNKNOWN, (Fact.FOREIGNER_REVIEW_EXECUTED,), "又一次拘留审查", (MPSA.article(242),)),),
    editions=(
        edition(
            IN_FORCE,
            MPSA.article(242),
            days(30),
            Counting.CUSTODY_DAYS,
            Base(hours(24), Counting.HOURS, "实施后询问"),
            extensions=(Extension("案情复杂", total=days(60), up_to=True, approver=Office.HIGHER_POLICE, of_base=days(30)),),
            notes=("国籍、身份不明的，自查清之日起计算",),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

TERMINATED_LIFT = TimeLimit(
    id="admin-terminated-lift-measure",
    zh="终止调查后解除强制措施",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PUBLIC_ORDER_CASE_TERMINATED,),
    for_each=list_held_by_any,
    met_by=(*_LET_GO, Fact.ADMIN_DETENTION_ENDED),
    editions=(edition(IN_FORCE, MPSA.article(259), IMMEDIATE, Counting.HOURS),),
    ladder=RELEASE_AT_ONCE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE,
)

TERMINATED_LIFT_RESTRICTION = TimeLimit(
    id="admin-terminated-lift-restriction",
    zh="终止调查后解除限制",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PUBLIC_ORDER_CASE_TERMINATED,),
    for_each=list_restricted_by_any,
    met_by=(Fact.TERROR_RESTRAINT_LIFTED, Fact.NO_CONTACT_LIFTED, Fact.FOREIGNER_ACTIVITY_RESTORED, Fact.BAN_ENDED),
    editions=(edition(IN_FORCE, MPSA.article(259), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

LEFT_RELEASE = TimeLimit(
    id="admin-left-release",
    zh="转为刑事案件、移送管辖后释放或者交接",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL, Fact.PUBLIC_ORDER_CASE_TRANSFERRED, Fact.INCIDENT_TRANSFERRED),
    for_each=list_held_unpunished,
    met_by=_LET_GO,
    editions=(
        edition(
            IN_FORCE,
            (ACL.article(20), MPSA.article(62), MPSA.article(243)),
            IMMEDIATE,
            Counting.HOURS,
            notes=(
                "行政强制措施的条件已经消失，应当立即解除；案件移交其他部门处理的，应当解除拘留审查",
                "转为刑事案件后需要继续到案的，依照刑事诉讼程序办理；移送管辖的，由接收单位接续，询问查证时间重新计算",
            ),
        ),
    ),
    ladder=RELEASE_AT_ONCE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

FOREIGNER_REPORT = TimeLimit(
    id="foreigner-admin-report",
    zh="外国人行政拘留等报告",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOREIGNER_RESTRICTED,),
    met_by=(Fact.FOREIGNER_RESTRICTION_REPORTED,),
    editions=(edition(IN_FORCE, MPSA.article(254), hours(48), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
