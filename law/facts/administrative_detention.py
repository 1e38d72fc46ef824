"""Administrative detention (行政拘留), and what else restricts liberty outside criminal procedure."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact
from law.instruments import MPSA, PSAPL


class AdministrativeDetentionFacts:
    """Administrative detention (行政拘留), and what else restricts liberty outside criminal procedure."""

    ADMIN_DETENTION_DECIDED = fact("admin-detention.decided", "决定行政拘留", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    ADMIN_DETENTION_ENTERED = fact(
        "admin-detention.entered",
        "入拘留所",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after=("admin-detention.decided", "admin-detention.suspended"),
        uses_up=True,
        basis=PSAPL.article(122),
    )
    ADMIN_DETENTION_ENDED = fact(
        "admin-detention.ended",
        "解除行政拘留",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.entered",
        basis=PSAPL.article(122),
    )
    SUSPENSION_APPLIED = fact(
        "admin-detention.suspension-applied",
        "申请暂缓执行行政拘留",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.decided",
        basis=PSAPL.article(126),
    )
    ADMIN_DETENTION_SUSPENDED = fact(
        "admin-detention.suspended",
        "暂缓执行行政拘留",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.suspension-applied",
        basis=MPSA.article(223),
    )
    SUSPENSION_REFUSED = fact(
        "admin-detention.suspension-refused",
        "决定不暂缓执行行政拘留",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.suspension-applied",
        basis=MPSA.article(224),
    )
    SUSPENSION_CIRCUMSTANCES_CHANGED = fact(
        "admin-detention.circumstances-changed",
        "暂缓执行期间住址、工作单位或者联系方式变动",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.suspended",
        basis=MPSA.article(226),
    )
    SUSPENSION_CHANGE_REPORTED = fact(
        "admin-detention.change-reported",
        "被处罚人报告变动",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.circumstances-changed",
        basis=MPSA.article(226),
    )
    SUSPENSION_DEPOSIT_TAKEN = fact(
        "admin-detention.deposit-taken", "公安机关先行收取暂缓执行保证金", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    SUSPENSION_DEPOSIT_BANKED = fact(
        "admin-detention.deposit-banked",
        "暂缓执行保证金存入银行",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.deposit-taken",
        basis=MPSA.article(231),
    )
    LEAVE_APPLIED = fact(
        "admin-detention.leave-applied",
        "申请请假出所",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.entered",
        basis=PSAPL.article(126),
    )
    LEAVE_GRANTED = fact(
        "admin-detention.leave-granted",
        "准许请假出所",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.leave-applied",
        uses_up=True,
        basis=PSAPL.article(126),
    )
    LEAVE_REFUSED = fact("admin-detention.leave-refused", "不准许请假出所", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    LEAVE_BEGUN = fact(
        "admin-detention.leave-begun",
        "请假出所",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.leave-granted",
        uses_up=True,
        basis=PSAPL.article(126),
    )
    LEAVE_ENDED = fact(
        "admin-detention.leave-ended",
        "请假回所",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="admin-detention.leave-begun",
        basis=PSAPL.article(126),
    )
    DETENTION_FOUND_DOUBTFUL = fact(
        "admin-detention.found-doubtful", "拘留所通知可能错误拘留", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    DETENTION_DOUBT_SETTLED = fact("admin-detention.doubt-settled", "处理可能错误的拘留", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    DETAINEE_PAPERS_HANDED_IN = fact(
        "admin-detention.papers-handed-in", "被拘留人提交举报、控告、复议、诉讼材料", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    DETAINEE_PAPERS_FORWARDED = fact(
        "admin-detention.papers-forwarded", "转送被拘留人的材料", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    FOREIGNER_REVIEW_EXECUTED = fact("foreigner.review-executed", "执行拘留审查", scope=SUBJECT, area=Area.ADMINISTRATIVE)
    FOREIGNER_REVIEW_EXTENDED = fact(
        "foreigner.review-extended",
        "延长拘留审查",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="foreigner.review-executed",
        basis=MPSA.article(242),
    )
    FOREIGNER_REVIEW_LIFTED = fact(
        "foreigner.review-lifted",
        "解除拘留审查",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="foreigner.review-executed",
        basis=MPSA.article(243),
    )
    FOREIGNER_DELIVERED = fact(
        "foreigner.delivered",
        "送拘留所或者遣返场所",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="foreigner.review-executed",
        basis=MPSA.article(248),
    )
    FOREIGNER_ACTIVITY_RESTRICTED = fact(
        "foreigner.activity-restricted", "限制外国人活动范围", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    FOREIGNER_ACTIVITY_RESTORED = fact(
        "foreigner.activity-restored",
        "解除限制活动范围",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="foreigner.activity-restricted",
        basis=MPSA.article(244),
    )
    FOREIGNER_RESTRICTED = fact(
        "foreigner.restricted", "对外国人决定行政拘留等限制人身自由措施", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    FOREIGNER_RESTRICTION_REPORTED = fact(
        "foreigner.restriction-reported", "向省级公安机关报告", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    RENEWED_RESTRAINT_GROUNDED = fact(
        "restraint.renewal-grounded", "再次限制人身自由有新的事实、证据", scope=SUBJECT, area=Area.ADMINISTRATIVE
    )
    DRUG_ISOLATION_SERVED = fact("drug-isolation.served", "送达强制隔离戒毒决定书", scope=SUBJECT, area=Area.ADMINISTRATIVE)
