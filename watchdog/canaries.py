"""What canaries leave behind: their days are summed up in the bureau's chain after a term, and openings that came to nothing are ended.

A canary proves that the watch works now; a week later only the sum matters. The entry that sums up a day names the head of each chain
that it takes the place of, so that the seals, which attest those heads for ever, can still be held against it.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowExecution
from temporalio.service import RPCError, RPCStatusCode

from law.calendar import SHANGHAI
from models.journal import BUREAU
from models.matter import Kind
from models.readmodel.board_tallies import SUM_UP_CANARIES
from models.readmodel.queries import existing
from models.store.api_writes import append
from runtime.database import Pool
from runtime.logging import log
from runtime.temporal import reaching

# Whoever asks whether the watch worked asks about last week.
TERM = timedelta(days=7)
# An opening is repeated within minutes, or never.
ABANDONED = timedelta(minutes=10)
_ASKED_AT_ONCE = 200

# The oldest day past the term of which a canary is left; its number tells the moment in which it was armed, by UTC.
OLDEST = "SELECT substr(min(number), 3, 8) AS day FROM matter WHERE number > 'ZJ' AND number < 'ZK'"
# None of it may be about to change, and all of it must be sealed: the seals are what the sum is held against.
HEADS = """
SELECT c.chain, c.position, c.hash, c.position = c.sealed AND coalesce(m.final, true)
       AND NOT EXISTS (SELECT FROM rung WHERE rung.matter = c.chain) AS over
FROM chain c LEFT JOIN matter m ON m.number = c.chain WHERE c.chain LIKE %(chains)s ORDER BY c.chain FOR UPDATE OF c
"""
RUNG = """
SELECT count(*)::int AS rung, count(*) FILTER (WHERE rung_by = 'watchdog')::int AS by_watchdog, coalesce(max(late_ms), 0)::bigint AS latest_ms
FROM ring WHERE matter LIKE %(chains)s
"""
# The database lets go of what the sum names, and of nothing else.
FORGET = "SELECT forget_canaries(%(numbers)s)"


async def sum_up(pool: Pool, now: datetime) -> int:
    """Sum up the oldest day of canaries if it is past the term; how many canaries there were."""
    connection: Any
    async with pool.connection() as connection, connection.transaction():
        (day,) = await (await connection.execute(OLDEST)).fetchone()
        if day is None or day >= f"{now - TERM:%Y%m%d}":
            return 0
        chains = {"chains": f"{Kind.CANARY.prefix}{day}%"}
        heads = await (await connection.execute(HEADS, chains)).fetchall()
        if not all(head.over for head in heads):
            log.error("canary.silent", count=sum(not head.over for head in heads))
            return 0
        rung = await (await connection.execute(RUNG, chains)).fetchone()
        said = {
            "key": f"canaries/{day}",
            "day": day,
            "armed": len(heads),
            **rung._asdict(),
            "heads": {head.chain: [head.position, head.hash.hex()] for head in heads},
        }
        await append(connection, BUREAU, "canaries", SUM_UP_CANARIES, None, said, now.astimezone(SHANGHAI))
        await connection.execute(FORGET, {"numbers": [head.chain for head in heads]})
    log.info("canary.summed-up", count=len(heads))
    return len(heads)


async def end_unopened(pool: Pool, client: Client, task_queue: str, now: datetime, back: timedelta) -> int:
    """Rouse this bureau's workflows begun so long ago whose matter has not come into being: they look once more, and end. How many."""
    since, until = now - back, now - ABANDONED
    running = f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running'"
    began = f"{running} AND StartTime > '{since.isoformat()}' AND StartTime < '{until.isoformat()}'"
    roused = 0
    with reaching():
        async for batch in _batches(client, began):
            numbers = {each.id.rpartition("/")[2]: each for each in batch}
            async with pool.connection() as connection:
                known = await existing(connection, list(numbers))
            for number in numbers.keys() - known:
                roused += await _rouse(client, numbers[number])
    return roused


async def _batches(client: Client, which: str) -> AsyncIterator[list[WorkflowExecution]]:
    kinds = ", ".join(f"'{kind}'" for kind in Kind)
    batch = list[WorkflowExecution]()
    async for each in client.list_workflows(f"{which} AND WorkflowType IN ({kinds})"):
        batch.append(each)
        if len(batch) == _ASKED_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


async def _rouse(client: Client, unopened: WorkflowExecution) -> bool:
    log.warning("opening.abandoned", workflow_id=unopened.id)
    try:
        await client.get_workflow_handle(unopened.id, run_id=unopened.run_id).signal("rouse")
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:  # it has ended meanwhile
            raise
        return False
    return True
