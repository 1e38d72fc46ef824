"""A file that was found somewhere says who took it away, and whoever keeps letters learns which writers can be forgotten."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from operations.privacy import find_takings, list_due
from runtime.database import connect
from tests.api.matters import reported
from tests.world import World


async def test_an_exported_list_names_who_took_it_also_when_its_text_alone_is_left(bureau: World) -> None:
    number, officer = await reported(bureau)
    head = await bureau.as_("zhaotiejun")
    book = (await head.get("/api/exports/matters", unit="chengguan")).content
    other = (await officer.get("/api/exports/matters", unit="chengguan")).content
    with connect(bureau.settings.database_url, "test") as connection:
        (taking,) = find_takings(connection, book)
        assert (taking.username, taking.what, "城关" in taking.filters) == ("zhaotiejun", "matters", True)
        (typed,) = find_takings(connection, f"打印页眉：{_header(book)}\n{number}".encode())
        assert typed == taking
        assert [each.username for each in find_takings(connection, other)] == ["liusiyuan"]
        assert find_takings(connection, b"PK nothing of ours") == []


def _header(book: bytes) -> str:
    sheet: Any = load_workbook(BytesIO(book)).worksheets[0]
    header = str(sheet.oddHeader.center.text)
    assert "赵铁军（zhaotiejun）" in header, "each printed page says who took it"
    return header


async def test_a_letter_is_due_to_be_forgotten_two_years_after_it_was_done_with(bureau: World) -> None:
    desk = await bureau.as_("mengxiaolan")
    tip = {"channel": "post", "sort": "tip", "narrative": "邻居家中聚众赌博", "writer_name": "韩素芬"}
    await desk.open("letter", **tip)
    old = (await desk.open("letter", **tip, at=datetime.now(UTC) - timedelta(days=740)))["number"]
    with connect(bureau.settings.database_url, "test") as connection:
        assert [each.number for each in list_due(connection)] == [old]
