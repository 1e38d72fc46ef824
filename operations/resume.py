"""`louke resume`: restart the workflow of every open matter from the journal, even where Temporal's store is lost.

It may be interrupted and repeated: our own running workflows are left alone, foreign ones under our ids are terminated. In an epoch that
has just begun, everything that ran before is terminated first: what Temporal knows of the lost time never happened.
"""

import asyncio
import getpass
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.recording.epochs import begin_epoch, journal_upkeep, seal_epoch
from models.matter import TASK_TIMEOUT, Kind, build_workflow_id, is_numbered_as
from models.messages import Opening
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one
from models.store.epochs import RESUME_MATTERS, UPKEEP, Epoch, parse_serial, parse_upkeep
from operations.archives import Refused
from operations.postgres_for_command import run_postgres
from runtime.database import Pool, open_pool
from runtime.embedded.marks import RESUME
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.rollback_detection import FIRST_LOST, FIRST_LOST_READING, list_lately_begun, refuse_half_restored, refuse_rolled_back
from runtime.seals import SealBroken, Sealer, get_heads_file, is_of_journal, load_signing_key, read
from runtime.settings import Settings
from runtime.temporal import connect as connect_temporal
from runtime.temporal import unavailable


class _Owed(NamedTuple):
    """A matter that is not over."""

    number: str
    kind: str


T = TypeVar("T")

# A matter is not over while it is open, awaits an approval, has a rung to ring, or owes what it promised.
OWED = Query[_Owed]("""
SELECT number, kind FROM matter m WHERE NOT final OR requests <> '[]' OR EXISTS (SELECT FROM rung WHERE rung.matter = m.number)
    OR EXISTS (SELECT FROM outbox WHERE outbox.matter = m.number)
ORDER BY EXISTS (SELECT FROM clock c WHERE c.matter = m.number AND c.liberty AND c.state = 'running') DESC, number
""")
ATTESTED = (
    "CREATE TEMP TABLE attested (n int NOT NULL, chain text NOT NULL, position int NOT NULL, hash text NOT NULL) ON COMMIT DROP"
)
PERSON = Query[str]("SELECT username FROM person WHERE username = %(username)s AND active")
# A server takes about so many starts at once without anybody who works at a desk noticing.
_AT_ONCE = 16
_TOLD_EVERY = 1000
# A server that is there answers within this.
_PATIENCE = timedelta(seconds=5)


class Resumed(NamedTuple):
    """How many workflows of the lost time were terminated, how many matters are not over, how many were squatted, and how many resumed."""

    ended: int
    owed: int
    squatted: int
    begun: int


def resume_bureau(settings: Settings, by: str, reason: str, say: Callable[[str], object]) -> Resumed | None:
    """Resume all matters, after declaring a restore where somebody (`by`) does; None where Temporal is away, for the next start to do.

    PostgreSQL is started for it where it is stopped. Refused, RolledBack, CannotStart, or psycopg's errors.
    """
    with run_postgres(settings, say) as there:
        refuse = refuse_half_restored if by else refuse_rolled_back
        refuse(there.database_url, there.data_dir)
        return asyncio.run(_resume(there, by, reason, say))


async def _resume(there: Settings, by: str, reason: str, say: Callable[[str], object]) -> Resumed | None:
    client = await _reach_temporal(there)
    if by:
        epoch = await declare_restore(there, by, reason, client)
        say(f"已宣布恢复，记入日志（BUREAU 第{epoch.position}条）")
    if client is None:
        (there.data_dir / RESUME).touch()
        return None
    came = await resume(there, client, say)
    (there.data_dir / RESUME).unlink(missing_ok=True)
    return came


async def _reach_temporal(settings: Settings) -> Client | None:
    if not settings.temporal_address:
        return None
    try:
        client = await connect_temporal(settings, patience=_PATIENCE)
        await client.service_client.check_health(timeout=_PATIENCE)
    except Exception as error:
        if not unavailable(error):
            raise
        return None
    return client


async def declare_restore(settings: Settings, by: str, reason: str, client: Client | None) -> Epoch:
    """Declare that the database was restored by other means than `louke restore`: an epoch begins.

    Refused where nobody of that user name is in service. Seals that attest what is lost become void.
    """
    pool = await open_pool(settings.database_url, 1, "resume")
    try:
        async with pool.connection() as connection:
            if not await fetch_first(connection, PERSON, {"username": by}):
                raise Refused(f"“{by}”不是在职人员：以 --by 写明宣布恢复的人")
            kept, last, chains = await _void(connection, settings)
            numbers = [*chains, *(await list_lately_begun(client, settings.task_queue) if client else ())]
            content = {"reason": reason, "kept_seal": kept, "last_seal": last, "account": getpass.getuser()}
            await begin_epoch(connection, datetime.now(UTC), by, content, [parse_serial(number) for number in numbers])
            # From this seal on the journal is again as it was sealed.
            await seal_epoch(connection, Sealer(get_heads_file(settings.data_dir), load_signing_key(settings.data_dir)))
            return parse_upkeep(await fetch_all(connection, UPKEEP)).epochs[-1]
    finally:
        await pool.close()


