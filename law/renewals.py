"""A measure of the administrative branch taken once more against the same person: only on what is new, and not while the last still runs."""

from law.calendar import day_of
from law.clocks import starting
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.measures import measure_begun_by
from law.reasons import minute_of
from law.rule_violation import RuleViolation

# Each has a term of its own, which would begin anew.
RENEWABLE = (Fact.FOREIGNER_REVIEW_EXECUTED, Fact.FOREIGNER_ACTIVITY_RESTRICTED, Fact.TERROR_RESTRAINT_DECIDED)


def check_renewal(everything: History, new: LegalFact) -> RuleViolation | None:
    """A further measure of the same kind in the same matter, with no word of what is new since the last, or beside it."""
    measure = measure_begun_by(new.fact) if new.fact in RENEWABLE else None
    if measure is None:
        return None
    log = everything.concerning(new.about, (*measure.begun_by, *measure.ended_by))
    before = [each for each in log if each.fact is new.fact and (not new.seq or each.seq < new.seq)]
    if not before:
        return None
    limit = starting()[new.fact][0]
    basis = limit.edition_on(day_of(new.at)).principal
    if log[-1].fact in measure.begun_by:
        detail = f"{minute_of(log[-1].at)}的{measure.zh}尚未解除，不能再次{new.fact.label}；需要更长时间的，依法办理延长"
        return RuleViolation("law-forbids", "at", detail, basis, limit.id)
    if any(each.seq == new.seq for each in everything.concerning(new.about, (Fact.RENEWED_RESTRAINT_GROUNDED,))):
        return None
    detail = f"{minute_of(before[-1].at)}已对该人{measure.zh}并已解除；再次{measure.zh}须有新的事实、证据，并写明“再次采取的新事实、新证据”"
    return RuleViolation("law-forbids", "new_facts", detail, basis, limit.id)
