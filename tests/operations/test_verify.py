"""Whoever tampers with the journal is found out, and told where; whoever does not is left in peace."""

import asyncio
import io
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from activities.recording.records import Records
from law.facts import Fact
from law.legal_fact import LegalFact
from models.journal import BUREAU, link
from models.problems import StepNotOpen
from models.store import api_writes
from operations.verify import Report, report_as_json, tell, verify
from runtime.database import open_pool
from runtime.seals import Head, Sealer, get_heads_file, load_signing_key, read
from runtime.settings import Settings
from tests.activities.proposals import TEN, detained, fact, filed, proposal
from verification.rules.journal import Fault, Question
from verification.rules.report_words import report_as_dict, summarise
from watchdog.duties.ring_deadlines import RingDeadlines
from watchdog.duties.seal_journal import SealJournal
from watchdog.duty import Tools

NUMBERS = ("RY202600000001", "RY202600000002", "RY202600000003")
FIRST, SECOND, THIRD = NUMBERS
STEPS = 4
# How a case comes to its judgment.
TRIED = (
    Fact.INVESTIGATION_CLOSED,
    Fact.CASE_SENT_TO_PROCURATORATE,
    Fact.CASE_PROSECUTED,
    Fact.TRIAL_CASE_RECEIVED,
    Fact.TRIAL_ACCEPTED,
    Fact.CASE_JUDGED,
    Fact.JUDGMENT_SERVED,
)


@pytest.fixture
def bureau(database: str, tmp_path: Path) -> Settings:
    """Three suspects' journals of four entries each, all sealed."""
    settings = Settings(database_url=database, data_dir=tmp_path)
    asyncio.run(_record(settings, range(STEPS)))
    seal(settings)
    return settings


async def _record(settings: Settings, steps: range) -> None:
    pool = await open_pool(settings.database_url, 2, "test")
    for number in NUMBERS:
        for seq in steps:
            facts = () if seq else (filed(number), detained(about=number))
            await Records(pool).record(proposal(seq, *facts, number=number, decided_at=TEN + timedelta(minutes=seq)))
    await pool.close()


def seal(settings: Settings) -> int:
    async def seal() -> int:
        pool = await open_pool(settings.database_url, 2, "test")
        sealer = Sealer(get_heads_file(settings.data_dir), load_signing_key(settings.data_dir))
        sealed = await SealJournal(Tools(pool, None, sealer, "")).do()  # pyright: ignore[reportArgumentType] - sealing needs no Temporal
        await pool.close()
        return sealed

    return asyncio.run(seal())


def tamper(settings: Settings, *statements: str) -> None:
    """What somebody with all rights on the database can do."""
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("ALTER TABLE entry DISABLE TRIGGER ALL")
        for statement in statements:
            connection.execute(statement.encode())


def rewrite(settings: Settings, chain: str, position: int, old: str, new: str) -> None:
    """Change an entry and recompute every hash after it and the head, as somebody who knows the product would."""
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("ALTER TABLE entry DISABLE TRIGGER ALL")
        rows = connection.execute(
            "SELECT position, content, previous FROM entry WHERE chain = %s ORDER BY position", (chain,)
        ).fetchall()
        hash_ = rows[0][2]
        for at, content, _ in rows:
            previous, content = hash_, content.replace(old, new) if at == position else content
            hash_ = link(previous, content)
            update = "UPDATE entry SET content = %s, previous = %s, hash = %s WHERE chain = %s AND position = %s"
            connection.execute(update, (content, previous, hash_, chain, at))
        connection.execute("UPDATE chain SET hash = %s WHERE chain = %s", (hash_, chain))


def found(report: Report) -> list[tuple[Question, str, int | None]]:
    return [(fault.question, fault.chain, fault.position) for fault in report.faults]


def verdict(report: Report) -> tuple[bool, bool]:
    """Integrity and completeness."""
    return report.holds(Question.INTEGRITY), report.holds(Question.COMPLETENESS)


def test_an_untouched_journal_is_whole_and_complete(bureau: Settings) -> None:
    report = verify(bureau)
    assert (report.faults, report.chains, report.entries, report.unsealed) == ([], 3, 12, 0)


