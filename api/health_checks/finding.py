"""What an examination of the bureau finds, check by check."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

# As many matters as a person reads in one line.
_NAMED = 10


class Level(StrEnum):
    """How a check ended; only what is BROKEN makes the doctor end with 1."""

    WELL = "well"
    LOOK = "look"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """What one check found: its name, how it ended, what was seen, and what to do about it."""

    check: str
    level: Level
    words: str
    remedy: str = ""


def join_names(names: Iterable[str]) -> str:
    """These in one line, the first of them where they are many."""
    every = list(names)
    return "、".join(every[:_NAMED]) + ("等" if len(every) > _NAMED else "")


def first_line(error: BaseException) -> str:
    """What an error says, as far as a person reads it."""
    return (str(error) or type(error).__name__).strip().partition("\n")[0][:200]
