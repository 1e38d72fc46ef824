"""What a file is, told by what is in it: an archive is looked into, and no part of it is unpacked."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from starlette.datastructures import FormData, UploadFile

from api import documents, scans
from api.scans import OFD, WORD, check_scan
from models.dossier import get_places
from models.matter import Kind
from models.problems import FormInvalid, OrchestratorUnavailable, UnsupportedMediaType
from tests.runtime.clamd import HARM, clamd

DOCUMENT = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def upload(content: bytes) -> UploadFile:
    return UploadFile(io.BytesIO(content))


async def test_a_document_of_word_is_one_and_is_read_from_its_beginning_afterwards() -> None:
    content = packed(DOCUMENT)
    file = upload(content)
    assert await check_scan(file, "") == WORD
    assert await file.read() == content


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing else",
        packed(DOCUMENT)[:60],
        packed({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b""}),
        packed({"setup.exe": b"MZ"}),
        packed(DOCUMENT | {"word/vbaProject.bin": b"a program"}),
    ],
    ids=["half an archive", "a torn one", "a spreadsheet", "a program", "a document with macros"],
)
async def test_an_archive_that_is_no_document_of_word_or_bears_a_program_is_refused(content: bytes) -> None:
    with pytest.raises(UnsupportedMediaType):
        await check_scan(upload(content), "")


async def test_a_paper_of_the_national_format_is_taken_as_one() -> None:
    assert await check_scan(upload(packed({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b""})), "") == OFD


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (packed({"a.txt": b"x"}), "压缩包"),
        (b"GIF89a", "GIF"),
    ],
)
async def test_what_is_not_taken_is_called_by_its_name(content: bytes, why: str) -> None:
    with pytest.raises(UnsupportedMediaType, match=why):
        await check_scan(upload(content), "")


async def test_a_mark_of_an_encoding_before_a_pdf_makes_it_no_other_file() -> None:
    assert await check_scan(upload(b"\xef\xbb\xbf%PDF-1.7"), "") == "application/pdf"


def test_a_name_with_a_blank_of_full_width_is_a_name_and_each_fault_of_one_has_its_sentence() -> None:
    place = next(each.id for each in get_places(Kind.CRIMINAL_CASE))

    def named(title: str) -> str:
        form = FormData([("place", place), ("title", title), ("file", upload(b"x"))])
        return documents._parse_fields(Kind.CRIMINAL_CASE, form)[1]

    assert named("现场　照片\u200b 一") == "现场 照片 一"
    for title, why in ((" 　", "须填写材料名称"), ("笔" * 101, "至多100个字符，现有101个")):
        with pytest.raises(FormInvalid) as refused:
            named(title)
        assert why in refused.value.members["errors"][0]["detail"]


async def test_what_would_unpack_without_end_is_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    swelling = packed(DOCUMENT | {"word/media/picture.png": bytes(2_000_000)})
    assert len(swelling) < 10_000
    assert await check_scan(upload(swelling), "") == WORD
    monkeypatch.setattr(scans, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(UnsupportedMediaType, match="过大"):
        await check_scan(upload(swelling), "")


async def test_an_archive_of_parts_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed(DOCUMENT | {f"word/media/{n}.png": b"" for n in range(50)})
    monkeypatch.setattr(scans, "MOST_MEMBERS", 50)
    with pytest.raises(UnsupportedMediaType, match="过大"):
        await check_scan(upload(many), "")


async def test_what_the_scanner_knows_harm_of_is_refused_by_its_name(tmp_path: Path) -> None:
    async with clamd(tmp_path) as address:
        assert await check_scan(upload(b"%PDF-1.7 good"), address) == "application/pdf"
        with pytest.raises(FormInvalid) as refused:
            await check_scan(upload(b"%PDF-1.7 " + HARM), address)
    (error,) = refused.value.members["errors"]
    assert (error["field"], error["rule"]) == ("file", "harmful")
    assert "Eicar-Test-Signature" in error["detail"]


async def test_what_no_scanner_looked_at_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(OrchestratorUnavailable) as refused:
        await check_scan(upload(b"%PDF-1.7"), f"unix:{tmp_path / 'nobody'}")
    assert refused.value.members["engine"] == "scanner"
