"""Counting back: limits that end a certain time before the deadline of another limit expires. Pure."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from law.calendar import SHANGHAI, Calendar, get_day
from law.clock import Clock, ClockId, ClockState, Overrun
from law.clock_run import ClockRun, Segment, find_overrun, get_end_state
from law.counting import Deadline, count
from law.ladders import get_usual_ladder
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE
from law.reasons import describe_ending, format_minute
from law.time_limits import TimeLimit, get_limits


@cache
def get_limits_counted_back() -> Mapping[str, tuple[TimeLimit, ...]]:
    """The limits that are counted back from the deadline of each limit, by its id."""
    found: dict[str, tuple[TimeLimit, ...]] = {}
    for limit in get_limits().values():
        if limit.before_limit and limit.armed:
            found[limit.before_limit] = (*found.get(limit.before_limit, ()), limit)
    return found


def find_passed_ahead(clock: Clock, until: datetime) -> Overrun | None:
    """The end of a clock counted back that had passed by `until`, and until when it was overrun; None where none had."""
    over = clock.ended_at if clock.ended_at and clock.ended_at < until else until
    passed = clock.due_at is not None and clock.due_at < over.replace(microsecond=0) and clock.state is not ClockState.LAPSED
    return Overrun(clock.due_at, over) if passed and clock.due_at else None


def compute_deadline_before(limit: TimeLimit, what: str, expiry: datetime, calendar: Calendar) -> tuple[Deadline, tuple[str, ...]]:
    """The last day for `limit` before `what` expires, and the reasons in words."""
    edition = limit.get_edition(get_day(expiry))
    base = edition.bases[0]
    length = base.length or IMMEDIATE
    deadline = count(expiry, (length,), base.counting, calendar)
    why = f"{what}{format_minute(expiry)}届满，应在届满{length.zh}前办理（{edition.articles}）"
    return deadline, (why, *describe_ending(base.counting, deadline, calendar, edition, held=False))


def build_clock_counted_back(
    limit: TimeLimit, clock_run: ClockRun, segment: Segment, until: LegalFact | None, calendar: Calendar
) -> Clock:
    """The clock of a limit that is counted back from the deadline of that segment; unmet, it lapses with the segment."""
    opened = segment.opened_by
    begins = (clock_run.began or opened).at if opened is clock_run.start else opened.at
    begins = begins.astimezone(SHANGHAI)
    edition = limit.get_edition(begins.date())
    deadline, why = compute_deadline_before(limit, clock_run.limit.zh, segment.due, calendar) if segment.due else (None, ())
    met = next((f for f in _list_meeting_facts(limit, clock_run, opened) if until is None or f.order <= until.order), None)
    ended = met or until
    due = deadline.due if deadline else None
    late = Overrun(due, None, ended.known_at) if ended and due and ended.at <= due < ended.known_at else None
    ladder = limit.ladder or (get_usual_ladder(begins, deadline.due) if deadline else None)
    return Clock(
        id=str(ClockId(limit.id, clock_run.start.about, opened.seq)),
        limit=limit.id,
        zh=limit.zh,
        edition=edition.in_force.isoformat(),
        basis=edition.articles,
        about=clock_run.start.about,
        started_at=begins if clock_run.began else None,
        due_at=deadline.due if deadline else None,
        date_only=deadline is not None,
        liberty=limit.liberty,
        rungs=ladder.list_rungs(begins, deadline.alarm, deadline.due) if ladder and deadline else (),
        state=_get_state(limit, clock_run, deadline, met, until),
        ended_at=ended.at.astimezone(SHANGHAI) if ended else None,
        calendar="final" if deadline is None or deadline.final else "provisional",
        answerable=limit.answerable,
        at_expiry=limit.at_expiry,
        reasons=why,
        overrun=find_overrun(limit, ended, due, late),
    )


def _get_state(
    limit: TimeLimit, clock_run: ClockRun, deadline: Deadline | None, met: LegalFact | None, until: LegalFact | None
) -> ClockState:
    if ended := met or until:
        return get_end_state(limit, ended.at, deadline.due if deadline else None, met=met is not None)
    if clock_run.began is None:
        return ClockState.NOT_STARTED
    return ClockState.RUNNING if deadline else ClockState.SUSPENDED


def _list_meeting_facts(limit: TimeLimit, clock_run: ClockRun, opened: LegalFact) -> list[LegalFact]:
    """The facts that may meet it, from the opening of the segment on."""
    history = clock_run.history
    return history.list_after(opened, clock_run.start.about, limit.met_by)
