"""Weighing (权衡): whether texts tell of something, by their risk words and by what stands around them, and on what that rests.

Each mark of the texts speaks for or against it by a weight that was learnt from labelled texts (`python -m tests.inspections.learn`); the
sum decides. No more than sums is reckoned, so whoever asks why is shown the marks that weighed most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from inspections.text import by_words
from inspections.text.household import find_domestic_violence
from inspections.text.lexicon import Group
from inspections.text.marks import Place, list_marks
from inspections.text.reading import Reading


class Told(StrEnum):
    """What texts may tell of."""

    VIOLENCE = "violence"
    THEFT = "theft"
    SEXUAL = "sexual"
    DOMESTIC = "domestic"
    THREAT = "threat"
    CONFINEMENT = "confinement"
    FRAUD = "fraud"
    MINOR = "minor"
    CRIME = "crime"
    # Of these no more is asked than whether they are told.
    GRAVE = "GRAVE"
    PAY = "PAY"
    NOGOODS = "NOGOODS"
    UNREACH = "UNREACH"
    SCAM = "SCAM"
    YOUNG = "MINOR"


OF_GROUP = MappingProxyType(
    {
        Group.INJ: Told.VIOLENCE,
        Group.GRAVE: Told.GRAVE,
        Group.PAY: Told.PAY,
        Group.NOGOODS: Told.NOGOODS,
        Group.UNREACH: Told.UNREACH,
        Group.SCAM: Told.SCAM,
        Group.THEFT: Told.THEFT,
        Group.SEX: Told.SEXUAL,
        Group.DV: Told.DOMESTIC,
        Group.THREAT: Told.THREAT,
        Group.CONFINE: Told.CONFINEMENT,
        Group.MINOR: Told.YOUNG,
    }
)
"""What is told where words of a group are affirmed."""
BY_WORDS = MappingProxyType(
    {
        "violence": by_words.find_violence,
        "threats": by_words.find_threats,
        "thefts": by_words.find_thefts,
        "sexual": by_words.find_sexual_offences,
        "domestic": find_domestic_violence,
        "confinement": by_words.find_confinement,
        "minors": by_words.find_minors,
        "minors_harmed": by_words.find_minors_harmed,
        "deceptions": by_words.find_deceptions,
        "paid": by_words.find_paid_for_nothing,
        "crimes": by_words.find_crimes,
    }
)
"""What the words alone tell; each is a mark as well."""
SCALES = MappingProxyType({"=": 0.5, "a": 0.7, "s": 0.7, "p": 0.35, "b": 0.5, "t": 0.4, "n": 0.2, "h": 0.7, "y": 0.7, "w": 2.0})
"""How much a mark of each sort counts before it is weighed: what is found by hundreds in a text counts less."""
SHOWN = 3
"""Marks that are shown for a decision."""
_LONGEST_SHOWN = 8
"""Signs of a mark that is shown: evidence points at words, and copies no sentence."""


Weights = tuple[tuple[int, int], ...]
"""By the number of what is weighed, how much a mark speaks for it, in thousandths: sums of these are the same in any order."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much speaks for one thing that texts may tell, and the marks that weigh most for it and against it, the heaviest first."""

    score: float
    column: int
    placed: Sequence[tuple[Place, Weights]]

    @property
    def speaking(self) -> tuple[Place, ...]:
        """The marks that weigh most for it."""
        return self._list_heaviest(1)

    @property
    def contrary(self) -> tuple[Place, ...]:
        """The marks that weigh most against it."""
        return self._list_heaviest(-1)

    def _list_heaviest(self, sign: int) -> tuple[Place, ...]:
        heavy = [
            (-weight * sign, place)
            for place, weights in self.placed
            for column, weight in weights
            if column == self.column and weight * sign > 0
        ]
        return tuple(dict.fromkeys(place for _, place in sorted(heavy)))[:SHOWN]


def weigh_marks(texts: Sequence[Reading]) -> dict[str, Place | None]:
    """The marks by which these texts are weighed; None for what all of their words tell together."""
    return {**list_marks(texts), **{f"w:{name}": None for name, tells in BY_WORDS.items() if tells(texts)}}


def get_scale(mark: str) -> float:
    """How much that mark counts before it is weighed."""
    return SCALES[mark.removeprefix("o")[0]]


@cache
def read_columns() -> tuple[tuple[str, ...], Mapping[str, Weights]]:
    """What is weighed, and the weights of each mark."""
    header, *rows = (resources.files("inspections.text") / "weights.tsv").read_text("utf-8").splitlines()
    weights = {}
    for row in rows:
        mark, *cells = row.split("\t")
        weights[mark] = tuple((column, int(cell)) for column, cell in enumerate(cells) if cell)
    return tuple(header.split("\t")[1:]), weights


@lru_cache(maxsize=1024)
def weigh_texts(texts: tuple[Reading, ...]) -> Mapping[str, Weighed]:
    """How these texts are weighed, for each thing that they may tell of."""
    names, weights = read_columns()
    scores = [weight for _, weight in weights[""]]
    placed = list[tuple[Place, Weights]]()
    for mark, place in weigh_marks(texts).items():
        if row := weights.get(mark):
            for column, weight in row:
                scores[column] += weight
            if place is not None and place.end - place.start <= _LONGEST_SHOWN:
                placed.append((place, row))
    return {name: Weighed(score / 1000, column, placed) for column, (name, score) in enumerate(zip(names, scores, strict=True))}
