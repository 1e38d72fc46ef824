"""What a time limit is: a rule with its name, article, editions, extensions and exclusions; found by walking `law/statutes/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from types import MappingProxyType

from law.citations import Article
from law.clock import PROMISES, Colour, Consequence
from law.counting import Counting
from law.discovery import discover
from law.facts import Fact
from law.history import History
from law.ladders import Ladder
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE, Length
from law.offices import Office
from law.periods import UNKNOWN, Periods, get_periods

# What follows when a measure has lasted as long as it may.
_BOUNDING = frozenset((Consequence.RELEASE, Consequence.RELEASE_OR_CHANGE, Consequence.MEASURE_LAPSES))


class About(StrEnum):
    """What a limit runs for: one person, the matter itself, a document, a thing, or a right that somebody may use."""

    PERSON = "person"
    INCIDENT = "incident"
    CASE = "case"
    DOCUMENT = "document"
    PROPERTY = "property"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """One figure of a rule and how it is counted; `length` is None where the law names no figure.

    A fact of `started_by` starts a clock of this figure, though the rule usually has another.
    """

    length: Length | None
    counting: Counting
    zh: str = ""
    started_by: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Extension:
    """One rung of an extension ladder: an addition (`plus`) or a new total, on these grounds, by this approver.

    `up_to` permits less than the figure, where the law makes a ceiling of it (可以延长至三十日). `needs_previous` forbids skipping the rung before. `approver` is None where the
    text names nobody, and `or_approver` may stand in its place where the fact `or_where` is known; `times` is None where it sets no maximum. `of_base` confines the extension to that figure of the rule.
    `ladder` replaces the limit's warnings once this extension applies.
    """

    grounds: str
    plus: Length | None = None
    total: Length | None = None
    up_to: bool = False
    approver: Office | None = None
    or_approver: Office | None = None
    or_where: Fact | None = None
    times: int | None = 1
    needs_previous: bool = False
    of_base: Length | None = None
    ladder: Ladder | None = None

    @property
    def zh(self) -> str:
        """The offer as people read it."""
        if self.total:
            offer = f"{'最长' if self.up_to else ''}延长至{self.total.zh}"
        elif self.plus and self.up_to:
            offer = f"延长1至{self.plus.days}日" if self.plus.days else f"延长不超过{self.plus.zh}"
        else:
            offer = f"延长{self.plus.zh if self.plus else ''}"
        times = ",不限次数" if self.times is None else f",可延长{self.times}次" if self.times > 1 else ""
        return f"{self.grounds}，{f'经{self.approvers_zh}批准，' if self.approver else ''}{offer}{times}"

    @property
    def approvers_zh(self) -> str:
        """Who approves it, as people read it."""
        instead = f"（{self.or_where.label}的案件经{self.or_approver.label}）" if self.or_approver and self.or_where else ""
        return f"{self.approver.label}{instead}" if self.approver else ""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The fresh legal ground (新的法定事由) that `fact` needs each time it would start a limit anew, put off its start, or hold it up.

    One of `facts` must have happened since that fact last did; `zh` is what people call the ground, `basis` the articles that ask for it.
    """

    fact: Fact
    facts: tuple[Fact, ...]
    zh: str
    basis: tuple[Article, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NotCounted:
    """Time that a limit leaves out: from one fact to another, under the names by which a decision may call it.

    `several` of them may run at once, such as the appraisals of several things; the time of all is left out once.
    `of_base` confines the rule to that figure of the limit; `basis` are the articles that leave the time out. `again` is what a further one needs; None: each is a ground of its own.
    """

    zh: str
    begins: Fact
    ends: Fact
    also_called: tuple[str, ...] = ()
    several: bool = False
    of_base: Length | None = None
    basis: tuple[Article, ...] = ()
    again: "Ground | None" = None

    def is_called(self, reason: str) -> bool:
        """Whether `reason` names this time."""
        return reason == self.zh or reason in self.also_called


@dataclass(frozen=True, eq=False)
class Edition:
    """A rule as one version of the text has it, for clocks that start from `in_force` on, and before `until`.

    `bases` holds the figure that counts unless a decision picks another of them. `notes` are sentences every clock shows. `periods`
    says by which articles it is counted: those of its own field of law. Counted in months from a fact of `first_day`, that
    day is itself the first (自查清之日起).
    """

    in_force: date
    basis: tuple[Article, ...]
    bases: tuple[Base, ...]
    extensions: tuple[Extension, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    until: date | None = None
    notes: tuple[str, ...] = ()
    periods: Periods = UNKNOWN
    first_day: tuple[Fact, ...] = ()

    @cached_property
    def articles(self) -> str:
        """The articles as an officer cites them."""
        return "、".join(str(article) for article in self.basis)

    @cached_property
    def cited(self) -> str:
        """The articles with each instrument named once."""
        places: dict[str, list[str]] = {}
        for article in self.basis:
            name = f"《{article.instrument.zh}》"
            places.setdefault(name, []).append(str(article).removeprefix(name))
        return "，".join(f"{name}{'、'.join(numbers)}" for name, numbers in places.items())

    @cached_property
    def principal(self) -> str:
        """The first of them, which says it."""
        return str(self.basis[0])

    def list_counting_articles(self, counting: Counting) -> tuple[Article, ...]:
        """The articles that say how a length of this kind is counted here; a rule of the house says it itself."""
        return self.basis[:1] if self.periods.own else self.periods.by.get(counting, ())

    @property
    def rest_day_by(self) -> tuple[Article, ...]:
        """The articles by which a last day that is a rest day moves, or does not."""
        return self.basis[:1] if self.periods.own else self.periods.rest_day

    def leave_out(self, rule: NotCounted) -> "Edition":
        """The edition with one more time that is not counted."""
        return replace(self, not_counted=(rule, *self.not_counted))

    def of(self, base: Base) -> "Edition":
        """The edition as it stands for a clock of this figure: without the extensions and exclusions of the other figures."""
        extensions = tuple(each for each in self.extensions if each.of_base in (None, base.length))
        not_counted = tuple(each for each in self.not_counted if each.of_base in (None, base.length))
        if len(extensions) + len(not_counted) == len(self.extensions) + len(self.not_counted):
            return self
        return replace(self, extensions=extensions, not_counted=not_counted)


def edition(
    in_force: date,
    basis: Article | tuple[Article, ...],
    length: Length | None,
    counting: Counting,
    *others: Base,
    extensions: tuple[Extension, ...] = (),
    not_counted: tuple[NotCounted, ...] = (),
    until: date | None = None,
    notes: tuple[str, ...] = (),
    periods: Periods | None = None,
    first_day: tuple[Fact, ...] = (),
) -> Edition:
    """An edition whose usual figure is `length`; `others` are the further figures that the same rule offers.

    It is counted as its principal instrument counts, where `periods` does not say otherwise.
    """
    articles = basis if isinstance(basis, tuple) else (basis,)
    counted = periods or get_periods(articles[0].instrument)
    return Edition(in_force, articles, (Base(length, counting), *others), extensions, not_counted, until, notes, counted, first_day)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TimeLimit:
    """One statutory limit (法定期限): what starts it, what meets it, how long it is, and what follows when it runs out.

    `when` must hold for the starting fact. `for_each` gives the fact once for each person for whom the limit then runs; such a limit
    is also started by a fact that another matter tells, since the persons are known here. `extended_by` and `restarts_on` are the facts of those decisions; a restart counts
    from `restarts_from` if that fact is known. `waits` names the facts that put off the start and allow it; `anew` says what grounds
    restarts and put-off starts need each time; `undone` names what has met the limit only as long as the fact that restarts it does not
    undo it: without such before it nothing is restarted, and nothing is that had run out before it was known. `before_limit` counts back from another limit's deadline, once that is extended to
    `before_total` or the fact `once` is known, where named. `follows` takes over another limit's extensions, its totals lengthened by
    `beyond`. `request` must have been made so long before expiry for an extension to be granted. `handling` marks a handling limit (办案期限) of a criminal case,
    and names the time that the law leaves out of every such limit. `accumulates` says that it is a
    maximum for one organ, which all periods of the measure use up. `decided` lets a decision set a shorter term; `any_unit` lets it be written in another unit than the figure, and counted so. `by_unit` lets each unit of the bureau set its own time, which the starting fact then bears. `heard_by` says who hears of a colour, where that is not who usually does. `armed` is False where the log arms no clock of this id and only the calculator answers it; `armed_as` names the
    limit that watches instead.
    """

    id: str
    zh: str
    about: About
    answerable: Office
    at_expiry: Consequence
    editions: tuple[Edition, ...]
    starts_on: tuple[Fact, ...] = ()
    met_by: tuple[Fact, ...] = ()
    ended_by: tuple[Fact, ...] = ()
    liberty: bool = False
    when: Callable[[History, LegalFact], bool] | None = None
    for_each: Callable[[History, LegalFact], Iterable[LegalFact]] | None = None
    extended_by: Fact | None = None
    restarts_on: Fact | None = None
    restarts_from: Fact | None = None
    anew: tuple[Ground, ...] = ()
    undone: tuple[Fact, ...] = ()
    waits: tuple[Fact, Fact] | None = None
    before_limit: str = ""
    before_total: Length | None = None
    once: Fact | None = None
    follows: str = ""
    beyond: Length = IMMEDIATE
    request: tuple[Fact, Length] | None = None
    handling: NotCounted | None = None
    accumulates: bool = False
    decided: bool = False
    any_unit: bool = False
    by_unit: bool = False
    ladder: Ladder | None = None
    heard_by: Mapping[Colour, tuple[Office, ...]] = field(default_factory=dict[Colour, tuple[Office, ...]])
    armed: bool = True
    armed_as: str = ""

    def __post_init__(self) -> None:
        """Leave out of a handling limit, in each edition, the time that the law leaves out of all of them."""
        if rule := self.handling:
            editions = (each if rule in each.not_counted else each.leave_out(rule) for each in self.editions)
            object.__setattr__(self, "editions", tuple(editions))

    @property
    def demands(self) -> bool:
        """Whether what meets it must be done: a notice, a service, a release at once; else it is one of several ways in which it may end."""
        if self.at_expiry is Consequence.DECIDE:
            return len(self.met_by) == 1
        at_once = self.editions[0].bases[0].length == IMMEDIATE
        return at_once or self.at_expiry in (Consequence.ESCALATE, *PROMISES)

    @property
    def lasts(self) -> bool:
        """Whether it bounds how long somebody is under a measure; the others are duties of whoever has the person."""
        return self.liberty and self.at_expiry in _BOUNDING

    @property
    def holds(self) -> bool:
        """Whether somebody is held until it ends, who goes free then or comes under another measure."""
        return self.liberty and self.at_expiry in (Consequence.RELEASE, Consequence.RELEASE_OR_CHANGE)

    def get_edition(self, day: date) -> Edition:
        """The edition for a clock that starts on `day`: the newest in force, or the oldest known for a day before all."""
        for candidate in self.editions:
            if candidate.in_force <= day:
                return candidate
        return self.editions[-1]


@cache
def get_limits() -> Mapping[str, TimeLimit]:
    """Every time limit defined in a module of `law/statutes/`, by id, in the order of the files; two of one id is a ValueError."""
    # The statutes import this module, so they are looked up only when asked for.
    found: dict[str, TimeLimit] = {}
    for limit in discover("law.statutes", TimeLimit):
        if found.setdefault(limit.id, limit) is not limit:
            raise ValueError(f"two time limits are called {limit.id}")
    return MappingProxyType(found)
