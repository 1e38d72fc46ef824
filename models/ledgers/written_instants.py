"""Parsing dates and instants as people write them (时间的写法): Chinese or numeric, with or without a time of day, or as serial dates of Excel."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from law.calendar import SHANGHAI
from models.ledgers.cells import Cell

UNREAD = "看不懂这个时间，请写成例如 2026-03-02 20:15 或者 2026年3月2日20时15分"
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([1-9]?)十([1-9]?)")
# 2026-11-03, 2026/1/3, 2026.1.3, 2026年11月3日, 20261103; 号 may stand for 日, and a weekday may follow.
_DAY = r"(?P<year>\d{4}|\d{2})\s*(?:年|[-/.])\s*(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})\s*[日号]?"
_RUN_ON = r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
_WEEKDAY = r"\s*[（(]?(?:星期|周|礼拜)[1-6一二三四五六日天]?[）)]?"
_PART = r"(?P<part>凌晨|清晨|早上|早晨|早|上午|中午|正午|午后|下午|傍晚|晚上|晚|夜间|夜里|深夜|am|pm)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})\s*(?:[:：]|时|点)\s*(?:(?P<half>半)|(?P<quarter>[13])刻|(?P<minute>\d{1,2})\s*分?(?:钟)?|整|许)?"
    r"(?:\s*[:：]?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?\s*(?:许|左右)?\s*(?P<late>am|pm)?"
)
_RUN_ON_CLOCK = r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
_DAYS = re.compile(rf"(?:{_DAY}|{_RUN_ON.replace('?P<', '?P<r')})(?:{_WEEKDAY})?")
_INSTANTS = (
    re.compile(rf"{_DAY}(?:{_WEEKDAY})?[\sT,，]*{_PART}\s*{_CLOCK}", re.IGNORECASE),
    re.compile(rf"{_RUN_ON}\s*{_RUN_ON_CLOCK}"),
    re.compile(rf"{_RUN_ON}[\sT]+{_PART}\s*{_CLOCK}", re.IGNORECASE),
)
# After these words 1 to 11 mean 13 to 23; after the words of the night 12 means 0.
_AFTER_NOON = frozenset({"中午", "正午", "午后", "下午", "傍晚", "晚上", "晚", "夜间", "夜里", "深夜", "pm"})
_NOON = frozenset({"中午", "正午"})
# 1 to 5 of these hours may belong to the night before or after the date, and is no hour of the afternoon: it is not guessed.
_NIGHT, _EARLIEST_EVENING = frozenset({"晚上", "晚", "夜间", "夜里", "深夜"}), 6
# 20:15-20:30 is a span of time, and no instant in another zone.
_SPAN = re.compile(r"\d\s*[-~～至]\s*\d{1,2}:\d{2}\s*$")
_CENTURY = 2000
# Day 0 of serial dates: the end of 1899, or 1904 in files of old Macs. Numbers outside the range (1954 to 2119) are no dates.
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30, tzinfo=SHANGHAI), datetime(1904, 1, 1, tzinfo=SHANGHAI)
_SERIALS = range(20_000, 80_000)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


def parse_instant_cell(cell: Cell, *, since_1904: bool) -> datetime | date | None:
    """The instant or the date in a cell; None where it is neither. Without a zone it is Shanghai time."""
    if isinstance(cell.value, datetime):
        return cell.value.replace(tzinfo=SHANGHAI)
    if isinstance(cell.value, date):
        return cell.value
    serial = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and len(cell.text) != len("20261103")
    return of_serial(float(cell.text), since_1904=since_1904) if serial else parse_instant(cell.text)


def parse_instant(said: str) -> datetime | date | None:
    """The instant or the date in a text; None where it is neither. Without a zone it is Shanghai time."""
    text = _narrow(said)
    if _SERIAL.fullmatch(text):
        return of_serial(float(text))
    if found := _DAYS.fullmatch(text):
        return _parse_day(found)
    for pattern in _INSTANTS:
        if found := pattern.fullmatch(text):
            return _parse_instant(found)
    try:
        instant = datetime.fromisoformat(said.strip()) if ":" in said and not ("t" not in text and _SPAN.search(text)) else None
    except ValueError:
        return None
    if instant is None:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)


def of_serial(serial: float, *, since_1904: bool = False) -> datetime | date | None:
    """The instant, or for a whole number the date, of a serial date of Excel; None outside the plausible range."""
    if int(serial) not in _SERIALS:
        return None
    at = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=int(serial), seconds=round((serial % 1) * 86400))
    return at if serial % 1 else at.date()


def _narrow(said: str) -> str:
    text = unicodedata.normalize("NFKC", said).strip().lower()
    return _TENS.sub(lambda found: f"{found[1] or '1'}{found[2] or '0'}", text.translate(_DIGITS)) if "年" in text else text


def _parse_day(found: re.Match[str]) -> date | None:
    told = {name.removeprefix("r"): value for name, value in found.groupdict().items() if value}
    return _build_date(told)


def _build_date(told: dict[str, str]) -> date | None:
    year = int(told["year"])
    try:
        return date(year if year > 99 else _CENTURY + year, int(told["month"]), int(told["day"]))
    except ValueError:
        return None


def _parse_instant(found: re.Match[str]) -> datetime | None:
    told = {name: value for name, value in found.groupdict().items() if value}
    day, hour, part = _build_date(told), int(told["hour"]), told.get("part") or told.get("late") or ""
    minute = 30 if "half" in told else 15 * int(told["quarter"]) if "quarter" in told else int(told.get("minute", 0))
    if part in _NIGHT and 0 < hour < _EARLIEST_EVENING:
        return None
    if part in _AFTER_NOON and hour < 12 and not (part in _NOON and hour >= 10):
        hour += 12
    elif hour == 12 and (part in ("凌晨", "am") or part in _NIGHT):
        hour = 0 if part in ("凌晨", "am") else 24
    try:
        if day is None or minute > 59:
            return None
        # 24:00 is the start of the next day.
        late, hour = divmod(hour, 24)
        if late and (minute or late > 1):
            return None
        return datetime(day.year, day.month, day.day, hour, minute, int(told.get("second", 0)), tzinfo=SHANGHAI) + timedelta(
            days=late
        )
    except ValueError:
        return None
