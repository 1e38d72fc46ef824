"""How files are drawn (抽取): by lot from a frozen population, so that whoever has that and the seed draws the same files again. Pure.

The digest of a population is the SM3 of its lines, `number unit outcome`, in the order of the numbers, each ended by a line feed. The seed
is the SM3 of `round|digest|day`, of a draw that is repeated `round|digest|day|n`. A file's place is the order of the SM3 of `seed|number`.
All digests are hexadecimal, in small letters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal

from models.journal import hash_sm3

Method = Literal["random", "stratified", "all"]
METHOD = "random 随机、stratified 分层、all 全部"
FEWEST, MOST = 5, 30
"""How many files of a unit are drawn in strata at least and at most; the bureau's own figures."""
SHARE = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a population: its number, the unit whose it is, its officer, and how it came out."""

    number: str
    unit: str
    outcome: str
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file in its place: `place` counts from 1 by lot, over all of the population."""

    file: File
    place: int
    taken: bool


def _hash_hex(text: str) -> str:
    return hash_sm3(text.encode()).hex()


def compute_population_digest(population: Iterable[File]) -> str:
    """By which a population is known again."""
    lines = sorted(f"{each.number} {each.unit} {each.outcome}\n" for each in population)
    return _hash_hex("".join(lines))


def compute_seed(number: str, digest: str, day: date, draw: int = 1) -> str:
    """The seed of a round's draw: nobody knows it before population and day are."""
    parts = [number, digest, day.isoformat(), *([str(draw)] if draw > 1 else [])]
    return _hash_hex("|".join(parts))


def shuffle_by_seed(seed: str, names: Iterable[str]) -> list[str]:
    """These names in the order that the seed gives them."""
    return sorted(names, key=lambda each: (_hash_hex(f"{seed}|{each}"), each))


def draw(population: Sequence[File], method: Method, size: int, seed: str) -> list[Drawn]:
    """The whole population by its places, with those taken: `size` of all at random (0: all), or of each unit its share in strata."""
    files = {each.number: each for each in population}
    order = shuffle_by_seed(seed, files)
    taken = frozenset(order[: size or None] if method == "random" else order)
    if method == "stratified":
        taken = _draw_stratified([files[each] for each in order])
    return [Drawn(files[number], place, number in taken) for place, number in enumerate(order, 1)]


def compute_draw_size(files: int) -> int:
    """How many of a unit's files are drawn in strata: a twentieth, no fewer than five and no more than thirty, and no more than there are."""
    return min(files, MOST, max(FEWEST, ceil(files * SHARE)))


def _draw_stratified(in_order: Sequence[File]) -> frozenset[str]:
    units: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in in_order:
        units[each.unit][each.outcome].append(each.number)
    return frozenset(number for strata in units.values() for number in _of_unit(strata))


def _of_unit(strata: Mapping[str, Sequence[str]]) -> Iterable[str]:
    shares = allocate_strata({name: len(numbers) for name, numbers in strata.items()})
    for name, numbers in strata.items():
        yield from numbers[: shares[name]]


def allocate_strata(strata: Mapping[str, int]) -> dict[str, int]:
    """How many are drawn of each stratum of a unit: in proportion, at least one of each where that can be; the rest by largest remainder."""
    files = sum(strata.values())
    size = compute_draw_size(files)
    largest = sorted(strata, key=lambda each: (-strata[each], each))
    shares = {name: int(n < size) for n, name in enumerate(largest)}
    exact = {name: Fraction(size * strata[name], files) for name in strata}
    while sum(shares.values()) < size:
        open_ = [each for each in largest if shares[each] < strata[each]]
        furthest = max(open_, key=lambda each: exact[each] - shares[each])
        shares[furthest] += 1
    return shares
