"""The sides that are compared: the floor, the product through the Temporal client, and the product through its API."""

from collections import deque
from itertools import count
from typing import Any, NamedTuple
from uuid import uuid4

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from bench import floor
from bench.callers import of_another
from bench.filling import DESK
from bench.http import Connections
from law.offices import Office
from models.journal import hash_body
from models.matter import Kind, build_workflow_id
from models.messages import Actor, Opening, Receipt, Submission
from models.proofs import add_proof
from runtime.process_signatures import API, load_speaker
from runtime.settings import Settings

_ACTOR = Actor(person=DESK, unit=DESK, offices=(Office.CASE_OFFICER, Office.REPORTING_DESK))


class Life(NamedTuple):
    """How an incident is opened and which steps it takes then, each bringing about a fact."""

    opening: dict[str, Any]
    steps: tuple[tuple[str, dict[str, Any]], ...]


# A quarrel among neighbours, told by telephone: the law sets no limit to any of it.
CALL = Life(
    {
        "kind": "邻里纠纷",
        "place": "东街十二号楼",
        "narrative": "报警人称楼上住户深夜施工，多次劝说无效，双方发生争执，要求民警到场处理。",
        "reporter": "王小明",
    },
    (
        ("dispatch-incident", {"unit": DESK, "officer": DESK}),
        ("register-report", {"receipt": True}),
        ("arrive-on-scene", {"found": "双方情绪激动，无人受伤。"}),
        ("handle-scene", {"measures": "将双方分开，分别了解情况，告知噪声管理规定。"}),
        ("classify-incident", {"classification": "dispute", "reason": "邻里噪声纠纷，不构成违反治安管理行为。"}),
        ("close-incident", {"outcome": "双方达成谅解，楼上住户承诺夜间不再施工。"}),
    ),
)
# A letter to the chief about somebody missing: four clocks start with it, and each step starts or ends one.
LETTER = Life(
    {
        "kind": "人员失联",
        "channel": "mailbox",
        "missing": True,
        "place": "东街十二号楼",
        "narrative": "来信人称其父三日前离家后未归，手机关机，请求协助查找。",
        "reporter": "王小明",
    },
    (
        ("sign-letter", {}),
        ("contact-writer", {"outcome": "电话联系来信人，其补充了失联人员的衣着和去向。"}),
        ("require-two-hour-report", {"situation": "失联人员患有疾病，可能遭遇危险。"}),
        ("make-two-hour-report", {"report": "已报告分局指挥中心，开展查找。"}),
        ("find-missing-person", {"circumstances": "在邻县亲属家中找到，身体状况良好。"}),
        ("answer-letter", {"answer": "已将查找结果告知来信人，来信人表示满意。"}),
    ),
)

_numbers = count(1)


class Side:
    """Things that are opened and then stepped along, the one that waits longest first; each is left alone after its last step."""

    def __init__(self, long: int = len(CALL.steps)) -> None:
        """Nothing is open yet; each is to take so many steps."""
        self._waiting: deque[tuple[str, int]] = deque()
        self._long = long

    async def open(self) -> None:
        """Open one more."""
        self._waiting.append((await self._opened(), 0))

    async def step(self) -> None:
        """Take the next step of one, IndexError when too few were opened."""
        name, taken = self._waiting.popleft()
        await self._step(name, taken)
        if taken + 1 < self._long:
            self._waiting.append((name, taken + 1))

    @property
    def steps_left(self) -> int:
        """How many steps can be taken before more must be opened."""
        return sum(self._long - taken for _, taken in self._waiting)

    async def _opened(self) -> str:
        raise NotImplementedError

    async def _step(self, name: str, taken: int) -> None:
        raise NotImplementedError


class Floor(Side):
    """Bare workflows, driven through a plain client."""

    def __init__(self, client: Client) -> None:
        """Drive them through that client."""
        super().__init__()
        self._client = client

    async def _opened(self) -> str:
        """Start a workflow and have it write a row, in one call."""
        name = uuid4().hex
        start: Any = WithStartWorkflowOperation(
            floor.Bare.run, id=name, task_queue=floor.TASK_QUEUE, id_conflict_policy=WorkflowIDConflictPolicy.FAIL
        )
        await self._client.execute_update_with_start_workflow(floor.Bare.put, name, start_workflow_operation=start)
        return name

    async def _step(self, name: str, taken: int) -> None:
        """Have it write another row."""
        await self._client.get_workflow_handle(name).execute_update(floor.Bare.put, f"{name}/{taken}")


class Product(Side):
    """Incidents, driven as the API drives them."""

    def __init__(self, client: Client, task_queue: str, life: Life = CALL) -> None:
        """Drive them through that client, opening them on that queue, for that life."""
        super().__init__(len(life.steps))
        self._client, self._task_queue, self._life = client, task_queue, life
        self._speaker = load_speaker(Settings(), API)

    async def _opened(self) -> str:
        """Take a report: a matter with its first entry, its facts, and the clocks that these start."""
        number = f"{Kind.INCIDENT.prefix}1999{next(_numbers):08}"
        start: Any = WithStartWorkflowOperation(
            Kind.INCIDENT.value,
            Opening(number=number, unit=DESK),
            id=build_workflow_id(Kind.INCIDENT, number),
            task_queue=self._task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await self._client.execute_update_with_start_workflow(
            "submit",
            add_proof(_submission("open-incident", of_another(self._life.opening)), number, self._speaker),
            start_workflow_operation=start,
            result_type=Receipt,
        )
        return number

    async def _step(self, name: str, taken: int) -> None:
        """Take the incident a step further."""
        submission = add_proof(_submission(*self._life.steps[taken], seen=taken + 1), name, self._speaker)
        handle = self._client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, name))
        await handle.execute_update("submit", submission, id=submission.key, result_type=Receipt)


class Requests(Side):
    """Incidents, driven through the API."""

    def __init__(self, connections: Connections) -> None:
        """Drive them over those connections."""
        super().__init__()
        self._connections = connections

    async def _opened(self) -> str:
        """Take a call."""
        opened = await self._connections.ask("POST", "/api/matters/incident", of_another(CALL.opening), idempotency_key=uuid4().hex)
        return opened["number"]

    async def _step(self, name: str, taken: int) -> None:
        """Take the incident a step further."""
        step, form = CALL.steps[taken]
        path = f"/api/matters/{name}/steps/{step}"
        await self._connections.ask("POST", path, form, idempotency_key=uuid4().hex, if_match=str(taken + 1))


def _submission(step: str, form: dict[str, Any], seen: int | None = None) -> Submission:
    return Submission(key=uuid4().hex, body_hash=hash_body(step, form), step=step, form=form, actor=_ACTOR, seen=seen)
