"""The shapes of what the law says: a reckoned date, a year's rest days."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.shapes.matters import RungTold
from api.shapes.shape import Shape


class Reckoned(Shape):
    """When a limit ends, by which edition and calendar, and why."""

    due: str | None = Field(title="届满", description="写明时区的时刻；以日计的为当日 23:59:59;空为没有确定的期限")
    edition: str
    basis: str
    calendar: Literal["final", "provisional"]
    reasons: list[str]
    rungs: list[RungTold] = Field(title="何时变为何种颜色")


class YearTold(Shape):
    """A year's rest days."""

    year: int
    final: bool = Field(title="以国务院通知为准")
    rest_days: list[date]
