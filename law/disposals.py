"""What becomes of a thing (涉案财物的处理): nothing is disposed of while its owner may come for it, nor before anybody has decided that."""

from law.calendar import Calendar
from law.clocks import run
from law.ends import TURNED_ADMINISTRATIVE
from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSA, MPSC
from law.legal_fact import LegalFact
from law.objection import Objection
from law.reasons import minute_of
from law.time_limits import limits

# By these reasons a thing is disposed of: nobody came for it; a judgment, or a decision of whoever ended the case, says so.
UNCLAIMED, JUDGMENT, DECISION = "unclaimed", "judgment", "decision"


def against_a_disposal(history: History, new: LegalFact, calendar: Calendar) -> Objection | None:
    """What speaks against handing a thing to the treasury or destroying it; `history` is what had happened by then."""
    if new.fact is not Fact.EXHIBIT_DISPOSED:
        return None
    if new.reason == UNCLAIMED:
        return _still_claimable(history, new, calendar)
    ordered = history.concerning(new.about, (Fact.EXHIBIT_DISPOSAL_ORDERED,))
    if new.reason not in (JUDGMENT, DECISION) or any(each.reason != TURNED_ADMINISTRATIVE for each in ordered):
        return None
    detail = "没有生效裁判或者处理决定的记录，不得上缴国库或者销毁：请先办理“决定处理”，写明文书和对该财物的处理"
    basis = "、".join(str(article) for article in (CPL.article(245), MPSC.article(234), MPSA.article(196)))
    return Objection("law-forbids", "reason", detail, basis)


def _still_claimable(history: History, new: LegalFact, calendar: Calendar) -> Objection | None:
    """A thing disposed of as nobody's before its owner was told, or while the owner may still come for it."""
    told = history.latest((Fact.EXHIBIT_OWNER_NOTIFIED, Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED), new.about, new.at)
    criminal = told is None or told.fact is Fact.EXHIBIT_OWNER_NOTIFIED
    limit = limits()["criminal-property-unclaimed" if criminal else "admin-property-unclaimed"]
    window = run(limit, told, history, calendar.at_the_latest()) if told else None
    if told and window and (window.deadline is None or window.is_over(new.at)):
        return None
    until = minute_of(window.deadline.due) if window and window.deadline else ""
    detail = f"可以认领至{until}，期满以前不得按无主财物处理" if until else "尚未通知原主或者公告认领，不得按无主财物处理"
    return Objection("law-forbids", "at", detail, str(MPSC.article(233) if criminal else MPSA.article(197)), limit.id)