def test_an_entry_dated_before_our_era_is_held_against_its_rows_like_any_other(database: str, tmp_path: Path) -> None:
    settings = Settings(database_url=database, data_dir=tmp_path)
    first = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    async def record() -> None:
        pool = await open_pool(settings.database_url, 2, "test")
        await Records(pool).record(proposal(0, replace(filed(FIRST), at=first), number=FIRST, decided_at=TEN))
        await pool.close()

    asyncio.run(record())
    seal(settings)
    assert verify(settings).faults == []
    tamper(settings, f"UPDATE fact SET at = '2026-09-28T10:00:00Z' WHERE matter = '{FIRST}'")
    assert found(verify(settings)) == [(Question.PROJECTION, FIRST, 1)]


def test_an_empty_bureau_is_whole_and_complete(database: str, tmp_path: Path) -> None:
    assert verify(Settings(database_url=database, data_dir=tmp_path)).faults == []


def test_an_opening_that_was_refused_leaves_a_chain_without_entries_and_no_fault(bureau: Settings) -> None:
    tamper(bureau, "INSERT INTO chain (chain, position, hash, sealed) VALUES ('RY9', 0, decode(repeat('00', 32), 'hex'), 0)")
    assert verify(bureau).faults == []


def test_refused_attempts_and_published_years_are_entries_like_any_other(bureau: Settings) -> None:
    async def more() -> None:
        pool = await open_pool(bureau.database_url, 2, "test")
        async with pool.connection() as connection:
            for chain in (SECOND, BUREAU):
                await api_writes.journal_refusal(
                    connection, chain, "release", "li.na", ["case-officer"], StepNotOpen().to_refusal(), "hash", TEN
                )
            await api_writes.publish(connection, 2027, [TEN.date()], "国办发明电", "admin", TEN)
        await pool.close()

    asyncio.run(more())
    asyncio.run(_record(bureau, range(STEPS, STEPS + 1)))
    report = verify(bureau)
    assert (report.faults, report.chains, report.entries) == ([], 4, 18)
    tamper(bureau, f"UPDATE entry SET username = 'other' WHERE chain = '{SECOND}' AND sort = 'refusal'")
    tamper(bureau, "UPDATE entry SET recorded_at = now() WHERE sort = 'calendar'")
    assert found(verify(bureau)) == [(Question.INTEGRITY, BUREAU, 2), (Question.INTEGRITY, SECOND, STEPS + 1)]


def test_an_edited_entry_is_named(bureau: Settings) -> None:
    tamper(bureau, f"UPDATE entry SET content = replace(content, '理由', '借口') WHERE chain = '{SECOND}' AND position = 2")
    report = verify(bureau)
    assert found(report) == [(Question.INTEGRITY, SECOND, 2)]
    assert verdict(report) == (False, True)


@pytest.mark.parametrize(
    "change",
    [
        "username = 'somebody.else'",
        "recorded_at = recorded_at + interval '1 microsecond'",
        "step = 'another-step'",
        "key = 'another-key'",
        "seq = 9",
        "sort = 'refused'",
    ],
)
def test_an_edited_column_is_named_although_the_content_is_untouched(bureau: Settings, change: str) -> None:
    tamper(bureau, f"UPDATE entry SET {change} WHERE chain = '{SECOND}' AND position = 2")
    faults = verify(bureau).faults
    assert Fault(Question.INTEGRITY, SECOND, 2, f"检索字段与内容不一致：{change.split()[0]}") in faults


def test_an_entry_deleted_in_the_middle_is_missed_and_the_others_are_still_true(bureau: Settings) -> None:
    tamper(bureau, f"DELETE FROM entry WHERE chain = '{SECOND}' AND position = 2")
    report = verify(bureau)
    assert (Question.COMPLETENESS, SECOND, 2) in found(report)
    assert verdict(report) == (True, False)


def test_an_entry_deleted_in_the_middle_is_missed_although_the_others_closed_ranks(bureau: Settings) -> None:
    tamper(
        bureau,
        f"DELETE FROM entry WHERE chain = '{SECOND}' AND position = 2",
        f"UPDATE entry SET position = position - 1 WHERE chain = '{SECOND}' AND position = 3",
        f"UPDATE entry SET position = position - 1 WHERE chain = '{SECOND}' AND position = 4",
    )
    report = verify(bureau)
    assert (Question.INTEGRITY, SECOND, 2) in found(report)
    assert (Question.COMPLETENESS, SECOND, 4) in found(report)


def test_a_truncated_tail_is_missed_by_the_head(bureau: Settings) -> None:
    get_heads_file(bureau.data_dir).unlink()
    tamper(bureau, "UPDATE chain SET sealed = 0", f"DELETE FROM entry WHERE chain = '{SECOND}' AND position > 2")
    report = verify(bureau)
    assert (Question.COMPLETENESS, SECOND, 3) in found(report)
    assert any("第3至4条缺失（链头记录、事项表可以证明）" in fault.words for fault in report.faults)
    assert verdict(report) == (True, False)


