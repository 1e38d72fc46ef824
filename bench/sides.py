"""The two sides that are compared: the floor and the product. Both open things, and then step them along."""

from collections import deque
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from bench import floor
from law.offices import Office
from models.journal import body_hash
from models.matter import Kind, workflow_id
from models.messages import Actor, Opening, Receipt, Submission

_ACTOR = Actor(person="bench", unit="bench", offices=(Office.CASE_OFFICER, Office.REPORTING_DESK))
_OPENING: dict[str, Any] = {
    "kind": "邻里纠纷",
    "place": "东街十二号楼下",
    "narrative": "报警人称楼上住户深夜施工,多次劝说无效,双方发生争执,要求民警到场处理。",
    "reporter": "王小明",
    "reporter_phone": "0571-5550123",
}
# The life of an incident after the call, each step bringing about a fact and moving clocks.
_LIFE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("dispatch-incident", {"unit": "bench", "officer": "bench"}),
    ("register-report", {"receipt": True}),
    ("arrive-on-scene", {"found": "双方情绪激动,无人受伤。"}),
    ("handle-scene", {"measures": "将双方分开,分别了解情况,告知噪声管理规定。"}),
    ("classify-incident", {"classification": "dispute", "reason": "邻里噪声纠纷,不构成违反治安管理行为。"}),
    ("close-incident", {"outcome": "双方达成谅解,楼上住户承诺夜间不再施工。"}),
)


class Floor:
    """Bare workflows, driven through a plain client."""

    def __init__(self, client: Client) -> None:
        """Drive them through that client."""
        self._client = client
        self._open: deque[tuple[str, int]] = deque()

    async def open(self) -> None:
        """Start a workflow and have it write a row, in one call."""
        name = uuid4().hex
        start: Any = WithStartWorkflowOperation(
            floor.Bare.run, id=name, task_queue=floor.TASK_QUEUE, id_conflict_policy=WorkflowIDConflictPolicy.FAIL
        )
        await self._client.execute_update_with_start_workflow(floor.Bare.put, name, start_workflow_operation=start)
        self._open.append((name, 0))

    async def step(self) -> None:
        """Have the workflow that waits longest write another row; after as many as a matter has steps, it is left alone."""
        name, taken = self._open.popleft()
        await self._client.get_workflow_handle(name).execute_update(floor.Bare.put, f"{name}/{taken}")
        if taken + 1 < len(_LIFE):
            self._open.append((name, taken + 1))

    @property
    def steps_left(self) -> int:
        """How many steps can be taken before more must be opened."""
        return sum(len(_LIFE) - taken for _, taken in self._open)


class Product:
    """Incidents, driven as the API drives them."""

    def __init__(self, client: Client, task_queue: str) -> None:
        """Drive them through that client, opening them on that queue."""
        self._client, self._task_queue = client, task_queue
        self._open: deque[tuple[str, int]] = deque()
        self._numbers = count(1)

    async def open(self) -> None:
        """Take a call: a matter with its first entry, facts and clocks."""
        number = f"{Kind.INCIDENT.prefix}{datetime.now(UTC):%Y}{next(self._numbers):08}"
        start: Any = WithStartWorkflowOperation(
            Kind.INCIDENT.value,
            Opening(number=number, unit="bench"),
            id=workflow_id(Kind.INCIDENT, number),
            task_queue=self._task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await self._client.execute_update_with_start_workflow(
            "submit", _submission("open-incident", _OPENING), start_workflow_operation=start, result_type=Receipt
        )
        self._open.append((number, 0))

    async def step(self) -> None:
        """Take the next step of the incident that waits longest; a closed one is left alone."""
        number, taken = self._open.popleft()
        submission = _submission(*_LIFE[taken], seen=taken + 1)
        handle = self._client.get_workflow_handle(workflow_id(Kind.INCIDENT, number))
        await handle.execute_update("submit", submission, id=submission.key, result_type=Receipt)
        if taken + 1 < len(_LIFE):
            self._open.append((number, taken + 1))

    @property
    def steps_left(self) -> int:
        """How many steps can be taken before more must be opened."""
        return sum(len(_LIFE) - taken for _, taken in self._open)


def _submission(step: str, form: dict[str, Any], seen: int | None = None) -> Submission:
    form = form | {"at": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()} if step == "open-incident" else form
    return Submission(key=uuid4().hex, body_hash=body_hash(step, form), step=step, form=form, actor=_ACTOR, seen=seen)
