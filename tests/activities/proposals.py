"""What a workflow would ask `record` to make history, with everything a test does not care about filled in."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from models.messages import Actor, Proposal

# A quiet working day: Monday 21 September 2026, ten in the morning.
TEN = datetime(2026, 9, 21, 10, tzinfo=SHANGHAI)
OFFICER = Actor(person="li.na", unit="station", offices=(Office.CASE_OFFICER,))
SUSPECT = "RY202600000001"


def fact(kind: Fact, at: datetime = TEN, about: str = SUSPECT, **said: Any) -> LegalFact:
    """One fact about the suspect."""
    return LegalFact(kind, at, about, **said)


def filed(about: str = SUSPECT) -> LegalFact:
    """The filing of the case, as the case tells its suspect: without it the law permits no measure."""
    return fact(Fact.CASE_FILED, TEN - timedelta(hours=1), about, told_by="XA202600000001")


def informed(about: str = SUSPECT) -> LegalFact:
    """That the suspect was told of the right to a defender, with which that duty is done."""
    return fact(Fact.DEFENCE_RIGHT_NOTIFIED, TEN - timedelta(minutes=30), about)


def detained(at: datetime = TEN, about: str = SUSPECT) -> LegalFact:
    """The execution of a detention."""
    return fact(Fact.DETENTION_EXECUTED, at, about)


def extended(at: datetime, amount: str, grounds: str) -> LegalFact:
    """The county head's extension of the time before arrest must be requested."""
    said = {"limit": "criminal-detention-submit-for-arrest", "extension": amount, "grounds": grounds}
    return fact(Fact.DETENTION_EXTENDED, at, approver=Office.COUNTY_HEAD, **said)


def proposal(seq: int, *facts: LegalFact, number: str = SUSPECT, key: str = "", **said: Any) -> Proposal:
    """The step that follows `seq`, bringing those facts about at the instant of the first of them."""
    plain: dict[str, Any] = {
        "number": number,
        "kind": "suspect",
        "unit": "station",
        "parent": "",
        "key": key or f"{number}/key-{seq + 1}",
        "body_hash": f"body-{seq + 1}",
        "type": "step",
        "step": "some-step",
        "form": {"reason": "理由"},
        "actor": OFFICER,
        "seq": seq,
        "stage_before": "detained",
        "stage": "detained",
        "final": False,
        "decided_at": facts[0].at if facts else TEN,
        "facts": facts,
        "officer": "li.na",
    }
    return Proposal(**(plain | said))
