"""The shapes of what the law says: a reckoned date, a year's rest days."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.shapes.shape import Shape


class Reckoned(Shape):
    """When a limit ends, by which edition and calendar, and why."""

    due: str = Field(title="届满", description="须写明时区的时刻;以日计的为当日 23:59:59")
    edition: str
    basis: str
    calendar: Literal["final", "provisional"]
    reasons: list[str]


class YearTold(Shape):
    """A year's rest days."""

    year: int
    final: bool = Field(title="以国务院通知为准")
    rest_days: list[date]
