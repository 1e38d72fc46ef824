"""公安机关办理刑事案件程序规定 (2020): recusal, lawyers, legal aid, complaints and appraisals, in article order."""

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import CPL, CRR, LA, MPSC
from law.lengths import days, hours, working_days
from law.offices import Office
from law.statutes.criminal_procedure_law import FREED
from law.statutes.criminal_procedure_rules import IN_FORCE
from law.time_limits import About, Base, Extension, TimeLimit, edition

RECUSAL_DECISION = TimeLimit(
    id="criminal-recusal-decision",
    zh="刑事回避决定",
    about=About.CASE,
    starts_on=(Fact.CASE_RECUSAL_APPLIED,),
    met_by=(Fact.CASE_RECUSAL_ORDERED, Fact.CASE_RECUSAL_REFUSED),
    ended_by=(Fact.CASE_CANCELLED,),
    extended_by=Fact.CASE_RECUSAL_EXTENDED,
    editions=(
        edition(
            IN_FORCE,
            MPSC.article(36),
            days(2),
            Counting.DAYS,
            extensions=(Extension("情况复杂", total=days(5), up_to=True, approver=Office.COUNTY_HEAD),),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

RECUSAL_RECONSIDERATION = TimeLimit(
    id="criminal-recusal-reconsider",
    zh="驳回回避复议",
    about=About.CASE,
    starts_on=(Fact.CASE_RECUSAL_REFUSED, Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED),
    met_by=(Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED, Fact.CASE_RECUSAL_RECONSIDERED),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(37), CRR.article(27)),
            days(5),
            Counting.DAYS,
            Base(
                working_days(5),
                Counting.WORKING_DAYS,
                "公安机关作出复议决定",
                started_by=(Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED,),
            ),
            notes=("复议决定的期限有自然日、工作日两种规定，法定期限取复议复核特别规定的五个工作日，以五个自然日为办理目标",),
        ),
    ),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)

LEGAL_AID_MANDATORY_NOTICE = TimeLimit(
    id="legal-aid-mandatory-notice",
    zh="通知法援指派",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.LEGAL_AID_DUTY_FOUND, Fact.LEGAL_AID_CENTRE_NOTIFIED),
    met_by=(Fact.LEGAL_AID_CENTRE_NOTIFIED, Fact.LEGAL_AID_LAWYER_ASSIGNED),
    ended_by=(Fact.DEFENDER_ENGAGED, Fact.CASE_CANCELLED),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(46), MPSC.article(320), LA.article(36), CPL.article(35), CPL.article(278)),
            days(3),
            Counting.DAYS_BY_CUSTODY,
            Base(days(3), Counting.DAYS, "法律援助机构指派律师", started_by=(Fact.LEGAL_AID_CENTRE_NOTIFIED,)),
            notes=("未成年犯罪嫌疑人没有委托辩护人的，同样按法律援助法规定的三日通知",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

LEGAL_AID_APPLICATION_FORWARD = TimeLimit(
    id="legal-aid-application-forward",
    zh="转交法援申请",
    about=About.DOCUMENT,
    liberty=True,
    starts_on=(Fact.LEGAL_AID_APPLIED,),
    met_by=(Fact.LEGAL_AID_FORWARDED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(47), LA.article(39)),
            hours(24),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "通知近亲属等协助提供材料"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

LEGAL_AID_DECLINED_NOTICE = TimeLimit(
    id="legal-aid-declined-notice",
    zh="告知法援拒绝指派、自行委托",
    about=About.PERSON,
    starts_on=(Fact.LEGAL_AID_LAWYER_DECLINED, Fact.DEFENDER_ENGAGED),
    # Whoever engages a lawyer before the centre was asked for one declines nobody's.
    when=lambda history, fact: (
        fact.fact is Fact.LEGAL_AID_LAWYER_DECLINED
        or any(history.knows(asked, fact.about, fact.at) for asked in (Fact.LEGAL_AID_CENTRE_NOTIFIED, Fact.LEGAL_AID_FORWARDED))
    ),
    met_by=(Fact.LEGAL_AID_CENTRE_TOLD,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, MPSC.article(47), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DUTY_LAWYER_NOTICE = TimeLimit(
    id="duty-lawyer-notice",
    zh="通知值班律师",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DUTY_LAWYER_REQUESTED,),
    met_by=(Fact.DUTY_LAWYER_NOTIFIED,),
    ended_by=(Fact.DEFENDER_ENGAGED, *FREED),
    editions=(edition(IN_FORCE, MPSC.article(49), hours(24), Counting.HOURS),),
    answerable=Office.CUSTODY_CENTRE,
    at_expiry=Consequence.ESCALATE,
)

LAWYER_MEETING_PERMISSION = TimeLimit(
    id="lawyer-meeting-permission",
    zh="会见许可决定",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.MEETING_PERMISSION_APPLIED,),
    met_by=(Fact.MEETING_PERMISSION_DECIDED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(52), MPSC.article(54)),
            days(3),
            Counting.DAYS_BY_CUSTODY,
            notes=("翻译人员参与会见的许可同样三日；不许可的应当说明理由，妨碍情形消失后应当许可",),
        ),
    ),
    answerable=Office.COUNTY_HEAD,
    at_expiry=Consequence.DECIDE,
)

COMPLAINT = TimeLimit(
    id="criminal-complaint-117",
    zh="对超期/违法查扣等的申诉控告",
    about=About.CASE,
    starts_on=(Fact.COMPLAINT_RECEIVED,),
    met_by=(Fact.COMPLAINT_ANSWERED,),
    editions=(edition(IN_FORCE, (MPSC.article(196), CPL.article(117)), days(30), Counting.DAYS),),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.DECIDE,
)

REAPPRAISAL_REFUSAL_NOTICE = TimeLimit(
    id="criminal-reappraisal-refusal-notice",
    zh="不准补充/重新鉴定通知",
    about=About.DOCUMENT,
    starts_on=(Fact.CRIMINAL_REAPPRAISAL_REFUSED,),
    met_by=(Fact.CRIMINAL_REAPPRAISAL_REFUSAL_NOTIFIED,),
    ended_by=(Fact.CASE_CANCELLED,),
    editions=(edition(IN_FORCE, (MPSC.article(254), MPSC.article(255)), days(3), Counting.DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
