"""The oracle: until when the articles let somebody be held, told from what happened and from nothing of the product's reckoning.

Each rule is two or three lines with its article. Where a text leaves a choice the later instant is taken: what is later still is
unlawful by every reading. CPL 刑事诉讼法 · MPSC 刑事案件程序规定 · DET 适用刑事羁押期限规定 · SPP 检察院刑诉规则 · CQ 继续盘问规定 ·
PSAPL 治安管理处罚法.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_NEVER = timedelta(days=36500)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when, and when it was entered; `said` is what a decision fixed (its extension, its approver).

    People write minutes; within one, what was entered first comes first: that is its `order`.
    """

    fact: str
    at: datetime
    entered: datetime
    seq: int
    said: Mapping[str, Any]
    order: tuple[datetime, datetime, int]


def happened(fact: str, at: datetime, entered: datetime, seq: int, said: Mapping[str, Any]) -> Event:
    """One event."""
    return Event(fact, at, entered, seq, said, (at.replace(second=0, microsecond=0), entered, seq))


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
    # Of the present custody
    submit: datetime | None = None  # until when arrest may be asked for
    base: datetime | None = None  # from when custody months count
    months: int = 0
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
    returns: int = 0
    review_extended: bool = False
    used: dict[str, timedelta] = field(default_factory=dict)
    over: Event | None = None  # how the case ended, while it has
    breaches: list[str] = field(default_factory=list)

    def hear(self, event: Event) -> None:
        """Let one thing happen."""
        rule = _RULES.get(event.fact)
        if rule is None:
            return
        over = self.over
        if over and event.fact in MEASURES and event.order[0] > over.order[0] and event.entered > over.entered:
            self.breaches.append(f"{event.fact} at {event.at:%m-%d %H:%M} after {over.fact}")
        rule(self, event)

    # Stretches

    def begin(self, track: str, measure: str, event: Event, until: datetime | None, article: str) -> None:
        self.end(track, event.at)
        stretch = Held(measure, event.at, until, article)
        self.stretches.append(stretch)
        setattr(self, track, stretch)
        if track == "custody":
            self.paused = None
            if self.evaluating and until:
                self.paused, stretch.until = event.at, until + _NEVER

    def end(self, track: str, at: datetime) -> None:
        stretch: Held | None = getattr(self, track)
        if stretch:
            stretch.ended = at
            if track == "measure":
                self.used[stretch.measure] = self.used.get(stretch.measure, timedelta()) + (at - stretch.since)
        setattr(self, track, None)

    def go_on(self, event: Event, until: datetime | None, article: str) -> None:
        """The same person is held on another ground from now on: what was overrun before stays overrun."""
        assert self.custody
        self.unknown = False
        self.begin("custody", self.custody.measure, event, until, article)

    def in_time(self, event: Event) -> bool:
        """Nothing lengthens what has run out (CPL 99): whoever is held then is to be released."""
        return bool(self.custody and (self.custody.until is None or event.at <= self.custody.until))


# Questioning


