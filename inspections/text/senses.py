"""Senses (词义): what sort of thing a word of a text stands for, a part of the body, somebody of the household, a way of taking something.

The words stand in `senses/`, one file for each sense, a line of words with blanks between them; `(a|b)(c|d)` are all four of them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import product
from types import MappingProxyType
from typing import NamedTuple


class Sensed(NamedTuple):
    """A word of a text, its place there, and its senses."""

    start: int
    end: int
    senses: tuple[str, ...]


@cache
def _get_senses() -> tuple[Mapping[str, tuple[str, ...]], int]:
    """The senses of each word, and the length of the longest."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(resources.files("inspections.text").joinpath("senses").iterdir(), key=lambda each: each.name):
        sense = file.name.removesuffix(".txt")
        _, *lines = file.read_text("utf-8").splitlines()
        for word in (word for line in lines for spelt in line.split() for word in _list_spellings(spelt)):
            if sense not in (known := found.get(word, ())):
                found[word] = (*known, sense)
    return MappingProxyType(found), max(map(len, found))


def _list_spellings(spelt: str) -> Iterator[str]:
    """The words that `(a|b)c` stands for."""
    parts = [part.strip("()").split("|") for part in re.findall(r"\([^)]*\)|[^()]+", spelt.lower())]
    yield from map("".join, product(*parts))


def list_sensed(text: str, start: int, end: int) -> list[Sensed]:
    """The words between these places of a normalised text that have a sense, the longest at each place."""
    known, longest = _get_senses()
    words, at = list[Sensed](), start
    while at < end:
        for stop in range(min(at + longest, end), at, -1):
            if senses := known.get(text[at:stop]):
                words.append(Sensed(at, stop, senses))
                at = stop
                break
        else:
            at += 1
    return words
