"""Defence, legal aid, recusal, complaints (辩护 · 法律援助 · 回避 · 申诉)."""

from law.facts.area import Area
from law.facts.declaration import MATTER, SUBJECT, fact
from law.instruments import LA, MPSC


class DefenceFacts:
    """Defence, legal aid, recusal, complaints (辩护 · 法律援助 · 回避 · 申诉)."""

    MEETING_REQUESTED = fact("defence.meeting-requested", "看守所查验律师会见手续", scope=SUBJECT, area=Area.DEFENCE)
    LAWYER_MET = fact(
        "defence.lawyer-met",
        "安排律师会见",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after="defence.meeting-requested",
        basis=MPSC.article(53),
    )
    MEETING_PERMISSION_APPLIED = fact(
        "defence.meeting-permission-applied", "收到律师会见或者翻译人员参与会见的许可申请", scope=SUBJECT, area=Area.DEFENCE
    )
    MEETING_PERMISSION_DECIDED = fact(
        "defence.meeting-permission-decided",
        "作出会见许可决定",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after="defence.meeting-permission-applied",
        basis=MPSC.article(52),
    )
    LEGAL_AID_DUTY_FOUND = fact("defence.legal-aid-duty-found", "发现应当通知指派律师的情形", scope=SUBJECT, area=Area.DEFENCE)
    LEGAL_AID_CENTRE_NOTIFIED = fact(
        "defence.legal-aid-centre-notified", "通知法律援助机构指派律师", scope=SUBJECT, area=Area.DEFENCE
    )
    LEGAL_AID_LAWYER_ASSIGNED = fact(
        "defence.legal-aid-lawyer-assigned",
        "法律援助机构指派律师",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after=("defence.legal-aid-centre-notified", "defence.legal-aid-forwarded"),
        basis=LA.article(36),
    )
    LEGAL_AID_LAWYER_DECLINED = fact(
        "defence.legal-aid-lawyer-declined",
        "拒绝法律援助机构指派的律师",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after="defence.legal-aid-lawyer-assigned",
        basis=MPSC.article(47),
    )
    LEGAL_AID_CENTRE_TOLD = fact(
        "defence.legal-aid-centre-told",
        "告知法律援助机构已拒绝指派或者自行委托",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after=("defence.legal-aid-lawyer-declined", "defence.defender-engaged"),
        basis=MPSC.article(47),
    )
    LEGAL_AID_APPLIED = fact("defence.legal-aid-applied", "收到在押人的法律援助申请", scope=SUBJECT, area=Area.DEFENCE)
    LEGAL_AID_FORWARDED = fact(
        "defence.legal-aid-forwarded",
        "转交法律援助申请",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after="defence.legal-aid-applied",
        basis=MPSC.article(47),
    )
    DEFENDER_ENGAGED = fact("defence.defender-engaged", "委托辩护人", scope=SUBJECT, area=Area.DEFENCE)
    DUTY_LAWYER_REQUESTED = fact("defence.duty-lawyer-requested", "申请值班律师帮助", scope=SUBJECT, area=Area.DEFENCE)
    DUTY_LAWYER_NOTIFIED = fact(
        "defence.duty-lawyer-notified",
        "通知值班律师",
        scope=SUBJECT,
        area=Area.DEFENCE,
        after="defence.duty-lawyer-requested",
        basis=MPSC.article(49),
    )
    DEFENCE_RIGHT_NOTIFIED = fact("defence.right-notified", "告知有权委托辩护人", scope=SUBJECT, area=Area.DEFENCE)
    JUVENILE_QUESTIONING_PLANNED = fact(
        "person.juvenile-questioning-planned", "拟讯问、询问未成年人", scope=SUBJECT, area=Area.QUESTIONING
    )
    GUARDIAN_NOTIFIED = fact("person.guardian-notified", "通知法定代理人或者合适成年人到场", scope=SUBJECT, area=Area.DEFENCE)
    CASE_RECUSAL_APPLIED = fact("case.recusal-applied", "收到回避申请", scope=MATTER, area=Area.DEFENCE)
    CASE_RECUSAL_EXTENDED = fact(
        "case.recusal-extended",
        "延长回避决定期限",
        scope=MATTER,
        area=Area.DEFENCE,
        after="case.recusal-applied",
        basis=MPSC.article(36),
    )
    CASE_RECUSAL_ORDERED = fact("case.recusal-ordered", "决定回避", scope=MATTER, area=Area.DEFENCE)
    CASE_RECUSAL_REFUSED = fact(
        "case.recusal-refused",
        "送达驳回申请回避决定书",
        scope=MATTER,
        area=Area.DEFENCE,
        after="case.recusal-applied",
        basis=MPSC.article(36),
    )
    CASE_RECUSAL_RECONSIDERATION_RECEIVED = fact(
        "case.recusal-reconsideration-received",
        "收到驳回回避的复议申请",
        scope=MATTER,
        area=Area.DEFENCE,
        after="case.recusal-refused",
        basis=MPSC.article(37),
    )
    CASE_RECUSAL_RECONSIDERED = fact(
        "case.recusal-reconsidered",
        "作出回避复议决定",
        scope=MATTER,
        area=Area.DEFENCE,
        after="case.recusal-reconsideration-received",
        basis=MPSC.article(37),
    )
    COMPLAINT_RECEIVED = fact("case.complaint-received", "收到对超期、违法查扣等的申诉控告", scope=MATTER, area=Area.DEFENCE)
    COMPLAINT_ANSWERED = fact(
        "case.complaint-answered",
        "书面答复申诉控告",
        scope=MATTER,
        area=Area.DEFENCE,
        after="case.complaint-received",
        basis=MPSC.article(196),
    )
    CRIMINAL_REAPPRAISAL_REFUSED = fact("case.reappraisal-refused", "决定不准补充鉴定、重新鉴定", scope=MATTER, area=Area.DEFENCE)
    CRIMINAL_REAPPRAISAL_REFUSAL_NOTIFIED = fact(
        "case.reappraisal-refusal-notified", "书面通知不准补充鉴定、重新鉴定", scope=MATTER, area=Area.DEFENCE
    )
