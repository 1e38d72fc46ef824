"""Whom a bureau calls back (回访抽取): by lot from the incidents closed the day before, so that whoever has these and the seed draws the same. Pure.

The digest, the seed and the order are those of file reviews (`models.reviews.drawing`), with `call-back` for the round.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from models.reviews.drawing import File, compute_population_digest, compute_seed, shuffle_by_seed

FEWEST = 3
"""How many of a unit are drawn at least; the bureau's own figure, as is the share."""
SHARE = Fraction(5, 100)
_ROUND = "call-back"


@dataclass(frozen=True, slots=True)
class Closed:
    """An incident that was closed: its number, the unit whose it is, its group, and whether it is asked about in any case."""

    number: str
    unit: str
    group: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class DrawnCalls:
    """The numbers that were drawn, in their order, with what they can be drawn from again."""

    digest: str
    seed: str
    numbers: tuple[str, ...]


def draw_calls(population: Sequence[Closed], day: date) -> DrawnCalls:
    """Of each unit a twentieth of what it closed that day, and three at least, by lot; and whatever is asked about in any case."""
    digest = compute_population_digest(File(each.number, each.unit, each.group) for each in population)
    seed = compute_seed(_ROUND, digest, day)
    by_number = {each.number: each for each in population}
    order = shuffle_by_seed(seed, by_number)
    of_unit = defaultdict[str, list[str]](list)
    for number in order:
        of_unit[by_number[number].unit].append(number)
    taken = {number for numbers in of_unit.values() for number in numbers[: compute_size(len(numbers))]}
    taken |= {each.number for each in population if each.always}
    return DrawnCalls(digest, seed, tuple(number for number in order if number in taken))


def compute_size(closed: int) -> int:
    """How many of so many are drawn."""
    return min(closed, max(FEWEST, ceil(closed * SHARE)))
