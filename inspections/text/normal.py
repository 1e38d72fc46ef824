"""Text as the word lists are held against it: full width made half, small letters, no blanks; each sign knows where it stood."""

import unicodedata
from dataclasses import dataclass

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


def normalise(written: str) -> Normal:
    """The text as the lists have it. A line break ends a sentence, so it becomes a full stop."""
    signs, at = [], []
    for place, character in enumerate(written[:LONGEST]):
        if character in "\r\n":
            signs.append("。")
            at.append(place)
        elif not character.isspace():
            for sign in unicodedata.normalize("NFKC", character).lower():
                signs.append(sign)
                at.append(place)
    return Normal("".join(signs), tuple(at))
