"""What travels through Temporal is unreadable on the way, and its absence is recognised by type."""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from pydantic import BaseModel
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client, WorkflowFailureError
from temporalio.converter import DataConverter
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

from runtime import logging
from runtime.encryption import KeyRing, Unreadable
from runtime.settings import Settings
from runtime.temporal import NOT_OURS, Foreign, build_data_converter, connect, make_workflow_runner, note_reachability, unavailable

RING = KeyRing([("one", b"1" * 32)])
NARRATIVE = "嫌疑人张三于二十八日晚在某小区"


class Note(BaseModel):
    text: str
    born_on: date
    at: datetime


NOTE = Note(text=NARRATIVE, born_on=date(1990, 3, 7), at=datetime(2026, 9, 28, 10, tzinfo=UTC))


@pytest.fixture
def converter() -> DataConverter:
    return build_data_converter(RING)


@pytest.mark.parametrize("repeats", [1, 1000])
async def test_a_value_comes_back_as_the_type_it_was(converter: DataConverter, repeats: int) -> None:
    note = NOTE.model_copy(update={"text": NARRATIVE * repeats})
    (payload,) = await converter.encode([note])
    assert NARRATIVE.encode() not in payload.SerializeToString() and b"born_on" not in payload.SerializeToString()
    assert payload.metadata["key"] == b"one"
    assert await converter.decode([payload], [Note]) == [note]


async def test_a_large_payload_is_compressed_before_it_is_encrypted(converter: DataConverter) -> None:
    (payload,) = await converter.encode([NARRATIVE * 1000])
    assert len(payload.data) < len(NARRATIVE.encode()) * 20


async def test_a_payload_that_nobody_encrypted_is_refused(converter: DataConverter) -> None:
    plain = await DataConverter.default.encode(["from elsewhere"])
    with pytest.raises(Foreign):
        await converter.decode(plain, [str])


async def test_who_does_not_look_for_the_mark_reads_nothing_of_what_is_refused(converter: DataConverter) -> None:
    # The library reads the header of a trace by itself; what is no header must not stop the workflow.
    theirs = await build_data_converter(KeyRing([("theirs", b"2" * 32)])).encode(["from elsewhere"])
    clear = await DataConverter.default.encode(["from elsewhere"])
    assert converter.payload_codec
    refused = await converter.payload_codec.decode([*theirs, *clear, Payload(metadata={"encoding": b"\xff"}, data=b"\xff")])
    assert DataConverter.default.payload_converter.from_payloads(refused) == [{}, {}, {}]


async def test_a_history_that_was_recorded_in_clear_is_read() -> None:
    plain = await DataConverter.default.encode(["recorded"])
    assert await build_data_converter(RING, reads_clear=True).decode(plain, [str]) == ["recorded"]


async def test_of_a_failure_that_anybody_may_have_made_up_only_the_kind_is_believed(converter: DataConverter) -> None:
    failure = Failure()
    made_up = ApplicationError("the person is released", NOTE, type="form-invalid", non_retryable=True)
    await DataConverter.default.encode_failure(ApplicationError(made_up.message, type=made_up.type, non_retryable=True), failure)
    read = await converter.decode_failure(failure)
    assert isinstance(read, ApplicationError)
    assert (read.message, read.type, read.details) == (NOT_OURS, "form-invalid", ())


async def test_a_payload_under_a_key_we_lack_names_that_key(converter: DataConverter) -> None:
    payloads = await build_data_converter(KeyRing([("two", b"2" * 32)])).encode([NOTE])
    with pytest.raises(Unreadable, match="'two', but the ring has only one"):
        await converter.decode(payloads, [Note])


async def test_an_altered_payload_is_unreadable(converter: DataConverter) -> None:
    (payload,) = await converter.encode([NOTE])
    payload.data = payload.data[:-1] + bytes([payload.data[-1] ^ 1])
    with pytest.raises(Unreadable, match="altered"):
        await converter.decode([payload], [Note])


@pytest.mark.parametrize("plain", [b"never compressed", zlib.compress(b"x" * 1000)[:-9], zlib.compress(b"x" * (65 << 20))])
async def test_a_payload_that_does_not_decompress_is_unreadable(converter: DataConverter, plain: bytes) -> None:
    metadata = {"encoding": b"binary/aes-256-gcm-siv", "key": b"one", "compressed": b"zlib"}
    with pytest.raises(Unreadable):
        await converter.decode([Payload(metadata=metadata, data=RING.encrypt(plain))], [Note])


