"""Matters as a request may use them: to read, to act on, or as another one that a form refers to; refused where the caller may not."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from fastapi import Request

from api.access_tracking import noted
from api.attempts import Attempt
from api.context import AppContext, get_context
from api.http_io import invalid
from models.access.scope import Held, Person
from models.forms.overrun import AcknowledgeOverrun
from models.problems import MatterNotFound, OrchestratorUnavailable
from models.readmodel import queries
from models.readmodel.queries import MatterStatus
from models.store import api_writes
from models.store.connection import Connection


class ActableMatter(NamedTuple):
    """A matter that somebody may act on, the offices by which they do, and what was recorded under their key before (None: nothing)."""

    row: MatterStatus
    offices: tuple[Held, ...]
    recorded: dict[str, Any] | None


async def get_readable_matter(request: Request, number: str, person: Person) -> MatterStatus:
    """A matter that this person may read; MatterNotFound for any other. Reading a sealed file is journaled."""
    async with get_context(request).pool.connection() as connection:
        matter, _ = await queries.find_matter(connection, number)
        await _check_not_opening(connection, matter, number, person)
        if not matter or not person.may_read(matter):
            raise MatterNotFound()
        noted(request, matter, person)
        if matter.sealed:
            offices = sorted({each.office for each in person.reaching(matter)})
            route = request.scope["route"].name
            await api_writes.looked(connection, number, person.username, offices, route, datetime.now(UTC))
    return matter


async def get_actable_matter(ctx: AppContext, this: Attempt, number: str, person: Person, key: str) -> ActableMatter:
    """A matter that this person may act on, and the first answer under their key; MatterNotFound for any other.

    `this` is journaled in the matter from now on. Some act on what they may not read: a supervisor acknowledges an overrun.
    """
    async with ctx.pool.connection() as connection:
        matter, recorded = await queries.find_matter(connection, number, key)
        await _check_not_opening(connection, matter, number, person)
        unread = await _offices_unread(connection, person, matter, this.step) if matter else ()
    if matter:
        this.chain = number
    if not matter or not (unread or person.may_read(matter)):
        raise MatterNotFound()
    return ActableMatter(matter, tuple(dict.fromkeys((*person.reaching(matter), *unread))), recorded)


async def get_referenced_matter(ctx: AppContext, person: Person, field: str, number: str) -> MatterStatus:
    """The other matter that a field names; FormInvalid where this person may not know of it."""
    async with ctx.pool.connection() as connection:
        matter, _ = await queries.find_matter(connection, number)
    if not matter or not person.reaching(matter):
        raise invalid(field, "unknown-matter", f"没有编号为“{number}”的事项")
    return matter


async def _offices_unread(connection: Connection, person: Person, matter: MatterStatus, step: str) -> tuple[Held, ...]:
    """The offices by which this person may take that step, or find out that they may not, though they may not read the matter."""
    supervising = await overseeing_offices(connection, person, matter) if step == AcknowledgeOverrun.rule.step else ()
    return (*supervising, *person.minding(matter))


async def overseeing_offices(connection: Connection, person: Person, matter: MatterStatus) -> tuple[Held, ...]:
    """The offices by which this person may acknowledge an overrun there, though the file may be closed to them; none where none is."""
    offices = person.supervising(matter)
    return offices if offices and await queries.has_red_card(connection, matter.number) else ()


async def _check_not_opening(connection: Connection, matter: MatterStatus | None, number: str, person: Person) -> None:
    """Ask whoever follows a receipt to a matter that is still being opened to come back: its opening is promised."""
    promised_by = "" if matter else await queries.promised_by(connection, number)
    promising, _ = await queries.find_matter(connection, promised_by) if promised_by else (None, None)
    if promising and person.may_read(promising):
        raise OrchestratorUnavailable("该事项已经登记，正在创建，请稍候再查", engine="temporal", retry_after=1)
