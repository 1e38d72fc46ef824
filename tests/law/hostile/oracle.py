"""The oracle: until when the articles let somebody be held, told from what happened and from nothing of the product's reckoning.

Each rule is two or three lines with its article: those of criminal procedure in `criminal.py`, the others in `administrative.py`.
Where a text leaves a choice the later instant is taken: what is later still is unlawful by every reading. CPL 刑事诉讼法 ·
MPSC 刑事案件程序规定 · DET 适用刑事羁押期限规定 · SPP 检察院刑诉规则 · CQ 继续盘问规定 · PSAPL 治安管理处罚法.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NEVER = timedelta(days=36500)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when, to whom, and when it was entered; `said` is what a decision fixed (its extension, its approver).

    People write minutes; within one, what was entered first comes first: that is its `order`.
    """

    fact: str
    at: datetime
    entered: datetime
    seq: int
    said: Mapping[str, Any]
    about: str
    order: tuple[datetime, datetime, int]


def happened(fact: str, at: datetime, entered: datetime, seq: int, said: Mapping[str, Any], about: str) -> Event:
    """One event."""
    return Event(fact, at, entered, seq, said, about, (at.replace(second=0, microsecond=0), entered, seq))


@dataclass(slots=True)
class Held:
    """A stretch in which one measure holds somebody: `until` is the last lawful instant, None where no article names one."""

    measure: str
    since: datetime
    until: datetime | None
    article: str
    ended: datetime | None = None
    # What is to be done at once needs the time to do it and to write it down; a figure needs none.
    grace: timedelta = timedelta(minutes=1)
    # When it was entered that the ground had gone: who had left before that was held on a ground that still stood.
    known: datetime | None = None

    def overrun(self, now: datetime) -> timedelta:
        """How long it has lasted beyond the law."""
        if self.until is None or (self.known and self.ended and self.ended <= self.known):
            return timedelta()
        beyond = min(self.ended or now, now) - self.until
        return beyond if beyond >= self.grace else timedelta()


def months_on(instant: datetime, months: int) -> datetime:
    """The end of the corresponding day (CPL 105, MPSC 149): a month without it has its last day instead."""
    day = instant.astimezone(CHINA)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = min(day.day, monthrange(year, month + 1)[1])
    return day.replace(year=year, month=month + 1, day=last, hour=23, minute=59, second=59, microsecond=0)


def amount(extension: str) -> tuple[str, int, str]:
    """`+4 day` is ("+", 4, "day"); `to 30 day` is ("to", 30, "day")."""
    mark, _, rest = ("+", "", extension[1:]) if extension.startswith("+") else extension.partition(" ")
    number, _, unit = rest.strip().partition(" ")
    return mark, int(number) if number.isdigit() else 0, unit


