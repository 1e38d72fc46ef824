"""Arming the canary (自检): a deadline one minute ahead, opened like any other, which proves that arming, ringing and notifying work."""

from datetime import timedelta

from temporalio.client import WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from models.matter import Kind, build_number_prefix, build_workflow_id
from models.messages import Actor, Opening, Receipt, Submission
from models.proofs import add_proof
from runtime.logging import log
from runtime.temporal import note_reachability
from watchdog.duty import BOTH_ENGINES, Duty


class ArmCanary(Duty[str]):
    """Open a canary whose one clock must ring within a minute; returns its number, empty where none was armed."""

    name = "arm-canary"
    every = timedelta(minutes=5)
    needs = BOTH_ENGINES

    async def do(self) -> str:
        """Arm one, unless this machine's clock is disputed, in which case nothing rings here and it would prove nothing."""
        now = await self.tools.read_now()
        if now is None:
            return ""
        number = build_number_prefix(Kind.CANARY, f"{now:%Y%m%d%H%M%S%f}")
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
            id=build_workflow_id(Kind.CANARY, number),
            task_queue=self.tools.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        with note_reachability():
            await self.tools.client.execute_update_with_start_workflow(
                "submit",
                add_proof(submission, number, self.tools.speaker),
                start_workflow_operation=start,
                result_type=Receipt,
                rpc_timeout=timedelta(seconds=20),
            )
        log.info("canary.armed", matter=number)
        return number
