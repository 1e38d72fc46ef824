"""A file without names (隐名案卷): who handled it, and where, is called 民警甲 and 甲单位; whoever it is about, 当事人甲. Pure."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

_STEMS = "甲乙丙丁戊己庚辛壬癸"
# A shorter name is part of too many words.
_SHORTEST = 2


def _build_alias(n: int) -> str:
    """The n-th (from 0) as people tell things apart that have no name: 甲 to 癸, and then 甲1, 乙1 …"""
    turn, stem = divmod(n, len(_STEMS))
    return f"{_STEMS[stem]}{turn or ''}"


class Mask:
    """What stands for whom, throughout one file."""

    def __init__(self, police: Iterable[Iterable[str]], units: Iterable[Iterable[str]], parties: Iterable[Iterable[str]]) -> None:
        """Of people, units and parties, each by all the names under which the file knows them."""
        self._called = {
            name: said
            for people, form in ((police, "民警{}"), (units, "{}单位"), (parties, "当事人{}"))
            for said, names in ((form.format(_build_alias(n)), names) for n, names in enumerate(people))
            for name in names
            if len(name) >= _SHORTEST
        }

    @property
    def names(self) -> Mapping[str, str]:
        """What stands for each name."""
        return self._called

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # The longest first: of a name that is part of another the longer one is meant.
        names = sorted(self._called, key=lambda each: (-len(each), each))
        return re.compile("|".join(map(re.escape, names))) if names else None

    def __call__(self, text: str) -> str:
        """The text without names."""
        return self._pattern.sub(lambda found: self._called[found[0]], text) if self._pattern else text
