"""Instants and days as they enter (时刻与日期的界限): one type for each sort, whose bounds are checked wherever one comes in.

Whoever takes a form says what time it is (`context=at_hand(now)`), so that a workflow judges alike whenever its history is read again;
without it the present bounds nothing. What was taken before there were bounds, and is read again (`context=AS_STORED`), is never refused.
"""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from law.calendar import get_day
from law.instants import EARLIEST, EARLIEST_BIRTH, LATEST, clamp_instant, get_latest_now, is_zone

# A term, a hearing or a deferral is fixed for months; ten years are more than any decision fixes.
AHEAD = timedelta(days=3653)
_NUMBER = re.compile(r"[+-]?\d+([.]\d*)?(e\d+)?", re.IGNORECASE)
_FIRST_DAY, _LAST_DAY = get_day(EARLIEST), get_day(LATEST)


# The context in which what was handed in once is read again: an instant out of bounds is taken for the nearest within.
AS_STORED: dict[str, Any] = {"stored": True}


def is_stored(info: ValidationInfo) -> bool:
    """Whether what was handed in once is read again."""
    return bool(info.context and info.context.get("stored"))


def build_submission_context(now: datetime) -> dict[str, Any]:
    """The context in which what somebody hands in at `now` is read."""
    return {"now": now}


def build_typing_context(now: datetime) -> dict[str, Any]:
    """The context in which what has only now been typed is read."""
    return {"now": now, "typed": True}


def is_typed_now(info: ValidationInfo) -> bool:
    """Whether what is read has not been taken yet: a workflow reads what was, and may not refuse when its history is read again what it took."""
    return info.context is None or bool(info.context.get("typed"))


def _check_written(value: Any, info: ValidationInfo) -> Any:
    """What is a number, as such or in quotes, is no instant that anybody wrote: 20260928 would be read as a day in August 1970."""
    number = isinstance(value, (int, float)) or (isinstance(value, str) and _NUMBER.fullmatch(value.strip()))
    if number and not is_stored(info):
        raise PydanticCustomError("not-a-number", "须写明年月日，例如2026-09-28；时刻如2026-09-28T10:00:00+08:00")
    return value


def _check_possible(at: datetime, info: ValidationInfo) -> datetime:
    if is_stored(info):
        return clamp_instant(at)
    if not is_zone(at):
        raise PydanticCustomError("timezone-offset", "时区须在-12:00至+14:00之间，例如+08:00")
    if at < EARLIEST:
        raise PydanticCustomError("not-before-1949", "时间不得早于1949年10月1日")
    return at


def _check_happened(at: datetime, info: ValidationInfo) -> datetime:
    at, now = _check_possible(at, info), _get_now(info)
    if at > (get_latest_now(now) if now else LATEST):
        raise PydanticCustomError("not-in-the-future", "事实发生的时间不得晚于现在")
    return at


def _check_appointed(at: datetime, info: ValidationInfo) -> datetime:
    at, now = _check_possible(at, info), _get_now(info)
    if at > LATEST or (now and at > get_latest_now(now, AHEAD)):
        raise PydanticCustomError("too-far-ahead", "时间不得晚于今后十年")
    return at


def _check_sought(at: datetime, info: ValidationInfo) -> datetime:
    if _check_possible(at, info) > LATEST:
        raise PydanticCustomError("too-far-ahead", "时间不得晚于2100年")
    return at


def _check_past(day: date, info: ValidationInfo, first: date = _FIRST_DAY) -> date:
    if is_stored(info):
        return max(day, first)
    if day < first:
        raise PydanticCustomError("too-early", "日期不得早于{first}", {"first": first.isoformat()})
    now = _get_now(info)
    if now and day > get_day(now):
        raise PydanticCustomError("not-in-the-future", "日期不得晚于今天")
    return day


def _check_birth(day: date, info: ValidationInfo) -> date:
    return _check_past(day, info, EARLIEST_BIRTH)


def _check_sought_day(day: date) -> date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise PydanticCustomError("day-out-of-range", "日期须在1949年10月1日至2100年12月31日之间")
    return day


def _get_now(info: ValidationInfo) -> datetime | None:
    return info.context.get("now") if info.context else None


_ZONE = Field(description="须写明时区，例如 2026-09-28T10:00:00+08:00")
# Its length is said besides its format, for those who read a schema and know no formats.
_DAY = Field(description="例如 2008-03-01", json_schema_extra={"maxLength": 10})

Instant = Annotated[AwareDatetime, BeforeValidator(_check_written), AfterValidator(_check_happened), _ZONE]
"""When something happened: from the founding of the state to this minute."""
Appointed = Annotated[AwareDatetime, BeforeValidator(_check_written), AfterValidator(_check_appointed), _ZONE]
"""When something is to be, or was to be: at most ten years ahead."""
Sought = Annotated[AwareDatetime, BeforeValidator(_check_written), AfterValidator(_check_sought)]
"""By which a list is narrowed: any instant that something here may bear."""
PastDay = Annotated[date, BeforeValidator(_check_written), AfterValidator(_check_past), _DAY]
"""The day on which something happened."""
BirthDay = Annotated[date, BeforeValidator(_check_written), AfterValidator(_check_birth), _DAY]
"""The day on which somebody was born who may be alive."""
SoughtDay = Annotated[date, BeforeValidator(_check_written), AfterValidator(_check_sought_day)]
"""By which a board is narrowed: any day that something here may bear."""
PlannedDay = Annotated[date, BeforeValidator(_check_written), AfterValidator(_check_sought_day), _DAY]
"""The day until which, or on which, something is planned."""
