"""What steps promise to do elsewhere: open a matter, or tell one. Each promise stands in the database until it is kept.

`record` writes a step's promises in the step's own transaction, and strikes one off in the transaction that keeps it, which bears its
id as a key; whoever has to give one up hands it to a person in the same way. A workflow that learnt of a step too late, or never,
is roused: it reads the journal and keeps what is still owed.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError

from models.matter import TASK_TIMEOUT, build_workflow_id
from models.messages import Opening, OutboxEntry, PendingCommand, Recorded, list_outbox
from models.origin import Origin
from models.store.connection import Connection, execute, fetch_all, fetch_one
from models.store.outbox import BACKLOG, CAUGHT_UP, DUE, OUTSTANDING, OWED, TELL, Owed
from runtime.database import Pool
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.logging import log
from runtime.metrics import PROMISES, promise_aged
from runtime.temporal import note_reachability

# A promise is kept within a moment; whoever has not kept it by then may never have heard of it.
PATIENCE = timedelta(seconds=5)
# After it has been roused in vain it is roused more seldom, up to this.
_SELDOM = timedelta(minutes=1)
# What is older than this is named to people.
OVERDUE = timedelta(minutes=1)
# As many workflows as are roused in one round.
BATCH = 200


def build_outbox_rows(number: str, recorded: Recorded) -> list[dict[str, Any]]:
    """The promises of an entry as the outbox has them."""
    promised = list_outbox(number, recorded)
    return [
        {"id": key, "seq": recorded.seq, "item": n, "verb": each.verb, "target": each.number, "target_kind": each.kind}
        for n, (key, each) in enumerate(promised)
    ]


class Outbox:
    """What a roused workflow asks, over one pool of connections."""

    def __init__(self, pool: Pool) -> None:
        """Ask through that pool."""
        self._pool = pool

    @activity.defn(name="owed")
    async def list_owed(self, number: str) -> tuple[OutboxEntry, ...]:
        """The promises of a matter that has read its journal which are not kept yet, the oldest first."""
        async with self._pool.connection() as connection:
            await connection.execute(CAUGHT_UP, {"number": number})
            rows = await fetch_all(connection, OWED, {"number": number})
        return tuple(_build_owed(number, row) for row in rows)


def _build_owed(number: str, row: Owed) -> OutboxEntry:
    command = PendingCommand.model_validate(row.command)
    origin = Origin(number=number, seq=row.seq, item=row.item)
    return OutboxEntry(key=row.id, command=command.model_copy(update={"origin": origin}))


async def rouse(pool: Pool, client: Client, task_queue: str) -> int:
    """Rouse the workflows of promises that should have been kept, and tell people of those that are a minute old; how many matters."""
    async with pool.connection() as connection:
        arguments = {"patience": PATIENCE, "seldom": _SELDOM, "most": BATCH}
        rows = await fetch_all(connection, DUE, arguments)
        if rows:
            await execute(connection, TELL, {"overdue": OVERDUE})
    matters = list(dict.fromkeys((row.kind, row.matter) for row in rows if row.kind))
    # Whatever of others' holds the id of whom the promise concerns, the promise cannot be kept before it is ended.
    for kind, number in dict.fromkeys((*matters, *((row.target_kind, row.target) for row in rows if row.target_kind))):
        await _start_opened(client, task_queue, kind, number)
    for kind, number in matters:
        await _rouse(client, task_queue, kind, number)
    return len(matters)


async def _start_opened(client: Client, task_queue: str, kind: str, number: str) -> None:
    with note_reachability():
        found = await find_foreign_workflow(client, task_queue, build_workflow_id(kind, number))
        if found:
            await end_foreign_workflow(client, found)


async def _rouse(client: Client, task_queue: str, kind: str, number: str) -> None:
    """Rouse a matter's workflow; one that has ended, or was lost, comes back with what the journal holds."""
    log.warning("matter.roused", matter=number)
    with note_reachability(), suppress(WorkflowAlreadyStartedError):
        await client.start_workflow(
            kind,
            Opening(number=number, unit="", resumed=True),
            id=build_workflow_id(kind, number),
            task_queue=task_queue,
            task_timeout=TASK_TIMEOUT,
            start_signal="rouse",
        )


async def count(connection: Connection) -> None:
    """Tell the metrics how many promises stand, and how old the oldest is."""
    row = await fetch_one(connection, BACKLOG)
    PROMISES.set(row.many)
    promise_aged(row.age)


async def list_outstanding(connection: Connection, number: str) -> Sequence[str]:
    """The ids of a matter's promises that are not kept yet."""
    return await fetch_all(connection, OUTSTANDING, {"number": number})
