"""Which instants can be (时刻): the earliest and the latest that anything here is dated by, and how far a zone may lie from Greenwich."""

import re
from datetime import UTC, date, datetime, timedelta

from law.calendar import SHANGHAI

# Nothing that the organs of this state did lies before their founding. What is dated earlier is a slip of the hand.
EARLIEST = datetime(1949, 10, 1, tzinfo=SHANGHAI)
# Nothing that anybody waits for or looks for lies after it: no arrangement of holidays and no statute is foreseeable so far.
LATEST = datetime(2100, 12, 31, 23, 59, 59, tzinfo=SHANGHAI)
# Of somebody alive.
EARLIEST_BIRTH = date(1900, 1, 1)
# Clocks of different machines disagree by seconds; a fact of this very minute is not a fact of the future.
SKEW = timedelta(minutes=1)
# Years of five digits and more.
_BEYOND = re.compile(r"\d{5,}-")
# The zones in use on earth; with another offset a date was mistyped, and it would not be the same instant everywhere.
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)


def clamp_instant(at: datetime) -> datetime:
    """An instant that stands in the record, or the nearest that can be: a slip of long ago must not keep anybody from reading."""
    return min(max(at, EARLIEST), LATEST)


def read(text: str) -> datetime:
    """The readable instant that a record tells, in ISO form or as PostgreSQL writes those that Python has no value for; else ValueError."""
    if text == "-infinity" or text.endswith(" BC"):
        return EARLIEST
    if text == "infinity" or _BEYOND.match(text):
        return LATEST
    return clamp_instant(datetime.fromisoformat(text))


def is_zone(at: datetime) -> bool:
    """Whether an aware instant is written in a zone that is in use on earth."""
    offset = at.utcoffset()
    return offset is not None and _WESTERNMOST <= offset <= _EASTERNMOST


def get_latest_now(now: datetime, ahead: timedelta = timedelta(0)) -> datetime:
    """The latest instant that may be named at `now`: `ahead` of it, or the same minute."""
    return now.astimezone(UTC) + max(ahead, SKEW)
