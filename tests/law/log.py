"""A matter's facts as a test tells them, and what the law says of a further one."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from law.rules import RuleViolation, check_fact

SUSPECT = "suspect/1"


def at(text: str) -> datetime:
    """That instant in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Log:
    """A matter's facts, numbered as they are recorded; `entered` says when one was typed, where that was not as it happened."""

    def __init__(self, about: str = SUSPECT) -> None:
        self.about, self.facts = about, list[LegalFact]()

    def add(self, fact: Fact, when: str, about: str = "", entered: str = "", **more: Any) -> "Log":
        self.facts.append(self._made(fact, when, about, entered, **more))
        return self

    def asked(self, calendar: Calendar, fact: Fact, when: str, about: str = "", **more: Any) -> RuleViolation | None:
        """What the law says against a further fact."""
        return check_fact(self.facts, self._made(fact, when, about, **more), calendar)

    def clocks(self, calendar: Calendar, limit: str) -> list[Clock]:
        return [clock for clock in compute_clocks(self.facts, calendar) if clock.limit == limit]

    def clock(self, calendar: Calendar, limit: str) -> Clock:
        (only,) = self.clocks(calendar, limit)
        return only

    def _made(self, fact: Fact, when: str, about: str, entered: str = "", **more: Any) -> LegalFact:
        made = LegalFact(fact, at(when), about or self.about, len(self.facts) + 1)
        return replace(made, entered_at=at(entered) if entered else None, **more)
