"""What must hold after every step, whoever did what: the product's boards beside the oracle's course of each person."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from law.clock import PROMISES, Colour, Consequence
from models.matter import Kind
from models.messages import Refusal
from models.problems import PROBLEMS
from tests.law.hostile.administrative import ADMINISTRATIVE
from tests.law.hostile.bureau import PEOPLE, Bureau
from tests.law.hostile.criminal import CRIMINAL
from tests.law.hostile.oracle import CHINA, Course, Event, Held, course_of, happened

MINUTE, PATIENCE = timedelta(minutes=1), timedelta(hours=2)
_CASE_FIRST = 1_000_000
_RUNNING = ("running", "suspended", "not-started")
# Where a suspect stands who is not in custody.
_FREE = ("at_liberty", "summoned", "compelled", "on_bail", "surveilled", "escaped", "absconded", "dead", "executed")
_GOES_FREE = (Consequence.RELEASE, Consequence.RELEASE_OR_CHANGE, Consequence.MEASURE_LAPSES)
# A refusal that only says that the rules broke is no answer an officer can act on.
_BROKEN = ("unexpected", "orchestrator-unavailable")


class Violation(AssertionError):
    """Something that must hold and does not: which rule, of whom, and what stands instead."""

    def __init__(self, rule: str, of: str, what: str) -> None:
        super().__init__(rule, of, what)
        self.rule = rule

    def __str__(self) -> str:
        return ": ".join(self.args)


@dataclass
class Watch:
    """Looks at the whole bureau after each step, and remembers what the boards have shown."""

    bureau: Bureau
    # Clocks that have once been shown as overdue, and under what entry of a correction they may be gone since.
    shown: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _events: dict[str, tuple[int, list[Event]]] = field(default_factory=dict)
    _first_case: dict[str, str] = field(default_factory=dict)
    _courses: dict[str, tuple[tuple[int, ...], Course]] = field(default_factory=dict)
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    # Under which number each was known at the last look, and who was held twice when nobody could know that it was one person.
    _numbers: dict[str, str] = field(default_factory=dict)
    _excused: set[tuple[str, str]] = field(default_factory=set)

    def refused(self, refusal: Refusal) -> None:
        """A refusal is one of the problems, with a sentence."""
        if refusal.slug not in PROBLEMS or refusal.slug in _BROKEN or not refusal.detail:
            raise Violation("refusals are problems", refusal.slug, refusal.detail)

    def look(self) -> None:
        """Everything, now. What is on its way between matters is no fault while it is on its way."""
        self._overruns_stay()
        if self.bureau.mail:
            return
        courses = {person: self.course(person) for person in self.people()}
        for person, course in courses.items():
            self._rows[person] = list(self._rows_of(person))
            if held := course.custody or course.questioning or course.serving:
                self._deadline(person, held, course)
            if course.measure:
                lapsing = [row for row in self._rows[person] if row["at_expiry"] == Consequence.MEASURE_LAPSES]
                _none_later(person, course.measure, [row for row in lapsing if row["state"] == "running" and row["due_at"]])
            self._history(person, course)
            self._stage(person, course)
            if course.breaches and not any(self._corrected(each, None) for each in self.matters_of(person)):
                rule, what = course.breaches[0]
                raise Violation(rule, person, what)
        self._once(courses)

    # Who there is, and what happened

    def people(self) -> Iterator[str]:
        """Whom the matters' facts are about: a suspect by their own matter, others by their number in a case."""
        for number in self.bureau.memory.matters:
            if number.startswith(Kind.SUSPECT.prefix):
                yield number
            elif number.startswith(Kind.PUBLIC_ORDER_CASE.prefix):
                yield from sorted({event.about for event in self.events(number) if event.about != number})

    def matters_of(self, person: str) -> list[str]:
        """The matters in which somebody's course stands."""
        return [person.partition("/")[0], *(case for case, _ in self.cases(person))]

    def events(self, number: str) -> list[Event]:
        """What happened in one matter, as those who know it best have said."""
        memory = self.bureau.memory
        position = memory.chains.get(number, 0)
        known = self._events.get(number)
        if known is None or known[0] != position:
            entered = {entry["recorded"].seq: entry["recorded"].receipt.recorded_at for entry in memory.entries[number]}
            own = [row for row in memory.facts[number] if "told_by" not in row.said]
            known = position, [happened(row.fact, row.at, entered[row.seq], row.seq, row.said, row.about) for row in own]
            self._events[number] = known
        return known[1]

    def cases(self, number: str) -> Iterator[tuple[str, datetime | None]]:
        """The cases a suspect has belonged to, each with the instant of coming under it (None: from the beginning)."""
        if "/" in number:
            return
        case = self._first_case.setdefault(number, self.bureau.memory.matters[number].parent or "")
        since, seen = None, set[str]()
        while case and case not in seen:
            seen.add(case)
            yield case, since
            merged = next(
                (row for row in self.bureau.memory.facts[case] if row.fact == "criminal.merged" and row.about != case), None
            )
            case, since = (merged.about, merged.at) if merged else ("", None)

    def course(self, number: str) -> Course:
        """Somebody's course by the oracle."""
        chains = self.bureau.memory.chains
        matter, _, in_a_case = number.partition("/")
        if in_a_case:
            known = (chains[matter],)
            if number not in self._courses or self._courses[number][0] != known:
                events = [event for event in self.events(matter) if event.about in (number, matter)]
                self._courses[number] = known, course_of(events, ADMINISTRATIVE)
            return self._courses[number][1]
        cases = list(self.cases(number))
        known = (chains[number], *(chains[case] for case, _ in cases))
        if number not in self._courses or self._courses[number][0] != known:
            events = list(self.events(number))
            for case, since in cases:
                # Of one minute, what became of the case comes first.
                of_case = (replace(each, order=(*each.order[:2], each.seq - _CASE_FIRST)) for each in self.events(case))
                events += [each for each in of_case if since is None or each.at >= since]
            self._courses[number] = known, course_of(events, CRIMINAL)
        return self._courses[number][1]

    def _rows_of(self, number: str) -> Iterator[dict[str, Any]]:
        clocks = self.bureau.memory.clocks
        matter = number.partition("/")[0]
        yield from (row for row in clocks[matter].values() if row["about"] in (number, matter))
        for case, _ in self.cases(number):
            yield from clocks[case].values()

    # What must hold

    def _deadline(self, number: str, held: Held, course: Course) -> None:
        """Who is held has a running clock that ends no later than the law allows, and somebody answers for it."""
        now = self.bureau.now
        rows = [row for row in self._rows[number] if row["state"] in _RUNNING and row["liberty"] and _ends_custody(row, number)]
        running = [row for row in rows if row["state"] == "running" and row["due_at"]]
        if not course.paused:
            _none_later(number, held, running)
        asleep = [row for row in self._rows[number] if row["state"] in ("suspended", "not-started") and row["liberty"]]
        lawful = course.paused or course.unknown or held.until is None
        if not running and not (asleep and lawful) and not (held.until is None and held.article == ""):
            raise Violation("who is held has a running clock", number, f"{held.measure} since {_said(held.since)}, {held.article}")
        if rows and not any(row["officer"] in PEOPLE for row in rows):
            raise Violation("somebody answers for who is held", number, rows[0]["limit_id"])
        if held.until and now - held.until > PATIENCE and not course.paused:
            self._is_on_the_wall(number, held, running)

    def _stage(self, person: str, course: Course) -> None:
        """Whoever is held by what happened does not stand there as free."""
        stage = self.bureau.memory.matters[person.partition("/")[0]].stage
        if course.custody and stage in _FREE and not any(self._corrected(each, None) for each in self.matters_of(person)):
            raise Violation("who is held does not stand there as free", person, f"{course.custody.measure}, {stage}")

    def _is_on_the_wall(self, number: str, held: Held, running: list[dict[str, Any]]) -> None:
        """Who is held beyond the law is on the red-card wall."""
        if not any(row["colour"] == Colour.OVERDUE for row in running):
            raise Violation("who is held beyond the law is on the wall", number, f"{held.measure} lawful until {_said(held.until)}")

    def _history(self, number: str, course: Course) -> None:
        """What was overrun, of whatever stretch, is shown as overdue or with its length."""
        for held in course.stretches:
            if not held.overrun(self.bureau.now) or held.until is None:
                continue
            if not any(_late(row) and _at(row["due_at"]) <= held.until for row in self._rows[number] if row["due_at"]):
                beyond = held.overrun(self.bureau.now)
                what = (
                    f"{held.measure} since {_said(held.since)}, lawful until {_said(held.until)} ({held.article}), {beyond} beyond"
                )
                raise Violation("an overrun is shown", number, what)

    def _overruns_stay(self) -> None:
        """What the boards have once shown as overrun they show for ever, unless a correction keeps what stood there before."""
        for number, rows in self.bureau.memory.clocks.items():
            for row in rows.values():
                key = (number, row["id"])
                if row["at_expiry"] in (Consequence.RIGHT_LAPSES, *PROMISES):
                    continue
                if row["at_expiry"] == Consequence.ESCALATE and not row["due_at"]:
                    continue  # a duty counted back from an end that is not known: there is none to be late for
                if _late(row) and not _just_over(row, self.bureau.now):
                    self.shown.setdefault(key, self.bureau.now)
                elif not row["liberty"] and row["due_at"] and _at(row["due_at"]) > self.bureau.now:
                    self.shown.pop(
                        key, None
                    )  # counted otherwise since nobody is held: whoever is free has the longer of two counts
                elif key in self.shown and not self._corrected(number, self.shown[key]):
                    what = f"{row['id']} was overdue at {_said(self.shown[key])} and is {row['state']} now, due {row['due_at']}"
                    raise Violation("an overrun never disappears", number, what)

    def _corrected(self, number: str, since: datetime | None) -> bool:
        """Whether an entry since then keeps what stood there before something was set right."""
        right = (entry["recorded"].receipt.recorded_at for entry in self.bureau.memory.entries[number] if entry.get("corrected"))
        return any(since is None or at >= since - MINUTE for at in right)

    def _once(self, courses: dict[str, Course]) -> None:
        """Nobody is held twice at once under one number, which was known of both before (CPL 119, CQ 12, MPSC 21).

        Two cases may agree on a custody; and who serves a detention may be taken into it.
        """
        holding = defaultdict[str, list[str]](list)
        before, self._numbers = self._numbers, {person: self._number_of(person) for person in courses}
        for person, course in courses.items():
            if self._numbers[person] and (course.custody or course.questioning or course.serving):
                holding[self._numbers[person]].append(person)
        at_once = {pair for people in holding.values() for pair in combinations(people, 2)}
        self._excused &= at_once
        for one, other in sorted(at_once - self._excused):
            known = all(before.get(person) == self._numbers[person] for person in (one, other))
            if known and not self._may_both(courses, one, other):
                raise Violation("nobody is held twice at once", f"{one}、{other}", "one citizen number")
            self._excused.add((one, other))

    def _number_of(self, person: str) -> str:
        """The citizen number under which somebody is known there."""
        matter, _, n = person.partition("/")
        own = "suspect" if not n else f"person-{n}"
        for known in self.bureau.memory.parties[matter].values():
            if own in (known["id"], *known["said"].get("also", "").split()):
                return known["citizen_id"] or ""
        return ""

    def _may_both(self, courses: dict[str, Course], one: str, other: str) -> bool:
        if one.partition("/")[0] == other.partition("/")[0]:
            return False
        custody = [person for person in (one, other) if courses[person].custody]
        serving = [person for person in (one, other) if courses[person].serving]
        if custody and serving:
            return True
        return bool(custody) and any(self._agreed(person) for person in custody)

    def _agreed(self, person: str) -> bool:
        """Whether a detention says what was agreed with the other case."""
        return any(entry["form"].get("elsewhere") for entry in self.bureau.memory.entries[person] if entry["sort"] == "step")


