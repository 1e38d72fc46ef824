"""How those who score lean (评查尺度): whether somebody gives more or fewer points than whoever had the other seat. Pure.

Nobody is judged by it: two people may see alike. What is notable the legal department looks at, and gives seats to others.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

LATEST = 20
"""So many of the latest files are held against each other; of fewer nothing is notable."""
APART = 8
"""From so many points on, in the mean, a leaning is notable. The bureau's own figures."""


class BothSeats(NamedTuple):
    """A file that two scored: who had which seat, and the points of each."""

    review: str
    first_reviewer: str
    second_reviewer: str
    first: float
    second: float


class Leaning(NamedTuple):
    """Over how many files, and by how many points in the mean somebody gives more (or less, below nought) than others, or than `beside` alone."""

    reviewer: str
    beside: str
    files: int
    mean: float
    notable: bool


def compute_leanings(files: Iterable[BothSeats]) -> list[Leaning]:
    """How each person leans against all others, and each two against each other, over their latest files; the files come latest first.

    Of two who score together the one is named who comes first by name.
    """
    given: dict[tuple[str, str], list[float]] = defaultdict(list)
    for each in files:
        more = each.first - each.second
        given[each.first_reviewer, ""].append(more)
        given[each.second_reviewer, ""].append(-more)
        one, other = sorted((each.first_reviewer, each.second_reviewer))
        given[one, other].append(more if one == each.first_reviewer else -more)
    found = [_build_leaning(*pair, points[:LATEST]) for pair, points in given.items()]
    return sorted(found, key=lambda each: (not each.notable, bool(each.beside), -abs(each.mean), each.reviewer, each.beside))


def _build_leaning(reviewer: str, beside: str, points: list[float]) -> Leaning:
    mean = round(sum(points) / len(points), 1)
    return Leaning(reviewer, beside, len(points), mean, notable=len(points) >= LATEST and abs(mean) > APART)