@dataclass
class Course:
    """One person's course through one case: every stretch in which they are held or under a measure, in order."""

    stretches: list[Held] = field(default_factory=list)
    custody: Held | None = None  # detention or arrest
    questioning: Held | None = None  # summons, compelled appearance, a stop
    measure: Held | None = None  # bail or surveillance
    serving: Held | None = None  # an administrative detention
    # Of the present custody
    submit: datetime | None = None  # until when arrest may be asked for
    base: datetime | None = None  # from when custody months count
    months: int = 0
    first: datetime | None = None  # the arrest since which custody months are counted
    spent: timedelta = timedelta()  # of them, in earlier arrests
    granted: int = 0  # steps of the ladder by which custody is extended
    rungs: int = 0
    used_to: int = 0
    asked: list[datetime] = field(default_factory=list)
    requested: bool = False
    discovered: datetime | None = None
    paused: datetime | None = None  # an evaluation, or an unknown identity
    unknown: bool = False
    evaluating: bool = False
    nameless: bool = False
    # Of the case
    sent: int = 0  # times sent and not yet received
    transferred: bool = False  # to another procuratorate, which has not received it
    returns: int = 0
    review_extended: bool = False
    with_organ: bool = False  # with procuratorate or court
    tried: bool = False
    used: dict[str, timedelta] = field(default_factory=dict)
    began: dict[str, datetime] = field(default_factory=dict)  # when each measure was first taken
    over: Event | None = None  # how the case ended, while it has
    fled: datetime | None = None  # from the measure that lasts, while away
    owed: Event | None = None  # since when a release is owed, while it is
    unanswered: int = 0  # requests to arrest, and to look at a refusal again
    approved: int = 0  # arrests, and not executed
    with_others: tuple[Held | None, Held | None] = None, None  # what held or restrained somebody whom other police have
    # Of a punishment
    decided: list[tuple[int, str]] = field(default_factory=list)  # for how many days, for what
    revoked: Event | None = None
    served: timedelta = timedelta()
    sobering: bool = False
    left_at: datetime | None = None  # on leave since
    back_until: datetime | None = None
    # What may not have happened: the rule, and what did.
    breaches: list[tuple[str, str]] = field(default_factory=list)

    def hear(self, event: Event, law: "Law") -> None:
        """Let one thing happen."""
        rule = law.rules.get(event.fact)
        if rule is None:
            return
        for rule_broken, since, kinds in (
            ("no measure in an ended case", self.over, law.measures),
            ("a release that is owed comes first", self.owed, law.custody),
        ):
            if since and event.fact in kinds and event.order[0] > since.order[0] and event.entered > since.entered:
                self.breach(rule_broken, event, f"after {since.fact}")
        rule(self, event)

    def breach(self, rule: str, event: Event, why: str) -> None:
        """Something that may not have happened."""
        self.breaches.append((rule, f"{event.fact} at {event.at:%m-%d %H:%M} {why}"))

    # Stretches

    def begin(self, track: str, measure: str, event: Event, until: datetime | None, article: str) -> None:
        self.end(track, event.at)
        stretch = Held(measure, event.at, until, article)
        self.stretches.append(stretch)
        setattr(self, track, stretch)
        if track == "custody":
            self.paused = None
            if self.evaluating and until:
                self.paused, stretch.until = event.at, until + NEVER

    def end(self, track: str, at: datetime) -> None:
        stretch: Held | None = getattr(self, track)
        if stretch:
            stretch.ended = at
            if track == "custody":
                self.spend(stretch, at)
            if track == "serving":
                self.served += at - stretch.since
            if track == "measure":
                self.used[stretch.measure] = self.used.get(stretch.measure, timedelta()) + ((self.fled or at) - stretch.since)
                self.fled = None
        setattr(self, track, None)

    def spend(self, stretch: Held, at: datetime) -> None:
        """Custody under investigation is one maximum of the case (CPL 156): what of it was used is used, and what was left out is not."""
        if stretch.article != "CPL 156" or stretch.until is None or self.base is None:
            return
        until, stops = (stretch.until - NEVER, self.paused) if self.paused else (stretch.until, at)
        self.spent = max(stops - self.base - (until - months_on(self.base, self.months)), timedelta())

    def go_on(self, event: Event, until: datetime | None, article: str) -> None:
        """The same person is held on another ground from now on: what was overrun before stays overrun."""
        assert self.custody
        self.unknown = False
        self.begin("custody", self.custody.measure, event, until, article)

    def flee(self, at: datetime) -> None:
        """Nobody is under a measure while they are away: it stands still, and what was used of it is used."""
        if self.measure and self.measure.until and not self.fled and at <= self.measure.until:
            self.fled, self.measure.until = at, self.measure.until + NEVER

    def come_back(self, at: datetime) -> None:
        """It goes on with what was left, in whole days."""
        if self.measure and self.measure.until and self.fled:
            away = (at.astimezone(CHINA).date() - self.fled.astimezone(CHINA).date()).days * DAY
            self.measure.until += away - NEVER
            self.used[self.measure.measure] = self.used.get(self.measure.measure, timedelta()) - away
            self.fled = None

    def in_time(self, event: Event) -> bool:
        """Nothing lengthens what has run out (CPL 99): whoever is held then is to be released."""
        return bool(self.custody and (self.custody.until is None or event.at <= self.custody.until))


@dataclass(frozen=True, slots=True)
class Law:
    """The rules by what happens; what nobody comes under in an ended case; and what of it holds somebody, or holds them longer."""

    rules: "Mapping[str, Callable[[Course, Event], None]]"
    measures: frozenset[str]
    custody: frozenset[str] = frozenset()


def what_is_left(first: datetime, at: datetime, used: timedelta, months: int) -> datetime:
    """Until when a maximum of months lasts of which so much was used before: by whichever of two ways to count is the longer."""
    return max(months_on(at - used, months), at + (months_on(first, months) - first) - used, at)


# Questioning


def question(hours: int, article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        if not course.questioning:
            course.begin("questioning", "questioning", event, event.at + hours * HOUR, article)

    return rule


def question_longer(most: int, article: str) -> Callable[[Course, Event], None]:
    """Longer in all, if decided before the end."""

    def rule(course: Course, event: Event) -> None:
        now, (_, hours, unit) = course.questioning, amount(event.said.get("extension", ""))
        if now and now.until and event.at <= now.until and unit == "hour":
            now.until = max(now.until, now.since + min(hours, most) * HOUR)

    return rule


def end_questioning(course: Course, event: Event) -> None:
    course.end("questioning", event.at)


def course_of(events: Iterable[Event], law: Law) -> Course:
    """What the articles say of one person, from all that happened to them and to their case."""
    course = Course()
    for event in sorted(events, key=lambda each: each.order):
        course.hear(event, law)
    return course
