"""Who held which office when, and who was in service, as the bureau's journal tells; whether people and steps keep to it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from law.instants import read
from law.offices import Office
from models.matter import Kind, is_numbered_as
from models.outside import is_machine
from models.proofs import FRESH

Seat = tuple[str, str, str]
Turns = list[tuple[datetime, bool]]
# Processes remember for seconds who holds what, and a request may be under way meanwhile.
_SLACK = timedelta(minutes=1)
# What becomes of a proposal gives and takes no office.
_ONLY_PROPOSED = ("decline-appointment", "take-back-appointment")


class Seated(NamedTuple):
    """Whoever handed a step in, in what capacity, and when within these instants."""

    person: str
    unit: str
    offices: Sequence[str]
    since: datetime
    until: datetime


@dataclass(slots=True)
class Roster:
    """Who holds which office where, who is in service, and who took over from whom, as entries tell.

    It was written down whole at `begun` (None: never): whatever it does not tell of since then was not so. `checked` and `unchecked` count
    the steps that were held against it, and those taken by what nothing tells of.
    """

    begun: datetime | None = None
    held: dict[Seat, Turns] = field(default_factory=dict[Seat, Turns])
    active: dict[str, Turns] = field(default_factory=dict[str, Turns])
    heirs: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    checked: int = 0
    unchecked: int = 0
    # Proposed, and held once that is confirmed.
    awaited: set[Seat] = field(default_factory=set[Seat])
    _of: dict[str, set[Seat]] = field(default_factory=dict[str, set[Seat]])

    def hear(self, at: datetime, content: Mapping[str, Any]) -> None:
        """Take one entry in, in the order of time."""
        username, unit, office = (content.get(name) for name in ("username", "unit", "office"))
        founded = content.get("step") == "found-bureau"
        if founded:
            office = office or Office.ADMINISTRATOR
        # Rosters of before this was said were whole; so is that of a bureau which was founded where nobody was.
        if self.begun is None and content.get("whole", not founded and isinstance(content.get("roster"), list)) is True:
            self.begun = at
        for name, where, what in _lists(content.get("roster"), 3):
            self._seat((name, where, what), at, holds=True)
        for name in content["people"] if isinstance(content.get("people"), list) else ():
            self._serve(str(name), at, serves=True)
        if all(isinstance(each, str) for each in (username, unit, office)) and not content.get("awaiting"):
            self._appoint((str(username), str(unit), str(office)), at, str(content.get("step")))
        self._await(at, content)
        if content.get("step") in ("enrol-person", "found-bureau"):
            self._serve(str(username), at, serves=True)
        new = content.get("new")
        if isinstance(new, dict) and isinstance(new.get("active"), bool):
            self._serve(str(username), at, serves=new["active"])
        if isinstance(content.get("successor"), str) and content["successor"]:
            self.heirs.setdefault(str(username), set()).add(content["successor"])

    def _await(self, at: datetime, content: Mapping[str, Any]) -> None:
        for unit, office in _lists(content.get("awaiting"), 2):
            self.awaited.add(seat := (str(content.get("username")), unit, office))
            if content.get("step") == "change-person":  # whoever returns holds it no more until it is confirmed anew
                self._seat(seat, at, holds=False)

    def _appoint(self, seat: Seat, at: datetime, step: str) -> None:
        if step in _ONLY_PROPOSED:
            self.awaited.discard(seat)
        else:
            self._seat(seat, at, holds=step != "withdraw-office")

    def _seat(self, seat: Seat, at: datetime, *, holds: bool) -> None:
        if holds:
            self.awaited.discard(seat)
        self.held.setdefault(seat, []).append((at, holds))
        self._of.setdefault(seat[0], set()).add(seat)

    def _serve(self, username: str, at: datetime, *, serves: bool) -> None:
        self.active.setdefault(username, []).append((at, serves))

    def differences(self, held: Iterable[Seat], active: Mapping[str, bool]) -> Iterator[str]:
        """Where the tables of people say something else; before the roster was written down whole, only of those whom an entry names."""
        there = set(held)
        missing = [seat for seat, turns in self.held.items() if turns[-1][1] and seat not in there]
        unfounded = [
            seat
            for seat in there
            if seat in self.awaited or not (self.held[seat][-1][1] if seat in self.held else self.begun is None)
        ]
        yield from (f"任职表缺少日志所载的任职：{username} {office}@{unit}" for username, unit, office in sorted(missing))
        yield from (f"任职表有日志没有依据的任职：{username} {office}@{unit}" for username, unit, office in sorted(unfounded))
        for username, is_active in sorted(active.items()):
            told = self.active[username][-1][1] if username in self.active else is_active and self.begun is None
            if told != is_active and (username in self.active or self.begun):
                yield f"人员表与日志不一致：{username} 是否在用"
        gone = (username for username in sorted(self.active) if username not in active)
        yield from (f"人员表缺少日志所载的人员：{username}" for username in gone)

    def unproposed(self, proposed: Iterable[Seat]) -> Iterator[str]:
        """Where an appointment awaits confirmation that no entry proposes."""
        for username, unit, office in sorted(set(proposed) - self.awaited):
            yield f"待确认任命表有日志没有依据的任命：{username} {office}@{unit}"

    def unfounded(self, held: Iterable[Seat]) -> int:
        """How many offices were given before the journal told of it, so that nothing proves them."""
        return 0 if self.begun else sum(seat not in self.held for seat in held)

    def wrong(self, row: Any, content: Mapping[str, Any]) -> Iterator[str]:
        """By what office a step was taken that its actor did not hold then; nothing is asked of what another matter promised, where it was."""
        if row.sort != "step" or row.promising is not None or not isinstance(content.get("actor"), dict):
            return
        seated = _seated(row, content)
        if seated is None or not seated.person or is_numbered_as(Kind.CANARY, row.chain):
            return
        # A system outside answers by the office that the settings know it by.
        if is_machine(seated.person) and not seated.unit:
            return
        doubtful, faults = self._judged(seated)
        self.checked, self.unchecked = self.checked + (not doubtful), self.unchecked + doubtful
        yield from faults

    def _judged(self, seated: Seated) -> tuple[bool, list[str]]:
        """Whether something of it cannot be told, and what of it was not so."""
        so = {f"{seated.person}当时在用": self._so(self.active.get(seated.person, ()), seated)}
        alone = seated.unit if len(seated.offices) == 1 else ""
        for office in seated.offices:
            so[f"{seated.person}当时任{office}{alone and '@'}{alone}"] = self._sat(seated, alone, {office})
        if seated.unit and not alone:
            so[f"{seated.person}当时在{seated.unit}任职"] = self._sat(seated, seated.unit, set(seated.offices))
        faults = [f"办理人没有任职依据：日志不能证明{claim}" for claim, is_so in so.items() if is_so is False]
        return None in so.values(), faults

    def _sat(self, seated: Seated, unit: str, offices: set[str]) -> bool | None:
        """Whether they held one of these offices, in that unit where one is named."""
        places = [seat for seat in self._of.get(seated.person, ()) if unit in ("", seat[1]) and seat[2] in offices]
        said = [self._so(self.held[seat], seated) for seat in places] or [self._so((), seated)]
        return True if True in said else None if None in said else False

    def _so(self, turns: Sequence[tuple[datetime, bool]], seated: Seated) -> bool | None:
        """Whether it was so at some moment then; None: the journal does not tell."""
        before = [said for at, said in turns if at <= seated.since][-1:]
        if any((*before, *(said for at, said in turns if seated.since < at <= seated.until))):
            return True
        if before:
            return False
        if turns and not turns[0][1]:
            return True  # what ended later was so
        return None if self.begun is None or seated.until < self.begun else False


def _seated(row: Any, content: Mapping[str, Any]) -> Seated | None:
    actor, proof = content["actor"], content.get("proof")
    at, slack = row.recorded_at, FRESH
    try:
        if proof:  # whoever signed it had just looked who it was
            at, slack = read(proof["at"]), _SLACK
        offices = [str(each) for each in actor["offices"]]
        return Seated(str(actor["person"]), str(actor["unit"]), offices, at - slack, at + slack)
    except (KeyError, TypeError, ValueError, OverflowError):  # whoever alters an entry need not leave it well-formed
        return None


def _lists(said: Any, length: int) -> list[tuple[Any, ...]]:
    return (
        [tuple(map(str, each)) for each in said if isinstance(each, list) and len(each) == length] if isinstance(said, list) else []
    )
