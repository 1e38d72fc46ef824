"""Domestic violence (家庭暴力) in texts: a relative did it, to one of the household."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from inspections.text.cues import SENTENCE
from inspections.text.lexicon import Group
from inspections.text.reading import Hit, Mention, Reading
from inspections.text.word_files import get_circumstance

# Who did it stands no farther from what was done.
_SIGHT = 60
_NAMED = re.compile("家庭暴力|家暴")
# A word that begins so says what was suffered, not what was done.
_SUFFERED = "被遭挨让给"
# The verb of a word, before whom it was done to.
_AT_ONCE = re.compile("^[打揍踢踹推殴了的]+")
_OF = "(?:我|其|他|她|自己|报警人|俺|咱)?(?:的|家)?(?:前|亲)?"


@cache
def _get_relative_pattern() -> str:
    """A relative, and not a friend of one."""
    return f"{_OF}(?:{get_circumstance('kin').pattern})(?!的?(?:{get_circumstance('not-their-own').pattern}))"


@cache
def _get_by_kin_pattern() -> re.Pattern[str]:
    """By whom it was suffered, before a word for what was done: 被我丈夫…."""
    return re.compile(f"(?:被|遭|遭到|受到|让|给|挨){_get_relative_pattern()}[^,。;!?]{{0,12}}$")


@cache
def _get_by_kin_within_pattern() -> re.Pattern[str]:
    """The same within a word: 被老公打."""
    return re.compile(f"(?:被|遭|让|给){_get_relative_pattern()}")


@cache
def _get_kin_does_pattern() -> re.Pattern[str]:
    """Who did it, before a word for what was done: 丈夫喝了酒又…; `rest` is what stands between."""
    return re.compile(f"(?<![被和跟与找把对将向]){_get_relative_pattern()}某?(?P<rest>[^。;!?被遭]{{0,22}}?)$")


def find_domestic_violence(texts: Iterable[Reading]) -> list[Mention]:
    """The words for violence that a relative did to one of the household."""
    return [
        Mention(text, replace(hit, group=Group.DV))
        for text in texts
        for hit in text.of(Group.INJ, Group.GRAVE)
        if _is_at_home(text, hit)
    ]


def _is_at_home(text: Reading, hit: Hit) -> bool:
    if _NAMED.search(hit.word):
        return True
    if not hit.act:
        return False
    nearest = max(0, hit.start - _SIGHT)
    begin = max((each.end() for each in SENTENCE.finditer(text.normal.text, nearest, hit.start)), default=nearest)
    before, after = text.normal.text[begin : hit.start], text.normal.text[hit.end : hit.end + _SIGHT]
    # A word such as 被打 begins with the sign of who did it, and 被老公打 has them within.
    if _get_by_kin_pattern().search(before) or _get_by_kin_within_pattern().search(hit.word):
        return True
    strangers, to_whom = get_circumstance("strangers"), _AT_ONCE.sub("", hit.word + after)
    if hit.word[0] in _SUFFERED or strangers.match(to_whom):
        return False
    does = _get_kin_does_pattern().search(before)
    return does is not None and not strangers.search(does["rest"])
