"""What two people set for a unit (单位设定): what is told of it, whatever it is, and of whom it is told."""

from datetime import datetime
from typing import Any, NamedTuple

from fastapi import Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.context import get_context
from api.problems import document_refusals
from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Person
from models.store.two_people import CONFIRMS, Edition, Register, may_confirm

REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)


class OfUnit(BaseModel):
    """Which unit it is about."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)


class Confirmed(OfUnit):
    """Which proposal is confirmed: the instant at which it was made, as it was told."""

    proposed_at: AwareDatetime = Field(title="所确认的提请的时间")


class SettingView(BaseModel):
    """An edition, or a proposal (`edition` None)."""

    edition: int | None
    unit: str
    unit_zh: str
    proposed_by_zh: str
    confirmed_by_zh: str | None
    at: datetime
    # Whether the caller may confirm it.
    may_confirm: bool
    # Whether what the figures say is to hold no longer; only proposals do.
    taken_back: bool


class Known(NamedTuple):
    """An edition or a proposal: what it is set for, to which figures, and the members of `Told` beside them."""

    subject: str
    figures: dict[str, Any]
    whose: dict[str, Any]


async def list_editions(request: Request, person: Person, register: Register) -> tuple[list[Known], list[Known]]:
    """What is in force and what is proposed in the units that the person administers, supervises or reviews."""
    ctx = get_context(request)
    seats = [each for each in person.offices if each.office in (Office.ADMINISTRATOR, *CONFIRMS)]
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        in_force, proposed = await register.list_editions(connection, frozenset[str]().union(*(each.own for each in seats)))
    return [_build_known(each, tree[each.unit_id].zh, person) for each in in_force], [
        _build_known(each, tree[each.unit_id].zh, person) for each in proposed
    ]


def _build_known(edition: Edition, unit_zh: str, person: Person) -> Known:
    told = SettingView(
        edition=edition.id or None,
        unit=edition.unit_id,
        unit_zh=unit_zh,
        proposed_by_zh=edition.proposed_by_zh,
        confirmed_by_zh=edition.confirmed_by_zh or None,
        at=edition.at.astimezone(SHANGHAI),
        may_confirm=not edition.id and may_confirm(person, edition.unit_id, edition.proposed_by),
        taken_back=edition.taken_back,
    )
    return Known(edition.subject, edition.figures, told.model_dump())
