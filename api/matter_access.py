"""Matters that a request reads, acts on or refers to, loaded with the check that its caller may."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from fastapi import Request

from api.access_tracking import note_matter
from api.attempts import Attempt
from api.context import AppContext, get_context
from api.http_io import build_form_invalid
from models.access.scope import Held, Person
from models.forms.form import Form, get_forms
from models.forms.overrun import AcknowledgeOverrun
from models.matter import HANDLED
from models.problems import MatterNotFound, OrchestratorUnavailable
from models.readmodel.clocks import has_red_card
from models.readmodel.matter_status import MatterStatus, find_matter, find_promising_matter
from models.readmodel.summary import read_ancestors
from models.store import api_writes
from models.store.connection import Connection


class ActableMatter(NamedTuple):
    """A matter, the offices by which somebody acts on it, and what was recorded under their key before (None: nothing)."""

    row: MatterStatus
    offices: tuple[Held, ...]
    recorded: dict[str, Any] | None


async def get_readable_matter(request: Request, number: str, person: Person) -> MatterStatus:
    """A matter that this person may read, else MatterNotFound. Reading a sealed file is journaled."""
    async with get_context(request).pool.connection() as connection:
        matter, _ = await find_matter(connection, number)
        await _check_not_opening(connection, matter, number, person)
        if not matter or not person.may_read(matter):
            raise MatterNotFound()
        note_matter(request, matter, person)
        if matter.sealed:
            offices = sorted({each.office for each in person.list_reaching_offices(matter)})
            route = request.scope["route"].name  # kept for ever in the journal, whatever its function is called
            await api_writes.journal_sealed_look(connection, number, person.username, offices, route, datetime.now(UTC))
    return matter


async def get_actable_matter(ctx: AppContext, this: Attempt, number: str, person: Person, key: str) -> ActableMatter:
    """A matter that this person may act on, with what was recorded under their key; else MatterNotFound.

    From now on a refusal of `this` attempt is journaled in the matter. Some act on what they may not read: a supervisor acknowledges an
    overrun.
    """
    async with ctx.pool.connection() as connection:
        matter, recorded = await find_matter(connection, number, key)
        await _check_not_opening(connection, matter, number, person)
        unread = await _list_offices_unread(connection, person, matter, this.step) if matter else ()
    if matter:
        this.chain = number
    if not matter or not (unread or person.may_read(matter)):
        raise MatterNotFound()
    return ActableMatter(matter, tuple(dict.fromkeys((*person.list_reaching_offices(matter), *unread))), recorded)


async def get_referenced_matter(ctx: AppContext, person: Person, field: str, number: str, *, unread: bool = False) -> MatterStatus:
    """The other matter that a field names; FormInvalid where this person may not know of it, or where there is none for them to name `unread`."""
    async with ctx.pool.connection() as connection:
        matter, _ = await find_matter(connection, number)
    named = matter and unread and matter.kind in HANDLED and not person.is_kept_from(matter)
    if not matter or not (named or person.list_reaching_offices(matter)):
        raise build_form_invalid(field, "unknown-matter", f"没有编号为“{number}”的事项")
    return matter


async def check_links(ctx: AppContext, person: Person, form: Form) -> None:
    """FormInvalid where a form speaks of a link of its matter with one that this person may neither know of nor link unread."""
    unread = any(person.holds(office) for office in form.links_unread)
    for each in form.list_links_named():
        await get_referenced_matter(ctx, person, each.field, each.number, unread=unread)


async def get_readable_ancestors(connection: Connection, person: Person, matter: MatterStatus) -> list[MatterStatus]:
    """The matters above it that this person may read, the eldest first: of a sealed file nothing is told in one that is open."""
    above = await read_ancestors(connection, matter.number)
    return [each for each in above if person.may_read(each) and (matter.sealed or not each.sealed)]


async def _list_offices_unread(connection: Connection, person: Person, matter: MatterStatus, step: str) -> tuple[Held, ...]:
    """The offices by which this person may attempt that step though they may not read the matter."""
    supervising = await list_overseeing_offices(connection, person, matter) if step == AcknowledgeOverrun.rule.step else ()
    answers = step in get_forms() and get_forms()[step].rule.by_copied
    return (*supervising, *person.list_minding_offices(matter), *(person.list_copied_offices(matter) if answers else ()))


async def list_overseeing_offices(connection: Connection, person: Person, matter: MatterStatus) -> tuple[Held, ...]:
    """The offices by which this person may acknowledge an overrun there, though the file may be closed to them."""
    offices = person.list_supervising_offices(matter)
    return offices if offices and await has_red_card(connection, matter.number) else ()


async def _check_not_opening(connection: Connection, matter: MatterStatus | None, number: str, person: Person) -> None:
    """OrchestratorUnavailable for a matter whose opening is promised and not done yet: its receipt was followed too early."""
    promised_by = "" if matter else await find_promising_matter(connection, number)
    promising, _ = await find_matter(connection, promised_by) if promised_by else (None, None)
    if promising and person.may_read(promising):
        raise OrchestratorUnavailable("该事项已经登记，正在创建，请稍候再查", engine="temporal", retry_after=1)
