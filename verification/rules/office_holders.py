"""Who held which office, and when, replayed from the bureau's journal and compared with tables and with the steps people took. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from law.instants import read
from law.offices import Office
from models.forms.risk_alert import BY_INSPECTION, INSPECTOR
from models.matter import Kind, is_numbered_as
from models.outside import is_machine
from models.proofs import FRESH
from models.seat import Seat
from verification.rules.signatures import SubmittedEntry

Holding = tuple[str, str, str]
"""A user name, a unit and an office."""
Changes = list[tuple[datetime, bool]]
# Processes cache offices for seconds, and a request may be under way meanwhile.
_SLACK = timedelta(minutes=1)
# Steps that end a proposal without giving or taking an office.
_ONLY_PROPOSED = ("decline-appointment", "take-back-appointment")


class ClaimedSeat(NamedTuple):
    """The person, unit and offices by which a step was taken, some time between two instants."""

    person: str
    unit: str
    offices: Sequence[str]
    since: datetime
    until: datetime


@dataclass(slots=True)
class OfficeHistory:
    """Who held which office, who was in service and who took over from whom, as entries record it.

    The journal is complete from `complete_since` on (None: never): what it does not record since then was not so. `checked` counts the
    steps compared with it, `unchecked` those taken by an office that no entry records.
    """

    complete_since: datetime | None = None
    held: dict[Holding, Changes] = field(default_factory=dict[Holding, Changes])
    active: dict[str, Changes] = field(default_factory=dict[str, Changes])
    successors: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    checked: int = 0
    unchecked: int = 0
    # Proposed, and not confirmed yet.
    awaited: set[Holding] = field(default_factory=set[Holding])
    _of: dict[str, set[Holding]] = field(default_factory=dict[str, set[Holding]])

    def apply(self, at: datetime, content: Mapping[str, Any]) -> None:
        """Apply one entry; entries come in the order of time."""
        username, unit, office = (content.get(name) for name in ("username", "unit", "office"))
        founded = content.get("step") == "found-bureau"
        if founded:
            office = office or Office.ADMINISTRATOR
        # Older rosters do not say `whole` and are; so is the journal of a bureau founded where nobody was.
        if self.complete_since is None and content.get("whole", not founded and isinstance(content.get("roster"), list)) is True:
            self.complete_since = at
        for name, where, what in _parse_string_tuples(content.get("roster"), 3):
            self._set_held((name, where, what), at, holds=True)
        for name in content["people"] if isinstance(content.get("people"), list) else ():
            self._set_active(str(name), at, serves=True)
        if all(isinstance(each, str) for each in (username, unit, office)) and not content.get("awaiting"):
            self._apply_appointment((str(username), str(unit), str(office)), at, str(content.get("step")))
        self._apply_awaiting(at, content)
        if content.get("step") in ("enrol-person", "found-bureau"):
            self._set_active(str(username), at, serves=True)
        new = content.get("new")
        if isinstance(new, dict) and isinstance(new.get("active"), bool):
            self._set_active(str(username), at, serves=new["active"])
        if isinstance(content.get("successor"), str) and content["successor"]:
            self.successors.setdefault(str(username), set()).add(content["successor"])

    def _apply_awaiting(self, at: datetime, content: Mapping[str, Any]) -> None:
        for unit, office in _parse_string_tuples(content.get("awaiting"), 2):
            self.awaited.add(seat := (str(content.get("username")), unit, office))
            if content.get("step") == "change-person":  # an office proposed again on return is not held until confirmed
                self._set_held(seat, at, holds=False)

    def _apply_appointment(self, seat: Holding, at: datetime, step: str) -> None:
        if step in _ONLY_PROPOSED:
            self.awaited.discard(seat)
        else:
            self._set_held(seat, at, holds=step != "withdraw-office")

    def _set_held(self, seat: Holding, at: datetime, *, holds: bool) -> None:
        if holds:
            self.awaited.discard(seat)
        self.held.setdefault(seat, []).append((at, holds))
        self._of.setdefault(seat[0], set()).add(seat)

    def _set_active(self, username: str, at: datetime, *, serves: bool) -> None:
        self.active.setdefault(username, []).append((at, serves))

    def compare(self, held: Iterable[Holding], active: Mapping[str, bool]) -> Iterator[str]:
        """Where the tables of people differ; before the journal is complete, only of those whom an entry names."""
        there = set(held)
        missing = [seat for seat, changes in self.held.items() if changes[-1][1] and seat not in there]
        unfounded = [
            seat
            for seat in there
            if seat in self.awaited or not (self.held[seat][-1][1] if seat in self.held else self.complete_since is None)
        ]
        yield from (f"任职表缺少日志所载的任职：{username} {Seat(office, unit)}" for username, unit, office in sorted(missing))
        yield from (f"任职表有日志没有依据的任职：{username} {Seat(office, unit)}" for username, unit, office in sorted(unfounded))
        for username, is_active in sorted(active.items()):
            told = self.active[username][-1][1] if username in self.active else is_active and self.complete_since is None
            if told != is_active and (username in self.active or self.complete_since):
                yield f"人员表与日志不一致：{username} 是否在用"
        gone = (username for username in sorted(self.active) if username not in active)
        yield from (f"人员表缺少日志所载的人员：{username}" for username in gone)

    def check_proposed(self, proposed: Iterable[Holding]) -> Iterator[str]:
        """Appointments that await confirmation and that no entry proposes."""
        for username, unit, office in sorted(set(proposed) - self.awaited):
            yield f"待确认任命表有日志没有依据的任命：{username} {Seat(office, unit)}"

    def count_unproven(self, held: Iterable[Holding]) -> int:
        """How many offices were given before the journal recorded appointments, so that nothing proves them."""
        return 0 if self.complete_since else sum(seat not in self.held for seat in held)

    def check_step(self, row: SubmittedEntry, content: Mapping[str, Any]) -> Iterator[str]:
        """The offices by which a step was taken that its actor did not hold then; steps that another matter commanded are not checked."""
        if row.sort != "step" or row.promising is not None or not isinstance(content.get("actor"), dict):
            return
        seated = _find_claimed_seat(row, content)
        if seated is None or not seated.person or is_numbered_as(Kind.CANARY, row.chain):
            return
        # An outside system holds its office by the settings, not by an appointment.
        if is_machine(seated.person) and not seated.unit:
            return
        # What an inspection says of itself, the worker has signed.
        by_inspection = seated.person == INSPECTOR.person and content.get("step") in BY_INSPECTION
        if by_inspection and is_numbered_as(Kind.RISK_ALERT, row.chain):
            return
        doubtful, faults = self._check_claims(seated)
        self.checked, self.unchecked = self.checked + (not doubtful), self.unchecked + doubtful
        yield from faults

    def _check_claims(self, seated: ClaimedSeat) -> tuple[bool, list[str]]:
        """Whether something of the seat cannot be told, and the faults in what can."""
        so = {f"{seated.person}当时在用": self._was_true(self.active.get(seated.person, ()), seated)}
        alone = seated.unit if len(seated.offices) == 1 else ""
        for office in seated.offices:
            so[f"{seated.person}当时任{Seat(office, alone) if alone else office}"] = self._held_any(seated, alone, {office})
        if seated.unit and not alone:
            so[f"{seated.person}当时在{seated.unit}任职"] = self._held_any(seated, seated.unit, set(seated.offices))
        faults = [f"办理人没有任职依据：日志不能证明{claim}" for claim, is_so in so.items() if is_so is False]
        return None in so.values(), faults

    def _held_any(self, seated: ClaimedSeat, unit: str, offices: set[str]) -> bool | None:
        """Whether the person held one of these offices, in that unit where one is named; None: the journal does not tell."""
        places = [seat for seat in self._of.get(seated.person, ()) if unit in ("", seat[1]) and seat[2] in offices]
        said = [self._was_true(self.held[seat], seated) for seat in places] or [self._was_true((), seated)]
        return True if True in said else None if None in said else False

    def _was_true(self, changes: Sequence[tuple[datetime, bool]], seated: ClaimedSeat) -> bool | None:
        """Whether it was so at some moment of the interval; None: the journal does not tell."""
        before = [said for at, said in changes if at <= seated.since][-1:]
        if any((*before, *(said for at, said in changes if seated.since < at <= seated.until))):
            return True
        if before:
            return False
        if changes and not changes[0][1]:
            return True  # what ended later was true before
        return None if self.complete_since is None or seated.until < self.complete_since else False


def _find_claimed_seat(row: SubmittedEntry, content: Mapping[str, Any]) -> ClaimedSeat | None:
    actor, proof = content["actor"], content.get("proof")
    at, slack = row.recorded_at, FRESH
    try:
        if proof:  # the signing process had just looked the offices up
            at, slack = read(proof["at"]), _SLACK
        offices = [str(each) for each in actor["offices"]]
        return ClaimedSeat(str(actor["person"]), str(actor["unit"]), offices, at - slack, at + slack)
    except (KeyError, TypeError, ValueError, OverflowError):  # an altered entry need not be well-formed
        return None


def _parse_string_tuples(said: Any, length: int) -> list[tuple[Any, ...]]:
    return (
        [tuple(map(str, each)) for each in said if isinstance(each, list) and len(each) == length] if isinstance(said, list) else []
    )
