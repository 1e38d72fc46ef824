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

OFD = "application/ofd"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What the beginnings of files say they are; what a browser says they are is hearsay.
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_PACKED = b"PK\x03\x04"
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", WORD: "docx", OFD: "ofd"}
_NEITHER = "只接受 PDF、OFD、JPEG、PNG、TIFF、DOCX 文件"
# What cameras and scanners make besides, by what stands in it: named, so that whoever has it knows what to do.
_KNOWN_BUT_NOT_TAKEN = {
    b"BM": "BMP 图片请另存为 JPEG 或者 PNG",
    b"GIF8": "GIF 图片请另存为 JPEG 或者 PNG",
    b"Rar!": "压缩包请解压后逐件上传",
}
_OF_A_PHONE = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
# Programs write the mark of an encoding before what is none.
_MARK = b"\xef\xbb\xbf"
# What makes an archive a document of Word, or of the national format (GB/T 33190), and what makes it a program besides.
_OF_OFD = "OFD.xml"
_OF_WORD = frozenset({"[Content_Types].xml", "word/document.xml"})
_PROGRAM = "vbaProject.bin"
# A document of a thousand pages and pictures has fewer parts, and unpacks to less.
MOST_PARTS, UNPACKED = 5000, 500_000_000
_PIECE = 1 << 16


async def looked_at(file: UploadFile, scanner: str) -> str:
    """The media type of a scan; UnsupportedMediaType where it is none, FormInvalid where the scanner at that address knows harm of it."""
    beginning = (await file.read(16)).removeprefix(_MARK)
    await file.seek(0)
    if beginning.startswith(_PACKED):
        media_type = await anyio.to_thread.run_sync(packed_type, file.file)
    else:
        media_type = next((kind for mark, kind in _BEGINNINGS.items() if beginning.startswith(mark)), None)
    if media_type is None:
        raise UnsupportedMediaType(_why_not(beginning))
    if scanner:
        await _scanned(file, scanner)
    await file.seek(0)
    return media_type


def _why_not(beginning: bytes) -> str:
    if any(mark in beginning for mark in _OF_A_PHONE):
        return "HEIC 照片请在手机相机设置中改为“兼容性最佳”，或者转换为 JPEG 后上传"
    return next((why for mark, why in _KNOWN_BUT_NOT_TAKEN.items() if beginning.startswith(mark)), _NEITHER)


def packed_type(file: BinaryIO) -> str:
    """What an archive is: a document of Word or of the national format (OFD 版式文件); its list of parts is read, and no part.

    UnsupportedMediaType where it is neither, bears a program, or would unpack without end.
    """
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnsupportedMediaType(_NEITHER) from None
    names = {each.filename.lstrip("/") for each in parts}
    if not (_OF_OFD in names or names >= _OF_WORD):
        raise UnsupportedMediaType(f"这是压缩包或者其他办公文件，请解压或者另存后上传：{_NEITHER}")
    if any(each.filename.endswith(_PROGRAM) for each in parts):
        raise UnsupportedMediaType("文件含有宏，请另存为不含宏的 DOCX")
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > UNPACKED:
        raise UnsupportedMediaType("文件解压后过大")
    return OFD if _OF_OFD in names else WORD


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
