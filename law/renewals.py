"""A measure of the administrative branch taken once more against the same person: only on what is new, and not while the last still runs."""

from law.calendar import get_day
from law.clocks import get_limits_started
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.measures import find_measure
from law.reasons import format_minute
from law.rule_violation import RuleViolation

# Each has a term of its own, which would begin anew.
RENEWABLE = (Fact.FOREIGNER_REVIEW_EXECUTED, Fact.FOREIGNER_ACTIVITY_RESTRICTED, Fact.TERROR_RESTRAINT_DECIDED)


def check_renewal(everything: History, new: LegalFact) -> RuleViolation | None:
    """A further measure of the same kind in the same matter, with no word of what is new since the last, or beside it."""
    measure = find_measure(new.fact) if new.fact in RENEWABLE else None
    if measure is None:
        return None
    log = everything.list_concerning(new.about, (*measure.begun_by, *measure.ended_by))
    before = [each for each in log if each.fact is new.fact and (not new.seq or each.seq < new.seq)]
    if not before:
        return None
    limit = get_limits_started()[new.fact][0]
    basis = limit.get_edition(get_day(new.at)).principal
    if log[-1].fact in measure.begun_by:
        detail = f"{format_minute(log[-1].at)}的{measure.zh}尚未解除，不能再次{new.fact.label}；需要更长时间的，依法办理延长"
        return RuleViolation("law-forbids", "at", detail, basis, limit.id)
    if any(each.seq == new.seq for each in everything.list_concerning(new.about, (Fact.RENEWED_RESTRAINT_GROUNDED,))):
        return None
    detail = f"{format_minute(before[-1].at)}已对该人{measure.zh}并已解除；再次{measure.zh}须有新的事实、证据，并写明“再次采取的新事实、新证据”"
    return RuleViolation("law-forbids", "new_facts", detail, basis, limit.id)