def test_a_truncated_tail_is_missed_by_the_seals_although_everything_in_the_database_was_adjusted(bureau: Settings) -> None:
    tamper(
        bureau,
        f"DELETE FROM entry WHERE chain = '{SECOND}' AND position > 2",
        f"DELETE FROM fact WHERE matter = '{SECOND}' AND seq > 2",
        f"UPDATE matter SET seq = 2 WHERE number = '{SECOND}'",
        f"UPDATE chain SET position = 2, sealed = 2, hash = (SELECT hash FROM entry WHERE entry.chain = '{SECOND}' AND position = 2) "
        f"WHERE chain = '{SECOND}'",
    )
    report = verify(bureau)
    assert verdict(report) == (True, False)
    assert "第3至4条缺失（封存文件可以证明）" in report.faults[0].words


def test_two_exchanged_entries_are_both_named(bureau: Settings) -> None:
    where = f"WHERE chain = '{SECOND}' AND position ="
    tamper(
        bureau,
        f"UPDATE entry SET position = 99 {where} 2",
        f"UPDATE entry SET position = 2 {where} 3",
        f"UPDATE entry SET position = 3 {where} 99",
    )
    report = verify(bureau)
    assert {(Question.INTEGRITY, SECOND, 2), (Question.INTEGRITY, SECOND, 3)} <= set(found(report))
    assert verdict(report) == (False, True)


@pytest.mark.parametrize("missing", ["hash = ''", "previous = ''", "hash = NULL"])
def test_a_missing_hash_is_named(bureau: Settings, missing: str) -> None:
    allow = "ALTER TABLE entry ALTER COLUMN hash DROP NOT NULL"
    tamper(bureau, allow, f"UPDATE entry SET {missing} WHERE chain = '{SECOND}' AND position = 2")
    report = verify(bureau)
    assert Fault(Question.INTEGRITY, SECOND, 2, "没有摘要或者内容") in report.faults
    assert not report.holds(Question.INTEGRITY)


def test_a_chain_that_is_gone_altogether_is_missed_by_the_seals(bureau: Settings) -> None:
    tamper(bureau, *(f"DELETE FROM {table} WHERE {column} = '{SECOND}'" for table, column in EVERYWHERE))
    report = verify(bureau)
    assert found(report) == [(Question.COMPLETENESS, SECOND, 1)]
    assert "整条日志链缺失" in report.faults[0].words


EVERYWHERE = [
    ("entry", "chain"),
    ("chain", "chain"),
    ("fact", "matter"),
    ("matter", "number"),
    ("clock", "matter"),
    ("rung", "matter"),
]


def test_a_chain_that_was_never_sealed_is_missed_by_its_matter(bureau: Settings) -> None:
    get_heads_file(bureau.data_dir).unlink()
    tamper(
        bureau, "UPDATE chain SET sealed = 0", *(f"DELETE FROM {table} WHERE chain = '{SECOND}'" for table in ("entry", "chain"))
    )
    assert (Question.COMPLETENESS, SECOND, 1) in found(verify(bureau))


def test_a_chain_rewritten_with_hashes_that_fit_is_found_out_by_the_seals(bureau: Settings) -> None:
    rewrite(bureau, SECOND, 2, "理由", "借口")
    report = verify(bureau)
    assert found(report) == [(Question.INTEGRITY, SECOND, STEPS)]
    assert "与封存文件中的摘要不符" in report.faults[0].words
    assert verdict(report) == (False, True)


def test_a_chain_rewritten_under_the_newest_seal_is_not_attested_anew(bureau: Settings) -> None:
    rewrite(bureau, SECOND, 2, "理由", "借口")
    tamper(bureau, "UPDATE chain SET sealed = 0")
    assert seal(bureau) == 0


def test_a_chain_rewritten_and_sealed_again_is_still_found_out_by_the_older_seal(bureau: Settings) -> None:
    rewrite(bureau, SECOND, 2, "理由", "借口")
    with psycopg.connect(bureau.database_url) as connection:
        heads = [Head(chain, n, hash_.hex()) for chain, n, hash_ in connection.execute("SELECT chain, position, hash FROM chain")]
    # The watchdog would not: somebody has got hold of the key.
    Sealer(get_heads_file(bureau.data_dir), load_signing_key(bureau.data_dir)).append(heads)
    assert found(verify(bureau)) == [(Question.INTEGRITY, SECOND, STEPS)]


