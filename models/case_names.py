"""How officers call a case (案件的叫法): the day, whom it befell, and the offence: 11·29王某被殴打案. Nobody's given name is in it. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from law.calendar import SHANGHAI, get_day
from law.juveniles import is_minor, parse_birth_date
from models.parties import Party, list_roles

# What befalls somebody, by the offence as cases are called; of every other a name tells nothing, and of what shames nobody is named.
_BEFALLS: Mapping[str, str] = {
    "故意杀人案": "故意杀害",
    "过失致人死亡案": "过失致死",
    "故意伤害案": "故意伤害",
    "绑架案": "绑架",
    "非法拘禁案": "非法拘禁",
    "抢劫案": "抢劫",
    "抢夺案": "抢夺",
    "盗窃案": "盗窃",
    "诈骗案": "诈骗",
    "敲诈勒索案": "敲诈勒索",
    "故意毁坏财物案": "毁坏财物",
    "殴打他人": "殴打",
    "故意伤害他人身体": "故意伤害",
    "盗窃": "盗窃",
    "诈骗": "诈骗",
    "抢夺": "抢夺",
    "哄抢": "哄抢",
    "敲诈勒索": "敲诈勒索",
    "故意损毁公私财物": "损毁财物",
}
# A surname of two characters or of one, and a given name.
_NAME = re.compile(
    "(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|"
    "司徒|司空|夏侯|端木|百里|呼延|南宫|独孤|轩辕|闻人|澹台|[\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}"
)
_HARMED = ("victim", "complainant")


def build_case_name(offence: str, at: datetime, people: Iterable[Party] = ()) -> str:
    """The name of a case of this offence that was taken up then. Of the `people` in it whoever was harmed is named, if known to be an adult."""
    day = at.astimezone(SHANGHAI)
    befell = _BEFALLS.get(offence, "")
    harmed = _find_surname(people, at) if befell else ""
    what = f"{harmed}某被{befell}案" if harmed else f"{offence.removesuffix('案')}案"
    return f"{day.month}·{day.day}{what}"


def describe_renaming(before: str, after: str) -> str:
    """The sentence by which a case tells that it is called otherwise from now on."""
    return f"案件名称由“{before}”改为“{after}”"


def _find_surname(people: Iterable[Party], at: datetime) -> str:
    """The surname of the one who was harmed; empty where that is nobody, not known to be an adult, or a name that has none before it."""
    harmed = [each for each in people if _is_harmed(each)]
    if len({each.get("name", "") for each in harmed}) != 1 or not all(_is_adult(each, at) for each in harmed):
        return ""
    name = _NAME.fullmatch(harmed[0].get("name", ""))
    return name[1] if name else ""


def _is_harmed(person: Party) -> bool:
    return person.get("id") in _HARMED or "victim" in list_roles(person)


def _is_adult(person: Party, at: datetime) -> bool:
    number, said = person.get("citizen_id", ""), person.get("born_on", "")
    born = date.fromisoformat(said) if said else parse_birth_date(number) if number else None
    return born is not None and not is_minor(born, get_day(at))
