"""What one health check found."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

# As many matters as a person reads in one line.
_NAMED = 10


class Level(StrEnum):
    """The outcome of a check; only BROKEN makes `louke doctor` exit with 1."""

    WELL = "well"
    LOOK = "look"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """The result of one check: its name, its outcome, what was seen, and what to do about it."""

    check: str
    level: Level
    words: str
    remedy: str = ""


def join_names(names: Iterable[str]) -> str:
    """These names in one line, only the first of them where they are many."""
    every = list(names)
    return "、".join(every[:_NAMED]) + ("等" if len(every) > _NAMED else "")


def get_first_line(error: BaseException) -> str:
    """The first line of an error."""
    return (str(error) or type(error).__name__).strip().partition("\n")[0][:200]
