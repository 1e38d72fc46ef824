"""The Temporal server of one machine keeps what it acknowledged."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import PollWorkflowTaskQueueRequest
from temporalio.client import Client, WorkflowExecutionStatus

from runtime.embedded.ports import find_free_port
from runtime.embedded.process import Child
from runtime.embedded.temporal import polled_since, prepare_temporal, serves
from runtime.settings import Settings

pytestmark = pytest.mark.engines

# As the kernel writes the state, and 127.0.0.1.
_LISTENS, _LOOPBACK = "0A", "0100007F"


@contextmanager
def running(port: int, file: Path) -> Iterator[Child]:
    child = Child(prepare_temporal(port, file), file.with_suffix(".log"))
    try:
        child.await_ready()
        yield child
    finally:
        child.stop(within=5)


def listened_at(pid: int) -> set[str]:
    """The addresses, as the kernel writes them, at which that process listens."""
    own = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()}
    found = set[str]()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == _LISTENS and f"socket:[{rest[5]}]" in own:
                found.add(local.partition(":")[0])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_no_port_of_it_is_open_to_other_machines(tmp_path: Path) -> None:
    with running(find_free_port(), tmp_path / "temporal.db") as server:
        assert listened_at(server.pid) == {_LOOPBACK}


def test_a_workflow_survives_the_death_of_its_server(tmp_path: Path) -> None:
    file, port = tmp_path / "temporal.db", find_free_port()

    async def begin() -> None:
        client = await Client.connect(f"127.0.0.1:{port}")
        await client.start_workflow("Anything", id="kept", task_queue="nobody")

    async def status() -> WorkflowExecutionStatus | None:
        client = await Client.connect(f"127.0.0.1:{port}")
        return (await client.get_workflow_handle("kept").describe()).status

    with running(port, file) as server:
        asyncio.run(begin())
        os.kill(server.pid, signal.SIGKILL)
    # Bytes 18 and 19 of an SQLite file in WAL mode are 2; without WAL every step takes several times as long.
    assert file.read_bytes()[18:20] == b"\x02\x02"
    with running(port, file):
        assert asyncio.run(status()) is WorkflowExecutionStatus.RUNNING


async def test_operators_may_search_by_kind_stage_and_unit(temporal_address: str) -> None:
    client = await Client.connect(temporal_address)
    answer = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="default"))
    assert {"Kind", "Stage", "Unit"} <= set(answer.custom_attributes)


def test_a_server_that_is_not_there_serves_nobody() -> None:
    assert not serves(f"127.0.0.1:{find_free_port()}", "default")


def test_a_server_without_the_namespace_does_not_count(temporal_address: str) -> None:
    assert serves(temporal_address, "default")
    assert not serves(temporal_address, "another-bureau")


async def test_only_a_worker_that_has_asked_since_counts(temporal_address: str) -> None:
    began = datetime.now(UTC)

    async def polled(since: datetime) -> bool:
        return await asyncio.to_thread(polled_since, Settings(task_queue="only-this-test"), temporal_address, since)

    assert not await polled(began)
    client = await Client.connect(temporal_address)
    request = PollWorkflowTaskQueueRequest(namespace="default", task_queue=TaskQueue(name="only-this-test"), identity="me")
    waiting = asyncio.create_task(client.workflow_service.poll_workflow_task_queue(request))
    async with asyncio.timeout(10):
        while not await polled(began):
            pass
    assert not await polled(datetime.now(UTC) + timedelta(minutes=1))
    waiting.cancel()
