"""What is proved of a proposal before it is looked at: by the signature of one of ours, or by the journal, which has promised it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import psycopg
from temporalio import activity

from activities.recording.records import Records
from law.late_entry import Figures
from models.journal import BUREAU, format_canonical, hash_sm3
from models.messages import PendingCommand, Proposal, ProposedHistory, RecordResult, Refusal
from models.outside import System
from models.problems import NotProven
from models.proofs import FRESH, build_statement, is_outcome, may_say
from models.readmodel.matter_status import find_entry
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_first
from runtime.database import Pool
from runtime.logging import log
from runtime.metrics import UNPROVEN
from runtime.process_signatures import Speakers

# What the matter that makes a promise keeps of it: the matter, its step, the place in it.
PROMISE = Query[dict[str, Any] | None]("""
SELECT content::json #> ARRAY['recorded', 'intentions', %(place)s] AS command FROM entry
WHERE chain = %(chain)s AND seq = %(seq)s AND sort IN ('step', 'told')
""")
# No step's name and no user's is longer; what somebody made up is journaled no further.
_LONGEST = 60


class ProvenRecords(Records):
    """The records of a worker: nothing is made history of which nobody knows who handed it in."""

    def __init__(self, pool: Pool, systems: Sequence[System], figures: Figures, believed: Speakers) -> None:
        """Write through that pool, as `Records` do; of those who hand something in only these are believed."""
        super().__init__(pool, systems, figures)
        self._believed = believed

    @activity.defn(name="record")
    async def record(self, proposal: Proposal) -> RecordResult:
        """Make a proposal history, or say why not, where it is proved who made it."""
        if not (proposal.refusal or _is_signed(proposal, self._believed)):
            async with self._pool.connection() as connection:
                if proposal.asked or not await _is_owed(connection, proposal):
                    return RecordResult(refusal=await _build_refusal(connection, proposal))
        return await super().record(proposal)

    @activity.defn(name="record-history")
    async def record_history(self, history: ProposedHistory) -> RecordResult:
        """Make all these proposals history, or none, where it is proved of each who made it."""
        for each in history.steps:
            if not (each.refusal or _is_signed(each, self._believed)):
                async with self._pool.connection() as connection:
                    return RecordResult(refusal=await _build_refusal(connection, each))
        return await super().record_history(history)


async def _build_refusal(connection: Connection, proposal: Proposal) -> Refusal:
    refusal = NotProven().to_refusal()
    UNPROVEN.inc()
    log.error("step.unproven", matter=proposal.number, step=proposal.step)
    await _journal_attempt(connection, proposal, refusal)
    return refusal


def _is_signed(proposal: Proposal, believed: Speakers) -> bool:
    proof = proposal.proof
    # No signature is over an origin, and what somebody hands in has none.
    if proof is None or proposal.origin is not None:
        return False
    # What was taken up in time may wait for the database as long as that is away.
    if min(abs(each - proof.at) for each in (proposal.decided_at, datetime.now(UTC))) > FRESH:
        return False
    person = proposal.actor.person if proposal.actor else ""
    if not may_say(proof.by, proposal.kind, proposal.number, proposal.step, person):
        return False
    return believed.verifies(proof.by, build_statement(proposal.number, proposal, proof.by, proof.at), proof.signature)


async def _is_owed(connection: Connection, proposal: Proposal) -> bool:
    """Whether a matter promised in the journal to tell, to open, or to have taken just this; or it is what a delivery learnt by sending."""
    promise = await _promise(connection, proposal)
    if promise is None or promise.number != proposal.number:
        return is_outcome(proposal.number, proposal)
    if proposal.type == "told":
        heard = (proposal.facts, proposal.corrects, proposal.reparenting)
        return promise.verb in ("tell", "open") and (promise.facts, promise.corrects, promise.reparenting) == heard
    parent_event = proposal.parent_event
    return (
        promise.verb in ("open", "take")
        and (promise.step, promise.form, promise.actor, promise.brought)
        == (proposal.step, proposal.form, proposal.actor, proposal.brought)
        and (parent_event is None or promise.facts == parent_event.facts)
    )


async def _promise(connection: Connection, proposal: Proposal) -> PendingCommand | None:
    origin = proposal.origin
    if origin is None or not origin.is_kept_under(proposal.key):
        return None
    arguments = {"chain": origin.number, "seq": origin.seq, "place": str(origin.item)}
    command = await fetch_first(connection, PROMISE, arguments)
    return PendingCommand.model_validate(command) if command else None


async def _journal_attempt(connection: Connection, proposal: Proposal, refusal: Refusal) -> None:
    """Journal the attempt, once an hour in each matter: whoever can try can try without end. It is the log that has them all."""
    now = datetime.now(UTC)
    chain = proposal.number if proposal.seq else BUREAU
    key = f"{chain}/unproven/{now:%Y%m%d%H}"
    with suppress(psycopg.errors.UniqueViolation):  # another was tried in this very moment
        if not await find_entry(connection, key):
            # Nobody we know acted, least of all whom it names.
            content = {
                "key": key,
                "problem": refusal.slug,
                "detail": refusal.detail,
                "members": {"claimed": proposal.actor.person[:_LONGEST]} if proposal.actor else {},
                "form_hash": hash_sm3(format_canonical(proposal.form).encode()).hex(),
            }
            await append(connection, chain, "refusal", proposal.step[:_LONGEST], None, content, now)
