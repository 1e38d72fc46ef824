"""What one call of `clocks()` costs on a matter with fifty facts."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median

from law.calendar import SHANGHAI, Calendar
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from models.store.mappers import build_calendar

# A suspect's first three months, told as hours after it began and what was extended; between these facts they are questioned.
_COURSE: tuple[tuple[float, Fact, str], ...] = (
    (0, Fact.PERSON_NAMED, ""),
    (1, Fact.PERSON_SUMMONED, ""),
    (9, Fact.SUMMONS_EXTENDED, "to 24 hour"),
    (12, Fact.SUMMONS_ENDED, ""),
    (13, Fact.DETENTION_EXECUTED, ""),
    (20, Fact.DELIVERED_TO_CUSTODY_CENTRE, ""),
    (22, Fact.FAMILY_NOTIFIED, ""),
    (60, Fact.DETENTION_EXTENDED, "+4 day"),
    (90, Fact.DETENTION_EXTENDED, "to 30 day"),
    (200, Fact.MEASURE_CHANGE_APPLIED, ""),
    (260, Fact.MEASURE_CHANGE_DECIDED, ""),
    (600, Fact.ARREST_REQUESTED, ""),
    (601, Fact.ARREST_REQUEST_RECEIVED, ""),
    (700, Fact.ARREST_APPROVED, ""),
    (702, Fact.ARREST_EXECUTED, ""),
    (710, Fact.FAMILY_NOTIFIED, ""),
    (720, Fact.ARREST_RECEIPT_RETURNED, ""),
    (900, Fact.EVALUATION_STARTED, ""),
    (1300, Fact.EVALUATION_ENDED, ""),
    (1400, Fact.NECESSITY_APPLICATION_RECEIVED, ""),
    (1430, Fact.NECESSITY_ASSESSED, ""),
    (1900, Fact.CUSTODY_EXTENSION_REQUESTED, ""),
    (2300, Fact.CUSTODY_EXTENDED, ""),
)
_SIZE = 50
_CALLS = 400


def reckon() -> list[str]:
    """Lines of the report: a matter that this process knows, the same with one more fact, and one that it sees for the first time."""
    calendar = build_calendar(())
    facts = story(datetime(2026, 3, 2, 8, tzinfo=SHANGHAI))
    running = len(compute_clocks(facts, calendar))
    known, stepped, cold = median(_known(facts, calendar)), median(_stepped(facts, calendar)), median(_cold(calendar))
    return [
        f"clocks() on {len(facts)} facts with {running} clocks: known matter {known:.0f} µs (aim ≤ 100), "
        f"with a new fact that changes several clocks {stepped:.0f} µs, matter never seen {cold:.0f} µs"
    ]


def story(begins: datetime) -> list[LegalFact]:
    """Fifty facts of one suspect from `begins` on."""
    facts = [LegalFact(fact, begins + timedelta(hours=h), "suspect/1", extension=more) for h, fact, more in _COURSE]
    facts += [
        LegalFact(Fact.PERSON_INTERROGATED, begins + timedelta(hours=14 + 40 * n), "suspect/1") for n in range(_SIZE - len(facts))
    ]
    facts.sort(key=lambda fact: fact.at)
    return [replace(fact, seq=seq) for seq, fact in enumerate(facts, start=1)]


def _known(facts: list[LegalFact], calendar: Calendar) -> list[float]:
    """Each call reads the log anew, as from the database."""
    return [_timed([*map(replace, facts)], calendar) for _ in range(_CALLS)]


def _stepped(facts: list[LegalFact], calendar: Calendar) -> list[float]:
    """Besides, the last fact is another each time: an extension of custody, which changes more clocks than most facts."""
    return [_timed([*map(replace, facts[:-1]), _moved(facts[-1], n)], calendar) for n in range(_CALLS)]


def _cold(calendar: Calendar) -> list[float]:
    """Each call is about a suspect whose every instant is another."""
    return [_timed(story(datetime(2025, 1, 6, 8, tzinfo=SHANGHAI) + timedelta(minutes=n)), calendar) for n in range(_CALLS)]


def _moved(fact: LegalFact, n: int) -> LegalFact:
    return replace(fact, at=fact.at + timedelta(seconds=n))


def _timed(facts: list[LegalFact], calendar: Calendar) -> float:
    began = time.perf_counter()
    compute_clocks(facts, calendar)
    return (time.perf_counter() - began) * 1e6
