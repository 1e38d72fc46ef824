"""Marks (敏感标记): what everybody who comes upon a matter must know before they speak of it. Pure.

A matter bears a mark as the last of its facts says that speaks of it; that a case is sensitive (`models.sensitivity`) is one of them. Under some
of them people are called by a code wherever lists, titles and messages name them (未成年人保护法 103、110, 监督 30): the card tells their names.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from law.facts import Fact
from models.matter import Kind
from models.parties import Party, Role

MarkId = Literal["sensitive", "minor", "sexual-offence", "protected-reporter", "foreigner", "media"]
MARKS: Mapping[MarkId, str] = {
    "sensitive": "敏感",
    "minor": "涉未成年",
    "sexual-offence": "涉性侵害",
    "protected-reporter": "举报保护",
    "foreigner": "涉外",
    "media": "媒体关注",
}
MARK = "、".join(f"{each} {zh}" for each, zh in MARKS.items())
"""How a parameter tells them: each as `code 中文`."""
MarkByHand = Literal["minor", "sexual-offence", "protected-reporter", "foreigner", "media"]
"""Those that a step of their own sets; that a case is sensitive is said with what makes it so (`mark-sensitive`)."""
BY_HAND: tuple[MarkByHand, ...] = get_args(MarkByHand)
MARKABLE = (
    Kind.INCIDENT,
    Kind.CRIMINAL_CASE,
    Kind.PUBLIC_ORDER_CASE,
    Kind.SUSPECT,
    Kind.EXHIBIT,
    Kind.LETTER,
    Kind.MISSING_PERSON,
)
"""What people or things of the public are in; whoever supervises or assesses these knows their marks from them."""

_SUSPECTED = frozenset({Role.SUSPECT, Role.OFFENDER})
CODED: Mapping[MarkId, frozenset[Role]] = {
    "minor": frozenset(Role) - {Role.HOLDER},
    "sexual-offence": frozenset(Role) - _SUSPECTED - {Role.HOLDER},
    "protected-reporter": frozenset({Role.REPORTER, Role.WRITER}),
}
"""Under which marks people are called by a code, and as what they take part."""

OF_SEALED_FILE = "of-sealed-file"
"""Beside the marks of a task: what it discloses stands in a sealed file."""
_ASKED = frozenset({*CODED, OF_SEALED_FILE})

SEXUAL = frozenset({"xf-236", "xf-236-1a", "xf-237-1", "xf-237-2", "xf-358-2", "xf-359-2", "za-52-1"})
"""The crimes and violations of which whoever suffered them is named nowhere."""
_SETS: Mapping[str, MarkId] = {
    Fact.MARKED_SENSITIVE: "sensitive",
    Fact.PERSON_FOUND_MINOR: "minor",
    Fact.CASE_CONCERNS_MINOR: "minor",
    Fact.FOUND_FOREIGN: "foreigner",
}
_CLEARS: Mapping[str, MarkId] = {
    Fact.UNMARKED_SENSITIVE: "sensitive",
    Fact.PERSON_FOUND_ADULT: "minor",
    Fact.FOUND_NATIONAL: "foreigner",
}
# What a case hears of the suspect in it makes it one that concerns a minor; all else is said of the matter where it happened.
_HEARD = frozenset({Fact.CASE_CONCERNS_MINOR})
SOMEBODY = "当事人"
"""As what a record of long ago may have known people."""
STEMS = "甲乙丙丁戊己庚辛壬癸"


class Said(NamedTuple):
    """What a fact says that can speak of a mark: its kind, which one it is about (`item`), the code of an offence, and who told it."""

    fact: str
    item: str
    charge: str
    told_by: str


def list_marks(facts: Iterable[Said]) -> tuple[MarkId, ...]:
    """The marks that a matter bears by these facts, the oldest first, in the order in which they are listed."""
    borne = set[str]()
    for each in facts:
        borne |= {_find_mark_set(each)}
        borne -= {_find_mark_cleared(each)}
    return tuple(each for each in MARKS if each in borne)


def list_marks_of_offence(code: str | None) -> tuple[MarkId, ...]:
    """The marks that a case bears by the crime or violation that it is about."""
    return ("sexual-offence",) if code in SEXUAL else ()


def asks_reason(marks: Iterable[str]) -> bool:
    """Whether whoever reads what so marks a matter, and does not handle it, says why (查阅事由)."""
    return not _ASKED.isdisjoint(marks)


def speaks_of_mark(fact: Said) -> bool:
    """Whether a fact sets or clears a mark."""
    return bool(_find_mark_set(fact) or _find_mark_cleared(fact))


def _find_mark_set(fact: Said) -> str:
    if fact.told_by and fact.fact not in _HEARD:
        return ""
    if fact.charge in SEXUAL and fact.fact != Fact.NEW_CRIME_DISCOVERED:
        return "sexual-offence"
    return fact.item if fact.fact == Fact.MATTER_MARKED else _SETS.get(fact.fact, "")


def _find_mark_cleared(fact: Said) -> str:
    if fact.told_by:
        return ""
    return fact.item if fact.fact == Fact.MATTER_MARK_CLEARED else _CLEARS.get(fact.fact, "")


def build_code_name(role: str, number: str, id_: str) -> str:
    """How somebody is called whose name is not told: as what they take part, in which matter, which of several."""
    _, _, last = id_.rpartition("-")
    n = int(last) if last.isdecimal() else 1
    zh = Role(role).label if role in set(Role) else SOMEBODY
    return f"{zh}{number}-{STEMS[n - 1] if 0 < n <= len(STEMS) else n}"


def replace_names(title: str, number: str, people: Sequence[Party], before: Iterable[str], marks: Iterable[str]) -> str:
    """A title in which people are called by the codes that these marks ask for, and by their names where only those `before` did."""
    for person in people:
        if _is_coded(person, before):
            title = title.replace(build_code_name(person["role"], number, person["id"]), person["name"])
    coded = sorted((each for each in people if each["name"] and _is_coded(each, marks)), key=lambda each: -len(each["name"]))
    for person in coded:
        title = title.replace(person["name"], build_code_name(person["role"], number, person["id"]))
    return title


def _is_coded(person: Party, marks: Iterable[str]) -> bool:
    return any(mark in marks and person["role"] in roles for mark, roles in CODED.items())
