"""`louke law recompute`: compute clocks anew that the present law would move, in each matter as a step of its own, with the reason."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from law.calendar import SHANGHAI
from models.clock_changes import Move
from models.forms.recompute import RecomputeClocks
from models.journal import hash_sm3
from models.matter import build_workflow_id
from models.messages import Actor, Receipt, Submission
from models.proofs import Speaker, add_proof
from models.store.connection import Query, read_all
from operations.law.diff import Tally, diff
from runtime.database import connect
from runtime.process_signatures import CLERK, load_speaker
from runtime.settings import Settings
from runtime.temporal import connect as connect_temporal


class _Holding(NamedTuple):
    """An office in a unit."""

    unit_id: str
    office: str


HOLDS = Query[_Holding]("""
SELECT h.unit_id, h.office FROM holding h JOIN person p USING (username)
WHERE h.username = %(username)s AND p.active AND h.office = ANY(%(offices)s) ORDER BY h.unit_id, h.office
""")
# A worker answers within milliseconds; nobody waits at a desk here.
_PATIENCE = timedelta(seconds=30)


class NotEntitledError(ValueError):
    """The person who orders it holds no office that may."""


class Outcome(NamedTuple):
    """The result for one matter; `refused` is empty where its clocks were computed anew."""

    number: str
    refused: str


async def recompute(settings: Settings, username: str, reason: str, limit: str, tally: Tally) -> AsyncIterator[Outcome]:
    """Compute anew every open matter with a clock (of that limit, if named) that the present law would move.

    The same order on the same day takes effect once in each matter. NotEntitledError, psycopg's or Temporal's errors if either is away.
    """
    actor = _find_actor(settings, username)
    found = {move.number: move.kind for move in map(_Affected.of, diff(settings, limit, None, None, None, tally))}
    if found:
        client, clerk = await connect_temporal(settings), load_speaker(settings, CLERK)
        for number, kind in found.items():
            yield Outcome(number, await _submit(client, number, kind, actor, reason, clerk))


class _Affected(NamedTuple):
    number: str
    kind: str

    @classmethod
    def of(cls, move: Move) -> "_Affected":
        return cls(move.matter, move.kind)


def _find_actor(settings: Settings, username: str) -> Actor:
    offices = [str(office) for office in RecomputeClocks.rule.by]
    with connect(settings.database_url, "law-recompute") as connection:
        held = read_all(connection, HOLDS, {"username": username, "offices": offices})
    if not held:
        names = "、".join(office.label for office in RecomputeClocks.rule.by)
        raise NotEntitledError(f"“{username}”不是在职的{names}")
    return Actor(person=username, unit=held[0].unit_id, offices=tuple(sorted({row.office for row in held})))


async def _submit(client: Client, number: str, kind: str, actor: Actor, reason: str, clerk: Speaker) -> str:
    submission = add_proof(_build_submission(number, actor, reason, datetime.now(SHANGHAI).date()), number, clerk)
    handle = client.get_workflow_handle(build_workflow_id(kind, number))
    try:
        await handle.execute_update("submit", submission, id=submission.key, result_type=Receipt, rpc_timeout=_PATIENCE)
    except WorkflowUpdateFailedError as failure:
        return failure.cause.message if isinstance(failure.cause, ApplicationError) else str(failure.cause)
    except RPCError as error:
        return error.message
    return ""


def _build_submission(number: str, actor: Actor, reason: str, today: date) -> Submission:
    step, form = RecomputeClocks.rule.step, {"reason": reason}
    key = f"{number}/recompute/{hash_sm3(f'{today}{actor.person}{reason}'.encode()).hex()[:16]}"
    return Submission(key=key, body_hash="", step=step, form=form, actor=actor)
