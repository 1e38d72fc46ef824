"""Remedies against decisions of the police (复议 · 诉讼), petitions (信访), state compensation (国家赔偿)."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact
from law.instruments import ARL, PET, SCL


class RemedyFacts:
    """Remedies against decisions of the police (复议 · 诉讼), petitions (信访), state compensation (国家赔偿)."""

    # Reconsideration and lawsuits (复议 · 诉讼)
    ACT_KNOWN = fact("remedy.act-known", "知道或者应当知道行政行为", scope=SUBJECT, area=Area.REMEDIES)
    REMEDY_OBSTACLE_AROSE = fact("remedy.obstacle-arose", "发生不属于申请人自身原因的障碍", scope=SUBJECT, area=Area.REMEDIES)
    REMEDY_OBSTACLE_ENDED = fact(
        "remedy.obstacle-ended", "申请人的障碍消除", scope=SUBJECT, area=Area.REMEDIES, after="remedy.obstacle-arose"
    )
    ADMIN_REVIEW_RECEIVED = fact("remedy.review-received", "复议机关收到复议申请", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_RECEIVED_INCOMPLETE = fact(
        "remedy.review-received-incomplete", "收到的复议申请材料不齐全或者表述不清楚", scope=SUBJECT, area=Area.REMEDIES
    )
    ADMIN_REVIEW_SUPPLEMENT_ASKED = fact(
        "remedy.review-supplement-asked",
        "书面通知申请人补正",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-received-incomplete",
        basis=ARL.article(31),
    )
    ADMIN_REVIEW_SUPPLEMENT_TOLD = fact(
        "remedy.review-supplement-told",
        "申请人收到补正通知",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-supplement-asked",
        basis=ARL.article(31),
    )
    ADMIN_REVIEW_SUPPLEMENTED = fact(
        "remedy.review-supplemented",
        "提交补正材料",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-supplement-asked",
        basis=ARL.article(31),
    )
    ADMIN_REVIEW_ACCEPTED = fact("remedy.review-accepted", "受理复议申请", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_NOT_ACCEPTED = fact("remedy.review-not-accepted", "不予受理复议申请", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_WITHDRAWN = fact("remedy.review-withdrawn", "撤回复议申请", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_COPY_RECEIVED = fact("remedy.review-copy-received", "收到复议申请书副本", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_REPLIED = fact(
        "remedy.review-replied",
        "提出复议答复并提交证据",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-copy-received",
        basis=ARL.article(48),
    )
    ADMIN_REVIEW_LODGED_WITH_US = fact("remedy.review-lodged-with-us", "处罚机关收到复议申请", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_FORWARDED = fact(
        "remedy.review-forwarded",
        "转送复议申请",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-lodged-with-us",
        basis=ARL.article(32),
    )
    DECISION_SELF_CORRECTED = fact("remedy.decision-self-corrected", "自行纠正处罚决定", scope=SUBJECT, area=Area.REMEDIES)
    ADMIN_REVIEW_EXTENDED = fact(
        "remedy.review-extended",
        "延长复议决定期限",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-accepted",
        basis=ARL.article(62),
    )
    ADMIN_REVIEW_DECIDED = fact(
        "remedy.review-decided",
        "作出复议决定",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="remedy.review-accepted",
        basis=ARL.article(62),
    )
    ADMIN_REVIEW_DECISION_SERVED = fact(
        "remedy.review-decision-served",
        "收到复议决定书",
        scope=SUBJECT,
        area=Area.REMEDIES,
        not_before=("remedy.review-decided", "remedy.review-accepted"),
    )
    LAWSUIT_FILED = fact("remedy.lawsuit-filed", "提起行政诉讼", scope=SUBJECT, area=Area.REMEDIES)
    DUTY_REQUESTED = fact("remedy.duty-requested", "收到履行法定职责的申请", scope=SUBJECT, area=Area.REMEDIES)
    DUTY_PERFORMED = fact("remedy.duty-performed", "履行法定职责或者答复", scope=SUBJECT, area=Area.REMEDIES)

    # Petitions (信访)
    PETITION_RECEIVED = fact("petition.received", "收到信访事项", scope=SUBJECT, area=Area.REMEDIES)
    PETITION_REFERRED = fact("petition.referred", "收到转送、交办的信访事项", scope=SUBJECT, area=Area.REMEDIES)
    PETITION_REFERRAL_OBJECTED = fact(
        "petition.referral-objected",
        "对转送、交办提出异议",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="petition.referred",
        basis=PET.article(23),
    )
    PETITION_ANSWERED_WHETHER_ACCEPTED = fact(
        "petition.acceptance-notified", "告知是否受理信访事项", scope=SUBJECT, area=Area.REMEDIES
    )
    PETITION_ACCEPTED = fact("petition.accepted", "受理信访事项", scope=SUBJECT, area=Area.REMEDIES)
    PETITION_EXTENDED = fact(
        "petition.extended",
        "延长信访办理期限",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="petition.accepted",
        basis=PET.article(34),
    )
    PETITION_CONCLUDED = fact(
        "petition.concluded",
        "信访事项办结答复",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="petition.accepted",
        basis=PET.article(34),
    )
    PETITION_REEXAMINATION_REQUESTED = fact(
        "petition.reexamination-requested", "收到信访复查请求", scope=SUBJECT, area=Area.REMEDIES
    )
    PETITION_REEXAMINED = fact("petition.reexamined", "作出信访复查意见", scope=SUBJECT, area=Area.REMEDIES)
    PETITION_FINAL_REVIEW_REQUESTED = fact("petition.final-review-requested", "收到信访复核请求", scope=SUBJECT, area=Area.REMEDIES)
    PETITION_FINALLY_REVIEWED = fact("petition.finally-reviewed", "作出信访复核意见", scope=SUBJECT, area=Area.REMEDIES)
    PETITION_WITHDRAWN = fact("petition.withdrawn", "撤回信访事项", scope=SUBJECT, area=Area.REMEDIES)

    # State compensation (国家赔偿)
    COMPENSATION_CLAIMED = fact("compensation.claimed", "收到国家赔偿申请", scope=SUBJECT, area=Area.REMEDIES)
    COMPENSATION_DECIDED = fact(
        "compensation.decided",
        "作出国家赔偿决定",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="compensation.claimed",
        basis=SCL.article(13),
    )
    COMPENSATION_DECISION_SERVED = fact("compensation.decision-served", "送达国家赔偿决定书", scope=SUBJECT, area=Area.REMEDIES)
    COMPENSATION_WITHDRAWN = fact("compensation.withdrawn", "撤回国家赔偿申请", scope=SUBJECT, area=Area.REMEDIES)
    CLAIMANT_HELD = fact("compensation.claimant-held", "赔偿请求人被限制人身自由", scope=SUBJECT, area=Area.REMEDIES)
    CLAIMANT_FREED = fact(
        "compensation.claimant-freed",
        "赔偿请求人恢复人身自由",
        scope=SUBJECT,
        area=Area.REMEDIES,
        after="compensation.claimant-held",
    )
