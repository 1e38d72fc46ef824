"""Every route of the contract as every office there is, as a machine, as somebody of another unit, and not signed in: who gets in is what is declared."""

import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple, TypeVar

import pytest

from law.offices import Office
from models.access.read_rights import READS
from models.forms.form import get_forms
from models.outside import build_machine_name
from models.store.appointment_confirmations import CONFIRMS
from tests.amounts import amount
from tests.api.matters import a_case
from tests.routes import ENDLESS, SIGN_OUT
from tests.world import Hand, World

T = TypeVar("T")
METHODS = ("get", "post", "put", "patch", "delete")
# One route for four hundred forms, which are tried below.
STEPS = "/steps/"
# Where nobody signs in: messages are signed instead, and a system that is not connected has no counter.
COUNTERS = "/api/inbound/"
# What the door and the engines say of any request.
ALWAYS = {404, 429, 503}
# Of the time of all tests, for each of the two, once every route and everybody has had a turn.
BUDGET_S = amount(5.0, math.inf)
# What whoever supervises does with accounts, which whoever administers must not.
SUPERVISED = ("/api/admin/people/{username}/second-factor/vouch", "/api/admin/people/{username}/second-factor/drop")
# What whoever confirms an appointment does, of whom none administers alone.
CONFIRMED = ("/api/appointments/confirm", "/api/appointments/decline")
# What is for whoever administers alone.
ADMINISTRATORS = ("/api/admin/",)
# What of a case is there from the first: whoever reads it gets each of these.
OPEN = {
    "/api/matters/{number}",
    "/api/matters/{number}/journal",
    "/api/matters/{number}/clocks",
    "/api/matters/{number}/steps",
    "/api/matters/{number}/documents",
    "/api/matters/{number}/dossier",
}
HOLDERS = """
SELECT DISTINCT ON (h.office) h.office, h.username FROM holding h JOIN person p USING (username)
WHERE p.active ORDER BY h.office, (SELECT count(*) FROM holding o WHERE o.username = h.username), p.machine, h.username
"""
OFFICES = "SELECT h.office, u.path FROM holding h JOIN unit u ON u.id = h.unit_id WHERE h.username = %(name)s"
WHERE = "SELECT u.path FROM matter m JOIN unit u ON u.id = m.unit_id WHERE m.number = %(number)s"


class Route(NamedTuple):
    """One operation of the contract."""

    method: str
    path: str
    secured: bool
    documented: frozenset[int]
    whole_numbers: frozenset[str]


def routes(document: Mapping[str, Any]) -> Iterator[Route]:
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations and path not in ENDLESS | SIGN_OUT and STEPS not in path:
                said = operations[method]
                whole = {each["name"] for each in said.get("parameters", ()) if each["schema"].get("type") == "integer"}
                yield Route(method, path, bool(said.get("security")), frozenset(map(int, said["responses"])), frozenset(whole))


def address(route: Route, number: str) -> str:
    """The address of a route, about that matter and otherwise about nothing that there is."""
    nothing = {"number": number} | dict.fromkeys(route.whole_numbers, "1")
    return re.sub(r"{(\w+)}", lambda found: nothing.get(found[1], "nothing"), route.path)


async def asked(hand: Hand, route: Route, number: str) -> int:
    body: dict[str, Any] = {} if route.method == "get" else {"json": {}}
    return (await hand.http.request(route.method, address(route, number), **body)).status_code


