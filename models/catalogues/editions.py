"""Catalogues with editions: each entry by its code, the days on which it may be used, and the forms' type of such a code.

A code that was used once is never given to anything else: what is over gets a `valid_until`, and what was said by it reads as it did.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import AfterValidator, ValidationInfo

from law.calendar import get_day
from models.instants import is_stored

TITLES: Mapping[str, str] = MappingProxyType({"letter-labels": "来信标签"})
"""What each catalogue is called, by its id; `letter-labels` is read from `letter_labels.csv`."""
_OF_AN_EDITION = ("code", "zh", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what its code means, from its first day to its last (None: it is still used), and the catalogue's own columns."""

    code: str
    zh: str
    valid_from: date
    valid_until: date | None
    further: Mapping[str, str]

    def is_valid(self, on: date) -> bool:
        """Whether it may be used on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@cache
def load_catalogue(id_: str) -> Mapping[str, Entry]:
    """Every entry of a catalogue by its code, those that are over included; KeyError for an id that is none, ValueError for a code given twice."""
    if id_ not in TITLES:
        raise KeyError(id_)
    found: dict[str, Entry] = {}
    for row in csv.DictReader(_read_lines(id_)):
        until, further = row["valid_until"], {name: value for name, value in row.items() if name not in _OF_AN_EDITION}
        last = date.fromisoformat(until) if until else None
        entry = Entry(row["code"], row["zh"], date.fromisoformat(row["valid_from"]), last, MappingProxyType(further))
        if found.setdefault(entry.code, entry) is not entry:
            raise ValueError(f"{id_}: {entry.code} is given twice")
    return MappingProxyType(found)


def _read_lines(id_: str) -> list[str]:
    return files("models.catalogues").joinpath(f"{id_.replace('-', '_')}.csv").read_text(encoding="utf-8").splitlines()


def make_code_check(id_: str) -> AfterValidator:
    """The check of a field that it names an entry of that catalogue which may be used when the step happens."""

    def check(code: str, info: ValidationInfo) -> str:
        if is_stored(info):
            return code
        entry = load_catalogue(id_).get(code)
        at = info.data.get("at") or (info.context or {}).get("now")
        if entry is None:
            raise ValueError(f"目录“{TITLES[id_]}”（{id_}）中没有代码“{code}”")
        if at and not entry.is_valid(get_day(at)):
            raise ValueError(f"目录“{TITLES[id_]}”（{id_}）的“{entry.zh}”（{code}）在{get_day(at)}不适用")
        return code

    return AfterValidator(check)
