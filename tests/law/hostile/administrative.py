"""The oracle of administrative law: being stopped, summoned for inquiry, and detained as a punishment."""

from collections.abc import Callable
from datetime import datetime

from tests.law.hostile.oracle import (
    CHINA,
    DAY,
    HOUR,
    NEVER,
    Course,
    Event,
    Law,
    amount,
    end_questioning,
    question,
    question_longer,
)

# What the detentions of one person come to together at most (PSAPL 16).
_TOGETHER = 20


def _decide(course: Course, event: Event) -> None:
    """So many days, for such an act."""
    course.decided.append((amount(f"+{event.said.get('term', '')}")[1], event.said.get("charge", "")))


def _revoke(course: Course, event: Event) -> None:
    """What was revoked is not served (APL 75): whoever serves it is released at once."""
    act, course.revoked = event.said.get("charge", ""), event
    course.decided = [each for each in course.decided if act and each[1] and each[1] != act]
    if course.serving and not course.decided and course.serving.until and course.serving.until > event.at:
        course.serving.until, course.serving.grace, course.serving.known = event.at, 2 * HOUR, event.entered


def _enter(course: Course, event: Event) -> None:
    """For the days that were decided and are not served yet, at most (PSAPL 16, 122); a decision may leave its days to its paper."""
    days = [each for each, _ in course.decided]
    term = amount(f"+{event.said.get('term', '')}")[1] * DAY
    known = all(days) and (days or course.revoked)
    left = min(term, max(min(sum(days), _TOGETHER) * DAY - course.served, 0 * DAY)) if known else term
    course.begin("serving", "administrative detention", event, event.at + left, "PSAPL 16")
    if course.serving and course.revoked and left < term:
        # Whoever had served it before anybody could know served what still stood.
        course.serving.known = course.revoked.entered


def _let_out(course: Course, event: Event) -> None:
    course.end("serving", event.at)


def _go_on_leave(course: Course, event: Event) -> None:
    """Leave is not served, if it begins before the end (DETC 27)."""
    if course.serving and course.serving.until:
        course.left_at, course.back_until = event.at, course.serving.until
        course.end("serving", event.at)


def _come_back(course: Course, event: Event) -> None:
    """The days go on: whole ones were left out, the first counted and the last not."""
    if course.left_at and course.back_until:
        in_time = course.left_at <= course.back_until
        left_out = _day(event.at) - _day(course.left_at)
        until = course.back_until + left_out if in_time else course.back_until
        course.begin("serving", "administrative detention", event, until, "PSAPL 16")
    course.left_at = course.back_until = None


def _day(at: datetime) -> datetime:
    return at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)


def _restrain(course: Course, event: Event) -> None:
    """Until somebody is sober they are not questioned, and no time for it runs (MPSA 58)."""
    course.sobering = True
    _stand_still(course, event)


def _stand_still(course: Course, event: Event) -> None:
    now = course.questioning
    if course.sobering and now and now.until and event.at <= now.until and not course.paused:
        course.paused, now.until = event.at, now.until + NEVER


def _sober(course: Course, event: Event) -> None:
    course.sobering = False
    if course.questioning and course.questioning.until and course.paused:
        course.questioning.until += event.at - course.paused - NEVER
    course.paused = None


def _brought_in(hours: int, article: str) -> Callable[[Course, Event], None]:
    def rule(course: Course, event: Event) -> None:
        question(hours, article)(course, event)
        _stand_still(course, event)

    return rule


def _let_go(course: Course, event: Event) -> None:
    end_questioning(course, event)
    course.paused = None


def _over(course: Course, event: Event) -> None:
    """Whoever is still questioned is let go at once, or goes with the case (MPSA 62, 259)."""
    course.over = course.over or event
    held = course.questioning
    if held and held.until and held.until > event.at:
        held.until, held.grace, held.known = event.at, 2 * HOUR, event.entered


ADMINISTRATIVE = Law(
    {
        "stop.brought-in": _brought_in(12, "CQ 11"),
        "stop.vulnerable-brought-in": _brought_in(4, "CQ 10"),
        "stop.extended": question_longer(48, "CQ 11"),
        "stop.ended": _let_go,
        "person.summoned-admin": _brought_in(8, "PSAPL 97"),
        "person.summoned-other-law": _brought_in(8, "PSAPL 97"),
        "person.summons-admin-extended": question_longer(24, "PSAPL 97"),
        "person.summons-admin-ended": _let_go,
        "person.sobering-started": _restrain,
        "person.sobering-ended": _sober,
        "admin-detention.decided": _decide,
        "penalty.revoked": _revoke,
        "admin-detention.entered": _enter,
        "admin-detention.ended": _let_out,
        "admin-detention.suspended": _let_out,
        "admin-detention.leave-begun": _go_on_leave,
        "admin-detention.leave-ended": _come_back,
        "public-order.terminated": _over,
        "public-order.turned-criminal": _over,
        "public-order.transferred": _over,
        "public-order.closed": _over,
    },
    frozenset({"stop.brought-in", "stop.vulnerable-brought-in", "person.summoned-admin", "person.summoned-other-law"}),
)
