"""Reports (报告): what lists and boards say of a unit at one instant, in sections. One is made once and never changed.

A report type is one file in `models/readmodel/report_types`. A report has a period, which ends at its `due_at`; what it says of states is
said of `as_of`, the instant at which it was made.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import DAY, SHANGHAI, Calendar, start_of

Cell = str | int | float | None

# A round that begins on time has made every unit's within minutes.
LATE_AFTER = timedelta(minutes=5)


MADE_UP_FOR = 31
"""Of those that an outage left unmade, so many at most are made afterwards."""


def build_activity_name(report: str) -> str:
    """The name of the activity that makes that type of report."""
    return f"make-{report}"


class ReportColumn(BaseModel):
    """A column of a section: its heading, and how many characters wide it is printed."""

    heading: str
    width: int = 14


class ReportSection(BaseModel):
    """A part of a report: a table, and a sentence that says what it counts."""

    id: str
    zh: str = Field(title="标题")
    counts: str = Field(title="口径")
    columns: list[ReportColumn]
    rows: list[list[Cell]]
    more: bool = Field(default=False, title="还有未列的", description="一节至多列二百行，其余见列表")


class ReportContent(BaseModel):
    """What a report says."""

    type: str
    zh: str = Field(title="报告名称")
    unit: str
    unit_zh: str
    since: AwareDatetime = Field(title="期间起")
    until: AwareDatetime = Field(title="期间止")
    as_of: AwareDatetime = Field(title="数据时间")
    sections: list[ReportSection]


class Correction(NamedTuple):
    """Why a report has a corrected edition (更正版), and which one it stands beside."""

    edition: int
    reason: str
    by_zh: str
    before: ReportContent
    sm3_before: str


class Due(NamedTuple):
    """When a report was due, and since when it tells; the name of its period, which is the day on which it was due."""

    since: datetime
    at: datetime

    @property
    def period(self) -> str:
        """The period's name."""
        return f"{self.at:%Y-%m-%d}"


# Of no year the arrangement is known: weekends, and the holidays that the law fixes.
_UNPUBLISHED = Calendar()


class Times(NamedTuple):
    """When a report is due, in Chinese time: daily, on one day of the week (0: Monday) or of the month, of all months or of these.

    Each tells what was since the one before; that of a `working_day` of the month (the third: 3) tells of the whole month before, and of what
    was said of it since.
    """

    at: time
    weekday: int | None = None
    day: int | None = None
    months: tuple[int, ...] = tuple(range(1, 13))
    working_day: int | None = None

    def list_dues(self, since: datetime, now: datetime, calendar: Calendar = _UNPUBLISHED) -> list[Due]:
        """Those that were due after that instant and by now, the latest first, as many as are made up for; at least the last."""
        found = [self.find_due(now, calendar)]
        while len(found) < MADE_UP_FOR and (before := self.find_due(found[-1].at - timedelta(minutes=1), calendar)).at > since:
            found.append(before)
        return found

    @property
    def every(self) -> timedelta:
        """From one to the next, at the longest."""
        if self.day is not None or self.working_day is not None:
            return timedelta(days=31 * 12 // len(self.months))
        return timedelta(days=1 if self.weekday is None else 7)

    def find_due(self, now: datetime, calendar: Calendar = _UNPUBLISHED) -> Due:
        """The last that was due by then; `calendar` says which days are worked."""
        here = now.astimezone(SHANGHAI)
        at = datetime.combine(here.date(), self.at, SHANGHAI)
        if self.working_day is not None:
            first = at.replace(day=1)
            at = self._get_working_day(first, calendar)
            if at > here:
                first = _get_month_before(first)
                at = self._get_working_day(first, calendar)
            return Due(start_of(_get_month_before(first).date()), at)
        if self.day is not None:
            at = at.replace(day=self.day)
            at = self._get_in_months(at if at <= here else _get_month_before(at))
            return Due(self._get_in_months(_get_month_before(at)), at)
        if self.weekday is not None:
            at -= timedelta(days=(at.weekday() - self.weekday) % 7)
        if at > here:
            at -= self.every
        return Due(at - self.every, at)

    def _get_working_day(self, first: datetime, calendar: Calendar) -> datetime:
        """On that working day of the month that begins so."""
        return datetime.combine(calendar.add_working_days(first.date() - DAY, self.working_day or 1), self.at, SHANGHAI)

    def _get_in_months(self, at: datetime) -> datetime:
        """The instant itself, or the last before it that is in one of the months."""
        while at.month not in self.months:
            at = _get_month_before(at)
        return at


def _get_month_before(at: datetime) -> datetime:
    """The same day and time of the month before; every month has the first twenty-eight."""
    return at.replace(year=at.year - (at.month == 1), month=(at.month - 2) % 12 + 1)
