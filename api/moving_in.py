"""Entering one case of a released ledger with its suspects: each matter's history is submitted as a whole and exactly once."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from api.context import AppContext
from api.schemas.case_ledgers import CaseEntered
from api.submission import submit_history
from law.calendar import SHANGHAI
from models.journal import hash_body
from models.ledgers.open_cases import build_case_key, build_first_step_key
from models.ledgers.past_steps import PastCase, PastStep
from models.matter import Kind
from models.messages import Actor, BroughtOver, Opening, Submission
from models.problems import KeyReused, OrchestratorUnavailable
from models.readmodel import case_ledgers
from models.readmodel.matter_status import find_existing
from models.store import api_writes

# Seconds to wait until the case's workflow has opened the matters of its suspects, and between two looks.
_OPENING_S, _POLL_S = 20.0, 0.05


class Migration(NamedTuple):
    """The ledger (by digest) from which a case is entered, and who enters it."""

    digest: str
    actor: Actor


async def enter(ctx: AppContext, by: Migration, case: PastCase) -> CaseEntered:
    """Enter a case with its suspects, and return their numbers. What was entered before stays; KeyReused where its history was different."""
    key, hashed = build_case_key(case), hash_body("bring-over-case", case.model_dump(mode="json"))
    async with ctx.pool.connection() as connection:
        kept = await api_writes.reserve(connection, build_first_step_key(case), case.kind, datetime.now(SHANGHAI).year, hashed)
    if kept.body_hash != hashed:
        raise KeyReused(
            f"案号“{case.case_number}”已经以另外的内容迁入（{kept.number}）；有出入的，由承办人在该案中更正", field="case_number"
        )
    history = _History(by, case, hashed)
    if case.kind is Kind.PUBLIC_ORDER_CASE:
        steps = [(row or case.row, step) for row, step in case.of_one_matter()]
        await submit_history(ctx, case.kind, Opening(number=kept.number, unit=case.unit), history.build_submissions(key, steps))
        return CaseEntered(number=kept.number, suspects=[])
    named = [(each.row, each.named) for each in case.people]
    opening = Opening(number=kept.number, unit=case.unit)
    opened_by = history.build_submissions(key, [*((case.row, each) for each in case.steps), *named])
    await submit_history(ctx, Kind.CRIMINAL_CASE, opening, opened_by)
    suspects = await _await_suspects(ctx, kept.number, [each.key for each in opened_by[len(case.steps) :]])
    resumed = opening.model_copy(update={"resumed": True})
    if case.after:
        await submit_history(
            ctx, Kind.CRIMINAL_CASE, resumed, history.build_submissions(f"{key}/after", [(case.row, each) for each in case.after])
        )
    for n, person in enumerate(case.people):
        if person.steps:
            number = suspects[opened_by[len(case.steps) + n].key]
            steps = history.build_submissions(f"{key}/{n}", [(person.row, each) for each in person.steps])
            await submit_history(ctx, Kind.SUSPECT, resumed.model_copy(update={"number": number}), steps)
    return CaseEntered(number=kept.number, suspects=[suspects[each.key] for each in opened_by[len(case.steps) :]])


class _History(NamedTuple):
    """Turns the past steps of a case into submissions."""

    by: Migration
    case: PastCase
    hashed: str

    def build_submissions(self, key: str, steps: Sequence[tuple[int, PastStep]]) -> list[Submission]:
        """One submission for each step of a row, keyed `{key}/{n}`, with its place in the ledger."""
        return [
            Submission(
                key=f"{key}/{n}",
                body_hash=self.hashed,
                step=step.step,
                form=step.form,
                actor=self.by.actor,
                brought=BroughtOver(
                    ledger=self.by.digest,
                    row=row,
                    case_number=self.case.case_number,
                    officer=self.case.officer,
                    office=step.office,
                    approver=step.approver,
                    paper=step.paper,
                ),
            )
            for n, (row, step) in enumerate(steps)
        ]


async def _await_suspects(ctx: AppContext, case: str, keys: Sequence[str]) -> Mapping[str, str]:
    """The numbers of the suspects named under these keys, once their matters exist; OrchestratorUnavailable after 20 seconds."""
    try:
        async with asyncio.timeout(_OPENING_S):
            while True:
                async with ctx.pool.connection() as connection:
                    named = await case_ledgers.find_named_suspects(connection, case)
                    if await find_existing(connection, list(named.values())) >= {named[each] for each in keys}:
                        return named
                await asyncio.sleep(_POLL_S)
    except TimeoutError:
        raise OrchestratorUnavailable(engine="temporal", retry_after=1) from None
