"""`louke rekey`: encrypt again, under the first key of the ring, what older keys encrypted, and report what still needs which of them.

Second factors are rewritten, keys of veiled fields wrapped anew. An open workflow continues as new, which encrypts its history again; one with open promises does so once they
are done. Traces are chained by their hashes, and stay as they are until their retention ends. It may be interrupted and repeated.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.second_factors import rewrite_factors
from activities.veil_keys import rewrap_keys
from models.store.connection import Query, fetch_all
from operations.engine_addresses import fill_engine_settings
from operations.replay import list_payloads
from runtime.database import open_pool
from runtime.encryption import load_key_ring
from runtime.settings import Settings
from runtime.temporal import connect, is_encrypted

T = TypeVar("T")


class _OldTraces(NamedTuple):
    """How many traces a key encrypts, and the last day of them."""

    key_id: str
    n: int
    last: date


OLD_TRACES = Query[_OldTraces](
    "SELECT key_id, count(*)::int AS n, max(day) AS last FROM reading_trace WHERE key_id <> %(first)s GROUP BY key_id"
)
# A server answers so many at once without anybody who works at a desk noticing.
_AT_ONCE = 16
_PAGE = 1000
# A workflow that owes nothing continues as new within a turn; how long, and how often, it is looked whether it has.
_PATIENCE_S, _AGAIN_S = 30.0, 0.5


class Needed(NamedTuple):
    """What still needs an old key: how many open workflows, second factors and keys of veiled fields that it alone opens, and traces, and until when."""

    key_id: str
    histories: int
    second_factors: int
    traces: int
    until: date | None
    veil_keys: int = 0

    @property
    def is_dispensable(self) -> bool:
        """Whether nothing needs it."""
        return not (self.histories or self.second_factors or self.traces or self.veil_keys)


def rekey(settings: Settings, say: Callable[[str], object]) -> list[Needed]:
    """Encrypt again what can be, and say of each old key what needs it, also of those no longer in the ring.

    The engines and workers must run. Psycopg's or Temporal's errors where an engine is away.
    """
    return asyncio.run(_rekey(fill_engine_settings(settings), say))


async def _rekey(settings: Settings, say: Callable[[str], object]) -> list[Needed]:
    ring, client = load_key_ring(settings), await connect(settings)
    pool = await open_pool(settings.database_url, 1, "rekey")
    try:
        rewritten, unopened = await rewrite_factors(pool, ring)
        say(f"动态口令已改用密钥{ring.key_id}：{rewritten}个")
        rewrapped, unwrapped = await rewrap_keys(pool, ring)
        if rewrapped:
            say(f"密级字段的密钥已改由密钥{ring.key_id}保护：{rewrapped}个")
        async with pool.connection() as connection:
            traces = {row.key_id: row for row in await fetch_all(connection, OLD_TRACES, {"first": ring.key_id})}
    finally:
        await pool.close()
    histories = await renew(client, settings.task_queue, ring.key_id, say)
    old = dict.fromkeys([*ring.key_ids[1:], *sorted(unopened | unwrapped | histories), *sorted(traces)])
    kept = timedelta(days=settings.reading_days + 1)
    return [
        Needed(
            each,
            histories[each],
            unopened[each],
            traces[each].n if each in traces else 0,
            traces[each].last + kept if each in traces else None,
            unwrapped[each],
        )
        for each in old
    ]


async def renew(client: Client, task_queue: str, first: str, say: Callable[[str], object]) -> Counter[str]:
    """Have every open workflow with payloads under other keys continue as new; returns how many still have some after a while, by key."""
    query = f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running'"
    ids = [each.id async for each in client.list_workflows(query, page_size=_PAGE)]
    behind = await _find_under_old_keys(client, ids, first)
    say(f"未结流程{len(ids)}个，其中{len(behind)}个的历史仍用旧密钥")

    async def ask(workflow_id: str) -> None:
        with suppress(RPCError):  # it has ended, or is asked again the next time
            await client.get_workflow_handle(workflow_id).signal("renew")

    await _do_each(behind, ask)
    until = time.monotonic() + _PATIENCE_S
    while behind and time.monotonic() < until:
        await asyncio.sleep(_AGAIN_S)
        behind = await _find_under_old_keys(client, behind, first)
    return Counter(key for keys in behind.values() for key in keys)


async def _find_under_old_keys(client: Client, ids: Iterable[str], first: str) -> dict[str, set[str]]:
    """The open workflows among these with payloads under other keys, and which keys."""

    async def look(workflow_id: str) -> tuple[str, set[str]]:
        return workflow_id, await _list_keys(client, workflow_id) - {first}

    return {workflow_id: keys for workflow_id, keys in await _do_each(ids, look) if keys}


async def _list_keys(client: Client, workflow_id: str) -> set[str]:
    """The keys under which an open history lies; none of one that is over: nobody of ours reads it."""
    handle = client.get_workflow_handle(workflow_id)
    try:
        if (await handle.describe()).status is not WorkflowExecutionStatus.RUNNING:
            return set()
        history = await handle.fetch_history()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return set()
    found = (payload for event in history.events for payload in list_payloads(event) if is_encrypted(payload))
    return {payload.metadata["key"].decode() for payload in found}


async def _do_each(what: Iterable[str], do: Callable[[str], Awaitable[T]]) -> list[T]:
    """Do it to each, some at a time."""
    some = asyncio.Semaphore(_AT_ONCE)

    async def one(each: str) -> T:
        async with some:
            return await do(each)

    return await asyncio.gather(*map(one, what))
