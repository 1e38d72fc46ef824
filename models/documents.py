"""Legal documents (文书): which the law wants of which step, how each is numbered, and the words that its template is filled with.

A template is a Word file in `seeds/documents`, named as the document is; between double braces stand the titles that officers read on
the forms, and the words below. A further document is one template and one line of `_TYPES`.
"""
# Long because every kind of paper stands here once, a line for each.

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from law.calendar import SHANGHAI
from law.citations import Article, format_chinese_number
from law.facts import Fact
from law.instruments import PSAPL
from law.legal_fact import LegalFact
from law.offences import get_charges, get_violations
from models.forms.form import APPROVAL_SHEET, Form, describe_code, get_forms
from models.forms.suspect import parse_sex
from models.forms.veil import format_hint, is_veiled

# Of these the last to happen says under which measure a person is.
MEASURES = {
    Fact.DETENTION_EXECUTED: "刑事拘留",
    Fact.PRIOR_DETENTION_EXECUTED: "刑事拘留",
    Fact.ARREST_EXECUTED: "逮捕",
    Fact.BAIL_DECIDED: "取保候审",
    Fact.SURVEILLANCE_DECIDED: "监视居住",
    Fact.PERSON_RELEASED: "释放",
}

# Words that no form's field need bear.
HOUSE_WORDS = frozenset({
    "文号", "日期", "发生时间", "机关", "办案单位", "承办人", "经办人", "批准人", "案件名称", "案件编号", "案由", "涉嫌罪名", "法律依据",
    "看守所", "检察院", "法院", "复议机关", "犯罪嫌疑人", "措施", "措施时间", "报案人", "报案人电话", "处罚内容", "罚款金额", "拘留期限",
    "财物编号", "随案财物", "姓名", "性别", "出生日期", "证件号码", "住址", "电话",
    "办理事项", "呈请人", "呈请时间", "呈请内容", "审批经过", "卷内材料", "所涉文书", "所涉文书文号",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document (文书): `zh` is its title on the forms, `mark` the word of its number, `on` the facts that call for it.

    Without a `mark` it has no number of its bureau's, and is counted within its matter; without facts each step that names it makes it.
    `under` is the measure without which it is not made, `earlier` are the steps, of the matter or of the one above it, on whose words it
    draws as well, `template` names its template where two documents bear one title. Of a form that asks for the field named in `when` it
    is made only on that answer; on any, where none is said; where the field named in `unless` is filled in, it was made by another organ. One that does not bind may have been written by hand: no dossier is held up
    by its absence.
    """

    id: str
    zh: str
    mark: str = ""
    on: tuple[Fact, ...] = ()
    under: Fact | None = None
    earlier: tuple[str, ...] = ()
    when: tuple[str, str | bool] = ("", "")
    unless: str = ""
    template: str = ""
    binds: bool = True

    def depends_on(self, form: type[BaseModel]) -> bool:
        """Whether it hangs on an answer that this form asks for."""
        return self.when[0] in form.model_fields

    def suits(self, form: BaseModel) -> bool:
        """Whether it is called for as the form is filled in."""
        if self.unless and getattr(form, self.unless, ""):
            return False
        if not self.depends_on(type(form)):
            return True
        answer, wanted = getattr(form, self.when[0]), self.when[1]
        return bool(answer) if wanted == "" else answer == wanted

    def arises(self, facts: Iterable[Fact]) -> bool:
        """Whether one of these facts calls for it."""
        return not self.on or any(each in self.on for each in facts)

    @property
    def file(self) -> str:
        """The name of its template's file."""
        return f"{self.template or self.zh}.docx"


_ACCEPTED = (Fact.CASE_ACCEPTED, Fact.ECONOMIC_CASE_ACCEPTED, Fact.REFERRAL_ACCEPTED)
_ADMIN_FILED = (Fact.PUBLIC_ORDER_CASE_FILED, Fact.OTHER_LAW_CASE_FILED)
_PENALTY = (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED)
_CASE = ("accept-case", "file-case")
_ADMIN_CASE = ("file-public-order-case",)
_SUMMONED_ADMIN = (Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW)
_VICTIM_HEARD = (Fact.VICTIM_INTERVIEWED, Fact.VICTIM_REINTERVIEWED)
_HEARING = ("accept-hearing", "appoint-hearing")
_RECONSIDERED = (Fact.NO_FILING_RECONSIDERATION_DECIDED, Fact.AGENCY_RECONSIDERATION_DECIDED)
_CALL = ("open-incident",)
_ORDER = ("open-rectification-order",)
_WATCH = ("open-supervision",)
_LEAD = ("register-lead", "draft-lead")
_SEIZED = (Fact.PROPERTY_SEIZED, Fact.EVIDENCE_SEIZED)

_TYPES = (
    DocumentType("case-acceptance-form", "受案登记表", "受案字", _ACCEPTED),
    # The receipt cites the number of the form it goes with, and has none of its own.
    DocumentType("case-acceptance-receipt", "受案回执", "受案字", _ACCEPTED),
    DocumentType("administrative-acceptance-form", "受案登记表", "行受字", _ADMIN_FILED, template="行政受案登记表"),
    DocumentType("administrative-acceptance-receipt", "受案回执", "行受字", _ADMIN_FILED, template="行政受案回执"),
    DocumentType("filing-decision", "立案决定书", "立字", (Fact.CASE_FILED, Fact.CASE_REOPENED), earlier=_CASE),
    DocumentType("no-filing-notice", "不予立案通知书", "不立字", (Fact.CASE_NOT_FILED,), earlier=_CASE),
    DocumentType("summons", "传唤证", "传唤字", (Fact.PERSON_SUMMONED,)),
    DocumentType("administrative-summons", "传唤证", "行传字", _SUMMONED_ADMIN, earlier=_ADMIN_CASE, template="行政传唤证"),
    DocumentType("compelled-appearance-warrant", "拘传证", "拘传字", (Fact.PERSON_COMPELLED,)),
    DocumentType("detention-warrant", "拘留证", "拘字", (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED)),
    DocumentType("detention-notice", "拘留通知书", "拘通字", (Fact.FAMILY_NOTIFIED,), under=Fact.DETENTION_EXECUTED),
    DocumentType("detention-extension-notice", "延长拘留期限通知书", "延拘字", (Fact.DETENTION_EXTENDED,)),
    DocumentType("arrest-request", "提请批准逮捕书", "提捕字", (Fact.ARREST_REQUESTED,), earlier=_CASE),
    DocumentType("arrest-warrant", "逮捕证", "捕字", (Fact.ARREST_EXECUTED,)),
    DocumentType("arrest-notice", "逮捕通知书", "捕通字", (Fact.FAMILY_NOTIFIED,), under=Fact.ARREST_EXECUTED),
    DocumentType("bail-decision", "取保候审决定书", "取保字", (Fact.BAIL_DECIDED,)),
    DocumentType("surveillance-decision", "监视居住决定书", "监居字", (Fact.SURVEILLANCE_DECIDED,)),
    DocumentType("release-notice", "释放通知书", "释字", (Fact.PERSON_RELEASED,)),
    DocumentType(
        "prosecution-opinion",
        "起诉意见书",
        "诉字",
        (Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN),
        earlier=_CASE,
        when=("outcome", "new-opinion"),
    ),
    DocumentType("cancellation-decision", "撤销案件决定书", "撤案字", (Fact.CASE_CANCELLED,), earlier=_CASE),
    DocumentType(
        "supplementary-report",
        "补充侦查报告书",
        "补侦字",
        (Fact.CASE_SENT_AGAIN,),
        earlier=("return-for-investigation",),
        when=("outcome", "supplemented"),
    ),
    DocumentType("penalty-decision", "行政处罚决定书", "行罚决字", _PENALTY, earlier=_ADMIN_CASE),
    DocumentType("hearing-notice", "举行听证通知书", "听通字", (Fact.HEARING_NOTICE_SERVED,), earlier=("appoint-hearing",)),
    DocumentType("seizure-list", "扣押清单", "扣字", _SEIZED),
    DocumentType("transfer-list", "随案移送清单", "随移字", (Fact.PROPERTY_SENT_WITH_CASE,)),
    DocumentType("return-list", "发还清单", "发还字", (Fact.EXHIBIT_RETURNED,), earlier=("open-exhibit",)),
    DocumentType("interrogation-record", "讯问笔录", when=("record", "")),
    DocumentType("suspect-rights-notice", "犯罪嫌疑人诉讼权利义务告知书"),
    DocumentType("inquiry-record", "询问笔录", on=(Fact.PERSON_INQUIRED,), when=("record", ""), binds=False),
    DocumentType(
        "victim-inquiry-record", "询问笔录", on=_VICTIM_HEARD, when=("record", ""), template="被害人询问笔录", binds=False
    ),
    DocumentType("penalty-notice-record", "行政处罚告知笔录"),
    DocumentType("defence-record", "陈述申辩笔录"),
    DocumentType("hearing-record", "听证笔录", earlier=_HEARING),
    DocumentType("hearing-report", "听证报告书", earlier=_HEARING),
    DocumentType("legal-review-opinion", "法制审核意见书", earlier=("send-for-legal-review",)),
    DocumentType("discussion-record", "集体讨论记录"),
    DocumentType("service-receipt", "送达回证"),
    DocumentType("scene-record", "处警记录"),
    DocumentType("report-registration", "接报案登记表", earlier=_CALL),
    DocumentType("report-receipt", "接报案回执"),
    DocumentType("not-ours-record", "告知记录"),
    DocumentType("duplicate-record", "解释记录"),
    DocumentType("incident-feedback", "处警反馈", earlier=(*_CALL, "arrive-on-scene", "handle-scene")),
    DocumentType("lost-property-receipt", "遗失物接收凭证", "遗收字", binds=False),
    DocumentType("lost-property-return", "遗失物归还凭证", "遗还字", binds=False),
    DocumentType("found-notice", "招领公告", "招领字", binds=False),
    DocumentType("inspection-record", "检查笔录", when=("found", "")),
    DocumentType("mediation-record", "调解笔录"),
    DocumentType("mediation-agreement", "治安调解协议书"),
    DocumentType("substitute-performance-record", "代履行笔录"),
    DocumentType("expedited-notice", "快速办理告知书"),
    DocumentType("rectification-order", "整改指令单", "整"),
    DocumentType("rectification-report", "整改反馈单", earlier=_ORDER),
    DocumentType("rectification-appeal-decision", "异议审查决定书", "整异", earlier=("appeal-rectification",)),
    DocumentType("rectification-verification", "核查意见书", earlier=_ORDER),
    DocumentType("rectification-reminder", "催办函", "整催"),
    DocumentType("unrectifiable-statement", "无法整改说明"),
    DocumentType("petition-acceptance", "信访事项受理告知书", "信受字", binds=False),
    DocumentType("petition-refusal", "信访事项不予受理告知书", "信不受字", binds=False),
    DocumentType("petition-routing", "信访事项程序导入告知书", "信导字", binds=False),
    DocumentType("letter-transfer", "转送告知书", "信转字", binds=False),
    DocumentType("petition-extension", "延长办理期限告知书", "信延字", binds=False),
    DocumentType("petition-opinion", "信访处理意见书", "信处字", binds=False),
    DocumentType("petition-reexamination", "信访事项复查意见书", "信查字", binds=False),
    DocumentType("petition-final-review", "信访事项复核意见书", "信核字", binds=False),
    DocumentType("reward-approval", "举报奖励审批表", "奖审字", binds=False),
    DocumentType("missing-registration", "失联人员登记表", "失字", binds=False),
    DocumentType("joint-task-order", "合成作战指令", "合战字", binds=False),
    DocumentType("emergency-location", "紧急定位审批表", "急定字", binds=False),
    DocumentType("missing-notice", "寻人启事", "寻字", binds=False),
    DocumentType("dna-registration", "DNA采集登记表", "采样字", binds=False),
    DocumentType("not-missing-finding", "不属失联认定书", "不失字", binds=False),
    DocumentType("missing-told-record", "告知笔录", binds=False),
    DocumentType("missing-handover-record", "交接记录", binds=False),
    DocumentType("death-notice", "死亡通知书", "亡通字", earlier=("record-missing-death",), binds=False),
    DocumentType("supervision-letter", "督办函", "督", (Fact.SUPERVISION_OPENED,), earlier=_WATCH),
    DocumentType("supervision-report", "督办进展报告", earlier=_WATCH),
    DocumentType("supervision-end", "解除督办通知", "解督", earlier=(*_WATCH, "lift-supervision")),
    DocumentType("dispute-submission", "报请指定管辖报告书", earlier=("open-dispute", "consult-jurisdiction")),
    DocumentType("lead-hearing", "听取说明记录", earlier=_LEAD),
    DocumentType("lead-opinion", "责任线索法制意见书", "法责", (Fact.LEAD_OPINED,), earlier=_LEAD),
    DocumentType("reminder-talk", "提醒谈话记录", earlier=_LEAD),
    DocumentType("lead-referral", "责任线索移送函", "责移", (Fact.LEAD_REFERRED,), earlier=_LEAD),
    DocumentType("no-fault-notice", "不予追究通知书", "责免", (Fact.LEAD_NO_FAULT,), earlier=_LEAD),
    DocumentType("lead-appeal-decision", "责任异议审查决定书", "责异", earlier=(*_LEAD, "appeal-accountability")),
    DocumentType("finding-dismissal", "巡查发现处理说明"),
    DocumentType("identity-declaration", "纸质与电子卷宗一致声明"),
    DocumentType("investigation-report", "结案报告"),
    DocumentType("necessity-report", "羁押必要性评估报告"),
    DocumentType("closing-registration", "结案登记"),
    DocumentType("stop-approval", "继续盘问审批表"),
    DocumentType("stop-extension-approval", "延长继续盘问时限审批表"),
    DocumentType("naming-report", "呈请确定犯罪嫌疑人报告书", on=(Fact.PERSON_NAMED,), binds=False),
    DocumentType("correction-report", "呈请更正报告书"),
    DocumentType("verification-report", "呈请调查核实报告书"),
    DocumentType("merging-report", "呈请并案侦查报告书"),
    DocumentType("mediation-report", "呈请治安调解报告书"),
    DocumentType("turning-report", "呈请转为刑事案件报告书"),
    DocumentType("bail-lifting", "解除取保候审决定书", "解保字"),
    DocumentType("bail-execution-notice", "取保候审执行通知书", "保执字"),
    DocumentType("deposit-notice", "收取保证金通知书", "收保字"),
    DocumentType("surveillance-lifting", "解除监视居住决定书", "解监字"),
    DocumentType("surveillance-notice", "监视居住通知书", "监通字"),
    DocumentType("termination-decision", "终止侦查决定书", "终侦字", (Fact.INVESTIGATION_TERMINATED,), binds=False),
    DocumentType("custody-extension-request", "提请批准延长侦查羁押期限意见书", "提延字"),
    DocumentType("custody-change-notice", "变更羁押期限通知书", "变押字"),
    DocumentType("meeting-permission", "准予会见犯罪嫌疑人决定书", "准见字", when=("permitted", True)),
    DocumentType("meeting-refusal", "不准予会见犯罪嫌疑人决定书", "不准见字", when=("permitted", False)),
    DocumentType("legal-aid-notice", "提供法律援助通知书", "援通字"),
    DocumentType("guardian-notice", "未成年人法定代理人到场通知书", "到场字"),
    DocumentType("reconsideration-request", "要求复议意见书", "要复字"),
    DocumentType("review-request", "提请复核意见书", "提核字"),
    DocumentType("confiscation-opinion", "没收违法所得意见书", "没收字"),
    DocumentType("medical-treatment-opinion", "强制医疗意见书", "强医字"),
    DocumentType("administrative-transfer-notice", "移送行政处理通知书", "移行字"),
    DocumentType("case-transfer-notice", "移送案件通知书", "移送字"),
    DocumentType("appraisal-commission", "鉴定聘请书", "鉴聘字"),
    DocumentType("cooperation-letter", "办案协作函", "协作字"),
    DocumentType("technical-measure-decision", "采取技术侦查措施决定书", "技侦字"),
    DocumentType("technical-measure-extension", "延长技术侦查措施期限决定书", "延技字"),
    DocumentType("technical-measure-lifting", "解除技术侦查措施决定书", "解技字"),
    DocumentType("recusal-decision", "回避决定书", "回避字"),
    DocumentType("recusal-refusal", "驳回申请回避决定书", "驳避字"),
    DocumentType("recusal-reconsideration", "回避复议决定书", "避复字"),
    DocumentType("reconsideration-decision", "刑事复议决定书", "刑复字", _RECONSIDERED, binds=False),
    DocumentType("remedy-extension-notice", "延长复议复核期限通知书", "延复字"),
    DocumentType("filing-explanation", "(不)立案理由说明书", "立说字"),
    DocumentType("freezing-notice", "协助冻结财产通知书", "冻财字", (Fact.PROPERTY_FROZEN,), binds=False),
    DocumentType("unfreezing-notice", "协助解除冻结财产通知书", "解冻字"),
    DocumentType("terror-freezing-decision", "冻结决定书", "冻决字"),
    DocumentType("terror-freezing-notice", "冻结通知书", "冻通字"),
    DocumentType("leave-decision", "请假出所决定书", "请假字"),
    DocumentType("deputy-report", "对人大代表采取强制措施报告书", "代表字"),
    DocumentType("seizure-decision", "扣押决定书", "扣决字"),
    DocumentType("sealing-decision", "查封决定书", "查封字"),
    DocumentType("evidence-preservation", "证据保全决定书", "保全字"),
    DocumentType("stop-payment-notice", "紧急止付通知", "止付字"),
    DocumentType("administrative-refusal-notice", "不予调查处理告知书", "不查字"),
    DocumentType("no-contact-order", "责令禁止接触决定书", "禁触字"),
    DocumentType("ban-order", "责令不得进入场所或者举办活动决定书", "责令字"),
    DocumentType("detention-suspension", "暂缓执行行政拘留决定书", "暂缓字"),
    DocumentType("foreigner-review", "拘留审查决定书", "拘审字"),
    DocumentType("foreigner-review-lifting", "解除拘留审查决定书", "解审字"),
    DocumentType("activity-restriction", "限制活动范围决定书", "限活字"),
    DocumentType("activity-restoration", "解除限制活动范围决定书", "解限字"),
    DocumentType("drug-isolation", "强制隔离戒毒决定书", "强戒字"),
    DocumentType("inspection-warrant", "检查证", "检查字"),
    DocumentType("reappraisal-refusal", "不准予重新鉴定决定书", "不鉴字"),
    DocumentType("investigation-ending", "终止案件调查决定书", "终查字"),
    DocumentType("demand", "催告书", "催告字"),
    DocumentType("enforcement-application", "强制执行申请书", "强申字"),
    DocumentType("substitute-decision", "代履行决定书", "代履字"),
    DocumentType("substitute-demand", "代履行催告书", "代催字"),
    DocumentType("hearing-refusal", "不予受理听证通知书", "不听字"),
    DocumentType("no-penalty-decision", "不予行政处罚决定书", "不罚字"),
    DocumentType("on-the-spot-penalty", "当场处罚决定书", "当罚字"),
    DocumentType(
        "penalty-notice-publication", "公告", "告公字", (Fact.PENALTY_NOTICE_PUBLISHED,), template="告知公告", binds=False
    ),
    DocumentType("approval-sheet", APPROVAL_SHEET, earlier=(*_CALL, *_CASE, *_ADMIN_CASE)),
    DocumentType("evidence-request", "调取证据通知书", "调证字"),
    DocumentType("wanted-order", "通缉令", "缉字"),
    DocumentType("wanted-order-withdrawal", "撤销通缉令的通知", "撤缉字"),
    DocumentType("jurisdiction-designation", "指定管辖决定书", "指管字", unless="number"),
    DocumentType("border-control-letter", "边控函", "边控字"),
    DocumentType("border-control-notice", "边控对象通知书", "边通字", earlier=("hand-border-control",)),
    DocumentType("deposit-forfeiture", "没收保证金决定书", "没保字", when=("against", "没收保证金")),
    DocumentType("guarantor-fine", "对保证人罚款决定书", "保罚字", when=("against", "对保证人罚款"), earlier=("decide-bail",)),
    DocumentType("penalty-revocation", "撤销行政处罚决定书", "撤罚字", when=("by_whom", "本机关自行纠正")),
    DocumentType("detention-receipt", "行政拘留执行回执"),
    DocumentType("detention-end-certificate", "解除拘留证明书", earlier=("enter-detention-centre",)),
    DocumentType("foreigner-review-receipt", "拘留审查执行回执"),
    DocumentType("supervisory-receipt", "协助函回执"),
    DocumentType("penalty-publication", "公告", "送公字", (Fact.PENALTY_PUBLISHED,), template="送达公告", binds=False),
)


@cache
def get_document_types() -> Mapping[str, DocumentType]:
    """Every kind of document by its id."""
    return {each.id: each for each in _TYPES}


@cache
def get_types_by_step() -> Mapping[str, tuple[DocumentType, ...]]:
    """The kinds that a step may make: its form names the document and may bring a fact about that calls for it."""
    made = {step: _list_types_made_by(form) for step, form in get_forms().items()}
    return {step: types for step, types in made.items() if types}


def _list_types_made_by(form: type[Form]) -> tuple[DocumentType, ...]:
    titles = form.rule.document.split("、")
    return tuple(each for each in _TYPES if each.zh in titles and each.arises(form.rule.may_bring))


@cache
def list_known_words(document_type: DocumentType) -> frozenset[str]:
    """The words that a template of this type may ask for: those of the house, and the titles on the forms that lead to it."""
    steps = {step for step, types in get_types_by_step().items() if document_type in types} | set(document_type.earlier)
    return HOUSE_WORDS | {get_template_word(field) for step in steps for field in get_forms()[step].model_fields.values()}


def list_types_called_for(
    types: Iterable[DocumentType], happening: Iterable[LegalFact], before: Iterable[LegalFact]
) -> list[DocumentType]:
    """Those of the kinds that what happens now calls for, given what happened before."""
    facts = {each.fact for each in happening}
    measure = find_last_measure(before)
    return [each for each in types if each.arises(facts) and (each.under is None or (measure and measure.fact is each.under))]


def find_last_measure(facts: Iterable[LegalFact]) -> LegalFact | None:
    """The measure that a person is under, or was released from."""
    return max((each for each in facts if each.fact in MEASURES and not each.told_by), key=lambda each: each.at, default=None)


# Numbers (文号)


def build_number_prefix(
    bureau: str, unit: str, mark: str, year: int, *, units: Iterable[str] = (), bureaus: Iterable[str] = ()
) -> str:
    """How the numbers of one kind, unit and year begin, such as 青公（刑）立字〔2026〕; the bureau itself has no word in brackets.

    Of a unit as many characters are written as set it apart from the other `units` of the bureau, and of the bureau as many as set it
    apart from the other `bureaus`: so no two count together.
    """
    own = bureau.removesuffix("公安局")
    of = "" if unit in ("", bureau) else f"（{_set_apart(unit.removeprefix(own), (each.removeprefix(own) for each in units))}）"
    return f"{_set_apart(bureau, bureaus)}公{of}{mark}〔{year}〕"


def build_matter_number_prefix(matter: str, title: str) -> str:
    """How the numbers of a paper begin that is counted within its matter, such as RY202600000002讯问笔录第."""
    return f"{matter}{title}第"


def _set_apart(name: str, names: Iterable[str]) -> str:
    """The fewest first characters of a name with which no other begins; the name where there are none."""
    others = [each for each in names if each != name]
    beginnings = (name[:length] for length in range(1, len(name)))
    return next((each for each in beginnings if not any(other.startswith(each) for other in others)), name)


# Words


def format_chinese_date(day: date) -> str:
    """A date as documents bear it beside the seal: 二〇二六年九月二十八日."""
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{format_chinese_number(day.month)}月{format_chinese_number(day.day)}日"


def format_clock_time(instant: datetime) -> str:
    """An instant as it stands in a document's text: 2026年9月28日10时05分."""
    at = instant.astimezone(SHANGHAI)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"


def cite_articles(articles: Sequence[Article]) -> str:
    """The statutes' articles that a step rests on, or its other articles where no statute is among them, as documents cite them."""
    statutes = [each for each in articles if each.instrument.zh.endswith("法")] or list(articles)
    told: dict[str, list[str]] = {}
    for each in statutes:
        book, _, place = str(each).removeprefix("《").partition("》")
        told.setdefault(f"《中华人民共和国{book}》" if book.endswith("法") else f"《{book}》", []).append(place)
    return "、".join(f"{book}{'、'.join(places)}" for book, places in told.items())


_SPAN = re.compile(r"(\+|to )?(\d+) (hour|day|month)")
_UNITS = {"hour": "小时", "day": "日", "month": "个月"}


def format_span(amount: str) -> str:
    """A length as decisions write it: `+4 day` 四日, `to 30 day` 至三十日, `2 month` 二个月; other words stay."""
    found = _SPAN.fullmatch(amount)
    if not found:
        return amount
    return f"{'至' if found[1] == 'to ' else ''}{format_chinese_number(int(found[2]))}{_UNITS[found[3]]}"


def get_template_word(field: FieldInfo) -> str:
    """The word by which a template asks for a form's field: its title without what stands in brackets."""
    return re.sub(r"[(（].*?[)）]|\W", "", field.title or "")


def build_form_words(form: BaseModel) -> dict[str, Any]:
    """What was filled in, by the titles of the fields; what was left empty has no word."""
    values = {}
    for name, word, field in _list_fields(type(form)):
        if (value := getattr(form, name)) not in (None, "", (), []):
            values[word] = describe_value(value, field)
    return values


@cache
def _list_fields(form: type[BaseModel]) -> tuple[tuple[str, str, FieldInfo], ...]:
    return tuple((name, get_template_word(field), field) for name, field in form.model_fields.items())


def describe_value(value: Any, field: FieldInfo) -> Any:
    """What was filled into that field, in words: a list of them for several; of what is veiled its code."""
    value = format_hint(value) if is_veiled(value) else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return format_clock_time(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, BaseModel):
        return build_form_words(value)
    if isinstance(value, (list, tuple)):
        return [describe_value(each, field) for each in value]
    return _describe_plain(str(value), field)


def _describe_plain(value: str, field: FieldInfo) -> str:
    if value in get_charges():
        return get_charges()[value].zh
    if value in get_violations():
        return get_violations()[value].zh
    # A choice among words of ours is explained beside the field: `fine 罚款`.
    if value in _list_codes(field.annotation):
        value = describe_code(field, value)
    return _strip_unprintable(format_span(value))


def _list_codes(annotation: Any) -> set[str]:
    """The values among which a field of that type chooses, or each of the several that it takes."""
    inner = get_args(annotation)
    return {each for each in inner if isinstance(each, str)}.union(
        *(_list_codes(each) for each in inner if not isinstance(each, str))
    )


def _strip_unprintable(text: str) -> str:
    """Without the characters that no Word file can hold."""
    return "".join(each for each in text if each >= " " or each in "\n\t")


def build_penalty_words(form: Form) -> dict[str, str]:
    """What a decision on a penalty imposes and under which article, where the form is one."""
    if not hasattr(form, "fine_yuan"):
        return {}
    days, fine = getattr(form, "detention_days", 0), getattr(form, "fine_yuan", 0)
    parts = [f"行政拘留{format_chinese_number(days)}日"] if days else []
    parts += [f"罚款{fine}元"] if fine else []
    values = {"处罚内容": "并处".join(parts) or "警告"} | ({"罚款金额": str(fine)} if fine else {})
    values |= {"拘留期限": f"{format_chinese_number(days)}日"} if days else {}
    if violation := getattr(form, "violation", None):
        article = re.sub(r"\d+", lambda digits: format_chinese_number(int(digits[0])), get_violations()[violation].article)
        book, others = f"《中华人民共和国{PSAPL.zh}》", cite_articles(form.rule.basis)
        values["法律依据"] = f"{book}{article}、{others.removeprefix(book)}"
    return values


@cache
def _get_charges_of_cases() -> Mapping[str, str]:
    return {each.case_zh: each.zh for each in get_charges().values()}


def find_charge_words(title: str) -> str:
    """The charge that a case is named for; empty where its title names none."""
    return _get_charges_of_cases().get(title, "")


def build_person_words(party: Mapping[str, Any]) -> dict[str, str]:
    """Who a party is, with the date of birth and the sex that their citizen number tells."""
    number, details = party.get("citizen_id") or "", {**party, **(party.get("said") or {})}
    day = number[6:14] if number[6:14].isdigit() else details.get("born_on", "").replace("-", "")
    born = f"{day[:4]}年{int(day[4:6])}月{int(day[6:8])}日" if day else ""
    told = {
        "姓名": party["name"],
        "性别": details.get("sex", "") or parse_sex(number if number[16:17].isdigit() else ""),
        "出生日期": born,
        "证件号码": number or details.get("travel_document", ""),
        "住址": details.get("address", ""),
        "电话": details.get("phone", ""),
    }
    return {word: _strip_unprintable(value) for word, value in told.items() if value}
