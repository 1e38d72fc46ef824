"""Cues (提示语): what in a clause denies a risk word, asks about it, or tells it as a threat, as past or as unreal."""

import re
from functools import cache

from inspections.text.word_files import compile_pattern, read_lines
from law.labelled_enum import LabelledEnum


class Status(LabelledEnum):
    """How a text says a risk word. Only what is affirmed counts, unless an inspection asks for another."""

    AFFIRMED = "affirmed", "肯定"
    NEGATED = "negated", "否定"
    THREAT = "threat", "威胁"
    PAST = "past", "过去"
    UNKNOWN = "unknown", "存疑"
    UNREAL = "unreal", "不实"


STOP = re.compile(r"[,。;!?]")
"""Where a clause ends, besides a word that turns to something else."""
SENTENCE = re.compile(r"[。;!?]")
"""Where a sentence ends."""
JOINERS = re.compile("[、和及或与]|以及|也|及其")
"""Between the members of a list."""
LISTED = re.compile("^[^。;!?]{0,10}?等(?:情况|现象|行为|问题|异常|情形|痕迹|情节|伤情)")
"""What closes a list, though commas stand in it."""
REACH = 8
"""Signs that may stand between a denial and what it denies; the members of a list do not count."""


@cache
def get_cue(name: str) -> re.Pattern[str]:
    """The cues of that list in `cues/`."""
    _, *lines = read_lines(f"cues/{name}.txt")
    return compile_pattern(lines)


@cache
def get_cue_after(name: str, reach: int) -> re.Pattern[str]:
    """The cues of that list, as `cue`, where they follow within so many signs of the same clause, or of the sentence (`untrue-after`)."""
    within = "[^。;!?]" if name == "untrue-after" else "[^,。;!?]"
    return re.compile(f"^{within}{{0,{reach}}}?(?P<cue>{get_cue(name).pattern})")
