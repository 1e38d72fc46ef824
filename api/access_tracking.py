"""What each route lets somebody read, declared on the route; whoever is answered by it leaves a trace. Nothing is told in the handlers.

`router.get("/api/…", dependencies=reads(Reading.JOURNAL))` is all of it: who asks, what for and from where is taken from the request, and the
boundary that every answer crosses leaves the trace once it is known how the request was answered.
"""

import re
from collections.abc import Iterable
from typing import Any

from fastapi import Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Depends as Dependency
from starlette.types import Scope

from api.access_log import AccessRecord, plain
from api.access_reason import reason_in
from api.auth import Caller, address_of
from api.context import get_context
from models.access.scope import Person
from models.matter import DIGITS
from models.problems import ReasonMissing
from models.readmodel.queries import MatterStatus
from models.trace_shapes import Reading

_NUMBER = re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{2}}{DIGITS}(?!\d)")
# What was read, or what somebody reached for that they may not know of.
_TOLD = frozenset({200, 201, 202, 204, 403, 404})


class _Declared:
    """A dependency that begins a trace."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._heeded: tuple[str, ...] | None = None

    async def __call__(self, request: Request, person: Caller) -> None:
        asked = self._in_the_address(request)
        if request.method == "POST":
            asked |= plain(await request.body())
        asked |= {name: value for name, value in request.path_params.items() if name != "number"}
        request.state.trace = AccessRecord(
            self.reading, person, address_of(request), request.path_params.get("number", ""), asked, reason_in(request)
        )

    def _in_the_address(self, request: Request) -> dict[str, Any]:
        """What the route takes from the address; whatever else stands there it does not heed, and no trace is to be filled with."""
        if self._heeded is None:
            self._heeded = tuple(each.alias for each in get_flat_params(request.scope["route"].dependant))
        several = {name: request.query_params.getlist(name) for name in self._heeded if name in request.query_params}
        return {name: each[0] if len(each) == 1 else each for name, each in several.items()}


def reads(reading: Reading) -> list[Any]:
    """The declaration of a route that lets somebody read that."""
    return [Depends(_Declared(reading))]


def declared(route: Any) -> Reading | None:
    """What a route says that it lets somebody read; None where it says nothing."""
    dependencies: list[Dependency] = getattr(route, "dependencies", [])
    return next((each.dependency.reading for each in dependencies if isinstance(each.dependency, _Declared)), None)


def noted(request: Request, matter: MatterStatus, person: Person) -> None:
    """Note which matter is read and by which offices; refused where its file is sealed and whoever neither handles nor supervises it says no reason.

    ReasonMissing then; OrchestratorUnavailable where a sealed file is read and no trace of it can be written.
    """
    trace: AccessRecord | None = getattr(request.state, "trace", None)
    if trace is None:  # they act, which the journal tells
        return
    trace.matter = matter.number
    trace.offices = tuple(each.office for each in person.reaching(matter)) or None
    if not matter.sealed:
        return
    get_context(request).access_log.needed()
    if person.owes_reason(matter) and not person.reasoned:
        raise ReasonMissing(matter=matter.number)


def leave(scope: Scope, status: int) -> None:
    """Leave the trace of what a request has read, if it has, as it is answered."""
    trace: AccessRecord | None = scope.get("state", {}).get("trace")
    if trace and status in _TOLD:
        scope["app"].state.ctx.access_log.leave(trace, status)


def show(scope: Scope, body: bytes, *, more: bool) -> None:
    """Note the matters that a part of an answer in JSON names; with its last part each sealed one among them leaves a trace of its own.

    Only before whoever has said why they read such files: nobody else is told what they are about.
    """
    trace: AccessRecord | None = scope.get("state", {}).get("trace")
    if trace is None or not trace.lists:
        return
    trace.body += body
    if not more:
        trace.shown.update(_NUMBER.findall(trace.body.decode(errors="replace")))
        scope["app"].state.ctx.access_log.show(trace)


def named(request: Request, rows: Iterable[Iterable[Any]]) -> None:
    """Note the matters that the rows of a spreadsheet name, in the same way."""
    trace: AccessRecord = request.state.trace
    if trace.lists:
        trace.shown.update(cell for row in rows for cell in row if isinstance(cell, str) and _NUMBER.fullmatch(cell))
        get_context(request).access_log.show(trace)