def test_a_head_that_does_not_fit_its_chain_is_named(bureau: Settings) -> None:
    tamper(
        bureau, f"UPDATE chain SET hash = 'x' WHERE chain = '{FIRST}'", f"UPDATE chain SET position = 3 WHERE chain = '{SECOND}'"
    )
    tamper(bureau, f"DELETE FROM chain WHERE chain = '{THIRD}'")
    report = verify(bureau)
    assert found(report) == [(Question.INTEGRITY, FIRST, 4), (Question.INTEGRITY, SECOND, 4), (Question.COMPLETENESS, THIRD, None)]


@pytest.mark.parametrize(
    "content", ["", "not json", "[]", '{"recorded":7,"actor":[],"facts":"none"}', '{"recorded":{"receipt":{"recorded_at":7}}}']
)
def test_content_of_any_shape_is_reported_and_stumbles_over_nothing(bureau: Settings, content: str) -> None:
    tamper(bureau, f"UPDATE entry SET content = '{content}' WHERE chain = '{SECOND}' AND position = 2")
    assert (Question.INTEGRITY, SECOND, 2) in found(verify(bureau))


@pytest.mark.parametrize(
    "change",
    [
        f"DELETE FROM fact WHERE matter = '{SECOND}' AND n = 1",
        f"UPDATE fact SET at = at + interval '1 hour' WHERE matter = '{SECOND}' AND n = 1",
        f"UPDATE fact SET said = '{{}}' WHERE matter = '{SECOND}' AND n = 0",
        f"INSERT INTO fact (matter, seq, n, fact, at, about) VALUES ('{SECOND}', 1, 2, 'person.released', now(), '{SECOND}')",
    ],
)
def test_facts_that_are_not_those_of_the_entry_are_named(bureau: Settings, change: str) -> None:
    tamper(bureau, change)
    report = verify(bureau)
    assert found(report) == [(Question.PROJECTION, SECOND, 1)]
    assert verdict(report) == (True, True)


def test_a_fact_that_no_entry_brought_about_is_named(bureau: Settings) -> None:
    tamper(
        bureau,
        f"INSERT INTO fact (matter, seq, n, fact, at, about) VALUES ('{SECOND}', 9, 0, 'person.released', now(), '{SECOND}')",
    )
    assert found(verify(bureau)) == [(Question.PROJECTION, SECOND, None)]


def test_a_matter_that_stands_elsewhere_than_its_journal_says_is_named(bureau: Settings) -> None:
    tamper(bureau, f"UPDATE matter SET stage = 'released' WHERE number = '{SECOND}'")
    assert found(verify(bureau)) == [(Question.PROJECTION, SECOND, STEPS)]


def test_seals_that_were_cut_off_are_missed_by_what_the_database_remembers(bureau: Settings) -> None:
    asyncio.run(_record(bureau, range(STEPS, STEPS + 1)))
    seal(bureau)
    file = get_heads_file(bureau.data_dir)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    assert found(verify(bureau)) == [(Question.COMPLETENESS, number, STEPS + 1) for number in NUMBERS]


def test_a_seal_that_the_disk_had_no_room_for_is_no_fault_and_is_told(bureau: Settings) -> None:
    file = get_heads_file(bureau.data_dir)
    with file.open("ab") as seals:
        seals.write(b'{"at":"2026-')
    report = verify(bureau)
    assert (report.faults, report.torn) == ([], True)
    assert "最后一行没有写完" in summarise(report_as_dict(report))


def test_an_acknowledged_seal_that_was_cut_into_is_missed_all_the_same(bureau: Settings) -> None:
    asyncio.run(_record(bureau, range(STEPS, STEPS + 1)))
    seal(bureau)
    file = get_heads_file(bureau.data_dir)
    file.write_bytes(file.read_bytes()[:-5])
    assert found(verify(bureau)) == [(Question.COMPLETENESS, number, STEPS + 1) for number in NUMBERS]


def test_seals_that_were_cut_off_are_missed_by_the_hash_kept_elsewhere(bureau: Settings) -> None:
    asyncio.run(_record(bureau, range(STEPS, STEPS + 1)))
    seal(bureau)
    newest = verify(bureau).newest
    assert verify(bureau, anchor=newest).faults == []
    file = get_heads_file(bureau.data_dir)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    tamper(bureau, f"UPDATE chain SET sealed = {STEPS}")
    assert verify(bureau).faults == []
    assert found(verify(bureau, anchor=newest)) == [(Question.COMPLETENESS, "", None)]