def in_time(cells: Sequence[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """Each person and each thing with somebody, however slow the machine is; then as many more as fit into the time, others each day."""
    order = list(cells)
    Random(datetime.now(UTC).toordinal()).shuffle(order)
    first = dict.fromkeys([*{cell[0]: cell for cell in order}.values(), *{cell[1]: cell for cell in order}.values()])
    until = time.monotonic() + BUDGET_S
    for n, cell in enumerate(dict.fromkeys([*first, *order])):
        if n >= len(first) and time.monotonic() > until:
            return
        yield cell


async def everybody(bureau: World) -> dict[str, Hand]:
    """Somebody of every office, a colleague of another station, and a machine."""
    names = {row.username for row in await bureau.ask(HOLDERS)} | {
        "wuhaoran",
        build_machine_name("bank"),
        build_machine_name("procuratorate"),
    }
    return {name: await bureau.as_(name) for name in sorted(names)}


async def held(bureau: World, username: str) -> list[tuple[Office, str]]:
    return [(Office(row.office), row.path) for row in await bureau.ask(OFFICES, name=username)]


async def reads(bureau: World, username: str, number: str, kind: str) -> bool:
    """Whether some office of somebody is declared to read that kind, in the unit of the matter or one above it; nothing was shared."""
    ((where,),) = await bureau.ask(WHERE, number=number)
    return any(
        kind in READS[office].kinds and not READS[office].outside and where.startswith(path)
        for office, path in await held(bureau, username)
    )


async def test_whoever_is_not_signed_in_gets_in_where_that_is_declared_and_nowhere_else(idle: World) -> None:
    stranger = Hand(await idle.stranger(), "")
    wrong = []
    for route in routes(idle.app.openapi()):
        status = await asked(stranger, route, "XA202600000001")
        if (status == 401) != route.secured and not route.path.startswith(COUNTERS):
            wrong.append((route.method, route.path, status))
    assert not wrong, "\n".join(map(str, wrong[:40]))


def wrong_with(route: Route, status: int, offices: set[Office], *, reading: bool) -> str:
    """What is not as declared in that answer to somebody of these offices; `reading`: they may read the matter."""
    refused = status in (403, 404)
    looks = route.method == "get" and "{number}" in route.path
    if status == 401 and route.secured:
        return "is refused as nobody"
    if status == 500:
        return "is a fault of ours"
    if status not in route.documented | ALWAYS:
        return "is not documented"
    # To a supervisor it says that the device they saw is not named.
    unnamed = status == 422 and Office.SUPERVISOR in offices
    if route.path in SUPERVISED and not refused and not unnamed:
        return "vouches for a second factor, or drops it"
    if (
        route.path.startswith(ADMINISTRATORS)
        and route.path not in SUPERVISED
        and Office.ADMINISTRATOR not in offices
        and not refused
    ):
        return "administers"
    if route.path in CONFIRMED and not offices & set(CONFIRMS) and not refused:
        return "confirms an appointment"
    if looks and not reading and status not in (404, 503):
        return "reads what they may not"
    if looks and route.path in OPEN and reading and status not in (200, 503):
        return "does not read what they may"
    return ""


@pytest.mark.long
async def test_every_route_answers_every_office_as_is_declared(bureau: World) -> None:
    number = await a_case(bureau)
    people, document = await everybody(bureau), bureau.app.openapi()
    holding = {name: {office for office, _ in await held(bureau, name)} for name in people}
    readers = {name for name in people if await reads(bureau, name, number, "criminal-case")}
    cells = [(username, route) for username in people for route in routes(document)]
    wrong = []
    for username, route in in_time(cells):
        hand, offices, reading = people[username], holding[username], username in readers
        status = await asked(hand, route, number)
        fault = wrong_with(route, status, offices, reading=reading)
        if fault:
            wrong.append((username, route.method, route.path, status, fault))
    assert not wrong, "\n".join(map(str, wrong[:40]))


@pytest.mark.long
async def test_no_step_is_offered_to_an_office_that_does_not_take_it_nor_taken_by_who_does_not_read(bureau: World) -> None:
    number = await a_case(bureau)
    # Forms in which nothing has to be filled in: only the office, and where the matter stands, can refuse them.
    empty = [
        step
        for step, form in get_forms().items()
        if not form.rule.opens and not any(each.is_required() for each in form.model_fields.values())
    ]
    assert len(empty) > 10
    wrong = []
    people = await everybody(bureau)
    holding = {name: {office for office, _ in await held(bureau, name)} for name in people}
    readers = {name for name in people if await reads(bureau, name, number, "criminal-case")}
    cells = [(username, step) for username in people for step in ("", *empty)]
    for username, step in in_time(cells):
        hand, offices, reading = people[username], holding[username], username in readers
        listed = await hand.get(f"/api/matters/{number}/steps")
        offered = [each["step"] for each in listed.json()] if listed.status_code == 200 else []
        if not step:
            if listed.status_code != 503 and (listed.status_code == 200) != reading:
                wrong.append((username, "steps", listed.status_code))
            takers = {each: {*get_forms()[each].rule.by, *get_forms()[each].rule.approved_by} for each in offered}
            wrong += [(username, each, "is offered") for each in offered if takers[each] and not takers[each] & offices]
        elif step not in offered:
            status = (await hand.try_(number, step)).status_code
            if status == 200 or (not reading and status not in (404, 503)):
                wrong.append((username, step, status))
    assert not wrong, "\n".join(map(str, wrong[:40]))
