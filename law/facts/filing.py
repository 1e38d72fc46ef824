"""Filing of criminal cases (立案), what is asked against it, and the cases that change hands."""

from law.facts.area import Area
from law.facts.declaration import MATTER, Condition, fact
from law.instruments import MPSC, SPP

_ACCEPTED = ("criminal.accepted", "criminal.economic-accepted", "criminal.referral-accepted", "criminal.referral-incomplete")


class FilingFacts:
    """Filing of criminal cases (立案), what is asked against it, and the cases that change hands."""

    CASE_ACCEPTED = fact("criminal.accepted", "接受案件", scope=MATTER, area=Area.INTAKE)
    CASE_FILED = fact("criminal.filed", "立案", scope=MATTER, area=Area.INTAKE, after=_ACCEPTED, basis=MPSC.article(178))
    CASE_NOT_FILED = fact(
        "criminal.not-filed", "不予立案", scope=MATTER, area=Area.INTAKE, after=_ACCEPTED, basis=MPSC.article(178)
    )
    FILING_REVIEW_EXTENDED = fact("criminal.review-extended", "延长立案审查", scope=MATTER, area=Area.INTAKE, after=_ACCEPTED)
    CASE_TRANSFERRED = fact(
        "criminal.transferred", "移送管辖", scope=MATTER, area=Area.INTAKE, after=_ACCEPTED, basis=MPSC.article(175)
    )
    CASE_MERGED = fact(
        "criminal.merged", "并案侦查", scope=MATTER, area=Area.INTAKE, after="criminal.filed", basis=MPSC.article(21)
    )
    CASE_JURISDICTION_DESIGNATED = fact(
        "criminal.jurisdiction-designated", "指定案件管辖", scope=MATTER, area=Area.INTAKE, after=_ACCEPTED, basis=MPSC.article(22)
    )
    CASE_RETAKEN_FOR_REVIEW = fact(
        "criminal.retaken-for-review",
        "接办指定管辖的案件，重新审查立案",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.transferred",
        basis=MPSC.article(23),
        conditions=(
            Condition("resumes", "本案移送以前已经立案，接办以后应当继续侦查", (MPSC.article(23),), where=("criminal.filed", None)),
        ),
    )
    CASE_RETAKEN = fact(
        "criminal.retaken",
        "接办指定管辖的案件，继续侦查",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.filed",
        basis=MPSC.article(23),
    )
    CASE_FOUND_FOREIGN = fact("criminal.found-foreign", "审查认为有犯罪事实但不属本单位管辖", scope=MATTER, area=Area.INTAKE)
    TRANSFER_NOTIFIED = fact(
        "criminal.transfer-notified",
        "通知报案人变更管辖",
        scope=MATTER,
        area=Area.INTAKE,
        after=("criminal.transferred", "incident.jurisdiction-designated"),
        basis=MPSC.article(184),
    )
    ECONOMIC_CASE_ACCEPTED = fact("criminal.economic-accepted", "接受经济犯罪案件", scope=MATTER, area=Area.INTAKE)
    REFERRAL_ACCEPTED = fact("criminal.referral-accepted", "接受行政执法机关移送案件", scope=MATTER, area=Area.INTAKE)
    REFERRAL_INCOMPLETE = fact("criminal.referral-incomplete", "接受移送案件但材料不全", scope=MATTER, area=Area.INTAKE)
    REFERRAL_SUPPLEMENT_ASKED = fact("criminal.referral-supplement-asked", "通知移送机关补正", scope=MATTER, area=Area.INTAKE)
    NO_FILING_NOTICE_SERVED = fact(
        "criminal.no-filing-notice-served",
        "送达不予立案通知书",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.not-filed",
        basis=MPSC.article(178),
    )
    NO_FILING_RECONSIDERATION_RECEIVED = fact(
        "criminal.no-filing-reconsideration-received",
        "收到不予立案复议申请",
        scope=MATTER,
        area=Area.INTAKE,
        not_before="criminal.not-filed",
    )
    NO_FILING_RECONSIDERATION_DECIDED = fact(
        "criminal.no-filing-reconsideration-decided",
        "作出不予立案复议决定",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.no-filing-reconsideration-received",
        basis=MPSC.article(179),
    )
    NO_FILING_RECONSIDERATION_SERVED = fact(
        "criminal.no-filing-reconsideration-served",
        "送达不予立案复议决定",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.no-filing-reconsideration-decided",
        basis=MPSC.article(179),
    )
    NO_FILING_REVIEW_RECEIVED = fact(
        "criminal.no-filing-review-received",
        "收到不予立案复核申请",
        scope=MATTER,
        area=Area.INTAKE,
        not_before="criminal.no-filing-reconsideration-decided",
    )
    NO_FILING_REVIEW_DECIDED = fact(
        "criminal.no-filing-review-decided",
        "作出不予立案复核决定",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.no-filing-review-received",
        basis=MPSC.article(179),
    )
    NO_FILING_REMEDY_EXTENDED = fact("criminal.no-filing-remedy-extended", "延长复议复核期限", scope=MATTER, area=Area.INTAKE)
    OBSTACLE_AROSE = fact("criminal.obstacle-arose", "发生不可抗力等正当事由", scope=MATTER, area=Area.INTAKE)
    OBSTACLE_ENDED = fact("criminal.obstacle-ended", "正当事由消除", scope=MATTER, area=Area.INTAKE)
    AGENCY_NO_FILING_NOTICE_SERVED = fact(
        "criminal.agency-no-filing-notice-served",
        "向移送机关送达不予立案通知书",
        scope=MATTER,
        area=Area.INTAKE,
        not_before="criminal.not-filed",
    )
    AGENCY_RECONSIDERATION_RECEIVED = fact(
        "criminal.agency-reconsideration-received",
        "收到移送机关复议申请",
        scope=MATTER,
        area=Area.INTAKE,
        not_before="criminal.not-filed",
    )
    AGENCY_RECONSIDERATION_DECIDED = fact(
        "criminal.agency-reconsideration-decided",
        "作出移送机关复议决定",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.agency-reconsideration-received",
        basis=MPSC.article(181),
    )
    FILING_EXPLANATION_ASKED = fact(
        "criminal.filing-explanation-asked", "收到要求说明立案或不立案理由通知书", scope=MATTER, area=Area.INTAKE
    )
    FILING_DELAY_EXPLANATION_ASKED = fact(
        "criminal.filing-delay-explanation-asked", "收到要求说明逾期未立案理由", scope=MATTER, area=Area.INTAKE
    )
    FILING_EXPLAINED = fact("criminal.filing-explained", "书面说明理由", scope=MATTER, area=Area.INTAKE)
    FILING_ORDERED = fact("criminal.filing-ordered", "收到通知立案书", scope=MATTER, area=Area.INTAKE)
    CANCELLATION_ORDERED = fact(
        "criminal.cancellation-ordered",
        "收到通知撤销案件书",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.filed",
        basis=SPP.article(561),
    )
    CANCELLATION_RECONSIDERATION_REQUESTED = fact(
        "criminal.cancellation-reconsideration-requested",
        "要求复议撤案通知",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.cancellation-ordered",
        uses_up=True,
        basis=SPP.article(565),
    )
    CANCELLATION_RECONSIDERATION_RECEIVED = fact(
        "criminal.cancellation-reconsideration-received",
        "检察院收到要求复议撤案通知",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.cancellation-reconsideration-requested",
        uses_up=True,
        basis=SPP.article(565),
    )
    CANCELLATION_RECONSIDERED = fact(
        "criminal.cancellation-reconsidered",
        "收到撤案通知复议决定",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.cancellation-reconsideration-requested",
        uses_up=True,
        basis=SPP.article(565),
    )
    CANCELLATION_REVIEW_REQUESTED = fact(
        "criminal.cancellation-review-requested",
        "提请复核撤案通知",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.cancellation-reconsidered",
        uses_up=True,
        basis=SPP.article(565),
    )
    CANCELLATION_REVIEW_RECEIVED = fact(
        "criminal.cancellation-review-received",
        "上一级检察院收到提请复核撤案通知",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.cancellation-review-requested",
        uses_up=True,
        basis=SPP.article(565),
    )
    CANCELLATION_REVIEWED = fact(
        "criminal.cancellation-reviewed",
        "收到撤案通知复核决定",
        scope=MATTER,
        area=Area.INTAKE,
        after="criminal.cancellation-review-requested",
        uses_up=True,
        basis=SPP.article(565),
    )
    INJURY_CASE_ACCEPTED = fact("criminal.injury-accepted", "受理伤害案件", scope=MATTER, area=Area.INTAKE)
    INJURY_APPRAISAL_COMMISSIONED = fact("criminal.injury-appraisal-commissioned", "委托伤情鉴定", scope=MATTER, area=Area.INTAKE)
    INJURY_APPRAISAL_ISSUED = fact("criminal.injury-appraisal-issued", "出具伤情鉴定意见", scope=MATTER, area=Area.INTAKE)