def _none_later(person: str, held: Held, running: list[dict[str, Any]]) -> None:
    """Of the clocks that run on somebody the first ends no later than the law."""
    first = min(running, key=lambda row: row["due_at"], default=None)
    if held.until and first and _at(first["due_at"]) > held.until:
        what = f"{first['limit_id']} runs until {first['due_at']}, the law ({held.article}) until {_said(held.until)}"
        raise Violation("no deadline later than the law", person, what)


def _ends_custody(row: dict[str, Any], number: str) -> bool:
    """Whether somebody goes free when it runs out, or the organ that has the case must have decided."""
    return row["at_expiry"] in _GOES_FREE or ("/" not in number and row["about"] != number)


def _late(row: dict[str, Any]) -> bool:
    """Whether a board, a card or a ranking shows this clock as overrun."""
    if row["overrun_due_at"] or row["state"] in ("overrun", "met-late"):
        return True
    return row["state"] in _RUNNING and row["colour"] == Colour.OVERDUE


def _just_over(row: dict[str, Any], now: datetime) -> bool:
    """Whether it shows red at the very minute of its end, in which it can still be met."""
    ends = [rung["at"] for rung in row["rungs"] if rung["colour"] == Colour.OVERDUE] or [row["due_at"]]
    return row["state"] == "running" and not row["overrun_due_at"] and bool(ends[0]) and now - _at(ends[0]) < MINUTE


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def _said(instant: datetime | None) -> str:
    return f"{instant.astimezone(CHINA):%m-%d %H:%M}" if instant else "?"
