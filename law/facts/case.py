"""The end of an investigation (侦查终结), and what goes beside it."""

from law.facts.area import Area
from law.facts.declaration import MATTER, SUBJECT, Condition, fact
from law.facts.states import FAST
from law.instruments import CPL, MPSC, SPC


class CaseFacts:
    """The end of an investigation (侦查终结), and what goes beside it."""

    INVESTIGATION_CLOSED = fact(
        "investigation.closed", "侦查终结", scope=MATTER, area=Area.PROSECUTION, after="criminal.filed", basis=MPSC.article(283)
    )
    CASE_SENT_TO_PROCURATORATE = fact(
        "case.sent-to-procuratorate",
        "移送审查起诉",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="criminal.filed",
        basis=CPL.article(162),
        conditions=(
            Condition(
                "at",
                "移送审查起诉以前应当侦查终结；只有正在快速办理的案件可以将侦查终结与移送审查起诉一并呈批",
                (CPL.article(162), MPSC.article(289)),
                known="investigation.closed",
                during=FAST,
            ),
        ),
    )
    CASE_PAPERS_CONFIRMED = fact(
        "case.papers-confirmed",
        "卷宗材料核对无误",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.sent-to-procuratorate",
        basis=MPSC.article(289),
    )
    CASE_PAPERS_FOUND_LACKING = fact(
        "case.papers-found-lacking",
        "卷宗材料不齐",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.sent-to-procuratorate",
        basis=MPSC.article(289),
    )
    CASE_CANCELLED = fact(
        "case.cancelled", "撤销案件", scope=MATTER, area=Area.PROSECUTION, after="criminal.filed", basis=MPSC.article(186)
    )
    CASE_CLOSED = fact("case.closed", "结案", scope=MATTER, area=Area.PROSECUTION, after="case.sent-to-procuratorate")
    CASE_ARCHIVED = fact("case.archived", "归档", scope=MATTER, area=Area.PROSECUTION)

    INVESTIGATION_ADVANCED = fact("investigation.advanced", "侦查（调查）工作", scope=MATTER, area=Area.PROSECUTION)

    # What goes beside it (侦查终结前后)
    CANCELLATION_NOTIFIED = fact(
        "case.cancellation-notified",
        "告知撤销案件",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.cancelled",
        basis=MPSC.article(189),
    )
    INVESTIGATION_TERMINATED = fact("suspect.terminated", "终止侦查", scope=SUBJECT, area=Area.PROSECUTION)
    TERMINATION_NOTIFIED = fact(
        "suspect.termination-notified",
        "告知终止侦查",
        scope=SUBJECT,
        area=Area.PROSECUTION,
        after="suspect.terminated",
        basis=MPSC.article(189),
    )
    CASE_REOPENED = fact(
        "case.reopened",
        "撤销案件后重新立案侦查",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.cancelled",
        basis=MPSC.article(190),
    )
    CASE_TURNED_ADMINISTRATIVE = fact(
        "case.turned-administrative",
        "转行政处理",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="criminal.filed",
        basis=MPSC.article(187),
    )
    INQUIRY_RECEIVED = fact("criminal.inquiry-received", "协作地公安机关接到协查请求", scope=MATTER, area=Area.PROSECUTION)
    INQUIRY_ANSWERED = fact("criminal.inquiry-answered", "收到协查结果", scope=MATTER, area=Area.PROSECUTION)
    TECH_APPROVED = fact(
        "tech.approved", "批准技术侦查", scope=SUBJECT, area=Area.PROSECUTION, after="criminal.filed", basis=MPSC.article(263)
    )
    TECH_EXTENDED = fact(
        "tech.extended", "延长技术侦查", scope=SUBJECT, area=Area.PROSECUTION, after="tech.approved", basis=MPSC.article(266)
    )
    TECH_LIFTED = fact(
        "tech.lifted", "解除技术侦查", scope=SUBJECT, area=Area.PROSECUTION, after="tech.approved", basis=MPSC.article(266)
    )
    ASSISTANCE_EVIDENCE_REQUESTED = fact(
        "assistance.evidence-requested", "收到外国调查取证请求", scope=SUBJECT, area=Area.PROSECUTION
    )
    ASSISTANCE_SERVICE_REQUESTED = fact(
        "assistance.service-requested", "收到外国送达刑事诉讼文书请求", scope=SUBJECT, area=Area.PROSECUTION
    )
    ASSISTANCE_WITH_TERM_REQUESTED = fact(
        "assistance.with-term-requested", "收到附有办理期限的刑事司法协助请求", scope=SUBJECT, area=Area.PROSECUTION
    )
    ASSISTANCE_GIVEN = fact(
        "assistance.given",
        "刑事司法协助执行完毕",
        scope=SUBJECT,
        area=Area.PROSECUTION,
        after=("assistance.evidence-requested", "assistance.service-requested", "assistance.with-term-requested"),
        basis=MPSC.article(379),
    )
    BORDER_CONTROL_HANDED = fact("person.border-control-handed", "紧急情况下先行交控", scope=SUBJECT, area=Area.PROSECUTION)
    BORDER_CONTROL_COMPLETED = fact(
        "person.border-control-completed",
        "按规定程序办妥边控",
        scope=SUBJECT,
        area=Area.PROSECUTION,
        after="person.border-control-handed",
        basis=MPSC.article(278),
    )
    FOUND_NOT_RESPONSIBLE = fact(
        "person.found-not-responsible", "鉴定为依法不负刑事责任的精神病人", scope=SUBJECT, area=Area.PROSECUTION
    )
    SPECIAL_PROCEDURE_PROPOSED = fact(
        "case.special-procedure", "移送强制医疗意见书或者没收违法所得意见书", scope=MATTER, area=Area.PROSECUTION
    )
    MEDICAL_OPINION_RECEIVED = fact(
        "person.medical-opinion-received",
        "检察院接到强制医疗意见书",
        scope=SUBJECT,
        area=Area.PROSECUTION,
        after="case.special-procedure",
        uses_up=True,
        basis=MPSC.article(343),
    )
    MEDICAL_APPLICATION_DECIDED = fact(
        "person.medical-application-decided", "检察院决定是否申请强制医疗", scope=SUBJECT, area=Area.PROSECUTION
    )
    MEDICAL_APPLICATION_ACCEPTED = fact(
        "person.medical-application-accepted", "法院受理强制医疗申请", scope=SUBJECT, area=Area.PROSECUTION
    )
    MEDICAL_TREATMENT_DECIDED = fact(
        "person.medical-treatment-decided", "法院决定是否强制医疗", scope=SUBJECT, area=Area.PROSECUTION
    )

    # Fast handling (刑事案件快速办理)
    FAST_HANDLING_CHOSEN = fact(
        "case.fast-handling-chosen",
        "决定快速办理",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="criminal.filed",
        basis=MPSC.article(289),
        conditions=(
            Condition(
                "consent",
                "犯罪嫌疑人是未成年人的案件不适用速裁程序，不能标记快速办理",
                (CPL.article(223), SPC.article(370)),
                where=("case.concerns-minor", None),
            ),
        ),
    )
    FAST_HANDLING_LEFT = fact(
        "case.fast-handling-left",
        "转为普通办理",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.fast-handling-chosen",
        basis=MPSC.article(289),
    )
