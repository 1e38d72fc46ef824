"""Sheets made to harm whoever reads them: nothing is expanded, fetched, unpacked or worked at without end, and nothing is echoed at length."""

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from fastapi import Request

from api import import_files
from api.sheets import reading
from api.sheets.cells import TooLarge, Unreadable
from api.sheets.reader import dump_tables, load_tables, parse_tables
from models.problems import FormTooLarge
from tests.ledgers import excel_of

SHEET = "xl/worksheets/sheet1.xml"
SWELLING = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "警情" * 10}">' for n in range(10))


def altered(change: Callable[[str], str], more: int = 0) -> bytes:
    """The empty sheet to fill in, its table changed, and with so many parts more."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(import_files.render_template())) as good, ZipFile(file, "w", ZIP_DEFLATED) as bad:
        for name in good.namelist():
            text = good.read(name)
            bad.writestr(name, change(text.decode()) if name == SHEET else text)
        for n in range(more):
            bad.writestr(f"xl/media/{n}.png", b"")
    return file.getvalue()


def with_entities(declared: str, used: str) -> Callable[[str], str]:
    def change(sheet: str) -> str:
        head, end, rest = sheet.partition("?>") if sheet.startswith("<?xml") else ("", "", sheet)
        row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>{used}</t></is></c></row>'
        return f"{head}{end}<!DOCTYPE worksheet [{declared}]>{rest.replace('</sheetData>', f'{row}</sheetData>')}"

    return change


def told(data: bytes) -> str:
    """Whatever comes of reading it."""
    try:
        return dump_tables(parse_tables(data))
    except (Unreadable, TooLarge) as refused:
        return str(refused)


@pytest.mark.timeout(20)
def test_entities_that_swell_are_not_expanded() -> None:
    assert len(told(altered(with_entities(SWELLING, "&a9;")))) < 10_000


def test_no_file_of_ours_and_no_address_is_fetched_into_a_sheet(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("what nobody may read")
    for where in (secret.as_uri(), "http://127.0.0.1:1/x"):
        assert "nobody may read" not in told(altered(with_entities(f'<!ENTITY it SYSTEM "{where}">', "&it;")))


def test_a_sheet_that_unpacks_to_more_than_any_table_is_refused_before_it_is_unpacked() -> None:
    swelling = altered(lambda sheet: sheet + " " * 61_000_000)
    assert len(swelling) < 1_000_000
    with pytest.raises(TooLarge):
        parse_tables(swelling)


def test_a_sheet_of_parts_without_end_is_refused() -> None:
    with pytest.raises(TooLarge):
        parse_tables(altered(str, more=1001))


def with_cells(text: str, *, rows: int, cells: int) -> Callable[[str], str]:
    """So many rows of cells that all show one shared text."""

    def change(sheet: str) -> str:
        row = "".join(f'<c r="{chr(65 + n)}{{r}}" t="inlineStr"><is><t>{text}</t></is></c>' for n in range(cells))
        lines = "".join(f'<row r="{r}">{row.format(r=r)}</row>' for r in range(2, rows + 2))
        return sheet.replace("</sheetData>", f"{lines}</sheetData>")

    return change


def test_a_cell_longer_than_any_is_told_in_a_few_words_however_often_it_stands_there() -> None:
    assert len(told(altered(with_cells("长" * 100_000, rows=10, cells=10)))) < 50_000


def test_a_sheet_that_says_more_than_any_ledger_is_refused() -> None:
    with pytest.raises(TooLarge, match="过多"):
        parse_tables(altered(with_cells("长" * 30_000, rows=60, cells=5)))


@pytest.mark.slow
async def test_a_file_that_is_work_without_end_costs_its_own_process_alone_and_that_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_TIMEOUT_S", 0.0)
    assert await reading.run_reader(excel_of([["甲"]])) == ""
    monkeypatch.undo()
    assert load_tables(json.loads(await reading.run_reader(excel_of([["甲"]])))["tables"])[1].rows[0][1][0].text == "甲"


@pytest.mark.slow
async def test_whoever_hangs_up_ends_the_reading() -> None:
    left = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "headers": []}, receive)
    slots = asyncio.Semaphore(1)
    await slots.acquire()  # it waits for its turn, as it would for a long file
    waiting = asyncio.create_task(reading.read_tables(request, slots, b"x"))
    left.set()
    with pytest.raises(FormTooLarge):
        await waiting


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"word/document.xml": "x"}, "Word"),
        ({"OFD.xml": "x"}, "OFD"),
        ({"a.txt": "x"}, "压缩包"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_name(parts: dict[str, str], why: str) -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    with pytest.raises(Unreadable, match=why):
        parse_tables(file.getvalue())
