"""Offences: the charges (罪名) of the criminal law and the acts punished by the public-order law, with their articles."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Charge:
    """A criminal charge; `max_penalty` is its article's heaviest principal penalty: `death`, `life`, or years (0.5 is 拘役)."""

    code: str
    zh: str
    chapter: str
    section: str
    article: str
    max_penalty: str
    note: str

    @property
    def case_zh(self) -> str:
        """How a case of this charge is called: 诈骗罪 makes a 诈骗案."""
        return f"{self.zh.removesuffix('罪')}案"


@dataclass(frozen=True, slots=True)
class Violation:
    """An act punished by the 2025 治安管理处罚法. The ceilings are those of the cited paragraph; 0 means that it provides none.

    The names are short forms of the article: no official list of them was at hand.
    """

    code: str
    zh: str
    chapter: str
    article: str
    max_detention_days: int
    max_fine_yuan: int
    note: str


@cache
def get_charges() -> Mapping[str, Charge]:
    """Every criminal charge by its code (`xf-266`), through Amendment XII of the 刑法 (in force 2024-03-01)."""
    return MappingProxyType({row[0]: Charge(*row) for row in _read_rows("charges.csv")})


@cache
def get_violations() -> Mapping[str, Violation]:
    """Every act punished by chapter 3 of the 治安管理处罚法 by its code (`za-26-1`), in force 2026-01-01."""
    return MappingProxyType(
        {
            code: Violation(code, zh, chapter, article, int(detention), int(fine), note)
            for code, zh, chapter, article, detention, fine, note in _read_rows("violations.csv")
        }
    )


@cache
def get_everyday_words() -> Mapping[str, tuple[str, ...]]:
    """What people call the offences that come up most, by code (打架 is 殴打他人): the most frequent first, of either law.

    No figures were at hand: words and order are ours, and decide nothing but what a pick list proposes.
    """
    return MappingProxyType({code: tuple(words.split("、")) for code, words in _read_rows("everyday_offences.csv")})


def _read_rows(name: str) -> Iterator[list[str]]:
    rows = csv.reader(files("law").joinpath(name).read_text(encoding="utf-8").splitlines())
    next(rows)
    return rows
