"""Opening rectification orders (整改指令单) over limits on somebody's liberty that have run out."""

from datetime import datetime, timedelta
from typing import NamedTuple

from temporalio.exceptions import WorkflowAlreadyStartedError

from law.calendar import SHANGHAI
from models.forms.rectification_order import OpenRectificationOrder
from models.matter import TASK_TIMEOUT, Kind, build_number_prefix, build_workflow_id
from models.messages import Opening, Submission
from models.proofs import add_proof
from models.store.connection import Query, fetch_all
from models.store.expiries import CLOSE_COVERED, CLOSE_SETTLED, NUMBER_OLDEST
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.temporal import note_reachability
from watchdog.duty import BOTH_ENGINES, Duty

_BATCH = 200
# An officer who enters what happened days ago needs some minutes for it.
_ENTERING = timedelta(minutes=10)


class _Expiry(NamedTuple):
    """A limit on liberty that ran out, and the number that the order over it will have."""

    number: str
    matter: str
    clock_id: str
    at: datetime
    zh: str
    basis: str
    unit_id: str
    officer: str
    kind: str


TO_ORDER = Query[_Expiry]("""
SELECT e.number, e.matter, e.clock_id, e.at, c.zh, c.basis, m.unit_id, m.officer, m.kind
FROM expiry e JOIN clock c ON c.id = e.clock_id JOIN matter m ON m.number = e.matter WHERE e.number IS NOT NULL
ORDER BY e.number LIMIT %(most)s
""")


class OpenOrders(Duty[int]):
    """Start the workflow of one rectification order for each person held beyond a limit; returns how many were begun."""

    name = "open-orders"
    # An order is worked on for a day; that it opens within two seconds is soon enough.
    every = timedelta(seconds=1)
    needs = BOTH_ENGINES

    async def do(self, now: datetime | None = None) -> int:
        """Open what is due, at that instant or now by the database's clock."""
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            if now is None:
                return 0
            await connection.execute(CLOSE_COVERED)
            await connection.execute(CLOSE_SETTLED)
            beginning = build_number_prefix(Kind.RECTIFICATION_ORDER, now.astimezone(SHANGHAI).year)
            await connection.execute(NUMBER_OLDEST, {"beginning": beginning, "now": now, "entering": _ENTERING})
            rows = await fetch_all(connection, TO_ORDER, {"most": _BATCH})
        for row in rows:
            await self._open(row)
        return len(rows)

    async def _open(self, row: _Expiry) -> None:
        form = OpenRectificationOrder.model_validate(
            {
                "subject": row.matter,
                "category": "401",
                "severity": "red",
                "problem": f"{row.zh}已于{row.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}届满，人仍处于强制措施之下（{row.basis}）",
                "demand": "立即释放或者依法变更强制措施，并说明超期原因",
                "unit": row.unit_id,
                "officer": row.officer,
                "clock": row.clock_id,
            }
        )
        values = form.model_dump(mode="json", exclude_defaults=True)
        submission = Submission(key=f"{row.number}/open", body_hash="", step=form.rule.step, form=values, actor=None)
        said_by_us = add_proof(submission, row.number, self.tools.speaker)
        opening = Opening(number=row.number, unit=row.unit_id, parent=row.matter, parent_kind=row.kind, submission=said_by_us)
        id_ = build_workflow_id(Kind.RECTIFICATION_ORDER, row.number)
        client, queue = self.tools.client, self.tools.task_queue
        with note_reachability():
            try:
                await client.start_workflow(
                    Kind.RECTIFICATION_ORDER.value, opening, id=id_, task_queue=queue, task_timeout=TASK_TIMEOUT
                )
            except WorkflowAlreadyStartedError:  # begun in an earlier round, and not recorded yet; or else the next round begins it
                if found := await find_foreign_workflow(client, queue, id_):
                    await end_foreign_workflow(client, found)
