"""The word lists (词表): one file for each group in `words/`, read once, in the notation of `word_files`.

A line that begins with `- ` is harmless: a longer word that hides a risk word within it. One that begins with `* ` tells of a state, not of
an act: it may have a cause that is nobody's doing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

from inspections.text.normal import normalise
from inspections.text.word_files import compile_pattern, read_lines


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


Changed = tuple[tuple[Group, tuple[str, ...], tuple[str, ...]], ...]
"""How a bureau has changed the lists: of a group the words that it added, and those that are no risk word there."""
PLAIN = r"^[\u4e00-\u9fffA-Za-z0-9]{2,20}$"
"""What a bureau's own word is made of: it is plain, and no pattern."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a group: its name (with what it means behind a colon), the words for an act, those for a state, and the harmless ones that hide a word within them.

    `own` are those that the bureau added; they are among the words for an act.
    """

    label: str
    acts: re.Pattern[str]
    states: re.Pattern[str] | None
    harmless: re.Pattern[str] | None
    own: frozenset[str] = frozenset()


# The house's lists, and those of the few editions by which matters are looked at at one time.
@lru_cache(maxsize=8)
def get_lexicon(changed: Changed = ()) -> Mapping[Group, Words]:
    """The words of every group but DV, which is told by who did it to whom; ValueError where a line of them is no pattern."""
    differently = {group: (added, removed) for group, added, removed in changed}
    return MappingProxyType(
        {group: _change_words(group, *differently.get(group, ((), ()))) for group in Group if group is not Group.DV}
    )


def _change_words(group: Group, added: tuple[str, ...], removed: tuple[str, ...]) -> Words:
    house = _read(f"words/{group}.txt")
    if not (added or removed):
        return house
    own, none = ([normalise(each).text for each in words] for words in (added, removed))
    # A bureau's own word is told before a shorter one of the house that begins as it does.
    acts = [*sorted(own, key=len, reverse=True), house.acts.pattern]
    harmless = [*none, *([house.harmless.pattern] if house.harmless else [])]
    return Words(house.label, _compile_any(acts), house.states, _compile_any(harmless) if harmless else None, frozenset(own))


def _compile_any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns))


@cache
def _read(path: str) -> Words:
    label, *lines = read_lines(path)
    sorts: dict[str, list[str]] = {"": [], "*": [], "-": []}
    for line in lines:
        sign, _, words = line.partition(" ") if line[:2] in ("- ", "* ") else ("", "", line)
        sorts[sign].append(words)
    acts, states, harmless = sorts.values()
    return Words(
        label.removeprefix("# "),
        compile_pattern(acts),
        compile_pattern(states) if states else None,
        compile_pattern(harmless) if harmless else None,
    )
