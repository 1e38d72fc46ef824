"""Changing how the bureau is run (管理变更): a form that belongs to no matter is handed in, carried out once, and journaled, refusals too."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel

from api.attempts import open_attempt
from api.context import get_context
from api.http_io import parse_form, read_body
from api.submission import build_scoped_key
from models.access.scope import Person
from models.journal import hash_body
from models.store.administrative_change import Change, open_change

S = TypeVar("S", bound=BaseModel)


async def make_change(
    request: Request,
    person: Person,
    step: str,
    model: type[S],
    key: str | None,
    make: Callable[[Change, S], Awaitable[None]],
    check: Callable[[], None] = lambda: None,
) -> None:
    """Carry out what is handed in, unless it was under that key before; `check` refuses whoever may not, before the form is read."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, step) as this:
        check()
        said = parse_form(model, this.fill_in(await read_body(request)))
        now, hashed = datetime.now(UTC), hash_body(step, said.model_dump(mode="json"))
        async with (
            ctx.pool.connection() as connection,
            open_change(connection, person, now, build_scoped_key(person, key), hashed, demo=ctx.settings.demo) as change,
        ):
            if not await change.is_repeat():
                await make(change, said)
