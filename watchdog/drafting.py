"""Matters that no person opens: a duty has numbered what is due, and starts the workflow that records its first step, once."""

from abc import abstractmethod
from datetime import datetime
from typing import Generic, TypeVar

from temporalio.exceptions import WorkflowAlreadyStartedError

from law.calendar import SHANGHAI
from models.forms.form import Form
from models.matter import TASK_TIMEOUT, Kind, build_number_prefix, build_workflow_id
from models.messages import Opening, Submission
from models.proofs import add_proof
from models.store.connection import Connection
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.temporal import note_reachability
from watchdog.duty import BOTH_ENGINES, Duty, Tools

Due = TypeVar("Due")


class DraftingDuty(Duty[int], Generic[Due]):
    """Start the workflow of one matter for each thing that is due; returns how many were begun. A subclass says what is due, and drafts each."""

    needs = BOTH_ENGINES

    async def do(self, now: datetime | None = None) -> int:
        """Draft what is due, at that instant or now by the database's clock; nothing while this machine's disagrees with it."""
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            if now is None:
                return 0
            rows = await self.list_due(connection, now)
        return sum([await self.draft(row) for row in rows])

    @abstractmethod
    async def list_due(self, connection: Connection, now: datetime) -> list[Due]:
        """What is due by then and has no matter yet, each under a number that it keeps."""

    @abstractmethod
    async def draft(self, due: Due) -> bool:
        """Start its workflow with its first step (`draft_matter`); False where there is nothing to draft after all."""


def build_beginning(kind: Kind, now: datetime) -> str:
    """With what the numbers of that kind begin at that instant."""
    return build_number_prefix(kind, now.astimezone(SHANGHAI).year)


async def draft_matter(
    tools: Tools, kind: Kind, number: str, unit: str, form: Form, *, key: str = "draft", parent: tuple[str, str] | None = None
) -> None:
    """Start the workflow of the matter of that number in that unit with its first step, unless it was started before.

    `key` distinguishes that step among those of the number; `parent` is the number and the kind of what it is about, if it hangs on that.
    """
    values = form.model_dump(mode="json", exclude_defaults=True)
    submission = Submission(key=f"{number}/{key}", body_hash="", step=form.rule.step, form=values, actor=None)
    above, kind_above = parent or ("", "")
    said_by_us = add_proof(submission, number, tools.speaker)
    opening = Opening(number=number, unit=unit, parent=above, parent_kind=kind_above, submission=said_by_us)
    id_ = build_workflow_id(kind, number)
    with note_reachability():
        try:
            await tools.client.start_workflow(kind.value, opening, id=id_, task_queue=tools.task_queue, task_timeout=TASK_TIMEOUT)
        except WorkflowAlreadyStartedError:  # begun in an earlier round, and not recorded yet; or else the next round begins it
            if found := await find_foreign_workflow(tools.client, tools.task_queue, id_):
                await end_foreign_workflow(tools.client, found)
