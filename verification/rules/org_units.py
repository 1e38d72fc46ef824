"""Units, names of people, the published calendar and successions compared with the bureau's journal. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any, NamedTuple

from models.unit_paths import build_path
from verification.rules.entry_content import list_successors

Values = dict[str, Any]
_UNIT = ("parent", "zh", "kind", "serves")
_CALLED = ("zh", "badge")


class UnitRow(NamedTuple):
    """A row of table `unit`."""

    id: str
    parent_id: str | None
    path: str
    zh: str
    kind: str
    serves: str | None


class PersonRow(NamedTuple):
    """A row of table `person`."""

    username: str
    zh: str
    badge: str
    active: bool


class YearRow(NamedTuple):
    """A year's rest days, published or proposed."""

    year: int
    rest_days: list[date]
    notice: str
    by: str


class SuccessionRow(NamedTuple):
    """A row of table `succession`: who took over from whom, in which unit."""

    username: str
    unit_id: str
    successor: str


class OrganisationTables(NamedTuple):
    """The rows to compare."""

    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    years: Sequence[YearRow]
    proposals: Sequence[YearRow]
    successions: Sequence[SuccessionRow]


@dataclass(slots=True)
class ExpectedOrganisation:
    """Units, people, calendar and successions, replayed from entries; `complete` where the journal began before there was anybody."""

    complete: bool = False
    units: dict[str, Values] = field(default_factory=dict[str, Values])
    people: dict[str, Values] = field(default_factory=dict[str, Values])
    years: dict[int, Values] = field(default_factory=dict[int, Values])
    proposals: dict[int, Values] = field(default_factory=dict[int, Values])
    successors: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def apply(self, content: Mapping[str, Any]) -> None:
        """Apply one entry; entries come in the order of time, and one that cannot be read is skipped."""
        self.complete = self.complete or content.get("whole") is True
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            self._apply(content)

    def _apply(self, content: Mapping[str, Any]) -> None:
        match content.get("step"):
            case "load-roster":
                self.units |= {unit: dict(zip(_UNIT, rest, strict=True)) for unit, *rest in content.get("units", ())}
                self.people |= {name: dict(zip(_CALLED, rest, strict=True)) for name, *rest in content.get("called", ())}
            case "found-bureau":
                self.people[content["username"]] = _pick(content, _CALLED)
                if content.get("new_unit"):
                    self.units[content["unit"]] = {"parent": None, "zh": content["unit_zh"], "kind": "bureau", "serves": None}
            case "found-unit":
                self.units[content["unit"]] = _pick(content, _UNIT)
            case "change-unit":
                self.units.setdefault(content["unit"], {}).update(_pick(content["new"], ("parent", "zh", "kind")))
            case "enrol-person":
                self.people[content["username"]] = _pick(content, _CALLED)
            case "change-person":
                self.people.setdefault(content["username"], {}).update(_pick(content["new"], _CALLED))
            case "publish-calendar":
                self.years[content["year"]] = _pick(content, ("rest_days", "notice")) | {"by": content["actor"]["person"]}
            case "propose-calendar":
                self.proposals[content["year"]] = _pick(content, ("rest_days", "notice")) | {"by": content["actor"]["person"]}
            case _:
                pass
        self._apply_succession(content)

    def _apply_succession(self, content: Mapping[str, Any]) -> None:
        username, successor, units = str(content.get("username")), content.get("successor"), content.get("units")
        if isinstance(successor, str) and isinstance(units, list):
            passed = {place for place, heir in self.successors.items() if heir == username and place[1] in units}
            self.successors |= dict.fromkeys((place for place in passed if place[0] != successor), successor)
            self.successors |= {(username, str(unit)): successor for unit in units}
        for unit in content.get("returned", ()):
            self.successors.pop((username, unit), None)

    def compare(self, tables: OrganisationTables, successors: Mapping[str, Iterable[str]]) -> Iterator[str]:
        """Where the tables differ."""
        units = {row.id: row for row in tables.units}
        yield from _compare_rows(
            "单位表", self.units, {unit: _build_unit_values(row) for unit, row in units.items()}, complete=self.complete
        )
        yield from (
            f"单位表的层级与上级不符：{unit}" for unit, row in units.items() if row.path != _build_expected_path(row, units)
        )
        # Whether a person exists is checked by `OfficeHistory`.
        yield from _compare_rows(
            "人员表", self.people, {row.username: _pick(row._asdict(), _CALLED) for row in tables.people}, complete=False
        )
        yield from _compare_rows("节假日表", self.years, _group_by_year(tables.years), complete=True)
        proposed = _group_by_year(tables.proposals)
        yield from _compare_rows(
            "节假日拟稿", {year: self.proposals[year] for year in proposed if year in self.proposals}, proposed, complete=True
        )
        yield from self._check_successions(tables.successions, successors)

    def _check_successions(self, rows: Sequence[SuccessionRow], successors: Mapping[str, Iterable[str]]) -> Iterator[str]:
        there = {(row.username, row.unit_id): row.successor for row in rows}
        for (username, unit), successor in sorted(there.items()):
            told = self.successors.get((username, unit))
            # Older entries name the successor without units.
            if successor != told and (told or successor not in list_successors(username, successors) - {username}):
                yield f"接手表有日志没有依据的接手：{username}@{unit} 由 {successor} 接手"
        for username, unit in sorted(self.successors.keys() - there.keys()):
            yield f"接手表缺少日志所载的接手：{username}@{unit}"

    def count_unnamed(self, tables: OrganisationTables) -> int:
        """How many units and people no entry names, so that nothing proves what they are called."""
        units = sum(row.id not in self.units for row in tables.units)
        return units + sum(row.username not in self.people for row in tables.people)


def _compare_rows(table: str, told: Mapping[Any, Values], there: Mapping[Any, Values], *, complete: bool) -> Iterator[str]:
    for id_, values in sorted(told.items()):
        if id_ not in there:
            yield f"{table}缺少日志所载的一行：{id_}"
        elif wrong := [name for name, value in values.items() if (there[id_].get(name) or None) != (value or None)]:
            yield f"{table}与日志不一致：{id_}（{'、'.join(wrong)}）"
    if complete:
        yield from (f"{table}有日志没有依据的一行：{id_}" for id_ in sorted(there.keys() - told.keys()))


def _build_unit_values(row: UnitRow) -> Values:
    return {"parent": row.parent_id, "zh": row.zh, "kind": row.kind, "serves": row.serves}


def _build_expected_path(row: UnitRow, units: Mapping[str, UnitRow]) -> str:
    """The path of a unit by those above it; it stops where they form a circle."""
    ids, above = [row.id], row.parent_id
    while above is not None and above in units and above not in ids:
        ids.append(above)
        above = units[above].parent_id
    return reduce(build_path, reversed(ids), "")


def _group_by_year(rows: Sequence[YearRow]) -> dict[int, Values]:
    return {row.year: {"rest_days": [day.isoformat() for day in row.rest_days], "notice": row.notice, "by": row.by} for row in rows}


def _pick(values: Mapping[str, Any], names: Sequence[str]) -> Values:
    return {name: values[name] for name in names if name in values}
