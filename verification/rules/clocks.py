"""Clocks of a matter compared with its journal: as each step left them, and as time and people have moved them since. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from law.clock import PROMISES, ClockId, Colour, Consequence
from law.time_limits import get_limits
from models.clock_digest import compute_clock_digest
from models.matter import is_numbered_as
from models.store.mappers import LADDER, RUNNING
from verification.rules.entry_content import JournaledRow, Successors, list_of_dicts, parse_instant, parse_to_second

_ORDER = {str(colour): n for n, colour in enumerate(LADDER)}
_NONE, _OVERDUE = "none", "overdue"
# Tables keep the instants of thresholds to the second.
_SECOND = timedelta(seconds=1)
Rungs = set[tuple[str, str, Any]]


@dataclass(slots=True)
class ExpectedClocks:
    """The clocks of a matter, replayed from its entries; `places` are the units and officers that each may have had since."""

    clocks: dict[str, JournaledRow] = field(default_factory=dict[str, JournaledRow])
    told_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    places: dict[str, set[tuple[str, str]]] = field(default_factory=dict[str, set[tuple[str, str]]])
    ends: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    # Who acknowledged an overrun, and when.
    acknowledged: set[tuple[str, Any]] = field(default_factory=set[tuple[str, Any]])

    def apply(self, position: int, content: Mapping[str, Any], recorded: Mapping[str, Any], at: datetime | None) -> None:
        """Apply one step."""
        place = (str(recorded.get("unit", "")), str(recorded.get("officer", "")))
        for places in self.places.values():
            places.add(place)
        for each in list_of_dicts(content.get("clocks")):
            id_ = str(each.get("id"))
            self.clocks[id_] = (position, each)
            if at:
                self.told_at[id_] = at
            ends = self.ends.setdefault(id_, [])
            if ends[-1:] != [due := str(each.get("due_at"))]:
                ends.append(due)
            # A clock that fell away keeps its unit and officer.
            if "due_at" in each or id_ not in self.places:
                self.places[id_] = {place}
        if content.get("step") == "acknowledge-overrun" and isinstance(content.get("actor"), dict):
            self.acknowledged.add((str(content["actor"].get("person")), at))

    def compare(self, tables: Mapping[str, Any], successors: Successors) -> Iterator[tuple[int | None, str]]:
        """Where the rows of table `clock` differ; `successors` gives all who may have taken over from somebody."""
        rung, ahead = _build_rung_set(tables.get("rings")), _build_rung_set(tables.get("ahead"))
        rows = {each["id"]: each for each in list_of_dicts(tables.get("clocks"))}
        for id_, (position, said) in self.clocks.items():
            if id_ not in rows:
                yield position, f"期限表缺少日志所载的期限（{_parse_limit_id(id_)}）"
                continue
            row = rows[id_]
            wrong = (
                *_check_identity(row, said),
                *self._check_responsible(row, successors),
                *self._check_deadline(row, said, rung),
                *self._check_alerts(row, rung, ahead),
            )
            if wrong:
                yield position, f"期限表与日志不一致（{_parse_limit_id(id_)}）：{'、'.join(wrong)}"
        yield from ((None, f"期限表有日志没有的期限（{_parse_limit_id(each)}）") for each in rows.keys() - self.clocks.keys())

    def list_overdue_clocks(self, tables: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
        """The running clocks whose end has rung and for which a task must exist, each with whether it must still be open.

        It need not be open where the end was moved and moved back.
        """
        rung = _build_rung_set(tables.get("rings"))
        for row in list_of_dicts(tables.get("clocks")):
            ends = [parse_to_second(each.get("at")) for each in list_of_dicts(row["rungs"]) if each.get("colour") == _OVERDUE]
            silent = row["at_expiry"] in (Consequence.SERVICE_ONLY, Consequence.RIGHT_LAPSES)
            if row["state"] in RUNNING and row["id"] in self.told_at and not silent:
                ends_told = self.ends[row["id"]]
                yield from ((row, len(ends_told) == len(set(ends_told))) for at in ends if (row["id"], _OVERDUE, at) in rung)

    def _check_responsible(self, row: dict[str, Any], successors: Successors) -> Iterator[str]:
        places = self.places[row["id"]]
        if row["unit_id"] not in {unit for unit, _ in places}:
            yield "unit_id"
        if row["officer"] not in {heir for _, officer in places for heir in successors(officer)}:
            yield "officer"

    def _check_deadline(self, row: dict[str, Any], said: Mapping[str, Any], rung: Rungs) -> Iterator[str]:
        passed = any(id_ == row["id"] and colour == _OVERDUE for id_, colour, _ in rung)
        # A right lapses when its end rings, and not by a step, unless a later step records it.
        lapsed = row["state"] == "lapsed" != said.get("state") and row["at_expiry"] == "right-lapses" and passed
        fallen = "due_at" not in said
        states = {"lapsed", "overrun"} if fallen else {said.get("state"), *(("lapsed",) if lapsed else ())}
        if row["state"] not in states:
            yield "state"
        if not fallen and parse_instant(row["due_at"]) != parse_instant(said.get("due_at")):
            yield "due_at"
        if not fallen and row["basis"] != said.get("basis"):
            yield "basis"
        as_said = {**row, "state": said.get("state"), "ended_at": None} if lapsed else row
        if "sm3" in said and compute_clock_digest(as_said) != said["sm3"]:
            yield "其余各栏"
        noted = (row["overrun_acknowledged_by"], parse_instant(row["overrun_acknowledged_at"]))
        if any(noted) and noted not in self.acknowledged:
            yield "overrun_acknowledged"

    def _check_alerts(self, row: dict[str, Any], rung: Rungs, ahead: Rungs) -> Iterator[str]:
        if row["state"] not in RUNNING:
            if row["colour"] != _NONE:
                yield "colour"
            return
        rungs = [(row["id"], each.get("colour"), parse_to_second(each.get("at"))) for each in list_of_dicts(row["rungs"])]
        if any(each not in rung and each not in ahead for each in rungs):
            yield "预警未布设也未响铃"
        if row["colour"] not in self._list_allowed_colours(row, rungs, rung):
            yield "colour"

    def _list_allowed_colours(self, row: dict[str, Any], rungs: Sequence[tuple[str, Any, Any]], rung: Rungs) -> set[str]:
        """The colours that a running clock may show: of the last threshold that rang, or had passed when a step recorded the clock."""
        told_at = self.told_at.get(row["id"])
        if told_at is None:
            return {row["colour"]}
        heard = [str(each[1]) for each in rungs if each in rung]
        shown = set[str]()
        for by in (told_at, told_at - _SECOND):
            passed = [str(colour) for _, colour, at in rungs if isinstance(at, datetime) and at <= by]
            if row["at_expiry"] == Consequence.RIGHT_LAPSES and rungs and isinstance(rungs[-1][2], datetime) and rungs[-1][2] <= by:
                passed = []
            worst = max((*heard, *passed), key=lambda colour: _ORDER.get(colour, -1), default=_NONE)
            shown.add(Colour.UNKEPT if worst == _OVERDUE and row["at_expiry"] in PROMISES else worst)
        return shown


def get_worst_colour(clocks: Iterable[Mapping[str, Any]]) -> str:
    """The colour that a matter shows: the worst of its running clocks."""
    colours = (str(each["colour"]) for each in clocks if each["state"] in RUNNING)
    return max(colours, key=lambda colour: _ORDER.get(colour, -1), default=_NONE)


def _check_identity(row: dict[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    """What the id and the limit of a clock determine; where no entry recorded the names yet, they are those of the limit today."""
    id_ = _parse_id(row["id"])
    if id_ is None or (id_.limit, id_.about) != (row["limit_id"], row["about"]):
        yield "limit_id、about"
    if not is_numbered_as(row["kind"], row["matter"]):
        yield "kind"
    limit = get_limits().get(row["limit_id"])
    told = said if "zh" in said else {"zh": limit.zh, "answerable": limit.answerable} if limit else {}
    yield from (name for name in ("zh", "answerable") if name in told and row[name] != told[name])


def _build_rung_set(said: Any) -> Rungs:
    return {(each["clock_id"], each["colour"], parse_to_second(each["at"])) for each in list_of_dicts(said)}


def _parse_id(clock: str) -> ClockId | None:
    try:
        return ClockId.parse(clock)
    except ValueError:
        return None


def _parse_limit_id(clock: str) -> str:
    id_ = _parse_id(clock)
    return id_.limit if id_ else clock
