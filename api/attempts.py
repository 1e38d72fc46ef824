"""Attempts: a block in which somebody tries to act; a refusal that ends it is journaled, where it says something about the attempt."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import psycopg

from api.context import AppContext
from api.veiling import hash_refused
from models import naming
from models.access import succession
from models.access.scope import Person
from models.journal import BUREAU, hash_sm3
from models.messages import Refusal
from models.outside import is_machine
from models.problems import Problem
from models.store import api_writes
from runtime.logging import log

# No step's name is longer; what somebody made up is journaled no further.
_LONGEST_STEP = 60
# Nobody tried to act, or we could not judge whether they may: not an attempt.
_NO_ATTEMPT = frozenset({401, 429, 500, 503})


class Attempt:
    """Somebody's attempt at a step; `chain` is the journal that a refusal goes to, `form_hash` the hash of what was filled in."""

    def __init__(self, step: str) -> None:
        """An attempt at that step, on no matter that is known yet."""
        self.step = step
        self.chain = BUREAU
        self.form_hash = ""

    def fill_in(self, body: bytes) -> bytes:
        """Note the form that was filled in."""
        self.form_hash = hash_sm3(body).hex()
        return body


@asynccontextmanager
async def open_attempt(ctx: AppContext, person: Person, step: str) -> AsyncIterator[Attempt]:
    """A block in which somebody tries to act; a refusal that ends it is journaled and passed on."""
    ctx.rate_limits.write(person.username)
    ctx.health.check_room()
    this = Attempt(step[:_LONGEST_STEP])
    try:
        yield this
    except Problem as problem:
        await _put_names(ctx, problem)
        if problem.status not in _NO_ATTEMPT:
            log.info("step.refused", step=this.step, problem=problem.slug)
            await _journal_attempt(ctx, person, this, problem.to_refusal())
        raise


async def _put_names(ctx: AppContext, problem: Problem) -> None:
    """Replace the placeholders in a refusal's sentences by the names of people and units."""
    marks = naming.find_marks([problem.detail, problem.members])
    if not (marks["person"] or marks["unit"]):
        return
    names: dict[tuple[str, str], str] = {}
    # Where nobody can be asked, the refusal stands all the same, with the ids by which they are called.
    with suppress(psycopg.Error):
        async with ctx.pool.connection() as connection:
            names = await succession.read_names(connection, marks["person"], marks["unit"])
    problem.detail, problem.members = naming.put_names(problem.detail, names), naming.put_names(problem.members, names)


async def _journal_attempt(ctx: AppContext, person: Person, this: Attempt, refusal: Refusal) -> None:
    offices = sorted({each.office for each in person.offices})
    # Whoever holds no office has nothing to do here, and could fill what nobody can empty.
    kept = ctx.rate_limits.keeps(person.username) and (offices or is_machine(person.username))
    try:
        hashed = await hash_refused(ctx, this.step, this.form_hash)
        async with ctx.pool.connection() as connection:
            if kept:
                await api_writes.journal_refusal(
                    connection, this.chain, this.step, person.username, offices, refusal, hashed, datetime.now(UTC)
                )
            else:
                await api_writes.count_refusal(connection, person.username, refusal.slug, datetime.now(UTC))
    except psycopg.Error as error:
        # The refusal stands whether or not it could be written down.
        log.error("request.failed", error=error, operation="journal-refusal", problem=refusal.slug)
