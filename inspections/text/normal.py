"""Text as the word lists are held against it: full width made half, small letters, no blanks, simplified characters, common misspellings set right.

Each sign knows where it stood in what was written.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 8_000
"""Characters of one text that are read; what follows, often a pasted statement, is not (A.9 of the catalogue of inspections)."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text; `at[n]` is where its sign `n` stood in the text as it was written."""

    text: str
    at: tuple[int, ...]

    def get_original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the signs from `start` to before `end` stood in the text as it was written."""
        return self.at[start], self.at[end - 1] + 1


@cache
def _read_pairs(name: str) -> tuple[str, ...]:
    """The pairs of that file, without the line that names it."""
    _, *lines = (resources.files("inspections.text") / name).read_text("utf-8").splitlines()
    return tuple(lines)


@cache
def _get_simplified() -> Mapping[int, str]:
    """The simplified character of each traditional one."""
    return {ord(pair[0]): pair[1] for line in _read_pairs("traditional.txt") for pair in line.split(" ")}


@cache
def _get_misspelt() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What is often misspelt, and how it is spelt: as many signs, so that each stays where it stood."""
    spelt = dict(line.split(" ") for line in _read_pairs("misspelt.txt"))
    return re.compile("|".join(map(re.escape, spelt))), spelt


def normalise(written: str) -> Normal:
    """The text as the lists have it. A line break ends a sentence, so it becomes a full stop."""
    signs, at = list[str](), list[int]()
    for place, character in enumerate(written[:LONGEST]):
        if character in "\r\n":
            signs.append("。")
            at.append(place)
        elif not character.isspace():
            for sign in unicodedata.normalize("NFKC", character).lower():
                signs.append(sign)
                at.append(place)
    misspelt, spelt = _get_misspelt()
    text = misspelt.sub(lambda found: spelt[found[0]], "".join(signs).translate(_get_simplified()))
    return Normal(text, tuple(at))
