"""How urgent the search for somebody is (失联人员定级): a pure function of what was told, which always says why.

The figures and signs are the house's own. People may find it graver; less grave only the duty commander.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from law.lengths import Length, days, hours, minutes

Grade = Literal["flash", "urgent", "normal"]
GRADES = "flash 特急、urgent 紧急、normal 一般"
ORDER: tuple[Grade, ...] = ("normal", "urgent", "flash")
"""From the least grave to the gravest."""
Health = Literal[
    "none", "dementia", "mental", "intellectual", "autism", "suicide-risk", "injured", "medication", "pregnant", "deaf-blind-mute"
]
HEALTH = (
    "none 无、dementia 认知障碍、mental 精神障碍、intellectual 智力残疾、autism 自闭症、suicide-risk 轻生倾向、injured 受伤、"
    "medication 须数小时内用药、pregnant 怀孕、deaf-blind-mute 聋盲哑"
)
CHILD, MINOR, AGED = 14, 18, 70
OFF_HOURS = 6
_GRAVE: dict[str, str] = {
    "dementia": "认知障碍",
    "mental": "精神障碍",
    "intellectual": "智力残疾",
    "autism": "自闭症",
    "suicide-risk": "轻生倾向",
    "injured": "受伤",
    "medication": "须数小时内用药",
}
_FRAIL: dict[str, str] = {"pregnant": "怀孕", "deaf-blind-mute": "聋盲哑"}
# Without whoever says that there is none: "没有轻生的话" is no sign.
_DEATH = re.compile(r"(?<![无没])(?<!没有)(?<!未见)(?<!排除)(轻生|自杀|遗书|不想活|活不下去|跳楼|跳河|割腕|服毒|寻短见)")
_CRIME = re.compile(r"(?<![无没])(?<!没有)(?<!未见)(?<!排除)(绑架|劫持|拐走|拐卖|血迹|勒索|被人带走|强行带)")


@dataclass(frozen=True, slots=True)
class Missing:
    """What a grade rests on: how old who is missing, how well, whether from abroad, since when their telephone is off, and what was told."""

    age: int
    health: Sequence[str] = ()
    foreign: bool = False
    phone_off_hours: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade and why it is that one, in officers' words."""

    grade: Grade
    reasons: tuple[str, ...]


def compute_grade(missing: Missing) -> Graded:
    """How urgent the search is, by the gravest reason; all reasons of that grade are given."""
    if grave := tuple(_list_grave(missing)):
        return Graded("flash", grave)
    if urgent := tuple(_list_urgent(missing)):
        return Graded("urgent", urgent)
    return Graded("normal", ("成年人，没有特急、紧急情形",))


def _list_grave(missing: Missing) -> Iterator[str]:
    if missing.age < CHILD:
        yield f"不满{CHILD}周岁"
    yield from (zh for code, zh in _GRAVE.items() if code in missing.health)
    if said := _DEATH.search(missing.words):
        yield f"提到“{said[1]}”"
    if said := _CRIME.search(missing.words):
        yield f"疑似被侵害：提到“{said[1]}”"


def _list_urgent(missing: Missing) -> Iterator[str]:
    if CHILD <= missing.age < MINOR:
        yield f"{CHILD}至{MINOR}周岁"
    if missing.age >= AGED:
        yield f"{AGED}周岁以上"
    yield from (zh for code, zh in _FRAIL.items() if code in missing.health)
    if missing.foreign:
        yield "外国人、无国籍人"
    if missing.phone_off_hours >= OFF_HOURS:
        yield f"电话关机{OFF_HOURS}小时以上"


def find_word_of_suicide(words: str) -> str:
    """What in these words speaks of suicide; empty: nothing does."""
    said = _DEATH.search(words)
    return said[1] if said else ""


FIRST_TASKS: dict[Grade, tuple[str, ...]] = {
    "flash": ("patrol", "video", "telecom", "rescue", "neighbour"),
    "urgent": ("patrol", "video", "telecom"),
    "normal": ("patrol", "video"),
}
"""What other units are asked at once, by how urgent it is; whoever leaves one out says why."""

HALF_HOUR, HOUR, TWO_HOURS, DAY, WEEK, MONTH, QUARTER = minutes(30), hours(1), hours(2), hours(24), days(7), days(30), days(90)
_FIRST_DAY, _SIX_HOURS, _FIRST_WEEK, _FIRST_MONTH = 24.0, 6.0, 7 * 24.0, 30 * 24.0


def get_review_interval(grade: Grade, searched_hours: float) -> Length:
    """Within how long a search of that grade is looked at again that has gone on for so many hours."""
    if searched_hours >= _FIRST_MONTH:
        return MONTH
    if searched_hours >= _FIRST_WEEK:
        return WEEK
    if searched_hours >= _FIRST_DAY:
        return DAY
    if grade == "flash":
        return HALF_HOUR
    return TWO_HOURS if grade == "normal" and searched_hours >= _SIX_HOURS else HOUR
