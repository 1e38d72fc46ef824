"""What an examination of the bureau finds, check by check."""

from enum import StrEnum
from typing import NamedTuple


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
