"""The day itself: each call is carried by its people, of whom nobody acts before they know that it is theirs to."""

import asyncio
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from httpx import codes

from bench.day.courses import Course
from bench.day.people import Person
from seeds.script import Move

# Whoever has not been told within so many seconds waits in vain.
PATIENCE_S = 60.0
# What a row of the list is called on the page.
_ON_PAGE = {"approval": {"审批"}, "turn": {"轮到我", "签收"}}


@dataclass(frozen=True, slots=True)
class Handover:
    """A step after which somebody else had to act: seconds from its receipt until they were told, until their list had it, until it stood on their screen.

    Below nothing: they knew before the receipt was there. None: they have no stream of their own, or no page.
    """

    to: str
    event: float | None
    listed: float
    screen: float | None


@dataclass
class Account:
    """What came of the day."""

    handovers: list[Handover] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    # Who waited for what and was never told.
    untold: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    # How often somebody was asked to come back.
    put_off: int = 0


class Day:
    """Calls that come in while people are at work."""

    def __init__(self, people: Mapping[str, Person], *, lasts_s: float, pause_s: float) -> None:
        """Of those people: the calls come within `lasts_s`, and nobody pauses for longer than `pause_s` between two steps of their own."""
        self._people, self._lasts_s, self._pause_s = people, lasts_s, pause_s
        self.account = Account()

    async def play(self, calls: Sequence[Course]) -> Account:
        """Until the last call is dealt with."""
        async with asyncio.TaskGroup() as under_way:
            for each in calls:
                under_way.create_task(self._carry(each))
        return self.account

    async def _carry(self, course: Course) -> None:
        await asyncio.sleep(course.at * self._lasts_s)
        numbers: dict[str, str] = {}
        step = _Step()
        for move, pause in zip(course.moves, course.pauses, strict=True):
            who = self._people[move.username]
            if step.by == who:
                await asyncio.sleep(pause * self._pause_s)
            elif step.by and not await self._told(who, move, numbers[move.on], step):
                return
            taken = await self._take(who, move, numbers)
            if taken is None:
                return
            step = taken
            if move.opens:
                numbers[move.opens] = step.receipt["number"] if move.by_a_person else step.receipt["opened"][-1]

    async def _told(self, who: Person, move: Move, number: str, before: "_Step") -> bool:
        """Wait until that person knows that it is theirs now; whether they ever did."""
        asks = "approval" if move.step == "approve" else "turn"

        def row() -> float | None:
            rows = (
                at for at, row in who.shown.values() if row["matter"] == number and _asks(row, move, asks) and at > before.begun
            )
            return min(rows, default=None)

        def word() -> float | None:
            # What somebody asked for themselves asks nothing of them once it is approved: they hear of it.
            said = ((at, each) for at, each in who.noticed.values() if (each["matter"], each["type"]) == (number, "message"))
            return min((at for at, _ in said if asks == "turn" and at > before.begun), default=None)

        def on_screen() -> float | None:
            stood = (at for at, there, sort in who.stood if there == number and sort in _ON_PAGE[asks] and at > before.begun)
            return min(stood, default=None)

        since = await who.until(lambda: row() or word(), PATIENCE_S)
        seen = await who.until(on_screen, PATIENCE_S) if who.before_a_page and row() else None
        if since is None or (who.before_a_page and row() and seen is None):
            where = "in their list" if since is None else "on their screen"
            self.account.untold.append(f"{who.username}, {where}: {number} {move.step}")
            return False
        told = min(
            (at for at, (there, sort, _) in who.told if there == number and sort == asks and at > before.begun), default=None
        )
        event, screen = (at and at - before.answered for at in (told, seen))
        self.account.handovers.append(Handover(who.username, event, since - before.answered, screen))
        return True

    async def _take(self, who: Person, move: Move, numbers: Mapping[str, str]) -> "_Step | None":
        number = numbers.get(move.on)
        path = f"/api/matters/{number}/steps/{move.step}" if number else f"/api/matters/{move.kind}"
        form = dict(move.form) | ({move.names: numbers[move.subject]} if move.subject else {})
        if move.step == "approve" and number:
            await self._look_at(who, number, str(form["request"]))
        begun = time.perf_counter()
        receipt = await self._insist(who, path, form)
        if receipt is None:
            return None
        answered = time.perf_counter()
        self.account.answers.append(answered - begun)
        if number and receipt.get("standing") == "awaiting-approval":
            who.awaiting.add(number)
        who.look_again()
        return _Step(who, begun, answered, receipt)

    async def _look_at(self, who: Person, number: str, step: str) -> None:
        """Open a request before it is approved, by the sheet that the list names."""
        rows = [row for _, row in who.shown.values() if (row["matter"], row["request"]) == (number, step)]
        await who.hands.ask("GET", f"/api/matters/{number}/requests/{rows[-1]['request_seq']}")

    async def _insist(self, who: Person, path: str, form: dict[str, Any]) -> dict[str, Any] | None:
        """Hand in under one key, coming back when told to; None where it is refused."""
        key = uuid.uuid4().hex
        while True:
            status, said = await who.hands.try_("POST", path, form, idempotency_key=key)
            if codes.is_success(status):
                return said
            if status != codes.SERVICE_UNAVAILABLE:
                self.account.refused.append(f"{who.username} {path}: {status} {said.get('detail') or said}")
                return None
            self.account.put_off += 1
            await asyncio.sleep(said["retry_after"])


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that was taken: by whom, when it was handed in and when answered (`time.perf_counter`)."""

    by: Person | None = None
    begun: float = 0.0
    answered: float = 0.0
    receipt: dict[str, Any] = field(default_factory=dict)


def _asks(row: Mapping[str, Any], move: Move, sort: str) -> bool:
    """Whether a row of the list asks for that move."""
    return row["sort"] == sort and (sort != "approval" or row["request"] == move.form["request"])
