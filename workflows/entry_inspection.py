"""Inspection on entry (逐条巡查): whatever waits to be inspected is, and alerts are told what was found, until nothing waits."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, is_cancelled_exception

from models.inspection_messages import Batch

# A batch takes a second or two; one whose worker died is begun again by another after this.
_PATIENCE = timedelta(seconds=30)
_TRIES = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=3, maximum_interval=timedelta(seconds=30), maximum_attempts=7
)


def build_entries_id(task_queue: str) -> str:
    """The id of the workflow that inspects on entry for the bureau whose workers serve that queue: there is one at a time."""
    return f"inspection-on-entry-{task_queue}"


@workflow.defn(name="inspection-on-entry")
class EntryInspection:
    """Inspect what waits, batch after batch, and tell the alerts after each that owes them anything. A batch that fails again and again is left to the next round."""

    @workflow.run
    async def run(self) -> None:
        """Go on until nothing waits."""
        while True:
            batch = await self._take_batch()
            told = await self._tell_alerts() if batch.owing else 0
            if batch.after is None and not told:
                return
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new()

    async def _tell_alerts(self) -> int:
        return await workflow.execute_activity(
            "tell-alerts", result_type=int, start_to_close_timeout=_PATIENCE, retry_policy=_TRIES
        )

    async def _take_batch(self) -> Batch:
        try:
            return await workflow.execute_activity(
                "inspect-due", result_type=Batch, start_to_close_timeout=_PATIENCE, retry_policy=_TRIES
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            return await workflow.execute_activity("pass-over-due", result_type=Batch, start_to_close_timeout=_PATIENCE)
