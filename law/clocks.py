"""`clocks(facts, calendar)`: every limit that a matter's facts have armed. The one function at the heart of the product."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import takewhile
from types import MappingProxyType

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState, Consequence, Overrun
from law.clock_run import ClockRun
from law.counting import Counting
from law.counting_back import build_clock_counted_back, find_passed_ahead, get_limits_counted_back
from law.evaluations import DEPENDS_ON, read_as_of_case
from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, TAKEN_BACK, Fact, Scope
from law.history import History
from law.legal_fact import LegalFact, get_minute
from law.maxima import list_use_facts
from law.reasons import build_clock
from law.time_limits import TimeLimit, get_limits

# How soon it shows that nobody knows who somebody is: at the first questioning; and how soon the head's approval of that is there.
FOUND_WITHIN, ENTERED_WITHIN = timedelta(hours=24), timedelta(days=3)
_HELD = frozenset((*CUSTODY_BEGINS, *CUSTODY_ENDS))


def compute_clocks(
    facts: Iterable[LegalFact], calendar: Calendar, amended: Mapping[str, TimeLimit] = MappingProxyType({})
) -> list[Clock]:
    """Every clock of one matter as its facts leave it, in the order they started; the order of recording does not matter.

    A fact told by another matter starts nothing, but what ends the measures on the people here (`TimeLimit.for_each`). `amended` are
    limits to be taken as they stand there, by id. ValueError when a
    fact picks a figure or a term that its limit does not offer.
    """
    log = tuple(map(_intern_fact, facts))
    return _compute_clocks(log, calendar, amended) if amended else list(_of_log(log, calendar))


# The log is read afresh at each step; of equal facts one object is kept, so that what follows compares them by identity.
@lru_cache(maxsize=16384)
def _intern_fact(fact: LegalFact) -> LegalFact:
    return fact


# A step asks for the clocks before it and after it, and what comes after one step is what comes before the next. An entry holds
# references only, so a full memory is about 2 MB.
@lru_cache(maxsize=2048)
def _of_log(log: tuple[LegalFact, ...], calendar: Calendar) -> tuple[Clock, ...]:
    return tuple(_compute_clocks(log, calendar, {}))


def _compute_clocks(log: tuple[LegalFact, ...], calendar: Calendar, amended: Mapping[str, TimeLimit]) -> list[Clock]:
    history = History(log)
    armed, concerns = get_limits_started(), _get_facts_concerned()
    found: list[Clock] = []
    # What came too late for a limit to start it anew starts no clock of it, and later ones do not know of it.
    too_late: dict[str, list[LegalFact]] = {}
    for fact in history.facts:
        for limit in armed.get(fact.fact, ()):
            limit = amended.get(limit.id, limit)
            in_vain = too_late.setdefault(limit.id, [])
            for start in _list_starts(limit, fact, history) if fact not in in_vain else ():
                of_anybody = _of_anybody(limit) if fact.fact.scope is Scope.MATTER and not limit.for_each else ()
                concerning = history.list_concerning(start.about, concerns[limit.id], of_anybody)
                known = [each for each in concerning if each not in in_vain] if in_vain else concerning
                started, moving = _of_limit(limit, start, tuple(known), calendar)
                found += (
                    started if limit.for_each is None else _list_otherwise_begun(limit, fact, start, started, history, calendar)
                )
                in_vain += moving
    # What a matter is born with may tell of several ends in one entry: of each limit and person it starts one clock.
    return list({clock.id: clock for clock in reversed(found)}.values())[::-1]


def _list_starts(limit: TimeLimit, fact: LegalFact, history: History) -> Iterable[LegalFact]:
    """From what the limit runs, if the fact starts it: from itself, or once for each person whom it concerns.

    Whoever has a matter of their own, which told of them, has their clock there; a second one here would not be met, or be taken for that one.
    """
    if limit.for_each:
        return (start for start in limit.for_each(history, fact) if start.about not in history.tellers)
    return (fact,) if not fact.told_by and (limit.when is None or limit.when(history, fact)) else ()


# A matter's log is reckoned again at each of its steps, and all but the clocks which the new fact concerns come out as before.
# One entry is about 3 KB, so a full memory is about 25 MB of one process.
@lru_cache(maxsize=8192)
def _of_limit(
    limit: TimeLimit, start: LegalFact, concerning: tuple[LegalFact, ...], calendar: Calendar
) -> tuple[tuple[Clock, ...], tuple[LegalFact, ...]]:
    """The clock of one limit from one starting fact, and those counted back from it, by the facts that concern them.

    With them what came too late to move its end.
    """
    history = History(concerning)
    clock_run = run(limit, start, history, calendar)
    return tuple(_list_with_counted_back(clock_run, history, calendar)), clock_run.too_late


def _list_with_counted_back(clock_run: ClockRun, history: History, calendar: Calendar) -> Iterator[Clock]:
    yield build_clock(clock_run)
    yield from _list_counted_back(clock_run, history, calendar)


def run(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> ClockRun:
    """The course of `limit` from `start`, after everything that concerns it has been heard."""
    clock_run = _run_to_end(limit, start, history, calendar)
    clock_run.late = _find_overrun_until_correction(clock_run, history) or _find_cured_overrun(limit, start, history, calendar)
    return clock_run


def find_newest_run(limit: TimeLimit, history: History, about: str, until: datetime, calendar: Calendar) -> ClockRun | None:
    """The limit's last course by then about a person, a thing or the matter; None where it never started."""
    arming = frozenset((*limit.starts_on, *((limit.restarts_on,) if limit.restarts_on else ())))
    last, clock_run = history.find_latest(arming, about, until), None
    starts = history.list_concerning(about, arming) if last and _list_moving_facts(limit) else [last] if last else []
    for start in starts:
        if start.order > (last or start).order or (clock_run and start in clock_run.too_late):
            continue
        if start.told_by or (limit.when and not limit.when(history, start)):
            clock_run = None
            continue
        clock_run = run(limit, start, history, calendar)
        if clock_run.too_late:
            late = clock_run.too_late
            history = History(fact for fact in history.facts if fact not in late)
    return clock_run


