"""What was issued is made, kept under the digest of what it holds, and entered into the journal; once, and for ever."""

import asyncio
import io
import json
import os
from pathlib import Path

import psycopg
import pytest
from pypdf import PdfReader

from activities.press import Press
from activities.recording.records import Records
from models import templates
from models.journal import hash_sm3
from operations.verify import verify
from runtime.content_store import ContentLost, ContentStore, TooLarge
from runtime.database import Pool
from runtime.settings import Settings
from tests.documents.conftest import Ask
from tests.documents.samples import text_of
from tests.documents.steps import CASE, step
from tests.documents.test_issuing import ACCEPT, FILE, accepted, taken

ROWS = "SELECT * FROM document ORDER BY id"
# LibreOffice's stand-in: it is called as LibreOffice is, and leaves for each Word file one that begins as a PDF does.
CONVERTER = """#!/bin/sh
while [ $# -gt 0 ]; do case "$1" in --outdir) out="$2"; shift;; *.docx) files="$files $1";; esac; shift; done
for file in $files; do printf '%%PDF-1.7 of %s' "$(basename "$file")" > "$out/$(basename "$file" .docx).pdf"; done
"""


async def test_what_is_due_is_made_once_and_its_digest_is_in_the_journal(
    records: Records, press: Press, contents: ContentStore, ask: Ask
) -> None:
    await accepted(records)
    assert await press.produce() == 2
    assert await press.produce() == 0
    form, receipt = await ask(ROWS)
    assert (form.state, receipt.state) == ("produced", "produced")
    entries = [json.loads(row.content) for row in await ask("SELECT content FROM entry WHERE sort = 'document' ORDER BY position")]
    assert [(each["title"], each["number"], each["sm3"], each["issued_by"]) for each in entries] == [
        (row.title, row.number, row.hash, 1) for row in (form, receipt)
    ]
    data = contents.read(form.hash)
    assert hash_sm3(data).hex() == form.hash
    assert len(data) == form.size
    text = text_of(data)
    assert "青公（刑）受案字〔2026〕1号" in text
    assert "收款后不发货且失联。" in text
    # The file says it; the database need not say it again.
    assert form.context == {}


async def test_two_watchdogs_make_each_document_once(records: Records, press: Press, ask: Ask) -> None:
    await taken(records, *(step(f"XA20260000{n:04}", 0, ACCEPT) for n in range(8)))
    made = await asyncio.gather(press.produce(), press.produce())
    assert sum(made) == 16
    assert [row.many for row in await ask("SELECT count(*) AS many FROM entry WHERE sort = 'document'")] == [16]


async def test_a_case_goes_on_while_its_documents_are_made(records: Records, press: Press, ask: Ask) -> None:
    """The entry of a document takes a place in the chain and none in the matter's course."""
    await accepted(records)
    await press.produce()
    await taken(records, step(CASE, 1, FILE, facts=()))
    entries = await ask(f"SELECT position, seq, sort FROM entry WHERE chain = '{CASE}' ORDER BY position")
    assert [tuple(row) for row in entries] == [(1, 1, "step"), (2, 1, "document"), (3, 1, "document"), (4, 2, "step")]


async def test_the_journal_with_its_new_sorts_of_entries_verifies(
    records: Records, press: Press, peopled: str, tmp_path: Path, ask: Ask
) -> None:
    await accepted(records)
    await press.produce()
    await ask("UPDATE chain SET sealed = 0")
    report = await asyncio.to_thread(verify, Settings(database_url=peopled, data_dir=tmp_path))
    (of_the_case,) = await ask(f"SELECT count(*) AS many FROM entry WHERE chain = '{CASE}'")
    assert (of_the_case.many, report.faults) == (3, [])
    assert report.entries >= 3


