"""Citations read back (条文引用): which articles a text names, as `Article` and those who cite it write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from law.citations import Article, Instrument, parse_number
from law.instruments import INSTRUMENTS, SPC

_NUMBER = "[一二三四五六七八九十百千零]{1,9}|[0-9]{1,4}"
# An interpretation is also cited by its number.
_BY_NUMBER = {"法释〔2021〕1号": SPC}
_BOOK = re.compile(f"《([^》]+)》|({'|'.join(_BY_NUMBER)})")
_ARTICLE = re.compile(f"第({_NUMBER})条(?:之({_NUMBER}))?((?:、?第(?:{_NUMBER})[款项])*)")
_PART = re.compile(f"第({_NUMBER})([款项])")
# A place in a text that has no articles goes on to the next mark.
_SECTION = re.compile(r"[^《》、,，;；。\s]+")
# The formal name of a statute begins with that of the state.
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Citation:
    """One article as a text cites it; `paragraphs` and `items` are those that are meant, none of them where all are."""

    words: str
    article: Article
    paragraphs: tuple[int, ...] = ()
    items: tuple[int, ...] = ()


def parse_citations(text: str) -> tuple[Citation, ...]:
    """Every article, and every place in a text without articles, that `text` cites, in its order."""
    found: list[Citation] = []
    books = list(_BOOK.finditer(text))
    ends = [*(each.start() for each in books), len(text)][1:]
    for book, end in zip(books, ends, strict=True):
        found += _parse_places(book, text[book.end() : end])
    return tuple(found)


def _parse_places(book: re.Match[str], rest: str) -> Iterator[Citation]:
    """What is cited of one book: an article or several, or else a section of it."""
    instrument = _find_instrument(book)
    place = _ARTICLE.match(rest)
    if place is None:
        section = _SECTION.match(rest)
        if section and instrument.code:
            yield Citation(f"{book[0]}{section[0]}", instrument.section(section[0]))
    while place:
        yield _build_citation(book[0], instrument, place)
        place = _ARTICLE.match(rest, place.end() + 1) if rest[place.end() : place.end() + 1] == "、" else None


def _build_citation(book: str, instrument: Instrument, place: re.Match[str]) -> Citation:
    parts = [(parse_number(number), kind) for number, kind in _PART.findall(place[3])]
    return Citation(
        f"{book}{place[0]}",
        instrument.article(parse_number(place[1]), inserted=parse_number(place[2] or "0")),
        tuple(number for number, kind in parts if kind == "款"),
        tuple(number for number, kind in parts if kind == "项"),
    )


def _find_instrument(book: re.Match[str]) -> Instrument:
    """The instrument of that name; one that the house does not know has no code."""
    if book[2]:
        return _BY_NUMBER[book[2]]
    return INSTRUMENTS.get(book[1]) or INSTRUMENTS.get(book[1].removeprefix(_STATE)) or Instrument("", book[1])
