"""What becomes of a thing (涉案财物的处理): it is not disposed of while its owner may come for it, nor before anybody decided, nor let go early."""

from law.calendar import Calendar
from law.clocks import run
from law.ends import TURNED_ADMINISTRATIVE
from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSA, MPSC
from law.legal_fact import LegalFact
from law.offices import Office
from law.reasons import format_minute
from law.rule_violation import RuleViolation
from law.time_limits import get_limits

# By these reasons a thing is disposed of: nobody came for it; a judgment, or a decision of whoever ended the case, says so.
UNCLAIMED, JUDGMENT, DECISION = "unclaimed", "judgment", "decision"
# The reason by which a freeze ends without anybody's decision.
LAPSED = "lapsed"
_FREEZES = {
    Fact.FUNDS_FROZEN: "criminal-freeze-funds",
    Fact.SECURITIES_FROZEN: "criminal-freeze-securities",
    Fact.EQUITY_FROZEN: "criminal-freeze-equity",
    Fact.TERROR_PROPERTY_FROZEN: "admin-freeze-terror",
}


def check_disposal(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """What speaks against handing a thing to the treasury or destroying it; `history` is what had happened by then."""
    if new.fact is not Fact.EXHIBIT_DISPOSED:
        return None
    if new.reason == UNCLAIMED:
        return _check_no_longer_claimable(history, new, calendar)
    ordered = history.list_concerning(new.about, (Fact.EXHIBIT_DISPOSAL_ORDERED,))
    if new.reason not in (JUDGMENT, DECISION) or any(each.reason != TURNED_ADMINISTRATIVE for each in ordered):
        return None
    detail = "没有生效裁判或者处理决定的记录，不得上缴国库或者销毁：请先办理“决定处理”，写明文书和对该财物的处理"
    basis = "、".join(str(article) for article in (CPL.article(245), MPSC.article(234), MPSA.article(196)))
    return RuleViolation("law-forbids", "reason", detail, basis)


def _check_no_longer_claimable(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A thing disposed of as nobody's before its owner was told, or while the owner may still come for it."""
    told = history.find_latest((Fact.EXHIBIT_OWNER_NOTIFIED, Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED), new.about, new.at)
    criminal = told is None or told.fact is Fact.EXHIBIT_OWNER_NOTIFIED
    limit = get_limits()["criminal-property-unclaimed" if criminal else "admin-property-unclaimed"]
    window = run(limit, told, history, calendar.assume_latest()) if told else None
    if told and window and (window.deadline is None or window.is_over(new.at)):
        return None
    until = format_minute(window.deadline.due) if window and window.deadline else ""
    detail = f"可以认领至{until}，期满以前不得按无主财物处理" if until else "尚未通知原主或者公告认领，不得按无主财物处理"
    return RuleViolation("law-forbids", "at", detail, str(MPSC.article(233) if criminal else MPSA.article(197)), limit.id)


def check_unfreezing(history: History, new: LegalFact, calendar: Calendar) -> RuleViolation | None:
    """A freeze said to have lapsed by itself while its time still runs, or ended by less than the authority that had approved it."""
    frozen = history.find_latest(tuple(_FREEZES), new.about, new.at)
    if new.fact is not Fact.EXHIBIT_UNFROZEN or frozen is None:
        return None
    if new.reason != LAPSED:
        above = frozen.fact is Fact.EQUITY_FROZEN or frozen.base
        detail = "解除冻结应当经原批准冻结的公安机关负责人批准：本次冻结由上级公安机关批准"
        by_less = above and new.approver is Office.COUNTY_HEAD
        return RuleViolation("law-forbids", "approver", detail, str(MPSC.article(241))) if by_less else None
    limit = get_limits()[_FREEZES[frozen.fact]]
    clock_run = run(limit, frozen, history, calendar)
    if clock_run.deadline is None or clock_run.is_over(new.at):
        return None
    detail = f"冻结期限至{format_minute(clock_run.deadline.due)}，期满以前没有自动解除，需要解除的应当办理解除冻结"
    return RuleViolation("law-forbids", "at", detail, str(MPSC.article(240)), limit.id)
