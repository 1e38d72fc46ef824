"""Another grave crime (另有重要罪行): which discovery lets custody count anew."""

from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSC
from law.legal_fact import LegalFact
from law.offences import get_charges
from law.rule_violation import RuleViolation

# The two sorts of MPSC 151, as the form offers them.
ANOTHER_KIND = "不同种的重大犯罪"
SAME_KIND = "影响罪名认定、量刑档次的同种重大犯罪"


def check_new_crime(everything: History, new: LegalFact) -> RuleViolation | None:
    """A crime of another kind, with the charge of the case itself or of one that was discovered before."""
    if new.fact is not Fact.NEW_CRIME_DISCOVERED or new.reason != ANOTHER_KIND or not new.charge:
        return None
    known = everything.list_concerning(new.about, (Fact.CASE_FILED, Fact.NEW_CRIME_DISCOVERED))
    if all(fact.charge != new.charge for fact in known):
        return None
    charge = get_charges()[new.charge].zh
    detail = f"本案已有{charge}，同一罪名不属于{ANOTHER_KIND}；属于{SAME_KIND}的，应当选择该项"
    return RuleViolation("law-forbids", "charge", detail, f"{CPL.article(160)}、{MPSC.article(151)}")