def _question(hours: int, article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        if not course.questioning:
            course.begin("questioning", "questioning", event, event.at + hours * HOUR, article)

    return rule


def _question_longer(most: int, article: str) -> Callable[[Course, Event], None]:
    """Longer in all, if decided before the end."""

    def rule(course: Course, event: Event) -> None:
        now, (_, hours, unit) = course.questioning, amount(event.said.get("extension", ""))
        if now and now.until and event.at <= now.until and unit == "hour":
            now.until = max(now.until, now.since + min(hours, most) * HOUR)

    return rule


def _end_questioning(course: Course, event: Event) -> None:
    course.end("questioning", event.at)


# Detention and arrest


def _detain(course: Course, event: Event) -> None:
    """Three days to ask for arrest (CPL 91); the seven of the review follow what was used of them."""
    course.end("questioning", event.at)
    course.end("measure", event.at)
    if course.custody:
        return
    course.submit, course.requested, course.rungs, course.used_to = event.at + 3 * DAY, False, 0, 3
    course.discovered, course.asked = None, []
    course.begin("custody", "detention", event, course.submit, "CPL 91")


def _detain_longer(course: Course, event: Event) -> None:
    """One to four days more, or thirty in all, decided before the end (CPL 91, MPSC 129)."""
    if not (course.custody and course.custody.measure == "detention" and course.submit and not course.requested):
        return
    mark, days, unit = amount(event.said.get("extension", ""))
    total = days if mark == "to" else course.used_to + days
    lawful = unit == "day" and ((total <= 7 and course.rungs == 0) or (total <= 30 and mark == "to"))
    if lawful and course.in_time(event) and total > course.used_to:
        added = (total - course.used_to) * DAY
        course.rungs, course.used_to = 1, total
        course.submit += added
        if course.custody.until:
            course.custody.until += added


def _ask_for_arrest(course: Course, event: Event) -> None:
    """The procuratorate has seven days more (CPL 91); asked for late, what was overrun until then stays overrun."""
    if course.custody and course.custody.measure == "detention" and course.submit and not course.requested:
        course.requested = True
        if not course.in_time(event):
            course.begin("custody", "detention", event, course.submit, "CPL 91")
        if course.custody.until:
            course.custody.until += 7 * DAY


def _receive_request(course: Course, event: Event) -> None:
    """From its receipt on (CPL 91)."""
    if course.custody and course.custody.measure == "detention" and course.requested and course.custody.until:
        course.custody.until = min(course.custody.until, event.at + 7 * DAY + (_NEVER if course.paused else timedelta()))


def _approve_arrest(course: Course, event: Event) -> None:
    """It is executed at once (MPSC 142), in what the detention may last at most; decided late, what was overrun until then stays so."""
    held = course.custody and course.custody.article == "CPL 91" and course.custody.until
    if held and course.custody and course.requested and course.submit:
        if not course.in_time(event):
            course.begin("custody", "detention", event, course.submit + 7 * DAY, "CPL 91")
        course.custody.until = course.submit + 7 * DAY + (_NEVER if course.paused else timedelta())


def _release_at_once(article: str) -> Callable[[Course, Event], None]:
    """Whoever is held then is released at once."""

    def rule(course: Course, event: Event) -> None:
        if course.custody and not course.in_time(event):
            course.begin("custody", course.custody.measure, event, event.at, article)
        if course.custody and (course.custody.until is None or course.custody.until >= event.at):
            course.custody.until, course.custody.article, course.custody.grace = event.at, article, 2 * HOUR
            course.custody.known = event.entered
            course.requested, course.paused = False, None
        course.submit = None

    return rule


def _arrest(course: Course, event: Event) -> None:
    """Two months (CPL 156)."""
    course.end("questioning", event.at)
    course.end("measure", event.at)
    if course.custody and course.custody.measure == "arrest":
        return
    course.base, course.months, course.rungs, course.asked, course.discovered = event.at, 2, 0, [], None
    course.unknown = course.nameless
    course.begin("custody", "arrest", event, None if course.unknown else months_on(event.at, 2), "CPL 156")


def _ask_longer(course: Course, event: Event) -> None:
    course.asked.append(event.at)


# What each rung adds, and who approves it (CPL 156, 158, 159).
_LADDER = ((1, "higher-procuratorate"), (2, "provincial-procuratorate"), (2, "provincial-procuratorate"))


def _custody_longer(course: Course, event: Event) -> None:
    """In order, by the procuratorate of that level, asked for seven days ahead and decided before the end (CPL 156–159, MPSC 148)."""
    now = course.custody
    if not (now and now.measure == "arrest" and now.until and course.base and course.in_time(event)) or course.rungs >= len(
        _LADDER
    ):
        return
    added, by = _LADDER[course.rungs]
    _, months, unit = amount(event.said.get("extension", ""))
    ahead = any(asked.astimezone(CHINA).date() <= (now.until - 7 * DAY).astimezone(CHINA).date() for asked in course.asked)
    if (months, unit) == (added, "month") and event.said.get("approver") == by and ahead:
        spent = now.until - months_on(course.base, course.months)
        course.rungs, course.months, course.asked = course.rungs + 1, course.months + added, []
        now.until = months_on(course.base, course.months) + spent


def _discover(course: Course, event: Event) -> None:
    course.discovered = event.at


def _count_anew(course: Course, event: Event) -> None:
    """Another grave crime, discovered and decided on before the end, counts two months from its discovery (CPL 160, MPSC 151)."""
    now = course.custody
    if now and now.measure == "arrest" and course.discovered and course.base and course.in_time(event):
        if course.base < course.discovered and (now.until is None or course.discovered <= now.until):
            course.base, course.months, course.rungs, course.asked = course.discovered, 2, 0, []
            if now.until:
                now.until = months_on(course.base, 2) + (_NEVER if course.paused else timedelta())
                course.paused = course.paused and max(course.paused, course.base)
        course.discovered = None


def _unknown(course: Course, event: Event) -> None:
    """Without name and address, custody after arrest counts from the day they are known (CPL 160, MPSC 152); detention counts on."""
    now, course.nameless = course.custody, True
    if now and now.measure == "arrest" and now.until and course.in_time(event):
        now.until, course.unknown = None, True


def _identified(course: Course, event: Event) -> None:
    course.nameless = False
    if course.custody and course.unknown:
        course.unknown, course.base, course.months, course.rungs = False, event.at, 2, 0
        course.custody.until = months_on(event.at, 2)
        if course.evaluating:
            course.paused, course.custody.until = event.at, course.custody.until + _NEVER


def _evaluate(course: Course, event: Event) -> None:
    """Its time does not count (CPL 149, MPSC 257), if it begins before the end."""
    course.evaluating = True
    now = course.custody
    if now and now.until and not course.paused and course.in_time(event):
        course.paused, now.until = event.at, now.until + _NEVER


def _evaluated(course: Course, event: Event) -> None:
    """The count goes on: whole days were left out, the first counted and the last not (DET 4)."""
    now, course.evaluating = course.custody, False
    if course.unknown:
        course.paused = None
    if now and now.until and course.paused:
        left_out = event.at.astimezone(CHINA).date() - course.paused.astimezone(CHINA).date()
        now.until = now.until - _NEVER + left_out
        if course.submit:
            course.submit += left_out
        course.paused = None


def _free(course: Course, event: Event) -> None:
    for track in ("custody", "questioning", "measure"):
        course.end(track, event.at)


# Bail and surveillance: so many months in all, whatever came between (CPL 79, MPSC 107, 122)


def _measure(name: str, months: int, article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        _free(course, event)
        used = course.used.get(name, timedelta())
        until = max(months_on(event.at - used, months), event.at)
        _, term, unit = amount("+" + event.said["term"]) if event.said.get("term") else ("", 0, "")
        if term and unit == "month":
            until = min(until, months_on(event.at, term))
        course.begin("measure", name, event, until, article)

    return rule


def _lift(name: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        if course.measure and course.measure.measure.startswith(name):
            course.end("measure", event.at)

    return rule


# The case


def _send(course: Course, event: Event) -> None:
    """The procuratorate has it from now on; it counts from its receipt, which is the same day's (CPL 172, SPP 158)."""
    course.sent = 1
    if course.custody:
        course.go_on(event, months_on(event.at, 1), "CPL 172")


def _receive(course: Course, event: Event) -> None:
    """One month for each sending, or ten or fifteen days (CPL 172); a second receipt of the same sending is none (CPL 175)."""
    if not course.sent:
        return
    course.sent, course.review_extended = 0, False
    _, days, unit = amount("+" + event.said["base"]) if event.said.get("base") else ("", 1, "month")
    until = (
        event.at.astimezone(CHINA).replace(hour=23, minute=59, second=59) + days * DAY if unit == "day" else months_on(event.at, 1)
    )
    if course.custody and course.custody.article != "CPL 163":
        course.go_on(event, until, "CPL 172")


def _review_longer(course: Course, event: Event) -> None:
    """Fifteen days more, once (CPL 172)."""
    if course.custody and course.custody.until and course.in_time(event) and not course.review_extended:
        course.review_extended = True
        course.custody.until += 15 * DAY


def _return(course: Course, event: Event) -> None:
    """A month for more investigation, twice at most (CPL 175)."""
    course.returns += 1
    if course.custody and course.returns <= 2:
        course.go_on(event, months_on(event.at, 1), "CPL 175")


def _tried(course: Course, event: Event) -> None:
    """Before the court other articles count, which this oracle does not know."""
    course.over = None
    if course.custody:
        course.go_on(event, None, "")


def _leave(course: Course, event: Event) -> None:
    """Other police have the case: whoever is held goes with it, and we take no more measures (MPSC 184)."""
    course.over = course.over or event


def _reopen(course: Course, event: Event) -> None:
    course.over = None


def _over(article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        course.over = course.over or event
        _release_at_once(article)(course, event)
        if course.measure and (course.measure.until is None or course.measure.until > event.at):
            course.measure.until, course.measure.grace, course.measure.known = event.at, 2 * HOUR, event.entered

    return rule


_RULES: Mapping[str, Callable[[Course, Event], None]] = {
    "person.summoned": _question(12, "CPL 119"),
    "person.summons-extended": _question_longer(24, "CPL 119"),
    "person.summons-ended": _end_questioning,
    "person.compelled": _question(12, "CPL 119"),
    "person.compelled-extended": _question_longer(24, "CPL 119"),
    "person.compelled-ended": _end_questioning,
    "stop.brought-in": _question(12, "CQ 11"),
    "stop.vulnerable-brought-in": _question(4, "CQ 10"),
    "stop.extended": _question_longer(48, "CQ 11"),
    "stop.ended": _end_questioning,
    "person.summoned-admin": _question(8, "PSAPL 97"),
    "person.summoned-other-law": _question(8, "PSAPL 97"),
    "person.summons-admin-extended": _question_longer(24, "PSAPL 97"),
    "person.summons-admin-ended": _end_questioning,
    "detention.executed": _detain,
    "detention.extended": _detain_longer,
    "arrest.requested": _ask_for_arrest,
    "arrest.request-received": _receive_request,
    "arrest.approved": _approve_arrest,
    "arrest.refused": _release_at_once("CPL 91"),
    "arrest.approval-revoked": _release_at_once("SPP 289"),
    "arrest.executed": _arrest,
    "custody.extension-requested": _ask_longer,
    "custody.extended": _custody_longer,
    "custody.new-crime-discovered": _discover,
    "custody.restarted": _count_anew,
    "custody.identity-suspended": _unknown,
    "custody.identity-established": _identified,
    "custody.evaluation-started": _evaluate,
    "custody.evaluation-ended": _evaluated,
    "person.released": _free,
    "person.died": _free,
    "person.escaped": _free,
    "person.absconded": _end_questioning,
    "sentence.executed": _free,
    "bail.decided": _measure("bail", 12, "CPL 79"),
    "bail.lifted": _lift("bail"),
    # The organ that has the case now decides for itself, with a term of its own (SPP 103, SPC 162).
    "bail.procuratorate-decided": _measure("bail by the procuratorate", 12, "CPL 79"),
    "bail.court-decided": _measure("bail by the court", 12, "CPL 79"),
    "surveillance.decided": _measure("surveillance", 6, "CPL 79"),
    "surveillance.lifted": _lift("surveillance"),
    "surveillance.procuratorate-decided": _measure("surveillance by the procuratorate", 6, "CPL 79"),
    "surveillance.court-decided": _measure("surveillance by the court", 6, "CPL 79"),
    "case.sent-to-procuratorate": _send,
    "case.sent-again": _send,
    "prosecution.case-received": _receive,
    "prosecution.review-extended": _review_longer,
    "case.returned": _return,
    "case.prosecuted": _tried,
    "case.cancelled": _over("CPL 163"),
    "case.not-prosecuted": _over("CPL 178"),
    "case.turned-administrative": _over("CPL 163"),
    "criminal.transferred": _leave,
    "criminal.retaken": _reopen,
    "criminal.retaken-for-review": _reopen,
    "case.reopened": _reopen,
}
# By these somebody comes under a measure of ours.
MEASURES = frozenset({"person.compelled", "detention.executed", "arrest.executed", "bail.decided", "surveillance.decided"})


def course_of(events: Iterable[Event]) -> Course:
    """What the articles say of one person, from all that happened to them and to their case."""
    course = Course()
    for event in sorted(events, key=lambda each: each.order):
        course.hear(event)
    return course
