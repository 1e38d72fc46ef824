"""The life of a delivery: sent until the system outside has it, or a person decides."""

import asyncio
from datetime import timedelta
from typing import Any, Literal

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

from models.forms.delivery import AbandonDelivery, ConfirmDelivery, FailDelivery, OpenDelivery, RepeatDelivery
from models.matter import Kind
from models.messages import Opening, Submission
from models.origin import Origin
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# A partner that is away for a long weekend gets everything when it is back; after that a person must look.
_FOR_DAYS: dict[str, Any] = {
    "start_to_close_timeout": timedelta(seconds=30),
    "schedule_to_close_timeout": timedelta(days=4),
    "retry_policy": RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=10)),
}


@matter(Kind.DELIVERY)
class Delivery(Lifecycle):
    """One message to one system outside (外部送达)."""

    @stage("未送出")
    def unopened(self, step: OpenDelivery) -> Literal["sending"]:
        """Something happened that the system wants to be told."""
        return "sending"

    @stage("送达中", rests=True)
    def sending(self, step: ConfirmDelivery | FailDelivery | AbandonDelivery) -> Literal["delivered", "undeliverable", "abandoned"]:
        """Tried again and again until it is received; a person may record the receipt that came another way, or stop it."""
        match step:
            case ConfirmDelivery():
                return "delivered"
            case FailDelivery():
                return "undeliverable"
            case AbandonDelivery():
                return "abandoned"

    @stage("送达失败", rests=True)
    def undeliverable(
        self, step: RepeatDelivery | ConfirmDelivery | AbandonDelivery
    ) -> Literal["sending", "delivered", "abandoned"]:
        """Refused, or unanswered for days: a person must look."""
        match step:
            case RepeatDelivery():
                return "sending"
            case ConfirmDelivery():
                return "delivered"
            case AbandonDelivery():
                return "abandoned"

    @stage("已签收", final=True)
    def delivered(self) -> None:
        """The system outside has it."""

    @stage("不再送达", final=True)
    def abandoned(self) -> None:
        """Nobody needs it any more."""

    async def main_loop(self, opening: Opening) -> None:
        """Send whenever it stands at sending, beside what every matter does."""
        postman = asyncio.create_task(self._send())
        await super().main_loop(opening)
        postman.cancel()

    async def _send(self) -> None:
        while True:
            await workflow.wait_condition(lambda: self.state.stage == "sending")
            await self._send_once(self.state.seq)

    async def _send_once(self, seq: int) -> None:
        answer = await self._answer()
        if answer and answer.form.get("unrecorded"):
            await self.open_failure_task(f"{self.number}/{seq}/unrecorded", "answer-unrecorded")
        if answer:
            said = {"key": f"{self.number}/{seq}/answer", "origin": Origin(number=self.number, seq=seq)}
            await self.execute_unattended(answer.model_copy(update=said))
        if self.state.stage == "undeliverable":
            await self.open_failure_task(f"{self.number}/{seq}/undeliverable", "undeliverable", RepeatDelivery.rule.step)
        # An answer that was itself refused changes nothing, and must not be asked for again and again.
        await workflow.wait_condition(lambda: self.state.seq > seq)

    async def _answer(self) -> Submission | None:
        """The step that comes of sending; None where a person has stopped it meanwhile."""
        sent = workflow.start_activity("send", self.number, result_type=RawValue, **_FOR_DAYS)
        await workflow.wait_condition(lambda: sent.done() or self.state.stage != "sending")
        if not sent.done():
            sent.cancel()
            return None
        try:
            # Read here: one that is not ours is an answer that did not come, and must not end the delivery.
            return workflow.payload_converter().from_payload((await sent).payload, Submission)
        except ApplicationError as error:
            return _build_failure(error.message)
        except ActivityError as error:
            why = error.cause.message if isinstance(error.cause, ApplicationError) else "对方系统多日没有应答"
            return _build_failure(why)


def _build_failure(why: str) -> Submission:
    return Submission(key="", body_hash="", step=FailDelivery.rule.step, form={"why": why}, actor=None)
