"""Access tracking: a route declares what it lets its caller read, and every answered request leaves a record in the access log.

`router.get("/api/…", dependencies=reads(Reading.JOURNAL))` is all that a route needs. Who asks, for what and from where is taken from the
request; the middleware in `api.app` writes the record once the status of the answer is known. `api/untraced.py` declares the opposite.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute
from starlette.types import Scope

from api.access_log import AccessRecord, parse_question
from api.access_reason import parse_reason
from api.auth import Caller, get_address
from api.context import get_context
from models.access.scope import Person
from models.marks import OF_SEALED_FILE
from models.matter import DIGITS
from models.problems import ReasonMissing
from models.readmodel.matter_status import MatterStatus
from models.trace_shapes import Reading

_NUMBER = re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{2}}{DIGITS}(?!\d)")
_MARKED = "本事项涉及未成年人、性侵害或者受保护的举报人，非承办人员查阅须说明理由；请填写查阅理由后再查"
# What was read, or what somebody reached for that they may not know of.
_TOLD = frozenset({200, 201, 202, 204, 403, 404})


class _Declared:
    """A dependency that begins a trace."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._heeded: tuple[str, ...] | None = None

    async def __call__(self, request: Request, person: Caller) -> None:
        asked = self._read_query(request)
        if request.method == "POST":
            asked |= parse_question(await request.body())
        asked |= {name: value for name, value in request.path_params.items() if name != "number"}
        request.state.trace = AccessRecord(
            self.reading, person, get_address(request), request.path_params.get("number", ""), asked, parse_reason(request)
        )

    def _read_query(self, request: Request) -> dict[str, Any]:
        """The query parameters that the route declares; others are ignored, so that nobody can fill a trace with them."""
        if self._heeded is None:
            self._heeded = tuple(each.alias for each in get_flat_params(request.scope["route"].dependant))
        several = {name: request.query_params.getlist(name) for name in self._heeded if name in request.query_params}
        return {name: each[0] if len(each) == 1 else each for name, each in several.items()}


def declare_reading(reading: Reading) -> list[Any]:
    """Declare that a route lets its caller read that: to be given as its `dependencies`."""
    return [Depends(_Declared(reading))]


def find_declared_reading(route: Any) -> Reading | None:
    """What a route declares; None where it declares nothing."""
    dependencies: list[Dependency] = getattr(route, "dependencies", [])
    return next((each.dependency.reading for each in dependencies if isinstance(each.dependency, _Declared)), None)


def list_parameter_titles(app: FastAPI) -> Mapping[str, str]:
    """What the parameters of traced routes are called, by name: the titles of their declarations."""
    traced = [route for route in app.routes if isinstance(route, APIRoute) and find_declared_reading(route) is not None]
    return {each.alias: each.field_info.title or each.alias for route in traced for each in get_flat_params(route.dependant)}


def note_matter(request: Request, matter: MatterStatus, person: Person) -> None:
    """Note which matter is read, and by which offices.

    ReasonMissing where its file is sealed, or marked so that it is asked, and a caller who neither handles nor supervises it gives no reason;
    OrchestratorUnavailable where it is sealed, or a reason is owed, and no trace can be written.
    """
    trace: AccessRecord | None = getattr(request.state, "trace", None)
    if trace is None:  # they act, which the journal tells
        return
    trace.matter = matter.number
    trace.offices = tuple(each.office for each in person.list_reaching_offices(matter)) or None
    owes = person.owes_reason(matter, matter.marks)
    if matter.sealed or owes:
        get_context(request).access_log.check_writable()
    if owes and not person.reasoned:
        is_sealed = matter.sealed or OF_SEALED_FILE in matter.marks
        raise ReasonMissing("" if is_sealed else _MARKED, matter=matter.number)


def leave_trace(scope: Scope, status: int) -> None:
    """Queue the trace of what a request has read, if anything, with the status of the answer."""
    trace: AccessRecord | None = scope.get("state", {}).get("trace")
    if trace and status in _TOLD:
        scope["app"].state.ctx.access_log.add_reading(trace, status)


def note_shown(scope: Scope, body: bytes, *, more: bool) -> None:
    """Collect the matters named by a part of a JSON answer; with the last part, each sealed one among them leaves a trace of its own.

    Only for callers who gave a reason for reading sealed files: nobody else is shown what they are about.
    """
    trace: AccessRecord | None = scope.get("state", {}).get("trace")
    if trace is None or not trace.lists:
        return
    trace.body += body
    if not more:
        trace.shown.update(_NUMBER.findall(trace.body.decode(errors="replace")))
        scope["app"].state.ctx.access_log.add_shown(trace)


def note_rows(request: Request, rows: Iterable[Iterable[Any]]) -> None:
    """As `note_shown`, for the rows of a spreadsheet."""
    trace: AccessRecord = request.state.trace
    if trace.lists:
        trace.shown.update(cell for row in rows for cell in row if isinstance(cell, str) and _NUMBER.fullmatch(cell))
        get_context(request).access_log.add_shown(trace)