@activity.defn
async def fail(note: Note) -> None:
    raise ApplicationError(f"no form for {note.text}", note, type="form-invalid", non_retryable=True)


@workflow.defn
class Failing:
    @workflow.run
    async def run(self, note: Note) -> None:
        await workflow.execute_local_activity(fail, note, start_to_close_timeout=timedelta(seconds=5))


@workflow.defn
class Waiting:
    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def echo(self, note: Note) -> Note:
        return note


@pytest_asyncio.fixture
async def client(temporal_address: str, tmp_path: Path) -> AsyncIterator[Client]:
    yield await connect(Settings(temporal_address=temporal_address, data_dir=tmp_path))


async def test_neither_input_nor_failure_is_readable_in_history(client: Client) -> None:
    queue = str(uuid4())
    async with Worker(client, task_queue=queue, workflows=[Failing], activities=[fail], workflow_runner=make_workflow_runner()):
        handle = await client.start_workflow(Failing.run, NOTE, id=queue, task_queue=queue)
        with pytest.raises(WorkflowFailureError) as failed:
            await handle.result()
    stored = b"".join([event.SerializeToString() async for event in handle.fetch_history_events()])
    assert NARRATIVE.encode() not in stored and b"no form for" not in stored
    assert b"test_temporal.py" not in stored, "a stack trace is readable"
    cause = failed.value.cause
    assert isinstance(cause, ApplicationError)
    assert (cause.type, NARRATIVE in str(cause)) == ("form-invalid", True)


async def test_an_update_carries_its_form_there_and_back(client: Client) -> None:
    queue = str(uuid4())
    async with Worker(client, task_queue=queue, workflows=[Waiting], workflow_runner=make_workflow_runner()):
        handle = await client.start_workflow(Waiting.run, id=queue, task_queue=queue)
        assert await handle.execute_update(Waiting.echo, NOTE) == NOTE
        await handle.terminate()


async def test_an_update_that_no_worker_takes_means_the_engine_is_away(client: Client) -> None:
    handle = await client.start_workflow(Waiting.run, id=str(uuid4()), task_queue=str(uuid4()))
    with pytest.raises(Exception) as refused:
        await handle.execute_update(Waiting.echo, NOTE, rpc_timeout=timedelta(milliseconds=300))
    assert unavailable(refused.value)
    await handle.terminate()


async def test_what_the_client_library_mutters_about_a_server_that_went_away_stands_nowhere_raw(
    temporal_address: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    host, port = temporal_address.split(":")

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        ends.extend((writer, far_writer))
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer), return_exceptions=True)

    ends = list[asyncio.StreamWriter]()
    door = await asyncio.start_server(passed_on, "127.0.0.1", 0)
    here = "{}:{}".format(*door.sockets[0].getsockname())
    client = await connect(Settings(temporal_address=here, data_dir=tmp_path), patience=timedelta(seconds=4))
    door.close()
    for end in ends:
        end.close()
    with pytest.raises(RPCError) as refused:
        await client.count_workflows()
    assert unavailable(refused.value)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def test_a_workflow_that_does_not_exist_does_not_mean_the_engine_is_away(client: Client) -> None:
    with pytest.raises(RPCError) as refused:
        await client.get_workflow_handle("nobody").describe()
    assert not unavailable(refused.value)


@pytest.mark.parametrize("lazy", [True, False])
async def test_a_server_that_was_never_there_means_the_engine_is_away(tmp_path: Path, lazy: bool) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody_listens.getsockname()[1]}"
        with pytest.raises(Exception) as refused:
            away = await connect(Settings(temporal_address=address, data_dir=tmp_path), lazy=lazy, patience=timedelta(seconds=0.5))
            await away.get_workflow_handle("any").describe()
    assert unavailable(refused.value)


@pytest.mark.parametrize("error", [RuntimeError("ours"), ValueError(), TimeoutError()])
def test_a_fault_of_ours_does_not_mean_the_engine_is_away(error: Exception) -> None:
    assert not unavailable(error)


def test_the_log_is_told_when_the_engine_is_lost_and_found(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: set[str] = set()
    monkeypatch.setattr(logging, "_lost", lost)
    with pytest.raises(RPCError), note_reachability():
        raise RPCError("gone", RPCStatusCode.UNAVAILABLE, b"")
    assert lost == {"temporal"}
    with pytest.raises(RPCError), note_reachability():
        raise RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b"")
    assert lost == set()
