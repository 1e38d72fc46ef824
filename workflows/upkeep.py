"""Upkeep (定期工作): one work is repeated until nothing of it is left. A Temporal Schedule begins it."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

# The longest takes ten minutes; one whose worker died is begun again by another after this.
_PATIENCE = timedelta(minutes=15)
# What still fails after some minutes is shown as failed, and tried again by the next round.
_TRIES = RetryPolicy(
    initial_interval=timedelta(seconds=2), backoff_coefficient=3, maximum_interval=timedelta(minutes=1), maximum_attempts=7
)


def build_upkeep_id(name: str, task_queue: str) -> str:
    """The id of the Schedule of that upkeep for the bureau whose workers serve that queue."""
    return f"upkeep-{name}-{task_queue}"


@workflow.defn(name="upkeep")
class UpkeepRound:
    """Repeat the activity of that name, a portion at a time, until it finds nothing to do."""

    @workflow.run
    async def run(self, name: str, so_far: int = 0) -> int:
        """Go on after so much; how much was done in all."""
        while done := await workflow.execute_activity(name, result_type=int, start_to_close_timeout=_PATIENCE, retry_policy=_TRIES):
            so_far += done
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(args=[name, so_far])
        return so_far