async def test_a_template_that_was_spoilt_holds_up_no_other_document(
    records: Records, press: Press, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(records)
    whole = templates.render_document

    def spoilt(kind: object, words: object) -> bytes:
        if getattr(kind, "zh", "") == "受案登记表":
            raise ValueError("spoilt")
        return whole(kind, words)  # pyright: ignore[reportArgumentType] - handed through

    monkeypatch.setattr("activities.press.render_document", spoilt)
    with pytest.raises(ValueError, match="spoilt"):
        await press.produce()
    assert await press.produce() == 1
    assert [(row.title, row.state) for row in await ask(ROWS)] == [("受案登记表", "due"), ("受案回执", "produced")]
    monkeypatch.setattr("activities.press.render_document", whole)
    await ask("UPDATE document SET tried_at = now() - interval '2 minutes' WHERE state = 'due'")
    assert await press.produce() == 1


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE document SET hash = 'ff' WHERE state = 'produced'",
        "UPDATE document SET number = '青公（刑）受案字〔2026〕9号'",
        "UPDATE document SET state = 'due'",
        "DELETE FROM document",
        "TRUNCATE document",
    ],
)
async def test_a_document_that_was_made_is_never_replaced(records: Records, press: Press, ask: Ask, attempt: str) -> None:
    await accepted(records)
    await press.produce()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await ask(attempt)


# The PDF beside it


async def test_where_a_converter_is_present_a_pdf_is_kept_beside_and_the_document_stays(
    records: Records, press: Press, contents: ContentStore, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(records)
    await press.produce()
    before = [row.hash for row in await ask(ROWS)]
    (tmp_path / "soffice").write_text(CONVERTER, encoding="utf-8")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert await press.convert() == 2
    assert await press.convert() == 0
    rows = await ask(ROWS)
    assert [row.hash for row in rows] == before
    assert [contents.read(row.pdf) for row in rows] == [f"%PDF-1.7 of {row.id}.docx".encode() for row in rows]


async def test_a_paper_that_cannot_be_converted_takes_no_turn_of_one_that_can(
    records: Records, press: Press, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(records)
    await press.produce()
    stuck, _ = await ask(ROWS)
    await ask(f"UPDATE document SET tried_at = now() - interval '2 minutes' WHERE id = {stuck.id}")
    (tmp_path / "soffice").write_text(CONVERTER, encoding="utf-8")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("activities.press._ROUND", 1)
    assert await press.convert() == 1
    assert [row.pdf is None for row in await ask(ROWS)] == [True, False]


async def test_without_a_converter_papers_are_set_in_a_typeface_of_the_machine(
    records: Records, press: Press, contents: ContentStore, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(records)
    await press.produce()
    monkeypatch.setenv("PATH", str(tmp_path))
    # Not every machine on which this is tried has a typeface with Chinese characters.
    monkeypatch.setattr("activities.press._TYPESETTING", "tests.documents.set_in_latin")
    assert await press.convert() == 2
    for row in await ask(ROWS):
        (page,) = PdfReader(io.BytesIO(contents.read(row.pdf))).pages
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842), "A4"
        assert "2026" in page.extract_text()


async def test_where_none_is_present_the_word_file_is_all(
    records: Records, press: Press, pool: Pool, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(records)
    await press.produce()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("activities.press._TYPESETTING", "no.such.module")
    assert await press.convert() == 0
    assert [row.pdf for row in await ask(ROWS)] == [None, None]


# The store


def test_what_is_kept_lies_under_its_digest_and_is_kept_once(tmp_path: Path) -> None:
    contents = ContentStore(tmp_path)
    kept = contents.keep((b"a", b"bc"))
    # GB/T 32905-2016, A.1: the digest of "abc".
    assert kept.hash == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert contents.get_path(kept.hash) == tmp_path / "66" / kept.hash[2:]
    assert contents.keep((b"abc",)) == kept
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == [kept.hash[2:]]


def test_what_is_kept_is_on_the_disk_with_the_folders_that_lead_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents, synced = ContentStore(tmp_path), list[int]()
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    first = contents.get_path(contents.keep((b"abc",)).hash)
    assert synced == [each.stat().st_ino for each in (first, first.parent, tmp_path)]
    synced.clear()
    again = contents.get_path(contents.keep((b"abc",)).hash)
    # The folder itself is there since the first.
    assert synced == [each.stat().st_ino for each in (again, again.parent)]


def test_what_was_altered_or_lost_is_not_handed_out(tmp_path: Path) -> None:
    contents = ContentStore(tmp_path)
    kept = contents.keep((b"abc",))
    contents.get_path(kept.hash).write_bytes(b"abd")
    with pytest.raises(ContentLost):
        contents.read(kept.hash)
    contents.get_path(kept.hash).unlink()
    with pytest.raises(ContentLost):
        contents.read(kept.hash)


def test_of_what_is_too_large_nothing_stays(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        ContentStore(tmp_path).keep((b"12345", b"67890"), most=9)
    assert list(tmp_path.iterdir()) == []
