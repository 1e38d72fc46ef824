"""A round of inspections (巡查): every open matter is inspected once, batch after batch. A Temporal Schedule starts it."""

from datetime import timedelta

from temporalio import workflow

from models.inspection_messages import Batch

# A batch takes a second or two; one whose worker died is begun again by another after this.
_PATIENCE = timedelta(minutes=2)


@workflow.defn(name="inspection-round")
class InspectionRound:
    """Inspect all open matters in the order of their numbers. A batch that is repeated opens nothing twice."""

    @workflow.run
    async def run(self, so_far: Batch | None = None) -> Batch:
        """Go on after what was inspected so far; the sum of all batches."""
        total = so_far or Batch(after="")
        while total.after is not None:
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(total)
            done = await workflow.execute_activity("inspect", total.after, result_type=Batch, start_to_close_timeout=_PATIENCE)
            total = _sum(total, done)
        return total


def _sum(one: Batch, other: Batch) -> Batch:
    return Batch(
        after=other.after,
        inspected=one.inspected + other.inspected,
        opened=one.opened + other.opened,
        closed=one.closed + other.closed,
        failed=one.failed + other.failed,
    )
