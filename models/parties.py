"""Who takes part (当事人): what forms say of a person becomes one record of that person. Pure.

Blanks are filled and nothing known is blanked; roles add up; what contradicts the record is not written but said (更正 sets it right).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from law.labelled_enum import LabelledEnum
from models.folding import fold_number, fold_telephone, fold_words
from models.party_ids import get_series, list_ids

# One person of one matter: `id`, `role`, `roles` (spaced), `name`, `citizen_id`, and whatever else is known of them.
Party = Mapping[str, str]


class Role(LabelledEnum):
    """As what somebody takes part in a matter, the weightiest first, by which a person is called."""

    SUSPECT = "suspect", "犯罪嫌疑人"
    OFFENDER = "offender", "违法行为人"
    VICTIM = "victim", "被害人"
    GUARDIAN = "guardian", "法定代理人"
    MISSING = "missing", "失联人员"
    REPORTER = "reporter", "报警人"
    WRITER = "writer", "来信人"
    QUESTIONED = "questioned", "被询问人"
    HOLDER = "holder", "保管人"


# A record of long ago may know others, who come last.
_WEIGHT: tuple[str, ...] = tuple(Role)
# Who holds a thing is not somebody's quality but a place: the next hand takes it over whole.
HELD_IN_TURN = frozenset({Role.HOLDER})
_ZH = {
    "name": "姓名",
    "sex": "性别",
    "citizen_id": "公民身份号码",
    "travel_document": "旅行证件",
    "born_on": "出生日期",
    "acted_on": "涉嫌犯罪的日期",
    "nationality": "国籍",
    "phone": "电话",
    "address": "住址",
    "employer": "工作单位",
    "relation": "关系",
}
# Whoever complained is mostly the one who was harmed: one name in both of these is one person, unless a form gives another id.
_OFTEN_ONE = frozenset({Role.VICTIM, Role.REPORTER})
# By which a person is known wherever they appear.
_NUMBERS = ("citizen_id", "travel_document")
_OF_THE_ROW = ("id", "role", "roles", "also")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a form says of somebody that the record does not: of which person (`party`, `name`), in which `field`."""

    party: str
    name: str
    field: str
    known: str
    given: str

    @property
    def zh(self) -> str:
        """What is to be told whoever filled it in."""
        if self.field == "id":
            return f"{self.name}已在本事项中（{self.party}），同一人不得另编序号，请用原序号办理"
        return f"{self.name or self.party}（{self.party}）的{_ZH.get(self.field, self.field)}与本事项已有记载不一致：有误的先办理更正，另一人用新的序号"


def is_same_person(one: Party, other: Party) -> bool | None:
    """Whether two are one person: by number where both bear one of a kind; None where only the name says so, False where nothing does."""
    told = [(fold_number(one[kind]), fold_number(other[kind])) for kind in _NUMBERS if one.get(kind) and other.get(kind)]
    if any(mine == theirs for mine, theirs in told):
        return True
    if told or not one.get("name") or fold_words(one["name"]) != fold_words(other.get("name", "")):
        return False
    born = one.get("born_on"), other.get("born_on")
    return False if all(born) and born[0] != born[1] else None


def list_roles(party: Party) -> tuple[str, ...]:
    """The roles in which somebody takes part, the weightiest first."""
    roles = dict.fromkeys(each for each in (*party.get("roles", "").split(), party.get("role", "")) if each)
    return tuple(sorted(roles, key=lambda role: _WEIGHT.index(role) if role in _WEIGHT else len(_WEIGHT)))


def find_party(known: Iterable[Party], named: Party) -> Party | None:
    """Who of those known is meant: by id, by number, or, where a form gives no id, by the name in that role."""
    known, own = tuple(known), named.get("id", "")
    by_id = next((each for each in known if own and own in list_ids(each)), None)
    if by_id:
        return by_id
    return next(
        (
            each
            for each in known
            if (same := is_same_person(each, named)) or (same is None and not own and _are_one_by_name(each, named))
        ),
        None,
    )


def _are_one_by_name(known: Party, named: Party) -> bool:
    """Whether two of one name are one person by what they are in the matter."""
    roles, role = list_roles(known), named.get("role")
    return role in roles or (role in _OFTEN_ONE and not _OFTEN_ONE.isdisjoint(roles))


def merge_parties(known: Sequence[Party], named: Iterable[Party]) -> tuple[Party, ...] | Contradiction:
    """The people of a matter whom forms speak of, as the record has them from then on; those of whom nothing is said are left out.

    Several ids may come to be one person's (`also`): facts about them go by either.
    """
    people = {each["id"]: each for each in known}
    touched: dict[str, Party] = {}
    for each in named:
        before = find_party(people.values(), each)
        after = _join_parties(before, each) if before else _add_party(people, each)
        if isinstance(after, Contradiction):
            return after
        if twice := _find_number_conflict(people.values(), after, each.get("id", "")):
            return twice
        people[after["id"]] = touched[after["id"]] = after
    return tuple(touched.values())


def _add_party(people: Mapping[str, Party], named: Party) -> Party:
    base = named.get("id") or named["role"]
    free = base if base not in people else next(f"{base}-{n}" for n in range(2, len(people) + 3) if f"{base}-{n}" not in people)
    return _add_roles({**{name: value for name, value in named.items() if value}, "id": free}, list_roles(named))


def _join_parties(before: Party, named: Party) -> Party | Contradiction:
    if before.get("role") in HELD_IN_TURN:
        return _add_roles(named, list_roles(named))
    further = {name: value for name, value in named.items() if value and name not in _OF_THE_ROW}
    for name, value in further.items():
        if (old := before.get(name)) and not _agrees(name, old, value):
            return Contradiction(before["id"], before.get("name", ""), name, old, value)
    kept = {**further, **{name: value for name, value in before.items() if value}}
    own, also = named.get("id", ""), before.get("also", "").split()
    if own and own not in (before["id"], *also):
        kept["also"] = " ".join((*also, own))
    return _add_roles(kept, (*list_roles(before), *list_roles(named)))


def _find_number_conflict(known: Iterable[Party], after: Party, own: str) -> Contradiction | None:
    """That somebody has another number of the same row already (第几人): what is said of either would run apart."""
    series = get_series(own)
    others = [one for each in known if is_same_person(each, after) for one in list_ids(each)]
    twice = next((one for one in others if series and one != own and get_series(one) == series), None)
    return Contradiction(twice, after["name"], "id", twice, own) if twice else None


def _add_roles(party: Party, roles: Iterable[str]) -> Party:
    ordered = list_roles({"roles": " ".join(roles)})
    return {"name": "", "citizen_id": "", **party, "role": ordered[0], "roles": " ".join(ordered)}


def _agrees(field: str, old: str, new: str) -> bool:
    if field == "name":
        return fold_words(old) == fold_words(new)
    if field == "phone":
        return fold_telephone(old) == fold_telephone(new)
    return fold_number(old) == fold_number(new) if field in _NUMBERS else old == new
