"""The checklists of case review (评查标准): what is looked at in a file, for how many points, by which rule. Each is a file of `checklists/`.

Its first line says its id, the kind of matter, its edition and what people call it; each further one an item: its number, what makes it a
veto (`!`: not being met; else the words; `-`: nothing), the item, its points, how they are deducted, on what that rests, and the inspections
whose findings propose a score.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from law import instruments
from law.citations import Article, Instrument
from models.matter import Kind

ChecklistId = Literal["criminal", "administrative", "incident"]
CHECKLIST = "criminal 刑事案件、administrative 行政（治安）案件、incident 接处警"
WHOLE = 100
"""The points of a checklist of which every item applies."""
_UNMET, _NONE = "!", "-"
_ARTICLES = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number, what it is, its points, how they are deducted, its basis, and what makes it a veto (★).

    `veto` is empty where nothing does; `vetoed_unmet` says that not being met does by itself. `inspections` are the ids of those whose
    findings speak against it.
    """

    number: int
    title: str
    points: int
    deduction: str
    basis: tuple[str, ...]
    veto: str
    vetoed_unmet: bool
    inspections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist: its id, the kind of matter whose files it is for, the day of its edition, what people call it, and its items."""

    id: str
    kind: Kind
    edition: date
    zh: str
    items: tuple[Item, ...]

    def get_item(self, number: int) -> Item:
        """The item of that number; KeyError where there is none."""
        if not 0 < number <= len(self.items):
            raise KeyError(number)
        return self.items[number - 1]


@cache
def get_checklists() -> Mapping[str, Checklist]:
    """Every checklist by its id; ValueError where one does not add up to a hundred points, or skips a number."""
    files = (each for each in (resources.files("models.reviews") / "checklists").iterdir() if each.name.endswith(".tsv"))
    found = [_read(each.read_text("utf-8")) for each in files]
    return MappingProxyType({each.id: each for each in sorted(found, key=lambda each: each.id)})


def _read(text: str) -> Checklist:
    first, *rows = text.splitlines()
    id_, kind, edition, zh = first.split("\t")
    items = tuple(map(_parse_item, rows))
    if sum(each.points for each in items) != WHOLE or [each.number for each in items] != list(range(1, len(items) + 1)):
        raise ValueError(f"the checklist {id_} does not number its items from 1, or has not {WHOLE} points")
    return Checklist(id_, Kind(kind), date.fromisoformat(edition), zh, items)


def _parse_item(row: str) -> Item:
    number, veto, title, points, deduction, basis, found_by = row.split("\t")
    return Item(
        int(number),
        title,
        int(points),
        deduction,
        tuple(name for each in basis.split(";") for name in _parse_citations(each)),
        {_UNMET: "不符合", _NONE: ""}.get(veto, veto),
        veto == _UNMET,
        () if found_by == _NONE else tuple(found_by.split()),
    )


def _parse_citations(written: str) -> Iterator[str]:
    """`CPL 85-86` as an officer cites it; what is no number is a place in a text without articles."""
    code, place = written.split(" ", 1)
    instrument: Instrument = getattr(instruments, code)
    numbers = _ARTICLES.fullmatch(place)
    if numbers is None:
        yield str(instrument.section(place))
        return
    first, last = numbers.groups()
    said = str(instrument.article(int(first)))
    yield f"{said}至{_format_place(instrument.article(int(last)))}" if last else said


def _format_place(article: Article) -> str:
    return str(article).partition("》")[2]
