"""Ids of people in a matter, and what facts about them name (`about`): written and read here alone. Pure.

The suspect whose matter it is has the id `suspect`, and facts about them name the matter. The people that a matter counts (第几人) have the ids
`person-1`, `person-2`, …, and facts about them name the matter with that number: `ZA20260001/1`. Everybody else has the id of their role.
"""

from collections.abc import Mapping

SUSPECT = "suspect"
NUMBERED = "person-"
"""The prefix of the ids of people whom a matter counts."""
# Whether a fact `f` of a matter befell the person `p` of it: the suspect whose matter it is, or one of those whom a matter numbers.
BEFELL = f"""f.matter = p.matter AND NOT f.said ? 'told_by' AND (CASE p.id WHEN 'suspect' THEN f.about = f.matter
    ELSE '{NUMBERED}' || split_part(f.about, '/', 2) = ANY(p.id || string_to_array(coalesce(p.said ->> 'also', ''), ' ')) END)"""


def build_numbered_id(number: int | str) -> str:
    """The id of the person of that number."""
    return f"{NUMBERED}{number}"


def is_numbered(id_: str) -> bool:
    """Whether it is the id of a person whom the matter counts."""
    return id_.startswith(NUMBERED)


def get_number(id_: str) -> str:
    """The number in such an id; the id itself where it has none."""
    return id_.rpartition("-")[2]


def get_series(id_: str) -> str:
    """The id without its number: two ids of one series are two people. Empty where it has no number."""
    return id_.rpartition("-")[0]


def list_ids(party: Mapping[str, str]) -> tuple[str, ...]:
    """Every id of a person: forms may have named them by several."""
    return party["id"], *party.get("also", "").split()


def build_about(matter: str, id_: str) -> str:
    """What facts about the person of that id name."""
    return f"{matter}/{get_number(id_)}" if get_series(id_) else matter


def get_about_matter(about: str) -> str:
    """The matter in which somebody is whom facts name so."""
    return about.partition("/")[0]


def is_about_one_of_several(about: str) -> bool:
    """Whether facts that name so are about one of the people whom a matter counts."""
    return "/" in about


def get_about_id(about: str) -> str:
    """The id of the counted person whom facts name so."""
    return build_numbered_id(about.rpartition("/")[2])


def build_about_sql(matter: str, id_: str) -> str:
    """`about_of` as an expression of SQL over the id of a counted person."""
    return f"{matter} || '/' || substr({id_}, length('{NUMBERED}') + 1)"
