"""Prosecution, trial and sentence (审查起诉 · 审判 · 执行)."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact
from law.instruments import CPL, MPSC, SPP

# The procuratorate has the case: sent to it, sent again, or come back to it from the court.
_WITH_PROCURATORATE = ("case.sent-to-procuratorate", "case.sent-again", "trial.not-accepted", "trial.prosecution-withdrawn")
# By these procuratorate or court has a case that it did not have before.
HANDED_ON = (
    "case.sent-to-procuratorate",
    "case.sent-again",
    "prosecution.transferred",
    "trial.not-accepted",
    "trial.prosecution-withdrawn",
    "case.prosecuted",
    "trial.remanded",
)


class ProceedingFacts:
    """Prosecution, trial and sentence (审查起诉 · 审判 · 执行)."""

    # Prosecution (审查起诉)
    PROSECUTION_CASE_RECEIVED = fact(
        "prosecution.case-received",
        "检察院收到移送起诉的案件",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.sent-to-procuratorate",
        basis=CPL.article(172),
    )
    PROSECUTION_REVIEW_EXTENDED = fact("prosecution.review-extended", "延长审查起诉期限", scope=MATTER, area=Area.PROSECUTION)
    PROSECUTION_TRANSFERRED = fact(
        "prosecution.transferred",
        "审查起诉改变管辖",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.sent-to-procuratorate",
        basis=SPP.article(351),
    )
    CASE_RETURNED = fact(
        "case.returned",
        "收到退回补充侦查的法律文书",
        scope=MATTER,
        area=Area.PROSECUTION,
        after=_WITH_PROCURATORATE,
        uses_up=True,
        basis=CPL.article(175),
    )
    CASE_SENT_AGAIN = fact(
        "case.sent-again",
        "补充侦查后再次移送",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.returned",
        uses_up=True,
        basis=MPSC.article(296),
    )
    CASE_PROSECUTED = fact(
        "case.prosecuted",
        "提起公诉",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.sent-to-procuratorate",
        basis=CPL.article(176),
    )
    CASE_NOT_PROSECUTED = fact(
        "case.not-prosecuted",
        "收到不起诉决定书",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.sent-to-procuratorate",
        basis=CPL.article(177),
    )
    NON_PROSECUTION_RECONSIDERATION_REQUESTED = fact(
        "case.non-prosecution-reconsideration-requested",
        "要求复议不起诉决定",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.not-prosecuted",
        uses_up=True,
        basis=MPSC.article(294),
    )
    NON_PROSECUTION_RECONSIDERATION_RECEIVED = fact(
        "prosecution.reconsideration-received",
        "检察院收到不起诉要求复议意见书",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.non-prosecution-reconsideration-requested",
        uses_up=True,
        basis=SPP.article(379),
    )
    NON_PROSECUTION_RECONSIDERED = fact(
        "case.non-prosecution-reconsidered",
        "收到不起诉复议决定书",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.non-prosecution-reconsideration-requested",
        uses_up=True,
        basis=SPP.article(379),
    )
    NON_PROSECUTION_REVIEW_REQUESTED = fact(
        "case.non-prosecution-review-requested",
        "提请复核不起诉决定",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.non-prosecution-reconsidered",
        uses_up=True,
        basis=MPSC.article(294),
    )
    NON_PROSECUTION_REVIEW_RECEIVED = fact(
        "prosecution.review-received",
        "上一级检察院收到不起诉提请复核意见书",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.non-prosecution-review-requested",
        uses_up=True,
        basis=SPP.article(380),
    )
    NON_PROSECUTION_REVIEWED = fact(
        "case.non-prosecution-reviewed",
        "收到不起诉复核决定书",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.non-prosecution-review-requested",
        uses_up=True,
        basis=SPP.article(380),
    )
    NON_PROSECUTION_SERVED = fact(
        "case.non-prosecution-served",
        "被害人或者被不起诉人收到不起诉决定书",
        scope=MATTER,
        area=Area.PROSECUTION,
        not_before="case.not-prosecuted",
    )
    NON_PROSECUTION_APPEALED = fact(
        "case.non-prosecution-appealed",
        "对不起诉决定提出申诉",
        scope=MATTER,
        area=Area.PROSECUTION,
        not_before="case.not-prosecuted",
    )

    # Trial and sentence (审判 · 执行)
    TRIAL_CASE_RECEIVED = fact(
        "trial.case-received",
        "法院收到起诉的案件",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="case.prosecuted",
        uses_up=True,
        basis=CPL.article(186),
    )
    TRIAL_PAPERS_ASKED = fact("trial.papers-asked", "法院通知补送材料", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_ACCEPTED = fact(
        "trial.accepted",
        "法院受理",
        scope=MATTER,
        area=Area.PROSECUTION,
        after=("case.prosecuted", "trial.remanded"),
        uses_up=True,
        basis=CPL.article(186),
    )
    TRIAL_NOT_ACCEPTED = fact("trial.not-accepted", "法院退回检察院", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_CONVERTED = fact("trial.converted", "转换审理程序", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_EXTENDED = fact("trial.extended", "延长审理期限", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_ADJOURNED = fact(
        "trial.adjourned", "延期审理补充侦查", scope=MATTER, area=Area.PROSECUTION, after="trial.accepted", basis=CPL.article(204)
    )
    TRIAL_SENT_AGAIN = fact(
        "trial.sent-again",
        "补充侦查完毕移送法院",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="trial.adjourned",
        uses_up=True,
        basis=CPL.article(205),
    )
    TRIAL_SUSPENDED = fact("trial.suspended", "中止审理", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_RESUMED = fact("trial.resumed", "恢复审理", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_EVALUATION_STARTED = fact("trial.evaluation-started", "审判期间决定精神病鉴定", scope=MATTER, area=Area.PROSECUTION)
    TRIAL_EVALUATION_ENDED = fact("trial.evaluation-ended", "审判期间精神病鉴定完毕", scope=MATTER, area=Area.PROSECUTION)
    PROSECUTION_WITHDRAWN = fact("trial.prosecution-withdrawn", "准许撤回起诉", scope=MATTER, area=Area.PROSECUTION)
    RENEWED_PROSECUTION_GROUNDED = fact(
        "prosecution.renewal-grounded", "再行起诉有新的事实、证据", scope=MATTER, area=Area.PROSECUTION
    )
    CASE_JUDGED = fact("case.judged", "宣判", scope=MATTER, area=Area.PROSECUTION, after="trial.accepted", basis=CPL.article(202))
    DEFENDANT_ACQUITTED = fact("trial.acquitted", "宣告无罪或者免予刑事处罚", scope=MATTER, area=Area.PROSECUTION)
    JUDGMENT_SERVED = fact(
        "trial.judgment-served", "接到判决书、裁定书", scope=MATTER, area=Area.PROSECUTION, not_before="case.judged"
    )
    APPEALED = fact(
        "trial.appealed", "上诉、抗诉", scope=MATTER, area=Area.PROSECUTION, after="case.judged", basis=CPL.article(227)
    )
    SECOND_INSTANCE_ACCEPTED = fact(
        "trial.second-instance-accepted",
        "第二审法院受理",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="trial.appealed",
        uses_up=True,
        basis=CPL.article(231),
    )
    SECOND_INSTANCE_EXTENDED = fact("trial.second-instance-extended", "延长第二审审理期限", scope=MATTER, area=Area.PROSECUTION)
    SECOND_INSTANCE_JUDGED = fact(
        "trial.second-instance-judged",
        "第二审审结",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="trial.appealed",
        basis=CPL.article(236),
    )
    CASE_REMANDED = fact(
        "trial.remanded",
        "发回重审",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="trial.appealed",
        uses_up=True,
        basis=CPL.article(236),
    )
    SENTENCE_EFFECTIVE = fact(
        "sentence.effective", "判决、裁定生效", scope=MATTER, area=Area.PROSECUTION, after="case.judged", basis=CPL.article(259)
    )
    SENTENCE_PAPERS_RECEIVED = fact("sentence.papers-received", "收到执行的法律文书", scope=MATTER, area=Area.PROSECUTION)
    SENTENCE_EXECUTED = fact(
        "sentence.executed",
        "交付执行",
        scope=MATTER,
        area=Area.PROSECUTION,
        after="sentence.papers-received",
        basis=MPSC.article(300),
    )
