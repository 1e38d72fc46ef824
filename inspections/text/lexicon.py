"""The word lists (词表): one file for each group in `words/`, read once, in the notation of `word_files`.

A line that begins with `- ` is harmless: a longer word that hides a risk word within it. One that begins with `* ` tells of a state, not of
an act: it may have a cause that is nobody's doing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from inspections.text.word_files import pattern_of, read_lines


class Group(StrEnum):
    """A group of risk words."""

    INJ = "INJ"
    GRAVE = "GRAVE"
    PAY = "PAY"
    NOGOODS = "NOGOODS"
    UNREACH = "UNREACH"
    SCAM = "SCAM"
    THEFT = "THEFT"
    SEX = "SEX"
    DV = "DV"
    THREAT = "THREAT"
    CONFINE = "CONFINE"
    MINOR = "MINOR"
    POLICE = "POLICE"
    BRUSHOFF = "BRUSHOFF"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a group: its name, the words for an act, those for a state, and the harmless ones that hide a word within them."""

    label: str
    acts: re.Pattern[str]
    states: re.Pattern[str] | None
    harmless: re.Pattern[str] | None


@cache
def lexicon() -> Mapping[Group, Words]:
    """The words of every group but DV, which is told by who did it to whom; ValueError where a line of them is no pattern."""
    return MappingProxyType({group: _read(f"words/{group}.txt") for group in Group if group is not Group.DV})


def _read(path: str) -> Words:
    label, *lines = read_lines(path)
    sorts: dict[str, list[str]] = {"": [], "*": [], "-": []}
    for line in lines:
        sign, _, words = line.partition(" ") if line[:2] in ("- ", "* ") else ("", "", line)
        sorts[sign].append(words)
    acts, states, harmless = sorts.values()
    return Words(
        label.removeprefix("# "),
        pattern_of(acts),
        pattern_of(states) if states else None,
        pattern_of(harmless) if harmless else None,
    )
