"""Bail and residential surveillance (取保候审 · 监视居住)."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, Liberty, fact
from law.facts.proceedings import HANDED_ON
from law.instruments import BAIL, MPSC

_BAILED = ("bail.decided", "bail.procuratorate-decided", "bail.court-decided")
_SURVEILLED = ("surveillance.decided", "surveillance.procuratorate-decided", "surveillance.court-decided")


class BailFacts:
    """Bail and residential surveillance (取保候审 · 监视居住)."""

    BAIL_DECIDED = fact("bail.decided", "取保候审", scope=SUBJECT, area=Area.BAIL, liberty=Liberty.BAILED)
    BAIL_LIFTED = fact("bail.lifted", "解除取保候审", scope=SUBJECT, area=Area.BAIL, after=_BAILED, basis=MPSC.article(108))
    PROCURATORATE_BAIL_DECIDED = fact(
        "bail.procuratorate-decided", "检察院决定取保候审", scope=SUBJECT, area=Area.BAIL, liberty=Liberty.BAILED
    )
    COURT_BAIL_DECIDED = fact("bail.court-decided", "法院决定取保候审", scope=SUBJECT, area=Area.BAIL, liberty=Liberty.BAILED)
    SURVEILLANCE_DECIDED = fact("surveillance.decided", "监视居住", scope=SUBJECT, area=Area.BAIL, liberty=Liberty.SURVEILLED)
    SURVEILLANCE_LIFTED = fact(
        "surveillance.lifted", "解除监视居住", scope=SUBJECT, area=Area.BAIL, after=_SURVEILLED, basis=MPSC.article(123)
    )
    PROCURATORATE_SURVEILLANCE_DECIDED = fact(
        "surveillance.procuratorate-decided", "检察院决定监视居住", scope=SUBJECT, area=Area.BAIL, liberty=Liberty.SURVEILLED
    )
    COURT_SURVEILLANCE_DECIDED = fact(
        "surveillance.court-decided", "法院决定监视居住", scope=SUBJECT, area=Area.BAIL, liberty=Liberty.SURVEILLED
    )
    DESIGNATED_SURVEILLANCE_EXECUTED = fact(
        "surveillance.designated-executed", "执行指定居所监视居住", scope=SUBJECT, area=Area.BAIL
    )
    SURVEILLANCE_PAPERS_RECEIVED = fact("surveillance.papers-received", "收到检法监视居住法律文书", scope=SUBJECT, area=Area.BAIL)
    SURVEILLANCE_STATION_ASSIGNED = fact("surveillance.station-assigned", "通知派出所执行监视居住", scope=SUBJECT, area=Area.BAIL)
    BAIL_DEPOSIT_NOTICE_SERVED = fact("bail.deposit-notice-served", "送达收取保证金通知书", scope=SUBJECT, area=Area.BAIL)
    BAIL_DEPOSIT_PAID = fact("bail.deposit-paid", "交纳保证金", scope=SUBJECT, area=Area.BAIL)
    BAIL_REMOTE_DECISION_RECEIVED = fact(
        "bail.remote-decision-received", "异地取保人收到取保候审决定书", scope=SUBJECT, area=Area.BAIL
    )
    BAIL_REPORTED_IN = fact("bail.reported-in", "取保人报到", scope=SUBJECT, area=Area.BAIL)
    BAIL_PAPERS_RECEIVED = fact("bail.papers-received", "收到检法取保候审法律文书", scope=SUBJECT, area=Area.BAIL)
    BAIL_STATION_ASSIGNED = fact("bail.station-assigned", "指定派出所执行取保候审", scope=SUBJECT, area=Area.BAIL)
    BAIL_CIRCUMSTANCES_CHANGED = fact(
        "bail.circumstances-changed", "取保人住址、工作或者联系方式变动", scope=SUBJECT, area=Area.BAIL
    )
    BAIL_CHANGE_REPORTED = fact("bail.change-reported", "取保人报告变动", scope=SUBJECT, area=Area.BAIL)
    GUARANTOR_FOUND_UNFIT = fact("bail.guarantor-found-unfit", "发现保证人情况变化", scope=SUBJECT, area=Area.BAIL)
    GUARANTOR_PROBLEM_NOTIFIED = fact(
        "bail.guarantor-problem-notified", "通知决定机关保证人情况变化", scope=SUBJECT, area=Area.BAIL
    )
    BAIL_EXPIRY_NOTICE_GIVEN = fact("bail.expiry-notice-given", "通知受案机关取保候审将届满", scope=SUBJECT, area=Area.BAIL)
    BAIL_CASE_RECEIVED = fact(
        "bail.case-received", "受案机关收到取保候审案件", scope=SUBJECT, area=Area.BAIL, after=HANDED_ON, basis=BAIL.article(26)
    )
    BAIL_CONTINUATION_DECIDED = fact("bail.continuation-decided", "受案机关决定继续或者变更措施", scope=SUBJECT, area=Area.BAIL)
    BAIL_FORFEITED = fact("bail.forfeited", "决定没收保证金或者罚保证人", scope=SUBJECT, area=Area.BAIL)
    BAIL_FORFEITURE_ANNOUNCED = fact(
        "bail.forfeiture-announced", "宣读送达没收或者罚款决定", scope=SUBJECT, area=Area.BAIL, not_before=_BAILED
    )
    BAIL_REMEDY_RECEIVED = fact(
        "bail.remedy-received",
        "收到没收或者罚款复议复核申请",
        scope=SUBJECT,
        area=Area.BAIL,
        not_before="bail.forfeiture-announced",
    )
    BAIL_REMEDY_DECIDED = fact(
        "bail.remedy-decided", "作出没收或者罚款复议复核决定", scope=SUBJECT, area=Area.BAIL, not_before="bail.remedy-received"
    )
    BAIL_FORFEITURE_FINAL = fact(
        "bail.forfeiture-final",
        "没收或者罚款决定已经确定",
        scope=SUBJECT,
        area=Area.BAIL,
        after="bail.forfeiture-announced",
        basis=MPSC.article(100),
    )
    BAIL_FORFEITURE_OF_ORGAN_FINAL = fact(
        "bail.forfeiture-of-organ-final", "检察院、法院决定取保候审的，没收或者罚款决定已经确定", scope=SUBJECT, area=Area.BAIL
    )
    BAIL_ORGAN_TOLD = fact(
        "bail.organ-told",
        "将没收或者罚款通知决定取保候审的机关",
        scope=SUBJECT,
        area=Area.BAIL,
        after="bail.forfeiture-of-organ-final",
        basis=MPSC.article(100),
    )
