"""Parameters (参数): the bureau's own figures by which an inspection finds. What a law gives is no parameter, and nobody sets it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from law.citations import Article
from law.instruments import RULE

_BASIS = RULE.section("巡查参数")


class Measure(StrEnum):
    """What a figure counts; the value is what people read behind it."""

    YUAN = "元"
    DAYS = "天"
    HOURS = "小时"
    MINUTES = "分钟"
    SECONDS = "秒"
    CHARACTERS = "字"
    TIMES = "次"
    PEOPLE = "人"


_LENGTHS = {
    Measure.DAYS: timedelta(days=1),
    Measure.HOURS: timedelta(hours=1),
    Measure.MINUTES: timedelta(minutes=1),
    Measure.SECONDS: timedelta(seconds=1),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the bureau's own: its id, its name, what holds where nothing was set, and within which bounds it may be set.

    `by_unit`: each unit may have its own, and not the bureau alone.
    """

    id: str
    label: str
    default: int
    measure: Measure
    least: int
    most: int
    by_unit: bool = False
    basis: Article = _BASIS

    def convert_to_span(self, figure: int) -> timedelta:
        """That figure as a length of time; KeyError where it counts something else."""
        return figure * _LENGTHS[self.measure]

    def describe_figure(self, figure: int) -> str:
        """That figure as people read it."""
        return f"{figure}{self.measure}"
