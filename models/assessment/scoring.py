"""How a unit's month is reckoned from its indicators (计分): intervals, what is attained, the result, its band, and who stands beside whom.

What has too few to be a share, and what waits for its facts, is not scored; its weight is spread over the others.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Literal, NamedTuple

from models.assessment.indicators import FEW, INDICATORS, Indicator

Band = Literal["A", "B", "C", "D"]
# From which result on a unit has that band. The bureau's own lines, no law's.
_BANDS: Sequence[tuple[float, Band]] = ((90, "A"), (80, "B"), (70, "C"), (0, "D"))
_Z = 1.959964
"""The quantile of a 95 % interval."""


class Sum(NamedTuple):
    """What an indicator counted: above and below the line; of a mean also the marks of all that is below, each out of a hundred."""

    above: int
    below: int
    marks: float | None = None

    @property
    def attained(self) -> float:
        """How much of what is below the line is reached: of a mean the marks in wholes, otherwise what is above."""
        return self.above if self.marks is None else self.marks / 100


class Interval(NamedTuple):
    """Between which figures the true one lies with 95 %."""

    low: float
    high: float

    def overlaps(self, other: "Interval") -> bool:
        """Whether the difference between two may be chance."""
        return self.low <= other.high and other.low <= self.high


def compute_wilson_interval(above: float, below: int) -> Interval:
    """The Wilson interval of a share, in shares; what counts more above than below is taken as the whole.

    A mean of marks lies within it too: nothing between none and full marks varies more than a share does.
    """
    n, share = below, min(above / below, 1)
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return Interval(max(middle - half, 0), min(middle + half, 1))


class Scored(NamedTuple):
    """An indicator of one unit: its rate and interval in its own `per`, what it weighs, and how much of it is attained (0 to 1).

    `rate` None: too few; `attained` None: not scored, and `why` says why.
    """

    indicator: Indicator
    sum: Sum
    rate: float | None
    interval: Interval | None
    weight: float
    attained: float | None
    why: str

    @property
    def points(self) -> float | None:
        """What it adds to the result before the weight of what is not scored is spread."""
        return None if self.attained is None else round(self.weight * self.attained, 2)


class Result(NamedTuple):
    """A unit's month: each indicator, the result of a hundred with its interval, the band, and what capped it. None: nothing to score."""

    scored: list[Scored]
    result: float | None
    interval: Interval | None
    band: Band | None
    capped: list[str]


def score(sums: Mapping[str, Sum], weights: Mapping[str, float]) -> Result:
    """The result of one unit by these weights; a weight of what is shown only counts nothing."""
    scored = [_score_indicator(each, sums.get(each.id, Sum(0, 0)), weights.get(each.id, 0)) for each in INDICATORS]
    counted = [each for each in scored if each.attained is not None and each.weight]
    whole = sum(each.weight for each in counted)
    capped = [_find_cap(each) for each in scored if each.indicator.star and _is_starred(each)]
    if not whole:
        return Result(scored, None, None, None, capped)
    result = 100 * sum(each.weight * (each.attained or 0) for each in counted) / whole
    half = 100 * sqrt(sum((each.weight * _compute_half(each)) ** 2 for each in counted)) / whole
    band = find_band(round(result, 1), capped=bool(capped))
    return Result(
        scored, round(result, 1), Interval(round(max(result - half, 0), 1), round(min(result + half, 100), 1)), band, capped
    )


def find_band(result: float, *, capped: bool) -> Band:
    """The band of a result of a hundred; where something caps it, not the best."""
    band: Band = next(band for least, band in _BANDS if result >= least)
    return "B" if capped and band == "A" else band


def _score_indicator(indicator: Indicator, sum_: Sum, weight: float) -> Scored:
    if indicator.waits:
        return Scored(indicator, sum_, None, None, weight, None, indicator.waits)
    if (not indicator.star and sum_.below < FEW) or not sum_.below:
        why = f"{sum_.above}/{sum_.below}，不足{FEW}件，不计分" if sum_.below else "当月没有可计的"
        return Scored(indicator, sum_, None, None, weight, None, why)
    interval = compute_wilson_interval(sum_.attained, sum_.below)
    told = Interval(round(interval.low * indicator.per, 1), round(interval.high * indicator.per, 1))
    exact = indicator.per * sum_.attained / sum_.below
    rate = round(exact, 1)
    if sum_.below < FEW:
        return Scored(indicator, sum_, rate, told, weight, None, f"{sum_.above}/{sum_.below}，不足{FEW}件，不计分")
    if not weight:
        return Scored(indicator, sum_, rate, told, weight, None, "只展示，不计分")
    return Scored(indicator, sum_, rate, told, weight, _compute_attained(indicator, exact), "")


def _compute_attained(indicator: Indicator, rate: float) -> float:
    if indicator.better == "more":
        return min(rate / indicator.line, 1)
    return max(1 - rate / indicator.line, 0)


def _compute_half(scored: Scored) -> float:
    """Half of what is attained between the ends of the interval."""
    if scored.interval is None:
        return 0
    return (
        abs(_compute_attained(scored.indicator, scored.interval.high) - _compute_attained(scored.indicator, scored.interval.low))
        / 2
    )


def _is_starred(scored: Scored) -> bool:
    """Whether anything of what must not be is there: of what should be less, any; of what should be more, none at all."""
    if scored.indicator.better == "less":
        return scored.sum.above > 0
    return scored.sum.below > 0 and scored.sum.above == 0


def _find_cap(scored: Scored) -> str:
    return f"{scored.indicator.zh}：{scored.sum.above}/{scored.sum.below}"


class Placed(NamedTuple):
    """A unit's place among its peers; `chance`: no difference from the one before it can be told from chance."""

    unit: str
    rank: int
    chance: bool


def rank(results: Mapping[str, tuple[float, Interval]]) -> list[Placed]:
    """Units of one class by their result to a tenth, the best first; equal results share a rank."""
    ordered = sorted(results, key=lambda unit: (-results[unit][0], unit))
    placed: list[Placed] = []
    for i, unit in enumerate(ordered):
        result, interval = results[unit]
        before = ordered[i - 1] if i else None
        same = before is not None and results[before][0] == result
        chance = before is not None and interval.overlaps(results[before][1])
        placed.append(Placed(unit, placed[-1].rank if same else i + 1, chance))
    return placed
