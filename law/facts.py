"""Legal facts (法律事实): what happened, when, and to whom. Steps bring them about; limits listen to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from law.offices import Office


class Fact(StrEnum):
    """A kind of legal fact; the value is the event id of the authority, `zh` what people read."""

    zh: str

    def __new__(cls, value: str, zh: str) -> "Fact":
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

    # Criminal case (刑事案件)
    CASE_ACCEPTED = "criminal.accepted", "接受案件"
    CASE_FILED = "criminal.filed", "立案"
    CASE_NOT_FILED = "criminal.not-filed", "不予立案"
    FILING_REVIEW_EXTENDED = "criminal.review-extended", "延长立案审查"
    CASE_TRANSFERRED = "criminal.transferred", "移送管辖"
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
    DETENTION_EXECUTED = "detention.executed", "执行拘留"
    DETENTION_EXTENDED = "detention.extended", "延长拘留"
    DELIVERED_TO_CUSTODY_CENTRE = "detention.delivered", "送看守所"
    ARREST_REQUESTED = "arrest.requested", "提请批准逮捕"
    ARREST_REQUEST_RECEIVED = "arrest.request-received", "检察院收到提请批准逮捕书"
    ARREST_APPROVED = "arrest.approved", "批准逮捕"
    ARREST_REFUSED = "arrest.refused", "不批准逮捕"
    ARREST_EXECUTED = "arrest.executed", "执行逮捕"
    ARREST_RECEIPT_RETURNED = "arrest.receipt-returned", "送回逮捕执行回执"
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

    # The bureau's own proof that its watch works
    CANARY_ARMED = "canary.armed", "自检时钟布设"


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


def in_order(facts: Iterable[LegalFact]) -> list[LegalFact]:
    """The facts by the instant they happened, then by the order in which the journal learnt of them."""
    return sorted(facts, key=lambda f: (f.at, f.seq))
