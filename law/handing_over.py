"""Handing over (移交犯罪嫌疑人): who goes to other police with a transferred case, and whose days go on counting should they come back."""

from law.ends import ENDED, GOES_ON, MEASURES_TAKEN
from law.facts import BAIL_BEGINS, CUSTODY_BEGINS, SURVEILLANCE_BEGINS, TAKEN_BACK, Fact
from law.history import History
from law.instruments import MPSC
from law.legal_fact import LegalFact
from law.reasons import format_minute
from law.rule_violation import RuleViolation

_BASIS = str(MPSC.article(23))
_POINTS = {
    Fact.DETENTION_EXECUTED: "刑事拘留",
    Fact.PRIOR_DETENTION_EXECUTED: "刑事拘留",
    Fact.ARREST_REQUESTED: "审查批捕",
    Fact.ARREST_REFUSED: "不批准逮捕",
    Fact.ARREST_APPROVAL_REVOKED: "不批准逮捕",
    Fact.ARREST_APPROVED: "批准逮捕待执行",
    Fact.ARREST_EXECUTED: "逮捕羁押",
}
_OUT = {**dict.fromkeys(BAIL_BEGINS, "取保候审"), **dict.fromkeys(SURVEILLANCE_BEGINS, "监视居住")}
_OUT_ENDS = (Fact.BAIL_LIFTED, Fact.SURVEILLANCE_LIFTED, Fact.PERSON_RELEASED, *CUSTODY_BEGINS)
NO_MEASURE = "未采取强制措施"


def find_custody_left(history: History, before: LegalFact) -> str:
    """At which point of custody somebody left it, by the last fact that led them on; empty where nobody was held."""
    began = history.find_latest(
        (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED, Fact.ARREST_EXECUTED), before.about, before.at
    )
    found = history.list_after(began, before.about, tuple(_POINTS)) if began else []
    return _POINTS[(found or [began])[-1].fact] if began else ""


def find_measure_left(history: History, before: LegalFact) -> str:
    """Which measure out of custody somebody left."""
    last = history.find_latest((*_OUT, *_OUT_ENDS), before.about, before.at)
    return _OUT.get(last.fact, NO_MEASURE) if last else NO_MEASURE


def find_standing_left(history: History, over: LegalFact) -> str:
    """Where somebody stood who was handed over."""
    sought = history.find_latest(
        (Fact.PERSON_ESCAPED, Fact.PERSON_ABSCONDED, Fact.PERSON_RETURNED, *CUSTODY_BEGINS), over.about, over.at
    )
    if sought and sought.fact in (Fact.PERSON_ESCAPED, Fact.PERSON_ABSCONDED):
        return "在押脱逃" if sought.fact is Fact.PERSON_ESCAPED else "逃跑、下落不明"
    return find_custody_left(history, over) if history.in_custody_before(over) else find_measure_left(history, over)


def check_handing_over(everything: History, new: LegalFact) -> RuleViolation | None:
    """A hand-over in a case that was not transferred, a taking back of one who never left, or a measure on one who is gone."""
    if new.fact is not Fact.PERSON_HANDED_OVER and new.fact not in (*TAKEN_BACK, *MEASURES_TAKEN):
        return None
    last = next(reversed(everything.list_concerning(new.about, (Fact.PERSON_HANDED_OVER, *TAKEN_BACK))), None)
    away = last if last and last.fact is Fact.PERSON_HANDED_OVER else None
    if new.fact is Fact.PERSON_HANDED_OVER:
        course = next(reversed(everything.list_concerning(new.about, (*ENDED, *GOES_ON))), None)
        if away or course is None or course.fact is not Fact.CASE_TRANSFERRED:
            why = f"该人已于{format_minute(away.at)}移交" if away else "案件没有移送其他公安机关管辖，不能移交犯罪嫌疑人"
            return RuleViolation("law-forbids", "at", why, _BASIS)
        return None
    if new.fact in TAKEN_BACK:
        return _check_back_as_they_left(everything, away, new)
    if away is None:
        return None
    detail = (
        f"该人已于{format_minute(away.at)}移交接办机关，不能{new.fact.label}；案件接办后，先“接回犯罪嫌疑人”，"
        "写明移交期间的羁押情况，羁押期限接续计算，不重新起算"
    )
    return RuleViolation("law-forbids", "at", detail, _BASIS)


def _check_back_as_they_left(everything: History, away: LegalFact | None, new: LegalFact) -> RuleViolation | None:
    if away is None:
        return RuleViolation("law-forbids", "at", "该人没有移交其他公安机关，无须接回", _BASIS)
    if new.order < away.order:
        return RuleViolation("form-invalid", "at", f"接回的时间早于移交的时间{format_minute(away.at)}", "")
    left = find_standing_left(everything, away)
    if new.fact is Fact.PERSON_TAKEN_BACK_FREE or not new.reason or new.reason == left:
        return None
    return RuleViolation("law-forbids", "reason", f"移交时所处的阶段是{left}，接回后应当回到该阶段，期限接续计算", _BASIS)
