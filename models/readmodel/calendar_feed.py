"""A person's deadlines as iCalendar (RFC 5545): number, limit and end, nothing about the content of a matter."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vDuration

from law.calendar import SHANGHAI
from models.access.scope import Person, build_scope
from models.readmodel.pagination import build_visible_clocks_sql, fetch_planned
from models.store.connection import Connection, Query

# Events in a feed.
_MOST = 1000
# Deadlines that are whole days remind at nine, the day before and on the day.
_MORNING = timedelta(hours=9)
_DAY = timedelta(days=1)
_BEFORE = (timedelta(hours=24), timedelta(hours=2))
# How often calendar programs need to refresh.
_FRESH = timedelta(minutes=15)


class Deadline(NamedTuple):
    """A running limit: its end, and whether the whole day counts."""

    clock: str
    matter: str
    limit: str
    due_at: datetime
    date_only: bool


DEADLINES = Query[Deadline]("""
SELECT c.id AS clock, c.matter, c.zh AS limit, c.due_at, c.date_only FROM clock c
WHERE c.officer = %(username)s AND c.state IN ('running', 'suspended', 'not-started') AND c.due_at IS NOT NULL AND c.limit_id <> 'canary'
    AND {visible} ORDER BY c.due_at, c.id LIMIT %(most)s
""")


async def list_deadlines(connection: Connection, person: Person) -> list[Deadline]:
    """The running limits of a person's own matters, the next first."""
    arguments: dict[str, Any] = {"username": person.username, "most": _MOST}
    seen = build_visible_clocks_sql(build_scope(person), arguments)
    return await fetch_planned(connection, DEADLINES.format(visible=seen), arguments)


def render_feed(found: Iterable[Deadline], now: datetime, public_address: str) -> str:
    """The deadlines as an iCalendar text in Shanghai time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Louke//zh-CN//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "漏刻期限")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", vDuration(_FRESH), parameters={"VALUE": "DURATION"})
    for each in found:
        calendar.add_component(_build_event(each, now, public_address))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _build_event(deadline: Deadline, now: datetime, public_address: str) -> Event:
    event = Event()
    # Clock ids contain matter and person; a hash identifies the event without revealing them.
    event.add("uid", f"{hashlib.sha256(deadline.clock.encode()).hexdigest()[:32]}@louke")
    event.add("dtstamp", now)
    title = f"{deadline.limit}（{deadline.matter}）"
    event.add("summary", title)
    due = deadline.due_at.astimezone(SHANGHAI)
    if deadline.date_only:
        event.add("dtstart", due.date())
        event.add("dtend", due.date() + _DAY)
        triggers = (_MORNING - _DAY, _MORNING)
    else:
        event.add("dtstart", due)
        event.add("dtend", due)
        triggers = tuple(-each for each in _BEFORE)
    event.add("transp", "TRANSPARENT")
    if public_address:
        event.add("url", f"{public_address}/matters/{deadline.matter}")
    for trigger in triggers:
        event.add_component(_build_alarm(title, trigger))
    return event


def _build_alarm(title: str, trigger: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", trigger)
    return alarm
