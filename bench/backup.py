"""Losing everything: how long it takes to keep a bureau of ten thousand open matters, to restore it, and to bring its matters back."""

import asyncio
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from temporalio.client import Client

from activities.recording.records import Records
from bench.engines import Engines, running
from bench.filling import DESK
from law.facts import Fact
from law.legal_fact import LegalFact
from models.matter import Kind, build_workflow_id
from models.messages import Actor, Proposal
from operations.backup import write_backup as keep
from operations.postgres_for_command import keep_postgres
from operations.restore import restore
from operations.resume import resume
from runtime.archive import make_key
from runtime.content_store import ContentStore, get_content_store_folder
from runtime.database import Pool, open_pool
from runtime.embedded.ports import find_free_port
from runtime.embedded.temporal import prepare_temporal
from runtime.settings import Settings
from runtime.temporal import connect

MATTERS = 10_000
# Entries in each journal, and files of so many bytes that nothing compresses.
_STEPS = 3
_FILES, _BYTES = 2000, 50_000
_AT_ONCE = 8
# Workflows are brought back in turn: once so many of them, taken at random, have read their journals, nearly all have.
_SAMPLE = 100
# Its first turn over, a workflow has a history longer than this.
_BEGUN = 4
_LOOK_S = 0.5
_MB = 1024**2


def backup(engines: Engines) -> Iterator[str]:
    """Lines of the report."""
    folder, settings = engines.folder / "backup", Settings().model_copy(update={"backup_key": SecretStr(make_key().decode())})
    filling = asyncio.run(_fill(settings))
    yield f"filled: {MATTERS} open matters, {MATTERS * _STEPS} entries, {_FILES} files of {_BYTES // 1000} KB in {filling:.0f} s"
    began = time.monotonic()
    manifest = keep(settings, folder)
    database, files = (manifest.sizes[name] / _MB for name in ("database", "files"))
    yield f"backup: {time.monotonic() - began:.1f} s, read again included; database {database:.1f} MB, files {files:.1f} MB"
    elsewhere = settings.model_copy(update={"data_dir": engines.folder / "elsewhere", "database_url": ""})
    began = time.monotonic()
    restored = restore(elsewhere, folder)
    yield f"restore: {time.monotonic() - began:.1f} s, verification of {restored.report.entries} entries included, {len(restored.report.faults)} faults"
    with _elsewhere(elsewhere) as there:
        yield from asyncio.run(_come_back(there))


async def _fill(settings: Settings) -> float:
    began = time.monotonic()
    pool = await open_pool(settings.database_url, _AT_ONCE, "bench")
    try:
        records, numbers = Records(pool), iter(range(1, MATTERS + 1))

        async def some() -> None:
            for n in numbers:
                for seq in range(_STEPS):
                    await records.record(_proposal(f"{Kind.INCIDENT.prefix}2026{n:08}", seq))

        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(some())
        await _number_on(pool)
    finally:
        await pool.close()
    contents, dice = ContentStore(get_content_store_folder(settings.data_dir)), random.Random(0)
    for _ in range(_FILES):
        await asyncio.to_thread(contents.keep, [dice.randbytes(_BYTES)])
    return time.monotonic() - began


async def _number_on(pool: Pool) -> None:
    async with pool.connection() as connection:
        await connection.execute("SELECT setval('matter_number', %s)", (MATTERS,))


def _proposal(number: str, seq: int) -> Proposal:
    """An incident that was received, and then was told more of."""
    now = datetime.now(UTC)
    return Proposal(
        number=number,
        kind=Kind.INCIDENT,
        unit=DESK,
        parent="",
        key=f"{number}/bench/{seq}",
        body_hash="bench",
        type="step",
        step="note" if seq else "open-incident",
        form={"narrative": "电动自行车被盗" * 20, "place": "人民路1号"},
        actor=Actor(person=DESK, unit=DESK, offices=("reporting-desk",)),
        seq=seq,
        stage_before="received" if seq else "unopened",
        stage="received",
        final=False,
        decided_at=now,
        title="盗窃 人民路1号",
        facts=() if seq else (LegalFact(Fact.INCIDENT_RECEIVED, now, number),),
    )


@contextmanager
def _elsewhere(settings: Settings) -> Iterator[Settings]:
    """The restored bureau's database, a Temporal that knows nothing, and a worker."""
    folder = settings.data_dir
    server = prepare_temporal(find_free_port(), folder / "temporal.db")
    with keep_postgres(settings) as there, running(server, folder):
        there = there.model_copy(update={"temporal_address": server.address})
        os.environ |= {
            "LOUKE_DATA_DIR": str(folder),
            "LOUKE_DATABASE_URL": there.database_url,
            "LOUKE_TEMPORAL_ADDRESS": server.address,
        }
        with Engines(Path(folder), there.database_url, server.address).worker("worker", there.task_queue, "cli", "worker"):
            yield there


async def _come_back(there: Settings) -> list[str]:
    client = await connect(there)
    began = time.monotonic()
    came = await resume(there, client)
    started = time.monotonic() - began
    await _have_read(client)
    return [f"resume: {came.begun} matters begun in {started:.1f} s, back from their journals in {time.monotonic() - began:.1f} s"]


async def _have_read(client: Client) -> None:
    """Wait until the matters of a sample have read their journals."""
    dice = random.Random(0)
    waiting = {f"{Kind.INCIDENT.prefix}2026{n:08}" for n in dice.sample(range(1, MATTERS + 1), _SAMPLE)}
    waiting.add(f"{Kind.INCIDENT.prefix}2026{MATTERS:08}")  # the last of them
    while waiting:
        for number in sorted(waiting):
            described = await client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, number)).describe()
            if described.history_length > _BEGUN:
                waiting.discard(number)
        await asyncio.sleep(_LOOK_S)
