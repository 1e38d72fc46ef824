"""Traces of reading are sealed with the journal, verified with it, kept for a term, and then forgotten by the day."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from activities.upkeep.forget_readings import forget
from models.store.traces import write
from models.trace_shapes import CHAIN, Reading, Trace
from runtime.seals import Head, find_newest, get_heads_file, is_of_journal
from tests.world import World, found, world
from verification.rules.report_words import report_as_dict, summarise
from verification.verification import verify
from watchdog.duties.seal_journal import SealJournal

TERM = 200


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path), working=False) as one:
        yield one


async def read(bureau: World, times: int = 3) -> None:
    """Somebody looks for so many things, each of which leaves a trace."""
    officer = await bureau.as_("liusiyuan")
    for n in range(times):
        await officer.find("/api/matters/find", q=f"{datetime.now(UTC)} {n}")
    assert await bureau.ctx.access_log.flush()


async def faults(bureau: World) -> list[str]:
    return [f"{fault.question}: {fault.words}" for fault in (await asyncio.to_thread(verify, bureau.settings)).faults]


async def tamper(bureau: World, statement: str) -> None:
    """What whoever has all rights on the database can do."""
    await bureau.ask("ALTER TABLE reading_trace DISABLE TRIGGER ALL")
    await bureau.ask(statement)
    await bureau.ask("ALTER TABLE reading_trace ENABLE TRIGGER ALL")


async def read_before_the_term(bureau: World, times: int = 3, days_before: int = 1) -> None:
    """What somebody looked for when its traces have had their term today, or so many days before that."""
    at = datetime.now(UTC) - timedelta(days=TERM + days_before)
    trace = Trace(at, "liusiyuan", ["case-officer"], ["chengguan"], "127.0.0.1", Reading.LIST, "", 200, None, None)
    async with bureau.ctx.pool.connection() as connection:
        await write(connection, [replace(trace, at=at + timedelta(seconds=n)) for n in range(times)], [])


def test_seals_and_traces_call_the_chain_of_a_day_alike() -> None:
    assert not is_of_journal(Head(f"{CHAIN}2026-11-29", 1, ""))


async def test_traces_are_sealed_with_the_journal_and_counted_by_whoever_verifies(bureau: World) -> None:
    await read(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    seal = find_newest(get_heads_file(bureau.settings.data_dir))
    assert seal
    assert [(head.chain[:5], head.position) for head in seal.heads if head.chain.startswith(CHAIN)] == [("READ/", 3)]
    report = await asyncio.to_thread(verify, bureau.settings)
    assert (report.faults, report.traces) == ([], 3)
    assert "3条查阅记录" in summarise(report_as_dict(report))
    await read(bureau)
    assert await faults(bureau) == []


async def test_at_night_the_file_of_seals_does_not_grow_with_every_look(bureau: World) -> None:
    watch = bureau.watch()
    await read(bureau)
    assert await watch.get_duty(SealJournal).do()
    await read(bureau)
    assert await watch.get_duty(SealJournal).do() == 0


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("UPDATE reading_trace SET username = 'xuyating' WHERE position = 2", "integrity: 查阅记录与摘要不符"),
        ("DELETE FROM reading_trace WHERE position = 2", "completeness: 查阅记录缺失"),
        ("DELETE FROM reading_trace WHERE position = 3", "completeness: 链尾被截断"),
        ("DELETE FROM reading_trace", "completeness: 整条日志链缺失"),
        ("UPDATE reading_day SET position = 2, hash = '\\x00'", "integrity: 查阅记录的链头与最后一条不符"),
        ("UPDATE reading_trace SET hash = sha256('x') WHERE position = 3", "integrity: 查阅记录与封存文件中的摘要不符"),
        ("UPDATE reading_day SET sealed = 9", "completeness: 数据库记载该条已经封存"),
    ],
)
async def test_whoever_tampers_with_a_trace_is_found_out(bureau: World, deed: str, words: str) -> None:
    await read(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    await tamper(bureau, deed)
    assert any(each.startswith(words) for each in await faults(bureau))


async def test_a_whole_day_taken_out_with_its_head_is_missed_by_the_seals(bureau: World) -> None:
    await read(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    await tamper(bureau, "DELETE FROM reading_trace")
    await bureau.ask("DELETE FROM reading_day")
    assert any("封存文件" in each for each in await faults(bureau))


async def test_a_day_past_its_term_is_forgotten_whole_and_accounted_for(bureau: World) -> None:
    await read_before_the_term(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    assert await forget(bureau.ctx.pool, datetime.now(UTC), TERM + 2) == 0
    assert await forget(bureau.ctx.pool, datetime.now(UTC), TERM) == 3
    assert await bureau.ask("SELECT 1 FROM reading_trace UNION ALL SELECT 1 FROM reading_day") == []
    (row,) = await bureau.ask("SELECT content::json AS said FROM entry WHERE step = 'forget-readings'")
    assert row.said["traces"] == 3
    assert await faults(bureau) == []
    await bureau.watch().get_duty(SealJournal).do()
    assert await faults(bureau) == []


async def test_a_day_within_its_term_is_not_forgotten_whoever_accounts_for_it(bureau: World) -> None:
    await read(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await forget(bureau.ctx.pool, datetime.now(UTC) + timedelta(days=TERM + 1), TERM)
    assert len(await bureau.ask("SELECT 1 FROM reading_trace")) == 3


async def test_a_day_that_is_not_sealed_is_not_forgotten(bureau: World) -> None:
    await read_before_the_term(bureau)
    assert await forget(bureau.ctx.pool, datetime.now(UTC), TERM) == 0
    assert await bureau.ask("SELECT 1 FROM reading_trace")


async def test_a_day_accounted_for_by_another_head_than_was_sealed_is_found_out(bureau: World) -> None:
    await read_before_the_term(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    await bureau.ask("UPDATE reading_day SET hash = sha256('another')")
    assert await forget(bureau.ctx.pool, datetime.now(UTC), TERM) == 3
    assert await faults(bureau) != []
