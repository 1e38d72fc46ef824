"""One legal fact (法律事实): what happened, when, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from law.facts import Fact
from law.lengths import Length, split_seconds
from law.offices import Office


@dataclass(frozen=True, slots=True)
class Superseded:
    """What the record said of a fact's instant before it was set right (更正): `at`, learnt at `entered_at`; it stood `until` then."""

    at: datetime
    until: datetime
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitTime:
    """How many seconds a limit runs that a unit sets itself (处警时限), by the edition that held there when this happened."""

    limit: str
    seconds: int
    edition: int

    @property
    def length(self) -> Length:
        """The time as a length of the law."""
        return split_seconds(self.seconds)


@dataclass(frozen=True, slots=True)
class LegalFact:
    """One fact of one matter: what (`fact`), the instant it happened (`at`), and whom or what it is about.

    `seq` is its place in the matter's journal, and breaks ties between facts of one instant. `told_by` names the matter in
    which it happened when that is another one: such a fact meets and ends clocks here but starts none.
    The remaining members say what a decision fixed: which limit was extended and how (`"+4 day"`, `"to 30 day"`), on what
    grounds, who approved it, why time is excluded, a term the decision itself sets, a base the decision picked, the organ (`organ`)
    that has the case by it, the code of the crime or violation (`charge`) it is about, which of several sorts it is (`item`) that a limit asks for. `entered_at` is when the journal learnt of it, None where
    that was as it happened; `corrected` what its instant was said to be before, oldest first. `unit_times` are the times of the limits that the
    unit had set itself then; they stay with the fact, whatever is set later.
    """

    fact: Fact
    at: datetime
    about: str
    seq: int = 0
    told_by: str = ""
    limit: str = ""
    extension: str = ""
    grounds: str = ""
    approver: Office | None = None
    reason: str = ""
    term: str = ""
    base: str = ""
    in_custody: bool | None = None
    organ: str = ""
    charge: str = ""
    entered_at: datetime | None = None
    corrected: tuple[Superseded, ...] = ()
    unit_times: tuple[UnitTime, ...] = ()
    item: str = ""

    def __hash__(self) -> int:
        # Equal facts agree in these three, few others do, and the log is hashed at each of its steps. Whom it is about tells those apart that
        # a ledger dates by the day alone: by instant and place in their journals a thousand rows of it are as one.
        return hash((self.at, self.seq, self.about))

    @property
    def order(self) -> tuple[int, int]:
        """Its place among others: by the minute in which it happened, and within it by the order in which the journal learnt of them.

        People write minutes, machines stamp seconds; what an officer dates 04:13 does not come before what was stamped 04:13:25.
        """
        return get_minute(self.at), self.seq

    @property
    def known_at(self) -> datetime:
        """From when on anybody could know of it: when it happened, or when it was entered."""
        return self.entered_at or self.at

    def find_unit_time(self, limit: str) -> UnitTime | None:
        """How long that limit runs from this fact, where the unit had set it itself."""
        return next((each for each in self.unit_times if each.limit == limit), None)

    def find_former_version(self, until: datetime) -> "LegalFact | None":
        """The fact as the record had it until that instant; None where nobody knew of it by then."""
        n = next((n for n, superseded in enumerate(self.corrected) if superseded.until >= until), None)
        stood = self
        if n is not None:
            superseded = self.corrected[n]
            stood = replace(self, at=superseded.at, entered_at=superseded.entered_at, corrected=self.corrected[:n])
        return stood if stood.known_at < until else None


def mark_learnt(fact: LegalFact, at: datetime) -> LegalFact:
    """The fact as it is entered at that instant; one that was learnt before keeps when it was."""
    return fact if fact.entered_at or get_minute(at) <= get_minute(fact.at) else replace(fact, entered_at=at)


def get_minute(instant: datetime) -> int:
    """The minute in which an instant falls, counted from 1970."""
    return int(instant.timestamp()) // 60


def sort_facts(facts: Iterable[LegalFact]) -> list[LegalFact]:
    """The facts in their order."""
    return sorted(facts, key=_order)


def _order(fact: LegalFact) -> tuple[int, int]:
    return fact.order
