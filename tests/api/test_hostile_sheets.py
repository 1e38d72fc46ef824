"""Sheets made to harm whoever reads them: nothing is expanded, fetched, or unpacked without end."""

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from api import import_files
from models.problems import FormInvalid, FormTooLarge, UnsupportedMediaType

SHEET = "xl/worksheets/sheet1.xml"
SWELLING = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "警情" * 10}">' for n in range(10))


def altered(change: Callable[[str], str], more: int = 0) -> bytes:
    """The empty sheet to fill in, its table changed, and with so many parts more."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(import_files.template())) as good, ZipFile(file, "w", ZIP_DEFLATED) as bad:
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
        _, rows = import_files.read(data)
        return str([(n, {name: cell.text for name, cell in row.items()}) for n, row in rows])
    except (UnsupportedMediaType, FormInvalid, FormTooLarge) as refused:
        return f"{refused.slug} {refused.members}"


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
    with pytest.raises(FormTooLarge):
        import_files.read(swelling)


def test_a_sheet_of_parts_without_end_is_refused() -> None:
    with pytest.raises(FormTooLarge):
        import_files.read(altered(str, more=1001))
