"""The files of words and cues (词表文件): a first line that names them, then words, or words of one shape, a line each.

`(a|b)` is one of them, `(a)?` with or without, `~` at most six signs of the same clause between, `~~` at most fifteen.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

_NEAR, _FAR = r"[^,。;!?、]{0,6}?", r"[^,。;!?]{0,15}?"
_NUMBER = re.compile(r"(?<![\\{\d,])(\d{3,})(?!\d)")


def read_lines(path: str) -> list[str]:
    """The lines of that file beside this one, without those that are empty."""
    return [line for line in (resources.files("inspections.text") / path).read_text("utf-8").splitlines() if line]


def compile_pattern(lines: Iterable[str]) -> re.Pattern[str]:
    """All of these lines as one pattern; ValueError where they are none."""
    # A number is a word of its own, never a part of another number or of a sum.
    whole = [_NUMBER.sub(r"(?<!\\d)\1(?!\\d|元|块|万|千|余)", line.lower()) for line in lines]
    try:
        return re.compile("|".join(f"(?:{_translate_line(line)})" for line in whole))
    except re.error as error:
        raise ValueError(f"these are no words: {error}") from error


@cache
def get_circumstance(name: str) -> re.Pattern[str]:
    """The words of that list in `circumstances/`: what stands around a risk word and says what it means."""
    _, *lines = read_lines(f"circumstances/{name}.txt")
    return compile_pattern(lines)


def _translate_line(line: str) -> str:
    """A line in the notation of the files as a regular expression, without groups that capture."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", line).replace("~~", _FAR).replace("~", _NEAR)
