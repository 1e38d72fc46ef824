"""`louke replay`: replay histories of running matters against this code, to know before a release whether they survive it. Read-only."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowHistory
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.worker import Replayer

from models.matter import Kind, build_workflow_id
from models.store.connection import Query, read_all
from runtime.database import connect
from runtime.database import unavailable as database_away
from runtime.encryption import load_key_ring
from runtime.settings import Settings
from runtime.temporal import build_data_converter, is_encrypted, make_workflow_runner
from runtime.temporal import connect as connect_temporal
from runtime.temporal import unavailable as temporal_away
from workflows.registry import ROUNDS, get_lifecycles


class _Open(NamedTuple):
    """An open matter."""

    number: str
    kind: str


# One matter of every kind and stage before a second of any: what breaks, breaks at a stage.
SAMPLE = Query[_Open]("""
SELECT number, kind FROM (
    SELECT number, kind, row_number() OVER (PARTITION BY kind, stage ORDER BY random()) AS turn FROM matter WHERE NOT final
) each ORDER BY turn, random() LIMIT %(most)s
""")


class Outcome(NamedTuple):
    """The result for one history: the workflow's id, and why it does not replay (empty: it does)."""

    workflow_id: str
    fault: str


async def replay(
    histories: AsyncIterator[WorkflowHistory], workflows: Sequence[type], converter: DataConverter
) -> AsyncIterator[Outcome]:
    """Replay each history against these workflows."""
    # The library's replayer never ends if it is given nothing to replay.
    first = await anext(histories, None)
    if first is None:
        return
    replayer = Replayer(workflows=workflows, data_converter=converter, workflow_runner=make_workflow_runner())
    async with replayer.workflow_replay_iterator(_chain_histories(first, histories)) as results:
        async for result in results:
            fault = result.replay_failure
            yield Outcome(result.history.workflow_id, str(fault or "").partition("\n")[0])


async def _chain_histories(first: WorkflowHistory, others: AsyncIterator[WorkflowHistory]) -> AsyncIterator[WorkflowHistory]:
    yield first
    async for each in others:
        yield each


async def rehearse(settings: Settings, folder: Path, most: int, say: Callable[[str], object]) -> int:
    """Replay `most` running matters, or with 0 what is recorded in the folder, printing each result: 0 if all replay, 1 if not, 2 if there is none."""
    histories = fetch_running(await connect_temporal(settings), settings.database_url, most) if most else read_recorded(folder)
    total = broken = 0
    converter = build_data_converter(load_key_ring(settings), reads_clear=not most)
    async for outcome in replay(histories, [*get_lifecycles().values(), *ROUNDS], converter):
        total, broken = total + 1, broken + bool(outcome.fault)
        say(f"✗ {outcome.workflow_id}：不能继续（{outcome.fault}）" if outcome.fault else f"✓ {outcome.workflow_id}")
    say(f"共重放{total}件，{broken}件不能继续。" if total else "没有可以重放的历史。")
    return 1 if broken else 0 if total else 2


def unavailable(error: BaseException) -> bool:
    """Whether the error means that an engine is away."""
    return database_away(error) or temporal_away(error)


async def read_recorded(folder: Path) -> AsyncIterator[WorkflowHistory]:
    """The histories in a folder and those below it, each named by its path there."""
    for file in await asyncio.to_thread(lambda: sorted(folder.rglob("*.json"))):
        yield WorkflowHistory.from_json(str(file.relative_to(folder).with_suffix("")), await asyncio.to_thread(file.read_text))


async def fetch_running(client: Client, database_url: str, most: int) -> AsyncIterator[WorkflowHistory]:
    """Histories of some open matters, of as many kinds and stages as there are."""
    with connect(database_url, "replay") as connection:
        rows = read_all(connection, SAMPLE, {"most": most})
    for row in rows:
        yield await client.get_workflow_handle(build_workflow_id(Kind(row.kind), row.number)).fetch_history()


async def record_history(client: Client, workflow_id: str, path: Path) -> None:
    """Write a workflow's history to a file, decrypted: only ever of invented matters."""
    history = await client.get_workflow_handle(workflow_id).fetch_history()
    codec = client.data_converter.payload_codec
    if codec:
        for event in history.events:
            await _decode(event, codec)
    await asyncio.to_thread(_write, path, history.to_json() + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


async def _decode(message: Message, codec: PayloadCodec) -> None:
    for payload in filter(is_encrypted, list(list_payloads(message))):
        (plain,) = await codec.decode([payload])
        payload.CopyFrom(plain)


def list_payloads(message: Message) -> Iterator[Payload]:
    """Every payload within a message, at any depth."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            held = [each for each in value.values() if isinstance(each, Message)]
        else:
            held = list(value) if field.is_repeated else [value]
        for each in held:
            yield from list_payloads(each)
