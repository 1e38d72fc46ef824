"""Whether the clocks of a matter say what its journal says: each as a step left it, and as the hour, and people, have moved it since. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from law.clock import Consequence
from law.time_limits import limits
from models.clock_digest import clock_digest
from models.matter import is_numbered_as
from models.store.mappers import LADDER, RUNNING
from verification.rules.entry_content import Heirs, Told, dicts, instant, second

_ORDER = {str(colour): n for n, colour in enumerate(LADDER)}
_NONE, _OVERDUE = "none", "overdue"
# Tables keep the instants of rungs to the second.
_SECOND = timedelta(seconds=1)
Rungs = set[tuple[str, str, Any]]


@dataclass(slots=True)
class Ticking:
    """The clocks of one matter as its entries tell, in the end; for each the unit and officer that it was and may have come to since."""

    clocks: dict[str, Told] = field(default_factory=dict[str, Told])
    told_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    places: dict[str, set[tuple[str, str]]] = field(default_factory=dict[str, set[tuple[str, str]]])
    ends: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    # Whoever took note of an overrun, and when.
    acknowledged: set[tuple[str, Any]] = field(default_factory=set[tuple[str, Any]])

    def hear(self, position: int, content: Mapping[str, Any], recorded: Mapping[str, Any], at: datetime | None) -> None:
        """Take one step in."""
        place = (str(recorded.get("unit", "")), str(recorded.get("officer", "")))
        for places in self.places.values():
            places.add(place)
        for each in dicts(content.get("clocks")):
            id_ = str(each.get("id"))
            self.clocks[id_] = (position, each)
            if at:
                self.told_at[id_] = at
            ends = self.ends.setdefault(id_, [])
            if ends[-1:] != [due := str(each.get("due_at"))]:
                ends.append(due)
            # What only fell away is left where it was.
            if "due_at" in each or id_ not in self.places:
                self.places[id_] = {place}
        if content.get("step") == "acknowledge-overrun" and isinstance(content.get("actor"), dict):
            self.acknowledged.add((str(content["actor"].get("person")), at))

    def differences(self, tables: Mapping[str, Any], heirs: Heirs) -> Iterator[tuple[int | None, str]]:
        """Where the rows say something else; `heirs` are all who may stand in for somebody."""
        rung, ahead = _rungs(tables.get("rings")), _rungs(tables.get("ahead"))
        rows = {each["id"]: each for each in dicts(tables.get("clocks"))}
        for id_, (position, said) in self.clocks.items():
            if id_ not in rows:
                yield position, f"期限表缺少日志所载的期限（{_limit(id_)}）"
                continue
            row = rows[id_]
            wrong = (
                *_named(row, said),
                *self._placed(row, heirs),
                *self._reckoned(row, said, rung),
                *self._rings(row, rung, ahead),
            )
            if wrong:
                yield position, f"期限表与日志不一致（{_limit(id_)}）：{'、'.join(wrong)}"
        yield from ((None, f"期限表有日志没有的期限（{_limit(each)}）") for each in rows.keys() - self.clocks.keys())

    def overdue(self, tables: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
        """The running clocks whose end has rung and over which there is a task; whether it is open: not where the end was moved, and moved back."""
        rung = _rungs(tables.get("rings"))
        for row in dicts(tables.get("clocks")):
            ends = [second(each.get("at")) for each in dicts(row["rungs"]) if each.get("colour") == _OVERDUE]
            silent = row["at_expiry"] in (Consequence.SERVICE_ONLY, Consequence.RIGHT_LAPSES)
            if row["state"] in RUNNING and row["id"] in self.told_at and not silent:
                ends_told = self.ends[row["id"]]
                yield from ((row, len(ends_told) == len(set(ends_told))) for at in ends if (row["id"], _OVERDUE, at) in rung)

    def _placed(self, row: dict[str, Any], heirs: Heirs) -> Iterator[str]:
        places = self.places[row["id"]]
        if row["unit_id"] not in {unit for unit, _ in places}:
            yield "unit_id"
        if row["officer"] not in {heir for _, officer in places for heir in heirs(officer)}:
            yield "officer"

    def _reckoned(self, row: dict[str, Any], said: Mapping[str, Any], rung: Rungs) -> Iterator[str]:
        passed = any(id_ == row["id"] and colour == _OVERDUE for id_, colour, _ in rung)
        # A right that lapsed did so by ringing, and not by a step, unless a later step says that it had.
        lapsed = row["state"] == "lapsed" != said.get("state") and row["at_expiry"] == "right-lapses" and passed
        fallen = "due_at" not in said
        states = {"lapsed", "overrun"} if fallen else {said.get("state"), *(("lapsed",) if lapsed else ())}
        if row["state"] not in states:
            yield "state"
        if not fallen and instant(row["due_at"]) != instant(said.get("due_at")):
            yield "due_at"
        if not fallen and row["basis"] != said.get("basis"):
            yield "basis"
        as_said = {**row, "state": said.get("state"), "ended_at": None} if lapsed else row
        if "sm3" in said and clock_digest(as_said) != said["sm3"]:
            yield "其余各栏"
        noted = (row["overrun_acknowledged_by"], instant(row["overrun_acknowledged_at"]))
        if any(noted) and noted not in self.acknowledged:
            yield "overrun_acknowledged"

    def _rings(self, row: dict[str, Any], rung: Rungs, ahead: Rungs) -> Iterator[str]:
        if row["state"] not in RUNNING:
            if row["colour"] != _NONE:
                yield "colour"
            return
        rungs = [(row["id"], each.get("colour"), second(each.get("at"))) for each in dicts(row["rungs"])]
        if any(each not in rung and each not in ahead for each in rungs):
            yield "预警未布设也未响铃"
        if row["colour"] not in self._colours(row, rungs, rung):
            yield "colour"

    def _colours(self, row: dict[str, Any], rungs: Sequence[tuple[str, Any, Any]], rung: Rungs) -> set[str]:
        """What a running clock may show: that of the last rung that has rung, or had passed when a step told of the clock."""
        told_at = self.told_at.get(row["id"])
        if told_at is None:
            return {row["colour"]}
        heard = [str(each[1]) for each in rungs if each in rung]
        shown = set[str]()
        for by in (told_at, told_at - _SECOND):
            passed = [str(colour) for _, colour, at in rungs if isinstance(at, datetime) and at <= by]
            if row["at_expiry"] == Consequence.RIGHT_LAPSES and rungs and isinstance(rungs[-1][2], datetime) and rungs[-1][2] <= by:
                passed = []
            shown.add(max((*heard, *passed), key=lambda colour: _ORDER.get(colour, -1), default=_NONE))
        return shown


def worst(clocks: Iterable[Mapping[str, Any]]) -> str:
    """The colour that a matter shows: the worst of its running clocks'."""
    colours = (str(each["colour"]) for each in clocks if each["state"] in RUNNING)
    return max(colours, key=lambda colour: _ORDER.get(colour, -1), default=_NONE)


def _named(row: dict[str, Any], said: Mapping[str, Any]) -> Iterator[str]:
    """What a clock is called; where no entry told that yet, as the limit is called today."""
    if row["id"].rpartition("@")[0] != f"{row['limit_id']}@{row['about']}":
        yield "limit_id、about"
    if not is_numbered_as(row["kind"], row["matter"]):
        yield "kind"
    limit = limits().get(row["limit_id"])
    told = said if "zh" in said else {"zh": limit.zh, "answerable": limit.answerable} if limit else {}
    yield from (name for name in ("zh", "answerable") if name in told and row[name] != told[name])


def _rungs(said: Any) -> Rungs:
    return {(each["clock_id"], each["colour"], second(each["at"])) for each in dicts(said)}


def _limit(clock: str) -> str:
    # The rest of a clock's id tells of which matter it is.
    return clock.partition("@")[0]
