"""The words of the law (条文原文): the texts that the house carries, article by article.

A text is a file of `law/texts/`, named for its instrument and the day on which it came into force: its title, how it was adopted,
then a line for each heading and paragraph. They are official texts, in which nobody has copyright (Copyright Law, article 5).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from law.citations import Article, Instrument, parse_number

_NUMBER = "[一二三四五六七八九十百千零]+"
_BEGINS = re.compile(f"第({_NUMBER})条(?:之({_NUMBER}))? ")
_ITEM = re.compile(f"（({_NUMBER})）")
# Points of an item, in texts that go so deep: ⒈ to ⒛.
_POINT = re.compile("[⒈-⒛]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article: its words, of which paragraph (款) it is, and of which item (项) of that; 0 where it is of none."""

    words: str
    paragraph: int
    item: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """An instrument as one version of it reads: its full title, how that version was adopted, and from when it is in force."""

    title: str
    adopted: str
    in_force: date


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article says, in which text, and under which headings."""

    text: Text
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def find_text(instrument: Instrument, on: date | None = None) -> Text | None:
    """The text in force on that day (the newest, where none is said; the oldest carried, for a day before all); None without one."""
    name = _name_instrument(instrument, on)
    return _read(name)[0] if name else None


def find_wording(article: Article, on: date | None = None) -> Wording | None:
    """The words of an article on that day; None where its text is not carried, has no such article, or is cited by section."""
    name = _name_instrument(article.instrument, on)
    return _read(name)[1].get((article.number, article.inserted)) if name else None


def _name_instrument(instrument: Instrument, on: date | None) -> str:
    versions = _get_versions().get(instrument.code, ())
    return next((name for in_force, name in versions if on is None or in_force <= on), versions[-1][1] if versions else "")


@cache
def _get_versions() -> Mapping[str, tuple[tuple[date, str], ...]]:
    """The texts of each instrument with the day they came into force, the newest first."""
    found: dict[str, tuple[tuple[date, str], ...]] = {}
    for name in sorted((each.name for each in files("law").joinpath("texts").iterdir()), reverse=True):
        code, _, day = name.removesuffix(".txt").partition("-")
        found[code] = (*found.get(code, ()), (date.fromisoformat(day), name))
    return MappingProxyType(found)


@cache
def _read(name: str) -> tuple[Text, Mapping[tuple[int, int], Wording]]:
    title, adopted, *lines = files("law").joinpath("texts", name).read_text(encoding="utf-8").splitlines()
    text = Text(title, adopted, date.fromisoformat(name.removesuffix(".txt").partition("-")[2]))
    headings: tuple[str, ...] = ()
    articles: dict[tuple[int, int], Wording] = {}
    number, article = (0, 0), list[str]()
    for line in (*lines, "# "):
        begins, heading = _BEGINS.match(line), line.startswith("#")
        if (begins or heading) and article:
            articles[number] = Wording(text, headings, _split_lines(article))
            article = []
        if heading:
            marks, _, words = line.partition(" ")
            headings = (*headings[: len(marks) - 1], words)
        elif begins:
            number, article = (parse_number(begins[1]), parse_number(begins[2] or "0")), [line[begins.end() :]]
        else:
            article.append(line)
    return text, MappingProxyType(articles)


def _split_lines(article: list[str]) -> tuple[Line, ...]:
    """The lines of an article: one that begins no item nor a point of one begins a paragraph."""
    lines: list[Line] = []
    paragraph = item = 0
    for words in article:
        if begins := _ITEM.match(words):
            item = parse_number(begins[1])
        elif not _POINT.match(words):
            paragraph, item = paragraph + 1, 0
        lines.append(Line(words, paragraph, item))
    return tuple(lines)
