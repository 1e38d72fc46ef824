"""Finding a limit: by its Chinese or English name, by an article, by the phase of a case or the fact that starts it."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from itertools import chain

from law.areas import get_area
from law.citations import Article, format_chinese_number
from law.time_limits import TimeLimit, get_limits

# An article as people write it: CPL 91, 刑诉法第91条, 《刑事诉讼法》第九十一条; the instrument may be left out.
_CITED = re.compile(r"(?:([a-z]+)\s*|第\s*)(\d+)(?:\s*条)?|(\d+)\s*条")
_MARKS = str.maketrans("", "", "《》〈〉“”()()")
# What statutes are called for short.
_SHORT = {"刑诉法": "刑事诉讼法", "行诉法": "行政诉讼法", "治安处罚法": "治安管理处罚法", "治安法": "治安管理处罚法"}
_NEAR = 5


def search(asked: str) -> tuple[TimeLimit, ...]:
    """The limits that fit every word asked, in the order of the statutes; all of them where nothing is asked.

    Where none does, those whose Chinese name has the same characters in the same order: 提请批捕 finds 提请审查批准逮捕.
    """
    text = asked.casefold().translate(_MARKS)
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    articles = [(code or "", int(number or alone)) for code, number, alone in _CITED.findall(text)]
    words = _CITED.sub(" ", text).split()
    cited = [limit for limit in get_limits().values() if all(_cites(limit, *each) for each in articles)]
    found = [limit for limit in cited if all(word in _get_searchable_texts()[limit.id] for word in words)]
    return tuple(found or (limit for limit in cited if all(_abbreviates(word, limit.zh) for word in words)))


def _abbreviates(word: str, name: str) -> bool:
    rest = iter(name.casefold())
    return not word.isascii() and all(character in rest for character in word)


def suggest_nearest(asked: str) -> list[str]:
    """The ids of the limits that somebody may have meant who asked for one that does not exist, the likeliest first."""
    names = {limit.zh: limit.id for limit in get_limits().values()}
    close = get_close_matches(asked, get_limits(), n=3, cutoff=0.4)
    alike = [names[zh] for zh in get_close_matches(asked, names, n=3, cutoff=0.4)]
    found = (limit.id for limit in search(asked)) if asked.strip() else ()
    return list(dict.fromkeys(chain(alike, close, found)))[:_NEAR]


def _cites(limit: TimeLimit, code: str, number: int) -> bool:
    return any(
        article.number == number and (not code or article.instrument.code.casefold() == code)
        for edition in limit.editions
        for article in edition.basis
    )


@cache
def _get_searchable_texts() -> Mapping[str, str]:
    """What can be found of each limit, in small letters."""
    return {limit.id: _build_text(limit).casefold().translate(_MARKS) for limit in get_limits().values()}


def _build_text(limit: TimeLimit) -> str:
    area = get_area(limit)
    articles = (article for edition in limit.editions for article in edition.basis)
    facts = (fact.label for fact in limit.starts_on)
    return " ".join((limit.id, limit.id.replace("-", " "), limit.zh, area, area.label, *facts, *map(_format_citation, articles)))


def _format_citation(article: Article) -> str:
    if not article.number:
        return f"{article.instrument.code} {article}"
    return f"{article.instrument.code} {article.instrument.zh}第{format_chinese_number(article.number)}条"
