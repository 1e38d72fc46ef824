"""Scans (扫描件) as they are handed in: what a file is, told by what is in it, and whether a scanner knows any harm of it."""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import anyio
from starlette.datastructures import UploadFile

from api.http_io import invalid
from models.problems import OrchestratorUnavailable, UnsupportedMediaType
from runtime.logging import log
from runtime.virus_scanner import Harmful, ScannerUnavailable, scan

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What the beginnings of files say they are; what a browser says they are is hearsay.
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"PK\x03\x04": WORD,
}
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", WORD: "docx"}
_NEITHER = "只接受 PDF、JPEG、PNG、TIFF、DOCX 文件"
# What makes an archive a document of Word, and what makes it a program besides.
_OF_WORD = frozenset({"[Content_Types].xml", "word/document.xml"})
_PROGRAM = "vbaProject.bin"
# A document of a thousand pages and pictures has fewer parts, and unpacks to less.
MOST_PARTS, UNPACKED = 5000, 500_000_000
_PIECE = 1 << 16


async def looked_at(file: UploadFile, scanner: str) -> str:
    """The media type of a scan; UnsupportedMediaType where it is none, FormInvalid where the scanner at that address knows harm of it."""
    beginning = await file.read(8)
    await file.seek(0)
    media_type = next((kind for mark, kind in _BEGINNINGS.items() if beginning.startswith(mark)), None)
    if media_type is None:
        raise UnsupportedMediaType(_NEITHER)
    if media_type == WORD:
        await anyio.to_thread.run_sync(check_word, file.file)
    if scanner:
        await _scanned(file, scanner)
    await file.seek(0)
    return media_type


def check_word(file: BinaryIO) -> None:
    """Refuse an archive that is no document of Word, bears a program, or would unpack without end; its list of parts is read, and no part."""
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnsupportedMediaType(_NEITHER) from None
    if not {each.filename for each in parts} >= _OF_WORD:
        raise UnsupportedMediaType(_NEITHER)
    if any(each.filename.endswith(_PROGRAM) for each in parts):
        raise UnsupportedMediaType("文件含有宏，请另存为不含宏的 DOCX")
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > UNPACKED:
        raise UnsupportedMediaType("文件解压后过大")


async def _scanned(file: UploadFile, scanner: str) -> None:
    try:
        await scan(scanner, pieces(file.file))
    except Harmful as found:
        log.warning("file.refused", outcome=found.name)
        raise invalid("file", "harmful", f"文件含有恶意代码（{found.name}），未予接收") from None
    except ScannerUnavailable as error:
        log.error("request.failed", error=error, operation="scan")
        raise OrchestratorUnavailable("查毒服务暂时不可用，文件未予接收，请稍后再传", engine="scanner", retry_after=30) from None


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning, piece by piece."""
    file.seek(0)
    yield from iter(lambda: file.read(_PIECE), b"")
