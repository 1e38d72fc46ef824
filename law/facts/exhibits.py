"""Things under a measure (涉案财物), and what a case does about them."""

from law.facts.administrative_case import FILED
from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact
from law.instruments import MPSA, MPSC, PSAPL

# What takes a thing into the hands of the police, or forbids its owner to dispose of it.
TAKEN = (
    "exhibit.taken",
    "exhibit.sealed",
    "exhibit.seized-admin",
    "exhibit.seized-on-the-spot",
    "exhibit.seizure-transferred",
    "exhibit.registered-in-advance",
    "exhibit.funds-frozen",
    "exhibit.securities-frozen",
    "exhibit.equity-frozen",
    "exhibit.terror-frozen",
)
_FILED = ("criminal.filed", "case.reopened")
_SEIZED = ("exhibit.seized-admin", "exhibit.seized-on-the-spot", "exhibit.seizure-transferred")


class ExhibitFacts:
    """Things under a measure (涉案财物), and what a case does about them."""

    EXHIBIT_TAKEN = fact("exhibit.taken", "提取涉案财物", scope=SUBJECT, area=Area.PROPERTY)
    EXHIBIT_BROUGHT_BACK = fact(
        "exhibit.brought-back", "异地提取涉案财物后返回单位", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_EXAMINATION_APPROVED = fact(
        "exhibit.examination-approved", "批准先作紧急鉴定检验再移交", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_EXAMINED = fact(
        "exhibit.examined",
        "紧急鉴定检验完毕",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.examination-approved",
        not_before=TAKEN,
        basis=MPSA.article(190),
    )
    EXHIBIT_HANDED_OVER = fact("exhibit.handed-over", "移交涉案财物管理人员", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_DISPOSED = fact("exhibit.disposed", "涉案财物处理完毕", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_SEALED = fact("exhibit.sealed", "查封", scope=SUBJECT, area=Area.PROPERTY)
    EXHIBIT_REGISTERED = fact("exhibit.registered", "涉案财物管理人员登记", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_FILED_WITH_SUPERVISION = fact(
        "exhibit.filed-with-supervision", "报督察部门备案", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_FOUND_IRRELEVANT = fact(
        "exhibit.found-irrelevant", "查明与案件无关", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_RETURNED = fact("exhibit.returned", "退还涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_OWNER_NOTIFIED = fact(
        "exhibit.owner-notified", "通知原主或者公告认领", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_ADMIN_OWNER_NOTIFIED = fact(
        "exhibit.admin-owner-notified", "行政案件通知领取或者公告认领", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_CLAIM_EXTENDED = fact(
        "exhibit.claim-extended",
        "延长认领期限",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.admin-owner-notified",
        not_before=TAKEN,
        basis=MPSA.article(197),
    )
    EXHIBIT_CLAIMED = fact("exhibit.claimed", "认领", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    FUNDS_FROZEN = fact("exhibit.funds-frozen", "冻结存款汇款等资金", scope=SUBJECT, area=Area.PROPERTY)
    SECURITIES_FROZEN = fact("exhibit.securities-frozen", "冻结债券股票基金份额", scope=SUBJECT, area=Area.PROPERTY)
    EQUITY_FROZEN = fact("exhibit.equity-frozen", "冻结股权保单权益投资权益", scope=SUBJECT, area=Area.PROPERTY)
    FREEZE_RENEWED = fact(
        "exhibit.freeze-renewed",
        "继续冻结",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after=("exhibit.funds-frozen", "exhibit.securities-frozen", "exhibit.equity-frozen"),
        not_before=TAKEN,
        basis=MPSC.article(240),
    )
    EXHIBIT_UNFROZEN = fact("exhibit.unfrozen", "解除冻结", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_SEIZED_ADMIN = fact("exhibit.seized-admin", "行政扣押、扣留、查封", scope=SUBJECT, area=Area.PROPERTY)
    EXHIBIT_SEIZED_ON_THE_SPOT = fact("exhibit.seized-on-the-spot", "当场扣押", scope=SUBJECT, area=Area.PROPERTY)
    EXHIBIT_SEIZURE_APPROVED = fact(
        "exhibit.seizure-approved",
        "补办扣押批准手续",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.seized-on-the-spot",
        not_before=TAKEN,
        basis=MPSA.article(56),
    )
    EXHIBIT_SEIZURE_EXTENDED = fact(
        "exhibit.seizure-extended",
        "延长扣押查封期限",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after=_SEIZED,
        not_before=TAKEN,
        basis=MPSA.article(112),
    )
    EXHIBIT_SEIZURE_TRANSFERRED = fact("exhibit.seizure-transferred", "移送管辖后接收扣押查封物", scope=SUBJECT, area=Area.PROPERTY)
    EXHIBIT_APPRAISAL_STARTED = fact(
        "exhibit.appraisal-started", "书面告知期间后委托检验鉴定", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_APPRAISAL_ENDED = fact(
        "exhibit.appraisal-ended",
        "检验鉴定完毕",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.appraisal-started",
        not_before=TAKEN,
    )
    EXHIBIT_SEIZURE_LIFTED = fact(
        "exhibit.seizure-lifted",
        "解除扣押查封",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after=_SEIZED,
        not_before=TAKEN,
        basis=MPSA.article(115),
    )
    EXHIBIT_REGISTERED_IN_ADVANCE = fact("exhibit.registered-in-advance", "先行登记保存", scope=SUBJECT, area=Area.PROPERTY)
    EXHIBIT_REGISTRATION_DECIDED = fact(
        "exhibit.registration-decided",
        "对先行登记保存的证据作出处理决定",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.registered-in-advance",
        not_before=TAKEN,
        basis=MPSA.article(110),
    )
    TERROR_PROPERTY_FROZEN = fact("exhibit.terror-frozen", "冻结涉恐财产", scope=SUBJECT, area=Area.PROPERTY)
    TERROR_FREEZE_EXTENDED = fact(
        "exhibit.terror-freeze-extended",
        "延长涉恐财产冻结",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.terror-frozen",
        not_before=TAKEN,
        basis=MPSA.article(114),
    )
    EXHIBIT_LENT = fact("exhibit.lent", "调用涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_LOAN_RETURNED = fact(
        "exhibit.loan-returned",
        "归还调用的涉案财物",
        scope=SUBJECT,
        area=Area.PROPERTY,
        after="exhibit.lent",
        not_before=TAKEN,
        basis=MPSA.article(190),
    )
    EXHIBIT_SENT_TO_PROCURATORATE = fact(
        "exhibit.sent-to-procuratorate", "涉案财物移送人民检察院", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_RECEIVED_BY_PROCURATORATE = fact(
        "exhibit.received-by-procuratorate", "人民检察院签收涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_REFUSED_BY_PROCURATORATE = fact(
        "exhibit.refused-by-procuratorate", "人民检察院不予接收涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_SENT_TO_COURT = fact(
        "exhibit.sent-to-court", "涉案财物移送人民法院", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_RECEIVED_BY_COURT = fact(
        "exhibit.received-by-court", "人民法院签收涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_REFUSED_BY_COURT = fact(
        "exhibit.refused-by-court", "人民法院不予接收涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )
    EXHIBIT_GIVEN_BACK = fact("exhibit.given-back", "涉案财物退回公安机关", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_TAKEN_BACK = fact("exhibit.taken-back", "收回退回的涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN)
    EXHIBIT_DISPOSAL_ORDERED = fact(
        "exhibit.disposal-ordered", "决定如何处理涉案财物", scope=SUBJECT, area=Area.PROPERTY, not_before=TAKEN
    )

    # What a case does about things (查封、扣押、冻结); what becomes of each is told by the facts above
    PROPERTY_SEIZED = fact("property.seized", "扣押财物", scope=SUBJECT, area=Area.PROPERTY, after=_FILED, basis=MPSC.article(174))
    PROPERTY_SEALED = fact("property.sealed", "查封财物", scope=SUBJECT, area=Area.PROPERTY, after=_FILED, basis=MPSC.article(174))
    PROPERTY_FROZEN = fact("property.frozen", "冻结财产", scope=SUBJECT, area=Area.PROPERTY, after=_FILED, basis=MPSC.article(174))
    EVIDENCE_SEIZED = fact(
        "evidence.seized-admin", "扣押等证据保全", scope=SUBJECT, area=Area.PROPERTY, after=FILED, basis=PSAPL.article(105)
    )
    PROPERTY_SENT_WITH_CASE = fact("property.sent-with-case", "财物随案移送", scope=SUBJECT, area=Area.PROPERTY)
