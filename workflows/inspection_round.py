"""A round of inspections (巡查): every open matter is inspected once, batch after batch. A Temporal Schedule starts it."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

from models.inspection_messages import Batch

# A batch takes a second or two; one whose worker died is begun again by another after this.
_PATIENCE = timedelta(minutes=2)
# A batch that still fails after some three minutes is passed over, and tried again by the next round.
_TRIES = RetryPolicy(
    initial_interval=timedelta(seconds=2), backoff_coefficient=3, maximum_interval=timedelta(minutes=1), maximum_attempts=7
)


def schedule_id(task_queue: str) -> str:
    """The id of the Schedule that inspects the bureau whose workers serve that queue."""
    return f"inspection-round-{task_queue}"


def build_daily_schedule_id(task_queue: str) -> str:
    """The id of the Schedule that every morning inspects what has lately ended, too."""
    return f"inspection-daily-{task_queue}"


@workflow.defn(name="inspection-round")
class InspectionRound:
    """Inspect all open matters in the order of their numbers. A batch that is repeated opens nothing twice.

    A batch that fails again and again holds up none of the others; the round that passed it over fails once it has been through all of them,
    so that Temporal, the log and the page of health show it.
    """

    @workflow.run
    async def run(self, so_far: Batch | None = None, everything: bool = False) -> Batch:
        """Go on after what was inspected so far; the sum of all batches. `everything`: with what has lately ended."""
        total = so_far or Batch(after="")
        while total.after is not None:
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(args=[total, everything])
            total = _sum(total, await self._inspect_batch("inspect-all" if everything else "inspect", total.after))
        if total.passed_over:
            raise ApplicationError(f"{total.passed_over} matters could not be inspected", total, type="passed-over")
        return total

    async def _inspect_batch(self, inspect: str, after: str) -> Batch:
        try:
            return await workflow.execute_activity(
                inspect, after, result_type=Batch, start_to_close_timeout=_PATIENCE, retry_policy=_TRIES
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            return await workflow.execute_activity("pass-over", after, result_type=Batch, start_to_close_timeout=_PATIENCE)


def _sum(one: Batch, other: Batch) -> Batch:
    return Batch(
        after=other.after,
        inspected=one.inspected + other.inspected,
        opened=one.opened + other.opened,
        closed=one.closed + other.closed,
        failed=one.failed + other.failed,
        passed_over=one.passed_over + other.passed_over,
    )
