"""Penalties (处罚): one for one act, served for no more days than were decided, and by nobody whose penalty was revoked."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from law.facts import Fact
from law.history import History
from law.instruments import APL, DETC, MPSA, PSAPL
from law.legal_fact import LegalFact
from law.lengths import parse_length
from law.measures import list_periods
from law.reasons import format_minute
from law.rule_violation import RuleViolation

PENALTIES = (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED, Fact.ONSITE_PENALTY_DECIDED)
# The most days that detentions for several acts come to together (PSAPL 16, MPSA 162).
TOGETHER_DAYS = 20
_TERM = "admin-detention-term"
_DAY = timedelta(days=1)
_SERVING = (Fact.ADMIN_DETENTION_ENTERED, Fact.ADMIN_DETENTION_ENDED, Fact.ADMIN_DETENTION_SUSPENDED)
_COMING_AND_GOING = (*_SERVING, Fact.LEAVE_BEGUN, Fact.LEAVE_ENDED)
# What must have come last before each leave, and what a refusal says where something else did.
_LEAVES = {
    Fact.LEAVE_BEGUN: ((Fact.ADMIN_DETENTION_ENTERED, Fact.LEAVE_ENDED), "该人当时不在拘留所执行"),
    Fact.LEAVE_ENDED: ((Fact.LEAVE_BEGUN,), "该人当时不在请假期间"),
}


def check_penalty(everything: History, history: History, new: LegalFact) -> RuleViolation | None:
    """What speaks against a further penalty, or against serving one; `history` is what had happened by then."""
    return (
        _check_one_penalty_for_one_act(everything, new)
        or _check_within_decided_days(history, new)
        or _check_on_leave(history, new)
        or _check_not_revoked(everything, new)
    )


def count_decided_days(history: History, about: str) -> int | None:
    """For how many days in all a person is to be detained by what stands; None where the record does not say of some decision."""
    decided = _list_in_force(history, about, (Fact.ADMIN_DETENTION_DECIDED,))
    if any(not each.term for each in decided):
        return None
    return min(sum(parse_length(each.term).days for each in decided), TOGETHER_DAYS)


def count_days_served(facts: Iterable[LegalFact], about: str, until: datetime) -> int:
    """How many days the person has spent in the detention centre by then: a begun day is one, leave is none."""
    spells = (each for each in list_periods(facts) if each.about == about and each.measure.id == "administrative-detention")
    inside = sum((min(each.ended_at or until, until) - each.begun_at for each in spells if each.begun_at < until), timedelta())
    return -(-inside // _DAY)


def _list_in_force(history: History, about: str, kinds: tuple[Fact, ...]) -> list[LegalFact]:
    """The decisions of these kinds on a person that nobody has revoked since."""
    revoked = history.list_concerning(about, (Fact.PENALTY_REVOKED,))
    return [
        each
        for each in history.list_concerning(about, kinds)
        if not any(each.order < other.order and _may_be_one_act(each, other) for other in revoked)
    ]


def _may_be_one_act(one: LegalFact, other: LegalFact) -> bool:
    return not one.charge or not other.charge or one.charge == other.charge


def _check_one_penalty_for_one_act(everything: History, new: LegalFact) -> RuleViolation | None:
    """A second penalty for the same act, whatever the date; without a word of which act it is, it is the same."""
    if new.fact not in PENALTIES:
        return None
    others = [each for each in _list_in_force(everything, new.about, PENALTIES) if not new.seq or each.seq < new.seq]
    before = next((each for each in reversed(others) if _may_be_one_act(each, new)), None)
    if before is None:
        return None
    detail = (
        f"{format_minute(before.at)}已对该人的同一个违法行为{before.fact.label}，不得再次处罚；"
        "原决定确有错误的，应当先撤销处罚决定；数个违法行为的，分别写明违法行为，分别决定、合并执行"
    )
    return RuleViolation("law-forbids", "violation", detail, f"{APL.article(29)}、{MPSA.article(156)}、{MPSA.article(161)}")


def _check_within_decided_days(history: History, new: LegalFact) -> RuleViolation | None:
    """More days to be served, or said to be left, than were decided and are not served yet."""
    fields = {Fact.ADMIN_DETENTION_ENTERED: "term", Fact.ADMIN_DETENTION_SUSPENDED: "days_left"}
    most = count_decided_days(history, new.about) if new.fact in fields and new.term else None
    if most is None:
        return None
    served = count_days_served(history.facts, new.about, new.at)
    left, asked = max(most - served, 0), parse_length(new.term).days
    if asked <= left:
        return None
    detail = f"有效的决定共行政拘留{most}日，已执行{served}日，尚未执行的不超过{left}日，不能填{asked}日"
    basis = "、".join(map(str, (PSAPL.article(16), PSAPL.article(122), MPSA.article(162))))
    return RuleViolation("law-forbids", fields[new.fact], detail, basis, _TERM)


def _check_on_leave(history: History, new: LegalFact) -> RuleViolation | None:
    """Let out though not inside, or taken back in though the detention is over meanwhile."""
    if new.fact not in _LEAVES:
        return None
    after, detail = _LEAVES[new.fact]
    last = history.find_latest(_COMING_AND_GOING, new.about, new.at)
    if last is None or last.fact in after:
        return None
    return RuleViolation(
        "law-forbids", "at", f"{detail}（{format_minute(last.at)}{last.fact.label}），不能{new.fact.label}", str(DETC.article(27))
    )


def _check_not_revoked(everything: History, new: LegalFact) -> RuleViolation | None:
    """Revoked while somebody serves it, whenever that is said to have been: who is inside is let out first."""
    serving = everything.list_concerning(new.about, _SERVING) if new.fact is Fact.PENALTY_REVOKED else []
    if not serving or serving[-1].fact is not Fact.ADMIN_DETENTION_ENTERED:
        return None
    detail = "该人正在执行行政拘留，撤销决定的应当立即释放：先登记解除行政拘留，再登记撤销处罚决定"
    return RuleViolation("law-forbids", "at", detail, f"{APL.article(75)}、{DETC.article(12)}", _TERM)