async def _void(connection: Connection, settings: Settings) -> tuple[str, str, set[str]]:
    """The last seal that the journal still has, the last there is, and the chains of the seals."""
    file, seals, chains = get_heads_file(settings.data_dir), [""], set[str]()
    if not file.exists():
        return "", "", chains
    async with connection.transaction():
        await connection.execute(ATTESTED)
        async with connection.cursor().copy("COPY attested FROM STDIN") as copy:
            with suppress(SealBroken):  # what is not true attests nothing; verifying says so
                for n, seal in enumerate(read(file, load_signing_key(settings.data_dir).public_key()), start=1):
                    seals.append(seal.hash)
                    chains.update(
                        head.chain for head in seal.heads if is_of_journal(head) and not is_numbered_as(Kind.CANARY, head.chain)
                    )
                    for head in seal.heads:
                        await copy.write_row((n, *head))
        lost = [await fetch_one(connection, Query[int | None](each)) for each in (FIRST_LOST, FIRST_LOST_READING)]
    first = min((n for n in lost if n), default=0)
    return seals[first - 1] if first else seals[-1], seals[-1], chains


async def resume(settings: Settings, client: Client, say: Callable[[str], object] = lambda _: None) -> Resumed:
    """Resume every matter that is not over and does not run; psycopg's or Temporal's errors where either is away."""
    pool = await open_pool(settings.database_url, 2, "resume")
    try:
        async with pool.connection() as connection:
            told = parse_upkeep(await fetch_all(connection, UPKEEP))
            owed = await fetch_all(connection, OWED)
        since = None if told.resumed else told.epochs[-1].begun_at
        ended = await _end(client, settings, since, say) if since else 0
        freed, squatted = (set[str](), 0) if since else await _terminate_foreign(client, settings, owed, say)
        running = await _find_running(client, settings, since) - freed
        lacking = [row for row in owed if build_workflow_id(Kind(row.kind), row.number) not in running]
        say(
            f"未结事项{len(owed)}件，其中{len(lacking)}件没有流程{f'（{squatted}件的流程被占用，已结束占用者）' if squatted else ''}"
        )
        begun = await _begin(client, settings, lacking, since, say)
        came = Resumed(ended, len(owed), squatted, begun)
        if since or begun:
            await _note(pool, came)
    finally:
        await pool.close()
    return came


async def _terminate_foreign(
    client: Client, settings: Settings, rows: list[_Owed], say: Callable[[str], object]
) -> tuple[set[str], int]:
    """Terminate foreign workflows under the ids of these matters; returns those ids, and how many were terminated."""
    freed = set[str]()

    async def free(row: _Owed) -> bool:
        found = await find_foreign_workflow(client, settings.task_queue, build_workflow_id(Kind(row.kind), row.number))
        if found is None:
            return False
        freed.add(found.id)
        return await end_foreign_workflow(client, found)

    return freed, await _do_each(rows, free, lambda n: say(f"已结束占用者{n}个"))


async def _find_running(client: Client, settings: Settings, since: datetime | None) -> set[str]:
    after = f" AND StartTime > '{since.isoformat()}'" if since else ""
    query = f"TaskQueue = '{settings.task_queue}' AND ExecutionStatus = 'Running'{after}"
    return {each.id async for each in client.list_workflows(query, page_size=_TOLD_EVERY)}


async def _end(client: Client, settings: Settings, begun_at: datetime, say: Callable[[str], object]) -> int:
    """Terminate what has run since before the epoch began; returns how many."""
    query = f"TaskQueue = '{settings.task_queue}' AND ExecutionStatus = 'Running' AND StartTime <= '{begun_at.isoformat()}'"
    found = [(each.id, each.run_id) async for each in client.list_workflows(query, page_size=_TOLD_EVERY)]

    async def end(which: tuple[str, str]) -> bool:
        try:
            await client.get_workflow_handle(which[0], run_id=which[1]).terminate("the database was restored to an earlier state")
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # it has ended by itself
                raise
            return False
        return True

    return await _do_each(found, end, lambda n: say(f"已结束恢复之前的流程{n}个"))


async def _begin(
    client: Client, settings: Settings, rows: list[_Owed], since: datetime | None, say: Callable[[str], object]
) -> int:
    # Temporal's list lags a moment behind: whatever of the lost time it did not name ends here.
    policy = WorkflowIDConflictPolicy.TERMINATE_EXISTING if since else WorkflowIDConflictPolicy.FAIL

    async def begin(row: _Owed) -> bool:
        opening = Opening(number=row.number, unit="", resumed=True)
        id_ = build_workflow_id(Kind(row.kind), row.number)
        try:
            await client.start_workflow(
                row.kind, opening, id=id_, task_queue=settings.task_queue, task_timeout=TASK_TIMEOUT, id_conflict_policy=policy
            )
        except WorkflowAlreadyStartedError:  # somebody was quicker
            return False
        return True

    return await _do_each(rows, begin, lambda n: say(f"已接续{n}件"))


async def _do_each(what: Iterable[T], do: Callable[[T], Awaitable[bool]], tell: Callable[[int], object]) -> int:
    """Do it to each, some at a time; returns how often it was done."""
    waiting, done = iter(what), 0

    async def some() -> None:
        nonlocal done
        for each in waiting:
            did = await do(each)
            done += did  # not in one line: the others count on while we wait
            if done and done % _TOLD_EVERY == 0:
                tell(done)

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(some())
    return done


async def _note(pool: Pool, came: Resumed) -> None:
    async with pool.connection() as connection:
        content = {**came._asdict(), "account": getpass.getuser()}
        await journal_upkeep(connection, RESUME_MATTERS, content, datetime.now(UTC))
