"""What speaks against a measure on a person, given what was done to them before: maxima used up, and who may not be touched so."""

from law.calendar import Calendar, day_of
from law.clocks import run, starting
from law.course import Course
from law.history import History
from law.legal_fact import LegalFact
from law.lengths import parse_length
from law.objection import Objection
from law.reasons import day_zh, minute_of
from law.time_limits import TimeLimit


def against_a_measure(history: History, new: LegalFact, calendar: Calendar) -> Objection | None:
    """The first thing that speaks against it, or None; `history` is what had happened by then."""
    return _maximum_used_up(history, new, calendar)


def _maximum_used_up(history: History, new: LegalFact, calendar: Calendar) -> Objection | None:
    """A measure decided while the same organ's still runs, when its maximum is used up, or for longer than what is left of it."""
    for limit in starting().get(new.fact, ()):
        if limit.accumulates:
            return _still_running(limit, history, new, calendar) or _nothing_left(limit, history, new, calendar)
    return None


def _still_running(limit: TimeLimit, history: History, new: LegalFact, calendar: Calendar) -> Objection | None:
    last = history.latest(limit.starts_on, new.about, new.at)
    if last is None or last.told_by or run(limit, last, history, calendar).ended:
        return None
    detail = f"{minute_of(last.at)}{new.fact.zh}尚未解除，不能再次{new.fact.zh}"
    return Objection("law-forbids", "at", detail, limit.edition_on(day_of(new.at)).principal, limit.id)


def _nothing_left(limit: TimeLimit, history: History, new: LegalFact, calendar: Calendar) -> Objection | None:
    course = Course(limit, new, new, history, calendar)
    if course.spent is None:
        return None
    most = course.edition.bases[0].length
    used = f"同一机关在本案对其已{new.fact.zh}累计{course.spent.days}日，最长{most.zh if most else ''}"
    if course.spent.last < day_of(new.at):
        return Objection("law-forbids", "at", f"{used}已经用完，不能再次{new.fact.zh}", course.edition.cited, limit.id)
    if not (new.term and course.cut_short):
        return None
    left = f"剩余{course.spent.left}日，至{day_zh(course.spent.last)}"
    detail = f"{used}，{left}，决定的期限{parse_length(new.term).zh}超过剩余的期限"
    return Objection("law-forbids", "term", detail, course.edition.cited, limit.id)
