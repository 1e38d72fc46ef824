"""How files came out together (评查结果): by unit, and on which items points were lost. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.assessment.scoring import compute_wilson_interval
from models.reviews.checklists import WHOLE, Item, get_checklists
from models.reviews.scoring import ItemScore

TOP = 10
"""How many of the items are listed on which most was lost."""


class Outcome(NamedTuple):
    """How one file came out."""

    unit: str
    checklist: str
    result: float
    grade: str
    vetoes: Sequence[int]
    items: Sequence[ItemScore]


class OfUnit(NamedTuple):
    """How a unit's files came out; `low` and `high` are the Wilson interval (95 %) of their mean, which of few files is wide."""

    unit: str
    files: int
    mean: float
    least: float
    most: float
    grades: dict[str, int]
    vetoed: int
    low: float
    high: float


class Lost(NamedTuple):
    """An item on which points were lost: in how many files, and how many points in all."""

    checklist: str
    item: int
    files: int
    points: float


def group_by_unit(outcomes: Iterable[Outcome]) -> list[OfUnit]:
    """The outcomes of each unit, in the order of their ids."""
    units: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        units[each.unit].append(each)
    return [_of_unit(unit, units[unit]) for unit in sorted(units)]


def _of_unit(unit: str, files: Sequence[Outcome]) -> OfUnit:
    results = [each.result for each in files]
    grades = Counter(each.grade for each in files)
    whole = sum(results)
    mean = round(whole / len(results), 1)
    interval = compute_wilson_interval(whole / WHOLE, len(results))
    low, high = (round(share * WHOLE, 1) for share in interval)
    vetoed = sum(bool(each.vetoes) for each in files)
    return OfUnit(unit, len(files), mean, min(results), max(results), dict(grades), vetoed, low, high)


def is_lost(item: Item, score: ItemScore) -> bool:
    """Whether points were lost on an item; one that does not concern the file loses none."""
    return score.verdict != "na" and score.points < item.points


def list_lost_items(outcomes: Iterable[Outcome]) -> list[Lost]:
    """Every item on which points were lost, that of most files first."""
    files, points = Counter[tuple[str, int]](), defaultdict[tuple[str, int], float](float)
    for outcome in outcomes:
        for each in outcome.items:
            item = get_checklists()[outcome.checklist].get_item(each.item)
            if is_lost(item, each):
                files[outcome.checklist, each.item] += 1
                points[outcome.checklist, each.item] += item.points - each.points
    order = sorted(files, key=lambda each: (-files[each], -points[each], each))
    return [Lost(checklist, item, files[checklist, item], points[checklist, item]) for checklist, item in order]
