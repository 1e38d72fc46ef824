"""Marks (特征): what a text is weighed by beside its risk words: runs of signs, senses that stand together in a clause, and sums."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from inspections.text.amounts import find_sums, parse_spoken
from inspections.text.reading import Reading
from inspections.text.senses import Sensed, list_sensed

Mark = tuple[str, int, int]

_CLAUSE = re.compile(r"[^,。;!?:、]+")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_RUN = 3
# Senses of one clause that stand so far apart, counted in words with a sense, still tell something together.
_APART = 4
_SIZES = (300, 1_000, 3_000, 50_000)
"""Yuan that tell sums apart."""
# An age in figures or in words: 9岁, 十六周岁, 今年十三.
_AGE = re.compile(
    r"(?<![\d.])(?P<figures>\d{1,3})(?:多|来|周)?岁|(?P<said>[一二三四五六七八九十两]{1,3})(?:多|来|周)?岁|今年(?:才|刚)?(?P<short>[一二三四五六七八九]?十[一二三四五六七八九]?)(?![一二三四五六七八九十百千万个年月天次块元])"
)
_OF_AGE = 18
"""Years from which somebody is no minor."""


class Place(NamedTuple):
    """Where a mark stands: in which of the texts, and from where to where in it."""

    text: int
    start: int
    end: int


def list_marks(texts: Sequence[Reading]) -> dict[str, Place]:
    """Every mark of these texts, once, and where it first stands. Those of an officer's text are marks of their own."""
    found = dict[str, Place]()
    for number, reading in enumerate(texts):
        by = "o" if reading.said_by == "officer" else ""
        for mark, start, end in _of(reading):
            found.setdefault(by + mark, Place(number, start, end))
    return found


def _of(reading: Reading) -> Iterator[Mark]:
    text = reading.normal.text
    for hit in reading.hits:
        yield f"h:{hit.group}:{hit.status}", hit.start, hit.end
        yield f"h:{hit.group}:{hit.status}:{hit.act:d}", hit.start, hit.end
    for each in find_sums(text):
        yield f"y:{sum(each.yuan >= least for least in _SIZES)}", each.start, each.end
    for each in _AGE.finditer(text):
        figures, *said = each.groups()
        years = int(figures) if figures else parse_spoken(said[0] or said[1])
        yield f"a:{years >= _OF_AGE:d}", each.start(), each.end()
    before = dict[str, None]()
    for clause in _CLAUSE.finditer(text):
        yield from _list_runs(text, *clause.span())
        words = list_sensed(text, *clause.span())
        yield from _list_combined(words)
        here = dict.fromkeys(sense for word in words for sense in word.senses)
        yield from ((f"n:{one}>{two}", *clause.span()) for one, two in product(before, here))
        before = here


def _list_combined(words: Sequence[Sensed]) -> Iterator[Mark]:
    """The senses of a clause, two that stand near each other, two and three that follow each other."""
    for place, first in enumerate(words):
        yield from ((f"s:{sense}", first.start, first.end) for sense in first.senses)
        for gap, other in enumerate(words[place + 1 : place + 1 + _APART]):
            for one, two in product(first.senses, other.senses):
                yield f"p:{one}>{two}", first.start, other.end
                if not gap:
                    yield f"b:{one}>{two}", first.start, other.end
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        for senses in product(first.senses, second.senses, third.senses):
            yield "t:" + ">".join(senses), first.start, third.end


def _list_runs(text: str, start: int, end: int) -> Iterator[Mark]:
    """Runs of up to three signs of a clause, a number as one sign."""
    signs, at = list[str](), list[tuple[int, int]]()
    place = start
    while place < end:
        number = _FIGURES.match(text, place, end)
        stop = number.end() if number else place + 1
        signs.append("0" if number else text[place])
        at.append((place, stop))
        place = stop
    for length in range(1, _LONGEST_RUN + 1):
        for first in range(len(signs) - length + 1):
            yield "=" + "".join(signs[first : first + length]), at[first][0], at[first + length - 1][1]
