"""Series (串案): how far two matters agree, feature by feature, and whether that is enough to ask a person. Pure; it judges nothing.

The weights are the house's own ([D] of the specification, H.1), in hundredths: a number that both name weighs most, and what many have in
common, a charge or an hour, only beside it, or where two methods, the place and the hour agree at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from inspections.traits import Sort, get_methods
from law.calendar import SHANGHAI
from models.journal import hash_sm3

LEADING = (Sort.CITIZEN, Sort.ACCOUNT, Sort.PHONE, Sort.PLATE, Sort.METHOD)
"""By which another matter is looked for; the other features are compared once it is found."""

PROPOSED, GRAVE = 70, 85
"""From which score on a pair is proposed, and from which somebody is told."""

KEPT = 60
"""From which score on a pair is kept: whoever looks for more may see those too."""

_FIRST: Mapping[Sort, int] = {
    Sort.CITIZEN: 70,
    Sort.ACCOUNT: 60,
    Sort.PHONE: 60,
    Sort.PLATE: 60,
    Sort.METHOD: 20,
    Sort.PLACE: 15,
    Sort.CHARGE: 10,
}
# What a further one of the same sort adds, and a number beside another number.
_FURTHER, _MOST_METHODS, _HOUR = 10, 2, 15
_NUMBERS = frozenset({Sort.CITIZEN, Sort.ACCOUNT, Sort.PHONE, Sort.PLATE})
NUMBER_SPAN, METHOD_SPAN, _HOURS = timedelta(days=180), timedelta(days=14), timedelta(hours=2)
_ALIKE, _DAY = 0.6, timedelta(days=1)


class PlacedTrait(NamedTuple):
    """A trait where it stands: in which matter, and when that happened."""

    matter: str
    sort: str
    value: str
    seq: int
    field: str
    at: datetime


class Spot(NamedTuple):
    """Where one of the two says it: the matter, the step of its journal (0: none), and the field."""

    matter: str
    seq: int
    field: str


class Feature(NamedTuple):
    """In what two matters agree: the sort of it, how much it weighs, the sentence that people read, and where each says it."""

    sort: str
    weight: int
    words: str
    here: Spot
    there: Spot
    # By which it is known again once a person has judged it.
    key: str


class Agreement(NamedTuple):
    """In what two matters agree, the weightiest first, and how much that is in all."""

    score: int
    features: tuple[Feature, ...]

    @property
    def keys(self) -> list[str]:
        """By which its features are known again."""
        return sorted(each.key for each in self.features)


def compare(here: Sequence[PlacedTrait], there: Sequence[PlacedTrait]) -> Agreement:
    """In what two matters agree; each is told by the traits of all that belongs to it."""
    features = [*_list_equal(here, there), *_list_near(here, there)]
    features.sort(key=lambda each: (-each.weight, each.key))
    return Agreement(min(100, sum(each.weight for each in features)), tuple(features))


def _list_equal(here: Sequence[PlacedTrait], there: Sequence[PlacedTrait]) -> Iterable[Feature]:
    """What both name: a number, a method, a charge."""
    others = {(each.sort, each.value): each for each in reversed(there)}
    taken = set[str]()
    count = dict[str, int]()
    order = [*Sort]
    for each in sorted(here, key=lambda trait: order.index(Sort(trait.sort))):
        other = others.get((each.sort, each.value))
        if other is None or each.sort == Sort.PLACE or each.value in taken:
            continue
        taken.add(each.value)
        group = "number" if each.sort in _NUMBERS else each.sort
        count[group] = count.get(group, 0) + 1
        if count[group] > (_MOST_METHODS if group == Sort.METHOD else len(here)):
            continue
        weight = _FIRST[Sort(each.sort)] if count[group] == 1 else _FURTHER
        yield _build(each, other, weight, _describe(each), each.value)


def _list_near(here: Sequence[PlacedTrait], there: Sequence[PlacedTrait]) -> Iterable[Feature]:
    """A place that reads alike, and within fourteen days the same hour."""
    pairs = [(a, b) for a in here if a.sort == Sort.PLACE for b in there if b.sort == Sort.PLACE]
    alike = next(((a, b) for a, b in pairs if _measure_likeness(a.value, b.value) >= _ALIKE), None)
    if alike:
        yield _build(*alike, _FIRST[Sort.PLACE], Sort.PLACE.label, alike[0].value)
    timed = next(iter(pairs), None)
    if timed and _is_about_the_same_hour(timed[0].at, timed[1].at):
        yield _build(*timed, _HOUR, "十四日内、时段相近（前后两小时）", "hour")


def _build(here: PlacedTrait, there: PlacedTrait, weight: int, words: str, value: str) -> Feature:
    key = hash_sm3(f"{here.sort}/{value}".encode()).hex()[:16]
    return Feature(
        here.sort,
        weight,
        words,
        Spot(here.matter, here.seq, here.field),
        Spot(there.matter, there.seq, there.field),
        key,
    )


def _describe(trait: PlacedTrait) -> str:
    label = Sort(trait.sort).label
    return f"{label}：{get_methods()[trait.value][0]}" if trait.sort == Sort.METHOD and trait.value in get_methods() else label


def _measure_likeness(a: str, b: str) -> float:
    """The share of neighbouring characters that two places have in common."""
    left, right = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (a, b))
    return len(left & right) / max(1, min(len(left), len(right))) if min(len(left), len(right)) > 2 else float(a == b)


def _is_about_the_same_hour(a: datetime, b: datetime) -> bool:
    apart = abs(a - b)
    of_day = abs(_get_time_of_day(a) - _get_time_of_day(b))
    return apart <= METHOD_SPAN and min(of_day, _DAY - of_day) <= _HOURS


def _get_time_of_day(at: datetime) -> timedelta:
    local = at.astimezone(SHANGHAI)
    return timedelta(hours=local.hour, minutes=local.minute)
