"""The table of limits that the house takes as its authority: neither it nor the statutes may drift from the other.

`authority.csv` was compiled from the texts of law, a line for each limit: its figures with the code by which they are counted,
what extends it, whether it restricts liberty (Y* where nobody is in custody), and every article it rests on.
"""

import csv
import re
from pathlib import Path

import pytest

from law.counting import Counting
from law.instruments import CC, PROMISE, RULE
from law.lengths import IMMEDIATE
from law.time_limits import Base, Edition, Extension, get_limits
from tests.tables import table

with (Path(__file__).parent / "authority.csv").open(encoding="utf-8", newline="") as compiled:
    AUTHORITY = {line["id"]: line for line in csv.DictReader(compiled)}
# How many limits each section has: intake, questioning, detention, custody, bail, defence, prosecution and trial, property,
# administrative cases, remedies, promises.
SECTIONS = {"A": 30, "B": 16, "C": 24, "D": 17, "E": 21, "F": 12, "G": 25, "H": 15, "I": 42, "J": 14, "K": 5}
# The house's own duties, which no text of law names.
# The table is of procedure: what the Civil Code says of things that were lost is none of it.
OUR_OWN = {
    name for name, limit in get_limits().items() if {each.instrument for each in limit.editions[0].basis} <= {PROMISE, RULE, CC}
}

every_line = table("name", AUTHORITY)


def listed(name: str, column: str) -> list[str]:
    """The items of a line's column, in order."""
    return [item for item in AUTHORITY[name][column].split("; ") if item]


def articles(name: str) -> set[tuple[str, str]]:
    """Every article of a line, ranges written out: `MPSC 148-150` is three."""
    found = set[tuple[str, str]]()
    for item in listed(name, "articles"):
        code, *places = item.split(" ")
        for place in places:
            first_last = re.fullmatch(r"(\d+)-(\d+)", place)
            numbers = range(int(first_last[1]), int(first_last[2]) + 1) if first_last else (place,)
            found |= {(code, str(number)) for number in numbers}
    return found


def newest(name: str) -> Edition:
    return get_limits()[name].editions[0]


_NOT_MOVED = {Counting.PERSON_MONTHS: Counting.CUSTODY_MONTHS, Counting.PLAIN_DAYS: Counting.CUSTODY_DAYS}


def figure(base: Base) -> str:
    """A figure as the table writes it; what no holiday lengthens is one code there, whoever is held."""
    if base.length is None:
        return "none"
    if base.length == IMMEDIATE:
        return "at once" if base.counting is Counting.HOURS else "same day"
    return f"{base.length} {_NOT_MOVED.get(base.counting, base.counting).value}"


def extension(offer: Extension) -> str:
    """An extension as the table writes it: `+≤30 day ×2 by county-head` adds up to 30 days, twice, `to` says a total."""
    often = {1: "", None: " ×n"}.get(offer.times, f" ×{offer.times}")
    by = f" by {offer.approver.value}" if offer.approver else ""
    return f"{'to ' if offer.total else '+'}{'≤' if offer.up_to else ''}{offer.total or offer.plus}{often}{by}"


def test_the_table_has_every_section_whole() -> None:
    assert len(AUTHORITY) == sum(SECTIONS.values())
    assert {section: sum(line["section"] == section for line in AUTHORITY.values()) for section in SECTIONS} == SECTIONS


def test_every_limit_of_the_table_is_in_the_statutes() -> None:
    assert set(AUTHORITY) - set(get_limits()) == set()


def test_every_limit_of_the_statutes_is_in_the_table_or_the_houses_own() -> None:
    assert set(get_limits()) - set(AUTHORITY) - OUR_OWN == set()


@every_line
def test_a_limit_has_the_figures_of_the_table_counted_by_its_codes(name: str) -> None:
    assert [figure(base) for base in newest(name).bases] == listed(name, "figures")


@every_line
def test_a_limit_is_extended_as_in_the_table(name: str) -> None:
    (shared,) = re.findall(r"^as (.+)$", AUTHORITY[name]["extensions"]) or (name,)
    assert [extension(each) for each in newest(name).extensions] == listed(shared, "extensions")


@every_line
def test_a_limit_restricts_liberty_if_the_table_says_so(name: str) -> None:
    says = AUTHORITY[name]["liberty"]
    assert get_limits()[name].liberty == says.startswith("Y")
    if says == "Y if detained":
        assert {base.counting for base in newest(name).bases} <= {Counting.DAYS_BY_CUSTODY, Counting.MONTHS_BY_CUSTODY}
    if says == "N":
        assert not {base.counting for base in newest(name).bases} & {Counting.CUSTODY_MONTHS, Counting.PERSON_MONTHS}


@every_line
def test_a_limit_rests_on_the_articles_of_the_table(name: str) -> None:
    assert {(each.instrument.code, each.part or str(each.number)) for each in newest(name).basis} == articles(name)


@pytest.mark.parametrize("name", [name for name in AUTHORITY if name.endswith("-2012")])
def test_what_the_law_of_2012_said_is_an_earlier_edition_of_the_limit_of_today(name: str) -> None:
    today = get_limits()[name.removesuffix("-2012")]
    assert get_limits()[name].armed_as == today.id
    assert today.editions[-1] is newest(name)