def test_tables_and_seals_that_were_both_rewritten_are_found_out_by_the_hash_kept_elsewhere(bureau: Settings) -> None:
    kept = verify(bureau).newest
    rewrite(bureau, SECOND, 2, "理由", "借口")
    tamper(bureau, "UPDATE chain SET sealed = 0")
    # On one machine whoever is root has the key too: all seals are made anew over what was rewritten.
    get_heads_file(bureau.data_dir).unlink()
    assert seal(bureau) == len(NUMBERS)
    assert verify(bureau).faults == []
    assert found(verify(bureau, anchor=kept)) == [(Question.COMPLETENESS, "", None)]


@pytest.mark.parametrize("forge", [lambda text: text.replace("RY2", "RY3"), lambda _: ""])
def test_seals_that_are_not_true_or_gone_are_said_once(bureau: Settings, forge: object) -> None:
    file = get_heads_file(bureau.data_dir)
    file.write_text(forge(file.read_text()) or "gone\n")  # pyright: ignore[reportCallIssue] - each forgery takes the text
    assert found(verify(bureau)) == [(Question.INTEGRITY, "", None)]
    file.unlink()
    assert found(verify(bureau)) == [(Question.INTEGRITY, "", None)]


def test_a_matter_verified_alone_is_not_blamed_for_another(bureau: Settings) -> None:
    tamper(bureau, f"DELETE FROM entry WHERE chain = '{SECOND}' AND position > 1")
    assert verify(bureau, FIRST).faults == []
    assert verify(bureau, FIRST).entries == STEPS
    assert not verify(bureau, SECOND).holds(Question.COMPLETENESS)


def test_a_matter_without_a_journal_is_said_to_have_none(bureau: Settings) -> None:
    assert verify(bureau, "RY0").faults == [Fault(Question.COMPLETENESS, "RY0", None, "没有这一日志链")]


def test_entries_recorded_after_the_last_seal_are_counted_not_blamed(bureau: Settings) -> None:
    asyncio.run(_record(bureau, range(STEPS, STEPS + 2)))
    report = verify(bureau)
    assert (report.faults, report.unsealed) == ([], 6)


def test_a_person_and_a_program_are_told_the_same(bureau: Settings) -> None:
    tamper(bureau, f"DELETE FROM entry WHERE chain = '{SECOND}' AND position = 2")
    report = verify(bureau)
    said = json.loads(report_as_json(report))
    assert (said["integrity"], said["completeness"], said["entries"]) == (True, False, 11)
    assert said["faults"][0] == {"question": "completeness", "chain": SECOND, "position": 2, "words": "缺失（第2条）"}
    page = io.StringIO()
    tell(report, Console(file=page, width=200))
    assert f"✗ {SECOND} 第2条：缺失（第2条）" in page.getvalue()
    assert "✓ 完整无改" in page.getvalue()
    assert "✗ 齐全无缺" in page.getvalue()


def test_the_seals_attest_exactly_what_was_recorded(bureau: Settings) -> None:
    (only,) = read(get_heads_file(bureau.data_dir), load_signing_key(bureau.data_dir).public_key())
    assert [(head.chain, head.position) for head in only.heads] == [(number, STEPS) for number in NUMBERS]
    assert verify(bureau).newest == only.hash


def test_a_right_that_had_lapsed_by_itself_before_a_step_tells_so_is_no_fault(database: str, tmp_path: Path) -> None:
    settings, case = Settings(database_url=database, data_dir=tmp_path), "XA202600000001"

    async def judged(step: int, *facts: LegalFact) -> None:
        pool = await open_pool(settings.database_url, 2, "test")
        done = await Records(pool).record(proposal(step, *facts, kind="criminal-case", number=case))
        assert done.refusal is None, done.refusal
        if step:
            await RingDeadlines(Tools(pool, None, None, "")).do()  # pyright: ignore[reportArgumentType] - ringing needs neither
        await pool.close()

    def said(kind: Fact, day: int) -> LegalFact:
        return fact(kind, TEN + timedelta(days=day), case)

    asyncio.run(judged(0, said(Fact.CASE_ACCEPTED, 0), said(Fact.CASE_FILED, 0)))
    asyncio.run(judged(1, *(said(kind, 1) for kind in TRIED)))
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT state FROM clock WHERE limit_id = 'appeal-period'").fetchall() == [("lapsed",)]
    assert verify(settings).faults == []
    asyncio.run(judged(2, said(Fact.SENTENCE_EFFECTIVE, 20)))
    assert verify(settings).faults == []