def _run_to_end(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> ClockRun:
    if limit.handling and start.fact.scope is Scope.MATTER:
        history = read_as_of_case(history, limit.handling, start.about)
    too_late = _list_late_restarts(limit, start, history, calendar)
    if too_late:
        history = History(fact for fact in history.facts if fact not in too_late)
    clock_run = _run_straight_on(limit, start, history, calendar)
    clock_run.too_late = too_late
    return clock_run


def _list_late_restarts(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> tuple[LegalFact, ...]:
    """What would have started the limit anew, or put off its start, when it had run out and whoever was held had to be free."""
    found: list[LegalFact] = []
    moving = _list_moving_facts(limit)
    for fact in history.list_after(start, start.about, {*moving, *limit.starts_on}) if moving else ():
        if fact.fact not in moving:
            break  # what follows is the next course's
        if limit.undone:
            found += _list_vain_restarts(limit, start, fact, History(each for each in history.facts if each not in found), calendar)
            continue
        before = takewhile(lambda each, fact=fact: each is not fact, history.facts)
        clock_run = _run_straight_on(limit, start, History(each for each in before if each not in found), calendar)
        if clock_run.ended and clock_run.ended.fact is limit.restarts_on:
            break
        over = clock_run.ended and limit.accumulates and fact.fact is limit.restarts_on
        if over or clock_run.stays(fact.at):
            found.append(fact)
    return tuple(found)


def _list_vain_restarts(
    limit: TimeLimit, start: LegalFact, fact: LegalFact, history: History, calendar: Calendar
) -> tuple[LegalFact, ...]:
    """The restart where it undoes nothing by which the limit was met; with what it undoes where that was known too late."""
    before = [each for each in history.list_concerning(start.about, (*limit.undone, fact.fact)) if each.order < fact.order]
    if not before or before[-1].fact is fact.fact:
        return (fact,)
    undone = before[-1]
    until_then = History(takewhile(lambda each: each is not undone, history.facts))
    clock_run = _run_straight_on(limit, start, until_then, calendar)
    return () if clock_run.ended or not clock_run.has_run_out(undone.known_at) else (undone, fact)


def _list_moving_facts(limit: TimeLimit) -> tuple[Fact, ...]:
    if limit.undone and limit.restarts_on:
        return (limit.restarts_on,)
    return tuple(fact for fact in (limit.restarts_on, *(limit.waits or ())[:1]) if fact) if limit.holds else ()


def _list_otherwise_begun(
    limit: TimeLimit, fact: LegalFact, start: LegalFact, started: Sequence[Clock], history: History, calendar: Calendar
) -> Sequence[Clock]:
    """The clock of an end for one person, marked where it began at another instant, and was overdue, before something was entered late."""
    clock, *others = started
    if clock.overrun or limit.for_each is None:
        return started
    for entered, seq in sorted(
        {
            _get_learning_order(each)
            for each in history.facts
            if each.entered_at and _get_learning_order(each) > _get_learning_order(fact)
        }
    ):
        before = History(each for each in history.facts if _get_learning_order(each) < (entered, seq))
        stood = next((each for each in limit.for_each(before, fact) if each.about == start.about), None)
        end = _find_overdue_since(_run_to_end(limit, stood, before, calendar), entered) if stood and stood.at != start.at else None
        hangs_on = clock.ended_at is None and clock.due_at and clock.due_at < entered
        if end and not hangs_on:
            kept = Overrun(end.astimezone(SHANGHAI), clock.ended_at, entered.astimezone(SHANGHAI))
            return (replace(clock, overrun=kept), *others)
    return started


def _run_straight_on(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> ClockRun:
    clock_run = ClockRun(limit, start, _find_beginning(limit, start, history), history, calendar)
    for fact in history.list_after(start, start.about, _get_facts_heard()[limit.id]):
        if not clock_run.hear(fact):
            break
    clock_run.close_segment()
    return clock_run


def _find_overrun_until_correction(clock_run: ClockRun, history: History) -> Overrun | None:
    """That the limit was overrun for longer as the record stood before its last correction than it is as it was set right, or was before."""
    record = _find_record_before_correction(clock_run.start, history)
    if record is None:
        return None
    begun, before, until = record
    stood = run(clock_run.limit, begun, before, clock_run.calendar)
    was, mark = _find_passed_end(stood, until), stood.find_overrun()
    return _keep_overrun(was, _find_passed_end(clock_run, until), mark if mark and mark.entered_at else None, until)


def _find_passed_end(clock_run: ClockRun, until: datetime) -> Overrun | None:
    """The end that had passed by then, and until when it stood overrun: as `until` knew it, whatever has ended it since."""
    known = clock_run.ended is not None and clock_run.ended.known_at < until
    since = clock_run.ran_out if clock_run.ended else clock_run.find_expiry()
    over = clock_run.ended.at if known and clock_run.ended else until
    return Overrun(since, over) if since and since < over.replace(microsecond=0) else None


def _find_record_before_correction(start: LegalFact, history: History) -> tuple[LegalFact, History, datetime] | None:
    """How the record stood before it was last set right, and until when; None: it never was, or nothing had started by then."""
    until = max((superseded.until for fact in (start, *history.facts) for superseded in fact.corrected), default=None)
    begun = start.find_former_version(until) if until else None
    if until is None or begun is None:
        return None
    return begun, History(each for fact in history.facts if (each := fact.find_former_version(until))), until


def _keep_overrun(was: Overrun | None, now: Overrun | None, mark: Overrun | None, until: datetime) -> Overrun | None:
    """What stays of a limit that was overrun so, or bore a mark, in a record by which it is overrun otherwise, or not, since `until`."""
    if was and _is_shorter(now, was):
        since = min(was.due_at, mark.due_at) if mark else was.due_at
        return Overrun(since.astimezone(SHANGHAI), None, until.astimezone(SHANGHAI))
    return replace(mark, until=None) if mark else None


def _is_shorter(now: Overrun | None, was: Overrun) -> bool:
    """Whether an overrun begins later or ends sooner than it did; one that is gone is no longer at all."""
    if now is None:
        return True
    over = now.until, was.until
    return now.due_at > was.due_at or (over[0] is not None and over[1] is not None and get_minute(over[0]) < get_minute(over[1]))


def _find_cured_overrun(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> Overrun | None:
    """That everybody saw the limit overdue until something was entered by which it had not been, or not for so long: before is asked, and after."""
    if limit.at_expiry is Consequence.RIGHT_LAPSES:
        return None
    learnt = sorted(
        {
            _get_learning_order(fact)
            for fact in history.facts
            if fact.entered_at and _get_learning_order(fact) > _get_learning_order(start)
        }
    )
    for entered, seq in learnt:
        before = _run_to_end(
            limit, start, History(fact for fact in history.facts if _get_learning_order(fact) < (entered, seq)), calendar
        )
        end = _find_overdue_since(before, entered)
        if end is None:
            continue
        after = _run_to_end(
            limit, start, History(fact for fact in history.facts if _get_learning_order(fact) <= (entered, seq)), calendar
        )
        left = _find_overdue_since(after, entered)
        if left is None or left > end:
            return Overrun(end.astimezone(SHANGHAI), None, entered.astimezone(SHANGHAI))
    return None


def _get_learning_order(fact: LegalFact) -> tuple[datetime, int]:
    """When the journal learnt of a fact, and of two in one instant which came first."""
    return fact.known_at, fact.seq


def _find_overdue_since(clock_run: ClockRun, at: datetime) -> datetime | None:
    """The end that had passed by then, of a clock that runs on or of one that has ended after it; None: nothing was overdue."""
    if clock_run.ended:
        return clock_run.ran_out if clock_run.get_state() in (ClockState.OVERRUN, ClockState.MET_LATE) else None
    end = clock_run.find_expiry()
    return end if end and end < at else None


def _find_beginning(limit: TimeLimit, start: LegalFact, history: History) -> LegalFact | None:
    """The fact from which the limit counts: usually the one that armed it."""
    if limit.restarts_from and start.fact is limit.restarts_on:
        # What is entered after the decision, whenever it happened, is not what was decided on.
        known = [fact for fact in history.list_concerning(start.about, (limit.restarts_from,)) if fact.seq < start.seq]
        return next((fact for fact in reversed(known) if fact.order < start.order), start)
    if limit.waits is None:
        return start
    put_off, allowed = limit.waits
    over = next(iter(history.list_after(start, start.about, (*limit.met_by, *limit.ended_by))), None)
    # What puts off a start after all has ended puts off nothing.
    unknown = [
        fact
        for fact in history.list_concerning(start.about, (put_off,))
        if (over is None or fact.order < over.order) and puts_off(fact, start)
    ]
    if not unknown:
        return start
    known = history.list_after(unknown[-1], start.about, (allowed,))
    return max(start, known[0], key=lambda fact: fact.at) if known else None


def puts_off(fact: LegalFact, start: LegalFact) -> bool:
    """Whether it was there from the beginning, and entered then: time that was served is not undone afterwards.

    Whoever is arrested is asked for name and address within a day (CPL 94), and so is whoever is held for review (MPSA 242).
    """
    return fact.at <= start.at + FOUND_WITHIN and fact.known_at <= start.known_at + ENTERED_WITHIN


@cache
def get_limits_started() -> Mapping[Fact, tuple[TimeLimit, ...]]:
    """The limits that each fact arms; a restart arms like a start."""
    by_fact: dict[Fact, tuple[TimeLimit, ...]] = {}
    for limit in get_limits().values():
        if limit.armed and not limit.before_limit:
            for fact in dict.fromkeys((*limit.starts_on, *((limit.restarts_on,) if limit.restarts_on else ()))):
                by_fact[fact] = (*by_fact.get(fact, ()), limit)
    return by_fact


@cache
def _get_facts_heard() -> Mapping[str, frozenset[Fact]]:
    """The facts that may change a clock of each limit while it runs."""
    return {limit.id: frozenset(_list_facts_heard(limit)) for limit in get_limits().values()}


def _list_facts_heard(limit: TimeLimit) -> Iterator[Fact]:
    yield from (*limit.met_by, *limit.ended_by)
    # Whoever is taken back goes on with what they had left.
    yield from TAKEN_BACK if limit.lasts and Fact.PERSON_HANDED_OVER in limit.ended_by else ()
    # Nothing is done any more in what is archived; a right that somebody may use elsewhere goes on until it lapses.
    yield from () if limit.at_expiry is Consequence.RIGHT_LAPSES else (Fact.CASE_ARCHIVED,)
    yield from (fact for fact in (limit.extended_by, limit.restarts_on) if fact)
    # It goes on only as long as what it follows could still be kept.
    yield from get_limits()[limit.follows].met_by if limit.follows else ()
    for known in limit.editions:
        for rule in known.not_counted:
            yield from (rule.begins, rule.ends)


@cache
def _get_facts_concerned() -> Mapping[str, tuple[Fact, ...]]:
    """All that the clocks of each limit depend on: what they hear, what puts off their start, who is held, what meets the others."""
    by_custody = (Counting.DAYS_BY_CUSTODY, Counting.MONTHS_BY_CUSTODY)
    found: dict[str, tuple[Fact, ...]] = {}
    for limit in get_limits().values():
        kinds = {*_get_facts_heard()[limit.id], *(limit.waits or ())}
        kinds |= {limit.restarts_from} if limit.restarts_from else set()
        kinds |= set(get_limits()[limit.follows].met_by) if limit.follows else set()
        kinds |= list_use_facts(limit) if limit.accumulates else set()
        kinds |= {fact for behind in get_limits_counted_back().get(limit.id, ()) for fact in (*behind.met_by, behind.once) if fact}
        if any(base.counting in by_custody for known in limit.editions for base in known.bases):
            kinds |= {*CUSTODY_BEGINS, *CUSTODY_ENDS}
        kinds |= _of_anybody(limit) if limit.handling else set()
        found[limit.id] = tuple(sorted(kinds))
    return found


@cache
def _of_anybody(limit: TimeLimit) -> frozenset[Fact]:
    """What concerns a limit of the whole matter whomever it is about: who is held, and whose evaluation is left out of it."""
    rule = limit.handling
    return DEPENDS_ON | {rule.begins, rule.ends} if rule else _HELD


def _list_counted_back(clock_run: ClockRun, history: History, calendar: Calendar) -> list[Clock]:
    """The clocks counted back from this one: a new one for each stretch, since each extension has its own deadline to foresee."""
    out: list[Clock] = []
    if clock_run.limit.id not in get_limits_counted_back():
        return out
    earlier = [
        (
            {each.id: each for each in _list_with_counted_back(run(clock_run.limit, begun, before, calendar), before, calendar)},
            until,
            is_set_right,
        )
        for begun, before, until, is_set_right in _list_records_before_moves(clock_run, history)
    ]
    for limit in get_limits_counted_back().get(clock_run.limit.id, ()):
        if limit.once and not clock_run.history.list_concerning(clock_run.start.about, (limit.once,)):
            continue
        for number, segment in enumerate(clock_run.segments):
            if limit.before_total is None or (segment.reached and segment.reached.total == limit.before_total):
                following = clock_run.segments[number + 1].opened_by if number + 1 < len(clock_run.segments) else clock_run.ended
                clock = build_clock_counted_back(limit, clock_run, segment, following, calendar)
                for stood, until, is_set_right in earlier:
                    clock = _mark_clock(clock, stood.get(clock.id), until, is_set_right=is_set_right)
                out.append(clock)
    return out


def _list_records_before_moves(clock_run: ClockRun, history: History) -> Iterator[tuple[LegalFact, History, datetime, bool]]:
    """How the record stood before what a limit is counted back from moved, until when, and whether it was set right then.

    It moves with a correction, with what puts off its start or begins to be left out of its count, and where less of a maximum was used up
    before than anybody knew.
    """
    record = _find_record_before_correction(clock_run.start, history)
    if record:
        yield *record, True
    start = clock_run.start
    for fact in history.facts if clock_run.limit.accumulates else ():
        if fact.order < start.order and fact.known_at > start.known_at:
            yield start, History(each for each in history.facts if each.known_at < fact.known_at), fact.known_at, False
    moving = {*(clock_run.limit.waits or ())[:1], *(rule.begins for rule in clock_run.edition.not_counted)}
    for fact in history.list_after(clock_run.start, clock_run.start.about, moving):
        yield clock_run.start, History(each for each in history.facts if each.known_at < fact.known_at), fact.known_at, False


def _mark_clock(clock: Clock, stood: Clock | None, until: datetime, *, is_set_right: bool) -> Clock:
    """The clock with the mark that it was overrun, or for longer, before what it looks ahead to moved at `until`."""
    if stood is None or clock.at_expiry is Consequence.RIGHT_LAPSES:
        return clock
    was, mark = find_passed_ahead(stood, until), stood.overrun
    if not is_set_right:
        if clock.overrun or find_passed_ahead(clock, until) or not (was or mark):
            return clock
        since = was.due_at if was else mark.due_at if mark else until
        return replace(clock, overrun=Overrun(since.astimezone(SHANGHAI), until.astimezone(SHANGHAI)))
    kept = _keep_overrun(was, find_passed_ahead(clock, until), mark if mark and mark.entered_at else None, until)
    if kept is None or (clock.overrun and clock.overrun.due_at < kept.due_at):
        return clock
    return replace(clock, overrun=replace(kept, until=clock.ended_at))
