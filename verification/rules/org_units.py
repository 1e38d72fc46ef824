"""Whether units, people's names, the published calendar and who took over from whom say what the bureau's journal says. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

Told = dict[str, Any]
_UNIT = ("parent", "zh", "kind", "serves")
_CALLED = ("zh", "badge")


class UnitRow(NamedTuple):
    """A unit as table `unit` has it."""

    id: str
    parent_id: str | None
    path: str
    zh: str
    kind: str
    serves: str | None


class PersonRow(NamedTuple):
    """Somebody as table `person` has them."""

    username: str
    zh: str
    badge: str
    active: bool


class YearRow(NamedTuple):
    """A year's rest days, as they were published or are proposed."""

    year: int
    rest_days: list[date]
    notice: str
    by: str


class SuccessionRow(NamedTuple):
    """Who took over from whom, in which unit."""

    username: str
    unit_id: str
    successor: str


class Tables(NamedTuple):
    """What the tables say of the bureau."""

    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    years: Sequence[YearRow]
    proposals: Sequence[YearRow]
    successions: Sequence[SuccessionRow]


@dataclass(slots=True)
class Establishment:
    """What entries tell of the bureau; it was told `whole` where nobody and nothing was there before."""

    whole: bool = False
    units: dict[str, Told] = field(default_factory=dict[str, Told])
    people: dict[str, Told] = field(default_factory=dict[str, Told])
    years: dict[int, Told] = field(default_factory=dict[int, Told])
    proposals: dict[int, Told] = field(default_factory=dict[int, Told])
    successors: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def hear(self, content: Mapping[str, Any]) -> None:
        """Take one entry in, in the order of time; one that was spoilt tells nothing."""
        self.whole = self.whole or content.get("whole") is True
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            self._hear(content)

    def _hear(self, content: Mapping[str, Any]) -> None:
        match content.get("step"):
            case "load-roster":
                self.units |= {unit: dict(zip(_UNIT, rest, strict=True)) for unit, *rest in content.get("units", ())}
                self.people |= {name: dict(zip(_CALLED, rest, strict=True)) for name, *rest in content.get("called", ())}
            case "found-bureau":
                self.people[content["username"]] = _of(content, _CALLED)
                if content.get("new_unit"):
                    self.units[content["unit"]] = {"parent": None, "zh": content["unit_zh"], "kind": "bureau", "serves": None}
            case "found-unit":
                self.units[content["unit"]] = _of(content, _UNIT)
            case "change-unit":
                self.units.setdefault(content["unit"], {}).update(_of(content["new"], ("parent", "zh", "kind")))
            case "enrol-person":
                self.people[content["username"]] = _of(content, _CALLED)
            case "change-person":
                self.people.setdefault(content["username"], {}).update(_of(content["new"], _CALLED))
            case "publish-calendar":
                self.years[content["year"]] = _of(content, ("rest_days", "notice")) | {"by": content["actor"]["person"]}
            case "propose-calendar":
                self.proposals[content["year"]] = _of(content, ("rest_days", "notice")) | {"by": content["actor"]["person"]}
            case _:
                pass
        self._handed_on(content)

    def _handed_on(self, content: Mapping[str, Any]) -> None:
        username, successor, units = str(content.get("username")), content.get("successor"), content.get("units")
        if isinstance(successor, str) and isinstance(units, list):
            passed = {place for place, heir in self.successors.items() if heir == username and place[1] in units}
            self.successors |= dict.fromkeys((place for place in passed if place[0] != successor), successor)
            self.successors |= {(username, str(unit)): successor for unit in units}
        for unit in content.get("returned", ()):
            self.successors.pop((username, unit), None)

    def differences(self, tables: Tables, handed_on: Mapping[str, Iterable[str]]) -> Iterator[str]:
        """Where the tables of the bureau say something else."""
        units = {row.id: row for row in tables.units}
        yield from _rows("单位表", self.units, {unit: _unit(row) for unit, row in units.items()}, whole=self.whole)
        yield from (f"单位表的层级与上级不符：{unit}" for unit, row in units.items() if row.path != _path(row, units))
        # Whether somebody is there at all is asked of the roster.
        yield from _rows("人员表", self.people, {row.username: _of(row._asdict(), _CALLED) for row in tables.people}, whole=False)
        yield from _rows("节假日表", self.years, _years(tables.years), whole=True)
        proposed = _years(tables.proposals)
        yield from _rows(
            "节假日拟稿", {year: self.proposals[year] for year in proposed if year in self.proposals}, proposed, whole=True
        )
        yield from self._of_successions(tables.successions, handed_on)

    def _of_successions(self, rows: Sequence[SuccessionRow], handed_on: Mapping[str, Iterable[str]]) -> Iterator[str]:
        there = {(row.username, row.unit_id): row.successor for row in rows}
        for (username, unit), successor in sorted(there.items()):
            told = self.successors.get((username, unit))
            # Entries of before units were named in them tell of a successor, and not where.
            if successor != told and (told or successor not in _heirs(username, handed_on)):
                yield f"接手表有日志没有依据的接手：{username}@{unit} 由 {successor} 接手"
        for username, unit in sorted(self.successors.keys() - there.keys()):
            yield f"接手表缺少日志所载的接手：{username}@{unit}"

    def untold(self, tables: Tables) -> int:
        """How many units and people no entry names, so that nothing proves what they are called."""
        units = sum(row.id not in self.units for row in tables.units)
        return units + sum(row.username not in self.people for row in tables.people)


def _heirs(username: str, handed_on: Mapping[str, Iterable[str]]) -> set[str]:
    found, fresh = set[str](), {username}
    while fresh:
        fresh = {heir for each in fresh for heir in handed_on.get(each, ())} - found
        found |= fresh
    return found


def _rows(table: str, told: Mapping[Any, Told], there: Mapping[Any, Told], *, whole: bool) -> Iterator[str]:
    for id_, values in sorted(told.items()):
        if id_ not in there:
            yield f"{table}缺少日志所载的一行：{id_}"
        elif wrong := [name for name, value in values.items() if (there[id_].get(name) or None) != (value or None)]:
            yield f"{table}与日志不一致：{id_}（{'、'.join(wrong)}）"
    if whole:
        yield from (f"{table}有日志没有依据的一行：{id_}" for id_ in sorted(there.keys() - told.keys()))


def _unit(row: UnitRow) -> Told:
    return {"parent": row.parent_id, "zh": row.zh, "kind": row.kind, "serves": row.serves}


def _path(row: UnitRow, units: Mapping[str, UnitRow]) -> str:
    """Where a unit lies in the tree, by those above it; nowhere, where they go round in a circle."""
    ids, above = [row.id], row.parent_id
    while above is not None and above in units and above not in ids:
        ids.append(above)
        above = units[above].parent_id
    return f"/{'/'.join(reversed(ids))}/"


def _years(rows: Sequence[YearRow]) -> dict[int, Told]:
    return {row.year: {"rest_days": [day.isoformat() for day in row.rest_days], "notice": row.notice, "by": row.by} for row in rows}


def _of(values: Mapping[str, Any], names: Sequence[str]) -> Told:
    return {name: values[name] for name in names if name in values}
