"""The watchdog: a guard that does not depend on Temporal. It rings what no workflow has rung, seals the journal, and tests itself.

Each duty goes its own rounds, so that an engine that is away stops only what needs it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities import outbox
from activities.documents import Press
from activities.rings import BATCH, claim
from activities.timekeeper import Timekeeper, timekeeper_of
from law.calendar import SHANGHAI
from models.forms.rectification_order import OpenRectificationOrder
from models.matter import TURN, Kind, workflow_id
from models.messages import Actor, Opening, Receipt, Submission
from models.proofs import Speaker, proved
from models.readmodel.board_screen import LAST_CANARY
from models.store.expiries import CLOSE_COVERED, CLOSE_SETTLED, NUMBER_OLDEST
from models.store.seals import SEAL_HEADS, SEAL_READING_DAYS
from runtime.contents import Contents, contents_folder
from runtime.database import Pool
from runtime.database import unavailable as database_away
from runtime.logging import log
from runtime.loop import pause
from runtime.metrics import OPEN_MATTERS, canary_awaited, canary_rang
from runtime.rollback import has_lost
from runtime.seals import Head, Sealer
from runtime.settings import settings
from runtime.speaking import WATCHDOG, speaker
from runtime.squatters import end_squatter, squatter
from runtime.temporal import reaching
from runtime.temporal import unavailable as temporal_away
from runtime.timekeeping import read
from verification import traces
from verification.verifier import Verifier
from watchdog.board_tallies import Tally
from watchdog.canaries import end_unopened, sum_up
from watchdog.early_rings import give_back
from watchdog.law_review import ask_for_review
from watchdog.stalled_messages import tell_who_waits

# The workflow's own timer comes first; the watchdog rings what is still silent after this, and both are within two seconds.
GRACE = timedelta(milliseconds=700)
_ROUND_S = 0.25
# What was recorded since the last seal could be cut off without trace: the shorter, the smaller that window.
_SEAL_S = 5.0
_SEAL_BATCH = 5000
# Whoever reads at night while nothing is done need not fill the file of seals.
_SEAL_READINGS_S = 60.0
# A day is over once a day.
_FORGET_S = 600.0
# An order is worked on for a day; that it opens within two seconds is soon enough.
_FOLLOW_S = 1.0
_FOLLOW_BATCH = 200
# A promise is looked after five seconds after it was made.
_ROUSE_S = 1.0
# An officer who enters what happened days ago needs some minutes for it.
_ENTERING = timedelta(minutes=10)
# A document is wanted by whoever stands at the desk; its PDF may come a little later.
_PRODUCE_S = 1.0
_CONVERT_S = 5.0
_CANARY_S = 300.0
# The canary's clock is one minute long; twice that without a ring means that arming, ringing or notifying does not work.
_SILENT = timedelta(minutes=2)
_COUNT_S = 30.0
# It has waited for hours.
_WAITING_S = 60.0
_TALLY_S = 1.0
# A day at a time, so that a bureau that was never summed up is within a day or two.
_SUM_UP_S = 60.0
# Each workflow is looked at some times in its first hours, and then no more.
_UNOPENED_S = 600.0
_UNOPENED_BACK = timedelta(hours=6)
# A clock is set right once in years; then the false alarm should not last.
_GIVE_BACK_S = 5.0
# It is asked for once a quarter.
_REVIEW_S = 3600.0
# Somebody has just pressed a button, and looks.
_VERIFY_S = 1.0

UNSEALED = "SELECT chain, position, hash FROM chain WHERE position > sealed ORDER BY chain LIMIT %(most)s"
TO_ORDER = """
SELECT e.number, e.matter, e.clock_id, e.at, c.zh, c.basis, m.unit_id, m.officer
FROM expiry e JOIN clock c ON c.id = e.clock_id JOIN matter m ON m.number = e.matter WHERE e.number IS NOT NULL
ORDER BY e.number LIMIT %(most)s
"""
COUNT = "SELECT kind, count(*) AS open FROM matter WHERE NOT final GROUP BY kind"


class Watch:
    """The watchdog's duties, over a pool, a Temporal client and a file of seals."""

    def __init__(
        self,
        pool: Pool,
        client: Client,
        sealer: Sealer,
        task_queue: str,
        data_dir: Path | None = None,
        timekeeper: Timekeeper | None = None,
    ) -> None:
        """Watch with these; documents are kept in that data directory, or in the one of this process."""
        self._pool, self._client, self._sealer, self._task_queue = pool, client, sealer, task_queue
        self._timekeeper = timekeeper or timekeeper_of("watch")
        self._tally = Tally(pool)
        self._readings_sealed = -_SEAL_READINGS_S
        self._began = time.monotonic()
        self._home = home = data_dir or settings().data_dir
        self._verifier = Verifier(pool, home)
        self._press = Press(pool, Contents(contents_folder(home)))

    @cached_property
    def _speaker(self) -> Speaker:
        return speaker(settings().model_copy(update={"data_dir": self._home}), WATCHDOG)

    async def keep(self) -> None:
        """Go all rounds until cancelled."""
        log.info("watchdog.started")
        async with asyncio.TaskGroup() as rounds:
            rounds.create_task(_every(_ROUND_S, self.ring))
            rounds.create_task(_every(_SEAL_S, self.seal))
            rounds.create_task(_every(_ROUSE_S, self.rouse))
            rounds.create_task(_every(_FOLLOW_S, self.follow))
            rounds.create_task(_every(_CANARY_S, self.arm_canary))
            rounds.create_task(_every(_COUNT_S, self.count))
            rounds.create_task(_every(_TALLY_S, self._tally.round))
            rounds.create_task(_every(_VERIFY_S, self.verify))
            rounds.create_task(_every(_PRODUCE_S, self.produce))
            rounds.create_task(_every(_CONVERT_S, self.convert))
            rounds.create_task(_every(_WAITING_S, self.wait))
            rounds.create_task(_every(_REVIEW_S, self.ask_for_review))
            rounds.create_task(_every(_SUM_UP_S, self.sum_up))
            rounds.create_task(_every(_UNOPENED_S, self.end_unopened))
            rounds.create_task(_every(_GIVE_BACK_S, self.give_back))
            rounds.create_task(_every(_FORGET_S, self.forget_readings))

    async def ring(self) -> int:
        """Ring everything overdue by the grace, in batches, as the database tells the time; how many."""
        rung = 0
        async with self._pool.connection() as connection:
            while now := await self._timekeeper.now(connection):
                won = await claim(connection, now, now - GRACE, "watchdog")
                rung += won
                if won < BATCH:
                    break
        return rung

    async def seal(self) -> int:
        """Sign the heads that grew since the last seal into the file outside the database; how many."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(UNSEALED, {"most": _SEAL_BATCH})).fetchall()
            read = await self._unsealed_readings(connection, at_once=bool(rows))
            if not rows and not read:
                return 0
            if await has_lost(connection, self._sealer.path):
                # It was put back to an earlier state: what it holds now is not to be attested before somebody says that it was meant.
                log.error("journal.broken", outcome="rolled-back")
                return 0
            heads = [Head(row.chain, row.position, row.hash.hex()) for row in (*rows, *read)]
            hash_ = await asyncio.to_thread(self._sealer.append, heads)
            for statement in (SEAL_HEADS, SEAL_READING_DAYS) if read else (SEAL_HEADS,):
                await connection.execute(statement, {"chains": [h.chain for h in heads], "positions": [h.position for h in heads]})
        log.info("head.sealed", count=len(heads), hash=hash_)
        return len(heads)

    async def _unsealed_readings(self, connection: Any, *, at_once: bool) -> list[Any]:
        """The heads of traces of reading that grew: with the journal's, or by themselves once in a while."""
        now = time.monotonic()
        if not at_once and now - self._readings_sealed < _SEAL_READINGS_S:
            return []
        self._readings_sealed = now
        return await (await connection.execute(traces.UNSEALED)).fetchall()

    async def forget_readings(self) -> int:
        """Forget the oldest day of traces of reading if it is past its term; how many traces there were."""
        async with self._pool.connection() as connection:
            now = await self._timekeeper.now(connection)
        return await traces.forget(self._pool, now, settings().reading_days) if now else 0

    async def follow(self, now: datetime | None = None) -> int:
        """Open a rectification order over each limit on somebody's liberty that has run out; how many were begun."""
        async with self._pool.connection() as connection:
            now = now or await self._timekeeper.now(connection)
            if now is None:
                return 0
            await connection.execute(CLOSE_COVERED)
            await connection.execute(CLOSE_SETTLED)
            arguments = {
                "beginning": f"{Kind.RECTIFICATION_ORDER.prefix}{now.astimezone(SHANGHAI).year}",
                "now": now,
                "entering": _ENTERING,
            }
            await connection.execute(NUMBER_OLDEST, arguments)
            rows = await (await connection.execute(TO_ORDER, {"most": _FOLLOW_BATCH})).fetchall()
        for row in rows:
            await self._order(row)
        return len(rows)

    async def _order(self, row: Any) -> None:
        form = OpenRectificationOrder(
            at=None,  # when it is recorded
            subject=row.matter,
            problem=f"{row.zh}已于{row.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}届满，人仍处于强制措施之下（{row.basis}）",
            demand="立即释放或者依法变更强制措施，并说明超期原因",
            term="1 day",
            unit=row.unit_id,
            officer=row.officer,
            clock=row.clock_id,
        )
        said = form.model_dump(mode="json", exclude_defaults=True)
        submission = Submission(key=f"{row.number}/open", body_hash="", step=form.rule.step, form=said, actor=None)
        said_by_us = proved(submission, row.number, self._speaker)
        opening = Opening(number=row.number, unit=row.unit_id, parent=row.matter, submission=said_by_us)
        id_ = workflow_id(Kind.RECTIFICATION_ORDER, row.number)
        with reaching():
            try:
                await self._client.start_workflow(
                    Kind.RECTIFICATION_ORDER.value, opening, id=id_, task_queue=self._task_queue, task_timeout=TURN
                )
            except WorkflowAlreadyStartedError:  # begun in an earlier round, and not recorded yet; or else the next round begins it
                if found := await squatter(self._client, self._task_queue, id_):
                    await end_squatter(self._client, found)

    async def rouse(self) -> int:
        """Rouse whoever has not done what their steps promised; how many matters."""
        return await outbox.rouse(self._pool, self._client, self._task_queue)

    async def produce(self) -> int:
        """Make the documents that steps have issued since; how many."""
        return await self._press.produce()

    async def convert(self) -> int:
        """Keep a PDF beside them, where something can make one; how many."""
        return await self._press.convert()

    async def wait(self) -> int:
        """Tell somebody of each message from outside that has waited too long for the one before it; of how many."""
        return await tell_who_waits(self._pool, timedelta(hours=settings().inbound_patience_hours))

    async def ask_for_review(self) -> bool:
        """Ask the legal reviewer to look whether the law has changed, once in each quarter; whether it was asked now."""
        return await ask_for_review(self._pool)

    async def arm_canary(self) -> str:
        """Open a matter whose one clock must ring within a minute, through the same path as any other; its number, empty if none is armed."""
        async with self._pool.connection() as connection:
            now = await self._timekeeper.now(connection)
        if now is None:  # nothing rings here now, so it would prove nothing
            return ""
        number = f"{Kind.CANARY.prefix}{now:%Y%m%d%H%M%S%f}"
        submission = Submission(
            key=f"canary/{number}",
            body_hash="",
            step="arm-canary",
            form={},
            actor=Actor(person="watchdog", unit="", offices=("administrator",)),
        )
        start = WithStartWorkflowOperation(
            Kind.CANARY.value,
            Opening(number=number, unit="watch"),
            id=workflow_id(Kind.CANARY, number),
            task_queue=self._task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        with reaching():
            await self._client.execute_update_with_start_workflow(
                "submit",
                proved(submission, number, self._speaker),
                start_workflow_operation=start,
                result_type=Receipt,
                rpc_timeout=timedelta(seconds=20),
            )
        log.info("canary.armed", matter=number)
        return number

    async def sum_up(self) -> int:
        """Sum up the oldest day of canaries if it is past its term; how many canaries there were."""
        async with self._pool.connection() as connection:
            now = await self._timekeeper.now(connection)
        return await sum_up(self._pool, now) if now else 0

    async def end_unopened(self) -> int:
        """End what somebody began to open and never opened; how many there were."""
        async with self._pool.connection() as connection:
            now = (await read(connection)).now
        return await end_unopened(self._pool, self._client, self._task_queue, now, _UNOPENED_BACK)

    async def give_back(self) -> int:
        """Give back what rang before its instant, when PostgreSQL's own clock ran ahead; how many rings."""
        async with self._pool.connection() as connection:
            now = await self._timekeeper.now(connection)
        return await give_back(self._pool, now) if now else 0

    async def tally(self) -> int:
        """Count what boards of a large bureau are read from; how many clocks and matters there are."""
        return await self._tally.count()

    async def verify(self) -> bool:
        """Carry out the verification of the journal that was asked for, if there is one; whether there was."""
        return await self._verifier.round()

    async def count(self) -> None:
        """Tell the metrics how many matters are open, and how long ago the canary sang."""
        async with self._pool.connection() as connection:
            for row in await (await connection.execute(COUNT)).fetchall():
                OPEN_MATTERS.labels(kind=row.kind).set(row.open)
            last = await (await connection.execute(LAST_CANARY)).fetchone()
            await outbox.count(connection)
            now = (await read(connection)).now
        if last:
            silent = now - last.rung_at
            canary_rang(last.rung_by, silent)
        else:
            silent = timedelta(seconds=time.monotonic() - self._began)
            canary_awaited(self._began)
        if silent > timedelta(seconds=_CANARY_S) + _SILENT:
            log.error("canary.silent")


async def _every(seconds: float, duty: Callable[[], Awaitable[Any]]) -> None:
    while True:
        try:
            await duty()
        except Exception as error:  # noqa: BLE001 - one duty's fault must not stop the other rounds
            # An engine that is away comes back; anything else is a fault of ours, and the other rounds go on all the same.
            if not (database_away(error) or temporal_away(error)):
                log.error("process.failed", error=error)
        await pause(seconds)
