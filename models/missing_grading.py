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
_DEATH = re.compile(
    "轻生|自杀|自尽|自缢|遗书|绝命|不想活|活不下去|活着没|活够|想不开|寻死|寻短见|结束生命|了结自己|跳楼|跳桥|[跳投][河江湖海水]"
    "|割腕|服毒|上吊|烧炭|喝农药|吞药"
)
_CRIME = re.compile("绑架|[劫挟]持|被拐|拐走|拐卖|拐骗|血迹|勒索|杀害|被人带走|强行带|非法拘禁|呼救|求救")
# Right before a word: whoever says that there is none, "没有发现血迹", and does not ask, "有没有", or leave it open, "不能排除".
_DENIED = re.compile(r"(?:(?<!有)(?:没有?|无)|未见|并未|未曾|从未|排除)(?:任何|明显|留下|留有|发现|出现|说过|过|被|有)*$")
_LEFT_OPEN = re.compile(r"(?:不|未|无法|难)[^，。；、]{0,3}排除$")


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
    if said := find_word_of_suicide(missing.words):
        yield f"提到“{said}”"
    if said := _find_affirmed(_CRIME, missing.words):
        yield f"疑似被侵害：提到“{said}”"


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
    return _find_affirmed(_DEATH, words)


def _find_affirmed(signs: re.Pattern[str], words: str) -> str:
    """The first of these signs that is not denied where it stands; in doubt it is a sign."""
    return next((each[0] for each in signs.finditer(words) if not _is_denied(words[: each.start()])), "")


def _is_denied(before: str) -> bool:
    return bool(_DENIED.search(before)) and not _LEFT_OPEN.search(before)


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
