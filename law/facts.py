"""Legal facts (法律事实): what happened, when, and to whom. Steps bring them about; limits listen to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from law.offices import Office


class Fact(StrEnum):
    """A kind of legal fact; the value is the event id of the authority, `zh` what people read."""

    zh: str

    def __new__(cls, value: str, zh: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member

    # Incident (警情)
    INCIDENT_RECEIVED = "incident.received", "接报"
    INCIDENT_DISPATCHED = "incident.dispatched", "派警"
    INCIDENT_ARRIVED = "incident.arrived", "到达现场"
    INCIDENT_HANDLED = "incident.handled", "先期处置完毕"
    INCIDENT_REGISTERED = "incident.registered", "接报案登记"
    INCIDENT_CLASSIFIED = "incident.classified", "分流定性"
    INCIDENT_JURISDICTION_UNCLEAR = "incident.jurisdiction-unclear", "管辖暂不明确"
    INCIDENT_FOUND_FOREIGN = "incident.found-foreign", "发现不属本单位管辖"
    INCIDENT_TRANSFERRED = "incident.transferred", "移送"
    INCIDENT_NOT_OURS = "incident.not-ours", "告知非公安职责"
    INCIDENT_UPGRADED = "incident.upgraded", "转为案件"
    INCIDENT_CLOSED = "incident.closed", "警情办结"
    WRITTEN_REPORT_RECEIVED = "incident.written-report-received", "收到书面报案"
    REPORTER_CONTACTED = "incident.reporter-contacted", "已联系报案人"
    INCIDENT_REPORTED_IN_PERSON = "incident.reported-in-person", "当面报案"
    INCIDENT_FOUND_NOT_POLICE = "incident.found-not-police", "发现不属公安机关职责"
    JURISDICTION_DISPUTED = "incident.jurisdiction-disputed", "发生管辖争议"
    JURISDICTION_DESIGNATED = "incident.jurisdiction-designated", "指定管辖"
    TWO_HOUR_REPORT_DUE = "incident.two-hour-report-due", "出现须报备情形"
    TWO_HOUR_REPORT_MADE = "incident.two-hour-report-made", "完成报备"
    MISSING_PERSON_REPORTED = "incident.missing-person-reported", "报告人员失联"
    MISSING_PERSON_FOUND = "incident.missing-person-found", "找到失联人员"
    LETTER_ARRIVED = "incident.letter-arrived", "局长信箱来信"
    LETTER_SIGNED = "incident.letter-signed", "签收来信"
    LETTER_WRITER_CONTACTED = "incident.letter-writer-contacted", "联系来信人"
    LETTER_ANSWERED = "incident.letter-answered", "首次反馈来信"

    # Criminal case (刑事案件)
    CASE_ACCEPTED = "criminal.accepted", "接受案件"
    CASE_FILED = "criminal.filed", "立案"
    CASE_NOT_FILED = "criminal.not-filed", "不予立案"
    FILING_REVIEW_EXTENDED = "criminal.review-extended", "延长立案审查"
    CASE_TRANSFERRED = "criminal.transferred", "移送管辖"
    CASE_FOUND_FOREIGN = "criminal.found-foreign", "审查认为有犯罪事实但不属本单位管辖"
    TRANSFER_NOTIFIED = "criminal.transfer-notified", "通知报案人变更管辖"
    ECONOMIC_CASE_ACCEPTED = "criminal.economic-accepted", "接受经济犯罪案件"
    REFERRAL_ACCEPTED = "criminal.referral-accepted", "接受行政执法机关移送案件"
    REFERRAL_INCOMPLETE = "criminal.referral-incomplete", "接受移送案件但材料不全"
    REFERRAL_SUPPLEMENT_ASKED = "criminal.referral-supplement-asked", "通知移送机关补正"
    NO_FILING_NOTICE_SERVED = "criminal.no-filing-notice-served", "送达不予立案通知书"
    NO_FILING_RECONSIDERATION_RECEIVED = "criminal.no-filing-reconsideration-received", "收到不予立案复议申请"
    NO_FILING_RECONSIDERATION_DECIDED = "criminal.no-filing-reconsideration-decided", "作出不予立案复议决定"
    NO_FILING_RECONSIDERATION_SERVED = "criminal.no-filing-reconsideration-served", "送达不予立案复议决定"
    NO_FILING_REVIEW_RECEIVED = "criminal.no-filing-review-received", "收到不予立案复核申请"
    NO_FILING_REVIEW_DECIDED = "criminal.no-filing-review-decided", "作出不予立案复核决定"
    NO_FILING_REMEDY_EXTENDED = "criminal.no-filing-remedy-extended", "延长复议复核期限"
    OBSTACLE_AROSE = "criminal.obstacle-arose", "发生不可抗力等正当事由"
    OBSTACLE_ENDED = "criminal.obstacle-ended", "正当事由消除"
    AGENCY_NO_FILING_NOTICE_SERVED = "criminal.agency-no-filing-notice-served", "向移送机关送达不予立案通知书"
    AGENCY_RECONSIDERATION_RECEIVED = "criminal.agency-reconsideration-received", "收到移送机关复议申请"
    AGENCY_RECONSIDERATION_DECIDED = "criminal.agency-reconsideration-decided", "作出移送机关复议决定"
    FILING_EXPLANATION_ASKED = "criminal.filing-explanation-asked", "收到要求说明立案或不立案理由通知书"
    FILING_DELAY_EXPLANATION_ASKED = "criminal.filing-delay-explanation-asked", "收到要求说明逾期未立案理由"
    FILING_EXPLAINED = "criminal.filing-explained", "书面说明理由"
    FILING_ORDERED = "criminal.filing-ordered", "收到通知立案书"
    INJURY_CASE_ACCEPTED = "criminal.injury-accepted", "受理伤害案件"
    INJURY_APPRAISAL_COMMISSIONED = "criminal.injury-appraisal-commissioned", "委托伤情鉴定"
    INJURY_APPRAISAL_ISSUED = "criminal.injury-appraisal-issued", "出具伤情鉴定意见"
    INVESTIGATION_CLOSED = "investigation.closed", "侦查终结"
    CASE_SENT_TO_PROCURATORATE = "case.sent-to-procuratorate", "移送审查起诉"
    CASE_CANCELLED = "case.cancelled", "撤销案件"
    CASE_CLOSED = "case.closed", "结案"

    # A person under a measure (强制措施)
    PERSON_NAMED = "person.named", "确定犯罪嫌疑人"
    PERSON_SUMMONED = "person.summoned", "传唤到案"
    SUMMONS_EXTENDED = "person.summons-extended", "延长传唤时间"
    SUMMONS_ENDED = "person.summons-ended", "传唤结束"
    PERSON_COMPELLED = "person.compelled", "拘传到案"
    COMPELLED_EXTENDED = "person.compelled-extended", "延长拘传时间"
    COMPELLED_ENDED = "person.compelled-ended", "拘传结束"
    PERSON_INTERROGATED = "person.interrogated", "讯问"
    FAMILY_NOTIFIED = "person.family-notified", "通知家属"
    DETENTION_APPROVED = "detention.approved", "批准拘留"
    FAMILY_NOTICE_EXCUSED = "person.family-notice-excused", "记明不能通知家属的原因"
    DETENTION_EXECUTED = "detention.executed", "执行拘留"
    DETENTION_EXTENDED = "detention.extended", "延长拘留"
    DELIVERED_TO_CUSTODY_CENTRE = "detention.delivered", "送看守所"
    ARREST_REQUESTED = "arrest.requested", "提请批准逮捕"
    ARREST_REQUEST_RECEIVED = "arrest.request-received", "检察院收到提请批准逮捕书"
    ARREST_APPROVED = "arrest.approved", "批准逮捕"
    ARREST_REFUSED = "arrest.refused", "不批准逮捕"
    ARREST_EXECUTED = "arrest.executed", "执行逮捕"
    ARREST_RECEIPT_RETURNED = "arrest.receipt-returned", "送回逮捕执行回执"
    ARREST_FAILED = "arrest.failed", "逮捕未能执行"
    ARREST_RECONSIDERATION_REQUESTED = "arrest.reconsideration-requested", "要求复议不批准逮捕"
    ARREST_RECONSIDERATION_RECEIVED = "arrest.reconsideration-received", "检察院收到要求复议意见书"
    ARREST_RECONSIDERED = "arrest.reconsidered", "收到复议决定书"
    ARREST_REVIEW_REQUESTED = "arrest.review-requested", "提请复核不批准逮捕"
    ARREST_REVIEW_RECEIVED = "arrest.review-received", "上一级检察院收到提请复核意见书"
    ARREST_REVIEW_EXTENDED = "arrest.review-extended", "延长审查批捕期限"
    ARREST_REVIEWED = "arrest.reviewed", "收到复核决定书"
    CUSTODY_FOUND_IMPROPER = "custody.found-improper", "发现羁押不当"
    DETENTION_NOTICE_GIVEN = "custody.detention-notice-given", "看守所提示拘留期限"
    CUSTODY_NOTICE_GIVEN = "custody.notice-given", "看守所通知羁押期限即将届满"
    FOREIGNER_MEASURE_TAKEN = "person.foreigner-measure-taken", "对外国人采取强制措施"
    FOREIGNER_MEASURE_REPORTED = "person.foreigner-measure-reported", "报告外国人强制措施"
    NEW_CRIME_DISCOVERED = "custody.new-crime-discovered", "发现另有重要罪行"
    CUSTODY_SUGGESTION_RECEIVED = "custody.suggestion-received", "收到羁押必要性审查建议书"
    CUSTODY_SUGGESTION_ANSWERED = "custody.suggestion-answered", "回复羁押必要性审查建议"
    NECESSITY_APPLICATION_RECEIVED = "custody.necessity-application-received", "收到羁押必要性评估申请"
    NECESSITY_ASSESSED = "custody.necessity-assessed", "羁押必要性评估"
    NECESSITY_REVIEW_RECEIVED = "custody.necessity-review-received", "检察院收到羁押必要性审查申请"
    NECESSITY_REVIEWED = "custody.necessity-reviewed", "检察院作出羁押必要性审查决定"
    NECESSITY_APPRAISAL_STARTED = "custody.necessity-appraisal-started", "羁押必要性审查委托鉴定或者听证"
    NECESSITY_APPRAISAL_ENDED = "custody.necessity-appraisal-ended", "羁押必要性审查鉴定或者听证完毕"
    NECESSITY_APPLICATION_MISFILED = "custody.necessity-application-misfiled", "收到误投的羁押必要性审查申请"
    NECESSITY_APPLICATION_FORWARDED = "custody.necessity-application-forwarded", "移送误投的羁押必要性审查申请"
    MEASURE_CHANGE_APPLIED = "person.measure-change-applied", "收到变更强制措施申请"
    MEASURE_CHANGE_DECIDED = "person.measure-change-decided", "答复变更强制措施申请"
    OVERDUE_CUSTODY_COMPLAINT_RECEIVED = "custody.overdue-complaint-received", "收到超期羁押申诉或者纠正违法通知书"
    OVERDUE_CUSTODY_COMPLAINT_ANSWERED = "custody.overdue-complaint-answered", "答复超期羁押申诉"
    CUSTODY_EXTENSION_REQUESTED = "custody.extension-requested", "提请延长侦查羁押期限"
    CUSTODY_EXTENDED = "custody.extended", "延长侦查羁押期限"
    CUSTODY_RESTARTED = "custody.restarted", "重新计算侦查羁押期限"
    IDENTITY_UNKNOWN = "custody.identity-suspended", "身份不明"
    IDENTITY_ESTABLISHED = "custody.identity-established", "查清身份"
    EVALUATION_STARTED = "custody.evaluation-started", "决定精神病鉴定"
    EVALUATION_ENDED = "custody.evaluation-ended", "鉴定后恢复计算"
    PERSON_RELEASED = "person.released", "释放"
    BAIL_DECIDED = "bail.decided", "取保候审"
    BAIL_LIFTED = "bail.lifted", "解除取保候审"
    SURVEILLANCE_DECIDED = "surveillance.decided", "监视居住"
    SURVEILLANCE_LIFTED = "surveillance.lifted", "解除监视居住"
    DESIGNATED_SURVEILLANCE_EXECUTED = "surveillance.designated-executed", "执行指定居所监视居住"
    SURVEILLANCE_PAPERS_RECEIVED = "surveillance.papers-received", "收到检法监视居住法律文书"
    SURVEILLANCE_STATION_ASSIGNED = "surveillance.station-assigned", "通知派出所执行监视居住"
    BAIL_DEPOSIT_NOTICE_SERVED = "bail.deposit-notice-served", "送达收取保证金通知书"
    BAIL_DEPOSIT_PAID = "bail.deposit-paid", "交纳保证金"
    BAIL_REMOTE_DECISION_RECEIVED = "bail.remote-decision-received", "异地取保人收到取保候审决定书"
    BAIL_REPORTED_IN = "bail.reported-in", "取保人报到"
    BAIL_PAPERS_RECEIVED = "bail.papers-received", "收到检法取保候审法律文书"
    BAIL_STATION_ASSIGNED = "bail.station-assigned", "指定派出所执行取保候审"
    BAIL_CIRCUMSTANCES_CHANGED = "bail.circumstances-changed", "取保人住址、工作或者联系方式变动"
    BAIL_CHANGE_REPORTED = "bail.change-reported", "取保人报告变动"
    GUARANTOR_FOUND_UNFIT = "bail.guarantor-found-unfit", "发现保证人情况变化"
    GUARANTOR_PROBLEM_NOTIFIED = "bail.guarantor-problem-notified", "通知决定机关保证人情况变化"
    BAIL_EXPIRY_NOTICE_GIVEN = "bail.expiry-notice-given", "通知受案机关取保候审将届满"
    BAIL_CASE_RECEIVED = "bail.case-received", "受案机关收到取保候审案件"
    BAIL_CONTINUATION_DECIDED = "bail.continuation-decided", "受案机关决定继续或者变更措施"
    BAIL_FORFEITED = "bail.forfeited", "决定没收保证金或者罚保证人"
    BAIL_FORFEITURE_ANNOUNCED = "bail.forfeiture-announced", "宣读送达没收或者罚款决定"
    BAIL_REMEDY_RECEIVED = "bail.remedy-received", "收到没收或者罚款复议复核申请"
    BAIL_REMEDY_DECIDED = "bail.remedy-decided", "作出没收或者罚款复议复核决定"

    # Stopping and questioning (继续盘问 · 治安传唤 · 现场措施)
    PERSON_STOPPED = "stop.brought-in", "带至公安机关继续盘问"
    VULNERABLE_PERSON_STOPPED = "stop.vulnerable-brought-in", "带至公安机关继续盘问(孕妇、哺乳期、未满十六或者已满七十周岁)"
    STOP_EXTENDED = "stop.extended", "延长继续盘问"
    STOP_ENDED = "stop.ended", "结束继续盘问"
    DEATH_IN_QUESTIONING_REPORTED = "stop.death-reported", "接到盘问期间死亡报告"
    DEATH_APPRAISAL_COMMISSIONED = "stop.death-appraisal-commissioned", "委托死亡鉴定"
    PERSON_SUMMONED_ADMIN = "person.summoned-admin", "治安传唤到案"
    PERSON_SUMMONED_OTHER_LAW = "person.summoned-other-law", "其他行政案件传唤到案"
    ADMIN_SUMMONS_EXTENDED = "person.summons-admin-extended", "延长询问查证时间"
    ADMIN_SUMMONS_ENDED = "person.summons-admin-ended", "询问查证结束"
    SOBERING_STARTED = "person.sobering-started", "约束醒酒"
    SOBERING_ENDED = "person.sobering-ended", "酒醒"
    ONSITE_MEASURE_TAKEN = "admin.onsite-measure-taken", "当场采取强制措施"
    ONSITE_MEASURE_APPROVED = "admin.onsite-measure-approved", "补办强制措施批准手续"
    ONSITE_MEASURE_LIFTED = "admin.onsite-measure-lifted", "解除当场强制措施"
    NO_CONTACT_ORDERED = "person.no-contact-ordered", "责令禁止接触"
    NO_CONTACT_LIFTED = "person.no-contact-lifted", "解除禁止接触"
    TERROR_RESTRAINT_DECIDED = "person.terror-restraint-decided", "决定约束措施"
    TERROR_RESTRAINT_LIFTED = "person.terror-restraint-lifted", "解除约束措施"

    # Administrative case (治安/行政案件)
    ADMIN_CASE_ACCEPTED = "admin.accepted", "接受行政案件"
    ADMIN_CASE_FILED = "admin.filed", "行政案件立案"
    ADMIN_CASE_REFUSED = "admin.refused", "告知不予处理"

    # The bureau's own proof that its watch works
    CANARY_ARMED = "canary.armed", "自检时钟布设"


# From these facts on a person is held (在押), and from those no longer.
CUSTODY_BEGINS = (Fact.DETENTION_EXECUTED, Fact.ARREST_EXECUTED)
CUSTODY_ENDS = (Fact.PERSON_RELEASED, Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED)
# What happens to the matter concerns everybody and everything in it; all other facts concern what they are about.
WHOLE_MATTER = frozenset(
    fact for fact in Fact if fact.value.split(".")[0] in {"incident", "criminal", "investigation", "case", "admin"}
)


@dataclass(frozen=True, slots=True)
class LegalFact:
    """One fact of one matter: what (`fact`), the instant it happened (`at`), and whom or what it is about.

    `seq` is its place in the matter's journal, and breaks ties between facts of one instant. `told_by` names the matter in
    which it happened when that is another one: such a fact meets and ends clocks here but starts none.
    The remaining members say what a decision fixed: which limit was extended and how (`"+4 day"`, `"to 30 day"`), on what
    grounds, who approved it, why time is excluded, a term the decision itself sets, a base the decision picked.
    """

    fact: Fact
    at: datetime
    about: str
    seq: int = 0
    told_by: str = ""
    limit: str = ""
    extension: str = ""
    grounds: str = ""
    approver: Office | None = None
    reason: str = ""
    term: str = ""
    base: str = ""
    in_custody: bool | None = None

    def __hash__(self) -> int:
        # Equal facts agree in these two, few others do, and the log is hashed at each of its steps.
        return hash((self.at, self.seq))


def in_order(facts: Iterable[LegalFact]) -> list[LegalFact]:
    """The facts by the instant they happened, then by the order in which the journal learnt of them."""
    return sorted(facts, key=lambda f: (f.at, f.seq))
