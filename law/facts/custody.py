"""Detention, arrest and custody (拘留 · 逮捕 · 羁押), to the release."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, Condition, Liberty, fact
from law.facts.states import MINOR
from law.instruments import CPL, MPSC, SPP, SUP

# By these a refusal to approve an arrest is looked at again, or an approval comes that nobody asked for.
_LOOKED_AT_AGAIN = ("arrest.reconsideration-requested", "arrest.review-requested", "arrest.decided-unasked")
_BROUGHT_IN = (
    "detention.executed",
    "detention.prior-executed",
    "arrest.executed",
    "person.summoned",
    "person.compelled",
    "stop.brought-in",
    "stop.vulnerable-brought-in",
)
_HELD = ("detention.executed", "detention.prior-executed", "arrest.executed")


class CustodyFacts:
    """Detention, arrest and custody (拘留 · 逮捕 · 羁押), to the release."""

    FAMILY_NOTIFIED = fact(
        "person.family-notified",
        "通知家属",
        scope=SUBJECT,
        area=Area.CUSTODY,
        conditions=(
            Condition(
                "guardian",
                "犯罪嫌疑人未成年，强制措施的通知应当送其法定代理人，并记明法定代理人的姓名",
                (CPL.article(85), CPL.article(281)),
                where=MINOR,
                together="person.guardian-told",
            ),
        ),
    )
    DETENTION_APPROVED = fact("detention.approved", "批准拘留", scope=SUBJECT, area=Area.CUSTODY)
    FAMILY_NOTICE_EXCUSED = fact("person.family-notice-excused", "记明不能通知家属的原因", scope=SUBJECT, area=Area.CUSTODY)
    NOTICE_OBSTACLE_ENDED = fact(
        "person.notice-obstacle-ended",
        "不能通知家属的情形消失",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.family-notice-excused",
        uses_up=True,
        basis=MPSC.article(127),
    )
    DETENTION_EXECUTED = fact("detention.executed", "执行拘留", scope=SUBJECT, area=Area.CUSTODY, liberty=Liberty.HELD)
    RENEWED_DETENTION_GROUNDED = fact("detention.renewal-grounded", "再次拘留有新的事实、证据", scope=SUBJECT, area=Area.CUSTODY)
    RENEWED_ARREST_GROUNDED = fact("arrest.renewal-grounded", "再次逮捕有新的事实、证据", scope=SUBJECT, area=Area.CUSTODY)
    ARREST_DECIDED_UNASKED = fact("arrest.decided-unasked", "检察院依职权决定逮捕", scope=SUBJECT, area=Area.CUSTODY)
    DETENTION_EXTENDED = fact(
        "detention.extended", "延长拘留", scope=SUBJECT, area=Area.CUSTODY, after="detention.executed", basis=MPSC.article(129)
    )
    DELIVERED_TO_CUSTODY_CENTRE = fact(
        "detention.delivered", "送看守所", scope=SUBJECT, area=Area.CUSTODY, after=_HELD, basis=CPL.article(85)
    )
    PRIOR_DETENTION_EXECUTED = fact(
        "detention.prior-executed", "执行先行拘留（监察机关移送）", scope=SUBJECT, area=Area.CUSTODY, liberty=Liberty.HELD
    )
    PRIOR_DETENTION_EXTENDED = fact(
        "detention.prior-extended",
        "延长先行拘留后的决定期限",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="detention.prior-executed",
        basis=CPL.article(170),
    )
    ARREST_REQUESTED = fact("arrest.requested", "提请批准逮捕", scope=SUBJECT, area=Area.CUSTODY)
    ARREST_REQUEST_RECEIVED = fact(
        "arrest.request-received",
        "检察院收到提请批准逮捕书",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.requested",
        uses_up=True,
        basis=CPL.article(87),
    )
    # A person whom a supervisory commission has handed over nobody asks to have arrested: the procuratorate decides (CPL 170).
    ARREST_APPROVED = fact(
        "arrest.approved",
        "批准逮捕",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after=("arrest.requested", "detention.prior-executed"),
        uses_up=True,
        also_answers=_LOOKED_AT_AGAIN,
        instead_of="arrest.refused",
        basis=CPL.article(90),
    )
    ARREST_APPROVAL_REVOKED = fact("arrest.approval-revoked", "撤销批准逮捕决定", scope=SUBJECT, area=Area.CUSTODY)
    ARREST_REFUSED = fact(
        "arrest.refused",
        "不批准逮捕",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.requested",
        uses_up=True,
        also_answers=("detention.prior-executed", *_LOOKED_AT_AGAIN),
        instead_of="arrest.approved",
        basis=CPL.article(90),
    )
    ARREST_EXECUTED = fact(
        "arrest.executed",
        "执行逮捕",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.approved",
        uses_up=True,
        basis=MPSC.article(142),
        liberty=Liberty.HELD,
    )
    ARREST_RECEIPT_RETURNED = fact(
        "arrest.receipt-returned",
        "送回逮捕执行回执",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after=("arrest.executed", "arrest.failed"),
        basis=MPSC.article(142),
    )
    ARREST_FAILED = fact(
        "arrest.failed", "逮捕未能执行", scope=SUBJECT, area=Area.CUSTODY, after="arrest.approved", basis=MPSC.article(142)
    )
    ARREST_RECONSIDERATION_REQUESTED = fact(
        "arrest.reconsideration-requested",
        "要求复议不批准逮捕",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.refused",
        uses_up=True,
        basis=MPSC.article(141),
    )
    ARREST_RECONSIDERATION_RECEIVED = fact(
        "arrest.reconsideration-received",
        "检察院收到要求复议意见书",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.reconsideration-requested",
        uses_up=True,
        basis=MPSC.article(141),
    )
    ARREST_RECONSIDERED = fact(
        "arrest.reconsidered",
        "收到复议决定书",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.reconsideration-requested",
        uses_up=True,
        basis=SPP.article(290),
    )
    ARREST_REVIEW_REQUESTED = fact(
        "arrest.review-requested",
        "提请复核不批准逮捕",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.reconsidered",
        uses_up=True,
        basis=MPSC.article(141),
    )
    ARREST_REVIEW_RECEIVED = fact(
        "arrest.review-received",
        "上一级检察院收到提请复核意见书",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.review-requested",
        uses_up=True,
        basis=MPSC.article(141),
    )
    ARREST_REVIEW_EXTENDED = fact("arrest.review-extended", "延长审查批捕期限", scope=SUBJECT, area=Area.CUSTODY)
    ARREST_REVIEWED = fact(
        "arrest.reviewed",
        "收到复核决定书",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.review-requested",
        uses_up=True,
        basis=SPP.article(291),
    )
    CUSTODY_FOUND_IMPROPER = fact("custody.found-improper", "发现羁押不当", scope=SUBJECT, area=Area.CUSTODY)
    DETENTION_NOTICE_GIVEN = fact("custody.detention-notice-given", "看守所提示拘留期限", scope=SUBJECT, area=Area.CUSTODY)
    CUSTODY_NOTICE_GIVEN = fact("custody.notice-given", "看守所通知羁押期限即将届满", scope=SUBJECT, area=Area.CUSTODY)
    FOREIGNER_MEASURE_TAKEN = fact("person.foreigner-measure-taken", "对外国人采取强制措施", scope=SUBJECT, area=Area.CUSTODY)
    FOREIGNER_MEASURE_REPORTED = fact("person.foreigner-measure-reported", "报告外国人强制措施", scope=SUBJECT, area=Area.CUSTODY)
    NEW_CRIME_DISCOVERED = fact(
        "custody.new-crime-discovered",
        "发现另有重要罪行",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.executed",
        basis=MPSC.article(151),
    )
    CUSTODY_SUGGESTION_RECEIVED = fact("custody.suggestion-received", "收到羁押必要性审查建议书", scope=SUBJECT, area=Area.CUSTODY)
    CUSTODY_SUGGESTION_ANSWERED = fact("custody.suggestion-answered", "回复羁押必要性审查建议", scope=SUBJECT, area=Area.CUSTODY)
    NECESSITY_APPLICATION_RECEIVED = fact(
        "custody.necessity-application-received", "收到羁押必要性评估申请", scope=SUBJECT, area=Area.CUSTODY
    )
    NECESSITY_ASSESSED = fact("custody.necessity-assessed", "羁押必要性评估", scope=SUBJECT, area=Area.CUSTODY)
    NECESSITY_REVIEW_RECEIVED = fact(
        "custody.necessity-review-received", "检察院收到羁押必要性审查申请", scope=SUBJECT, area=Area.CUSTODY
    )
    NECESSITY_REVIEWED = fact("custody.necessity-reviewed", "检察院作出羁押必要性审查决定", scope=SUBJECT, area=Area.CUSTODY)
    NECESSITY_APPRAISAL_STARTED = fact(
        "custody.necessity-appraisal-started", "羁押必要性审查委托鉴定或者听证", scope=SUBJECT, area=Area.CUSTODY
    )
    NECESSITY_APPRAISAL_ENDED = fact(
        "custody.necessity-appraisal-ended", "羁押必要性审查鉴定或者听证完毕", scope=SUBJECT, area=Area.CUSTODY
    )
    NECESSITY_APPLICATION_MISFILED = fact(
        "custody.necessity-application-misfiled", "收到误投的羁押必要性审查申请", scope=SUBJECT, area=Area.CUSTODY
    )
    NECESSITY_APPLICATION_FORWARDED = fact(
        "custody.necessity-application-forwarded", "移送误投的羁押必要性审查申请", scope=SUBJECT, area=Area.CUSTODY
    )
    MEASURE_CHANGE_APPLIED = fact("person.measure-change-applied", "收到变更强制措施申请", scope=SUBJECT, area=Area.CUSTODY)
    MEASURE_CHANGE_DECIDED = fact("person.measure-change-decided", "答复变更强制措施申请", scope=SUBJECT, area=Area.CUSTODY)
    OVERDUE_CUSTODY_COMPLAINT_RECEIVED = fact(
        "custody.overdue-complaint-received", "收到超期羁押申诉或者纠正违法通知书", scope=SUBJECT, area=Area.CUSTODY
    )
    OVERDUE_CUSTODY_COMPLAINT_ANSWERED = fact(
        "custody.overdue-complaint-answered", "答复超期羁押申诉", scope=SUBJECT, area=Area.CUSTODY
    )
    CUSTODY_EXTENSION_REQUESTED = fact(
        "custody.extension-requested",
        "提请延长侦查羁押期限",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="arrest.executed",
        basis=MPSC.article(148),
    )
    CUSTODY_EXTENDED = fact(
        "custody.extended", "延长侦查羁押期限", scope=SUBJECT, area=Area.CUSTODY, after="arrest.executed", basis=MPSC.article(148)
    )
    CUSTODY_RESTARTED = fact(
        "custody.restarted",
        "重新计算侦查羁押期限",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="custody.new-crime-discovered",
        basis=MPSC.article(151),
    )
    IDENTITY_UNKNOWN = fact("custody.identity-suspended", "身份不明", scope=SUBJECT, area=Area.CUSTODY)
    IDENTITY_ESTABLISHED = fact(
        "custody.identity-established",
        "查清身份",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="custody.identity-suspended",
        basis=MPSC.article(152),
    )
    EVALUATION_STARTED = fact("custody.evaluation-started", "决定精神病鉴定", scope=SUBJECT, area=Area.CUSTODY)
    EVALUATION_ENDED = fact(
        "custody.evaluation-ended",
        "鉴定后恢复计算",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="custody.evaluation-started",
        basis=MPSC.article(257),
    )
    REEVALUATION_DECIDED = fact("custody.reevaluation-decided", "决定补充鉴定或者重新鉴定", scope=SUBJECT, area=Area.CUSTODY)
    PERSON_RELEASED = fact("person.released", "释放", scope=SUBJECT, area=Area.CUSTODY, after=_BROUGHT_IN, liberty=Liberty.FREED)

    # With a supervisory commission (协助监察机关): what the police help to carry out against a person
    SUPERVISORY_BRING_IN = fact("supervisory.brought-in", "协助监察机关强制到案", scope=SUBJECT, area=Area.QUESTIONING)
    SUPERVISORY_BRING_IN_ENDED = fact(
        "supervisory.bring-in-ended", "强制到案结束", scope=SUBJECT, area=Area.CUSTODY, after="supervisory.brought-in"
    )
    SUPERVISORY_WAITING_ORDERED = fact("supervisory.waiting-ordered", "协助监察机关责令候查", scope=SUBJECT, area=Area.BAIL)
    SUPERVISORY_WAITING_LIFTED = fact(
        "supervisory.waiting-lifted", "解除责令候查", scope=SUBJECT, area=Area.CUSTODY, after="supervisory.waiting-ordered"
    )
    SUPERVISORY_HOLDING_BEGUN = fact("supervisory.holding-begun", "协助监察机关管护", scope=SUBJECT, area=Area.CUSTODY)
    SUPERVISORY_HOLDING_ENDED = fact(
        "supervisory.holding-ended", "管护结束", scope=SUBJECT, area=Area.CUSTODY, after="supervisory.holding-begun"
    )
    SUPERVISORY_EXTENDED = fact(
        "supervisory.extended",
        "监察机关延长强制到案、管护时间",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after=("supervisory.brought-in", "supervisory.holding-begun"),
        basis=SUP.article(46),
    )
