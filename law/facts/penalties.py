"""What befalls one person of an administrative case, or one opinion of an appraiser: hearing, penalty, fine (听证 · 处罚 · 罚款)."""

from law.facts.administrative_case import FILED
from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact
from law.instruments import APL, MPSA, PSAPL

_DECIDED = ("penalty.decided", "penalty.other-law-decided", "penalty.not-imposed")


class PenaltyFacts:
    """What befalls one person of an administrative case, or one opinion of an appraiser: hearing, penalty, fine (听证 · 处罚 · 罚款)."""

    EXPEDITED_ARRIVAL = fact("expedited.arrived", "到案（快速办理）", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    EXPEDITED_AGREED = fact("expedited.agreed", "同意快速办理", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    EXPEDITED_DROPPED = fact("expedited.dropped", "转为一般案件办理", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    APPRAISAL_SERVED = fact(
        "appraisal.served",
        "送达鉴定意见复印件",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="public-order.appraisal-returned",
        basis=MPSA.article(97),
    )
    REAPPRAISAL_APPLIED = fact(
        "appraisal.reappraisal-applied",
        "申请重新鉴定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="appraisal.served",
        basis=MPSA.article(97),
    )
    REAPPRAISAL_REFUSED = fact(
        "appraisal.reappraisal-refused",
        "决定不准予重新鉴定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        not_before="appraisal.reappraisal-applied",
    )
    REAPPRAISAL_REFUSAL_NOTIFIED = fact(
        "appraisal.reappraisal-refusal-notified",
        "书面通知不准予重新鉴定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        not_before="appraisal.reappraisal-refused",
    )
    PENALTY_NOTIFIED = fact("penalty.notified", "处罚前告知", scope=SUBJECT, area=Area.ADMINISTRATIVE, not_before=FILED)
    PENALTY_NOTICE_PUBLISHED = fact(
        "penalty.notice-published", "公告告知拟作出的处罚", scope=SUBJECT, area=Area.ADMINISTRATIVE, not_before=FILED
    )
    DEFENCE_MADE = fact("penalty.defence-made", "违法嫌疑人提出陈述、申辩", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    HEARING_RIGHT_TOLD = fact("hearing.right-told", "告知有权要求听证", scope=SUBJECT, area=Area.ADMINISTRATIVE, not_before=FILED)
    HEARING_REQUESTED = fact(
        "hearing.requested",
        "要求听证",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="hearing.right-told",
        basis=MPSA.article(133),
    )
    HEARING_ACCEPTED = fact(
        "hearing.accepted",
        "受理听证",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="hearing.requested",
        uses_up=True,
        basis=MPSA.article(135),
    )
    HEARING_REFUSED = fact(
        "hearing.refused",
        "不予受理听证",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="hearing.requested",
        basis=MPSA.article(135),
    )
    HEARING_WAIVED = fact("hearing.waived", "放弃听证", scope=SUBJECT, area=Area.ADMINISTRATIVE, not_before="hearing.right-told")
    HEARING_WITHDRAWN = fact(
        "hearing.withdrawn",
        "撤回听证要求",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="hearing.accepted",
        basis=MPSA.article(134),
    )
    HEARING_APPOINTED = fact("hearing.appointed", "确定听证日期", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    HEARING_POSTPONED = fact("hearing.postponed", "听证改期", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    HEARING_NOTICE_SERVED = fact(
        "hearing.notice-served",
        "送达举行听证通知书",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="hearing.appointed",
        basis=MPSA.article(136),
    )
    HEARING_HELD = fact(
        "hearing.held", "举行听证", scope=SUBJECT, area=Area.ADMINISTRATIVE, after="hearing.notice-served", basis=MPSA.article(136)
    )
    PENALTY_DECIDED = fact(
        "penalty.decided",
        "作出治安管理处罚决定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after=("penalty.notified", "penalty.notice-published"),
        basis=PSAPL.article(112),
    )
    NO_PENALTY_DECIDED = fact("penalty.not-imposed", "作出不予处罚决定", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    OTHER_LAW_PENALTY_DECIDED = fact(
        "penalty.other-law-decided",
        "作出其他行政处罚决定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after=("penalty.notified", "penalty.notice-published"),
        basis=MPSA.article(167),
    )
    PENALTY_HEARING_DUE = fact(
        "penalty.hearing-due",
        "作出依法应当告知听证的处罚",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="hearing.right-told",
        basis=PSAPL.article(117),
    )
    PENALTY_REVIEW_DUE = fact(
        "penalty.review-due",
        "作出依法应当法制审核的处罚",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="public-order.legal-review-done",
        basis=PSAPL.article(114),
    )
    PENALTY_DISCUSSION_DUE = fact(
        "penalty.discussion-due",
        "对情节复杂或者重大违法行为作出处罚",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="public-order.discussed",
        basis=PSAPL.article(113),
    )
    PENALTY_CONCERNS_VICTIM = fact("penalty.concerns-victim", "决定涉及被侵害人", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    PENALTY_SERVED = fact(
        "penalty.served", "送达处罚决定书", scope=SUBJECT, area=Area.ADMINISTRATIVE, after=_DECIDED, basis=MPSA.article(36)
    )
    PENALTY_PUBLISHED = fact(
        "penalty.published", "公告送达处罚决定书", scope=SUBJECT, area=Area.ADMINISTRATIVE, after=_DECIDED, basis=MPSA.article(36)
    )
    PENALTY_SERVED_ON_VICTIM = fact(
        "penalty.served-on-victim",
        "向被侵害人送达决定书复印件",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="penalty.concerns-victim",
        basis=MPSA.article(172),
    )
    DECISION_DISCLOSED = fact(
        "decision.disclosed",
        "公开行政处罚决定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after=("penalty.decided", "penalty.other-law-decided"),
        basis=APL.article(48),
    )
    DISCLOSED_DECISION_OVERTURNED = fact(
        "decision.overturned",
        "公开的处罚决定被变更、撤销、确认违法或者无效",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="decision.disclosed",
        basis=APL.article(48),
    )
    DECISION_WITHDRAWN_FROM_VIEW = fact(
        "decision.withdrawn-from-view",
        "撤回公开的处罚决定信息",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="decision.overturned",
        basis=APL.article(48),
    )
    PENALTY_REVOKED = fact(
        "penalty.revoked",
        "撤销处罚决定",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after=("penalty.decided", "penalty.other-law-decided", "penalty.on-the-spot"),
        basis=APL.article(75),
    )
    ONSITE_PENALTY_DECIDED = fact("penalty.on-the-spot", "当场处罚", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    ONSITE_PENALTY_FILED = fact(
        "penalty.on-the-spot-filed",
        "当场处罚备案",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="penalty.on-the-spot",
        basis=PSAPL.article(120),
    )
    FINE_SERVED = fact("fine.served", "收到罚款决定书", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    FINE_PAID = fact("fine.paid", "缴纳罚款", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    FINE_DEFERRED = fact("fine.deferred", "批准暂缓或者分期缴纳罚款", scope=SUBJECT, area=Area.ADMINISTRATIVE, after="fine.served")
    FINE_DEFERRAL_ENDED = fact("fine.deferral-ended", "暂缓或者分期缴纳期限结束", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    FINE_COLLECTED = fact("fine.collected", "当场收缴罚款", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    FINE_HANDED_IN = fact(
        "fine.handed-in",
        "罚款交至公安机关",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="fine.collected",
        basis=PSAPL.article(124),
    )
    FINE_BANKED = fact(
        "fine.banked",
        "罚款缴付指定的银行",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="fine.handed-in",
        basis=PSAPL.article(124),
    )
    ENFORCEMENT_DEMANDED = fact("enforcement.demanded", "送达催告书", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    REMEDY_PERIOD_ENDED = fact(
        "enforcement.remedy-period-ended", "复议、诉讼期限届满未履行", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    ENFORCEMENT_APPLIED = fact(
        "enforcement.applied",
        "申请人民法院强制执行",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="enforcement.demanded",
        basis=MPSA.article(207),
    )
    ENFORCEMENT_PERFORMED = fact("enforcement.performed", "履行处理决定", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    SUBSTITUTE_APPOINTED = fact("enforcement.substitute-appointed", "决定代履行的日期", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    SUBSTITUTE_DEMANDED = fact(
        "enforcement.substitute-demanded",
        "代履行前催告",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="enforcement.substitute-appointed",
        basis=MPSA.article(203),
    )
    SUBSTITUTE_PERFORMED = fact(
        "enforcement.substitute-performed",
        "代履行完毕",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="enforcement.substitute-demanded",
        basis=MPSA.article(203),
    )
