"""Checking uploaded scans (扫描件): the format by the content, and malware by the configured virus scanner."""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import anyio
from starlette.datastructures import UploadFile

from api.http_io import build_form_invalid
from api.pictures.conversion import BMP, HEIC
from models.problems import OrchestratorUnavailable, UnsupportedMediaType
from runtime.logging import log
from runtime.virus_scanner import Harmful, ScannerUnavailable, scan

OFD = "application/ofd"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Media types by file signature. The type that the browser declares is not trusted.
_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_ZIP_SIGNATURE = b"PK\x03\x04"
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", WORD: "docx", OFD: "ofd"}
_ACCEPTED = "只接受 PDF、OFD、JPEG、PNG、HEIC、BMP、TIFF、DOCX 文件"
# Other formats of cameras and scanners, by signature, with what the user can do instead.
_UNSUPPORTED = {
    b"GIF8": "GIF 图片请另存为 JPEG 或者 PNG",
    b"Rar!": "压缩包请解压后逐件上传",
}
# A picture in an ISO container (ISO/IEC 23008-12): the box's length, then its type and brand.
_HEIC_BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1")
# A bitmap: its mark, its length, and four bytes that are nothing.
_BMP_SIGNATURE, _BMP_NOTHING = b"BM", slice(6, 10)
# Some programs write a UTF-8 byte order mark before binary formats too.
_BOM = b"\xef\xbb\xbf"
# Archive members that identify an OFD document (GB/T 33190), a Word document, and macros.
_OFD_MEMBER = "OFD.xml"
_WORD_MEMBERS = frozenset({"[Content_Types].xml", "word/document.xml"})
_MACROS = "vbaProject.bin"
# Members and bytes; a document of a thousand pages and pictures stays below both.
MOST_MEMBERS, MOST_UNPACKED = 5000, 500_000_000
_CHUNK = 1 << 16


async def check_scan(file: UploadFile, scanner: str) -> str:
    """The media type of an uploaded scan, once the virus scanner at that address (empty: none) has passed it.

    It may be one of those that are converted (`api.pictures`) before they are kept. Raises UnsupportedMediaType, FormInvalid where malware was found, OrchestratorUnavailable where the scanner does not answer.
    """
    beginning = (await file.read(16)).removeprefix(_BOM)
    await file.seek(0)
    if beginning.startswith(_ZIP_SIGNATURE):
        media_type = await anyio.to_thread.run_sync(archive_type, file.file)
    else:
        media_type = next(
            (kind for mark, kind in _SIGNATURES.items() if beginning.startswith(mark)), _find_converted_type(beginning)
        )
    if media_type is None:
        raise UnsupportedMediaType(_describe_refusal(beginning))
    if scanner:
        await _check_for_malware(file, scanner)
    await file.seek(0)
    return media_type


def _find_converted_type(beginning: bytes) -> str | None:
    if beginning[4:].startswith(_HEIC_BRANDS):
        return HEIC
    return BMP if beginning.startswith(_BMP_SIGNATURE) and not any(beginning[_BMP_NOTHING]) else None


def _describe_refusal(beginning: bytes) -> str:
    return next((why for mark, why in _UNSUPPORTED.items() if beginning.startswith(mark)), _ACCEPTED)


def archive_type(file: BinaryIO) -> str:
    """The media type of a ZIP archive: Word or OFD (版式文件). Only the list of members is read, nothing is unpacked.

    UnsupportedMediaType where it is neither, contains macros, or is a zip bomb.
    """
    try:
        with ZipFile(file) as packed:
            members = packed.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnsupportedMediaType(_ACCEPTED) from None
    names = {each.filename.lstrip("/") for each in members}
    if not (_OFD_MEMBER in names or names >= _WORD_MEMBERS):
        raise UnsupportedMediaType(f"这是压缩包或者其他办公文件，请解压或者另存后上传：{_ACCEPTED}")
    if any(each.filename.endswith(_MACROS) for each in members):
        raise UnsupportedMediaType("文件含有宏，请另存为不含宏的 DOCX")
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise UnsupportedMediaType("文件解压后过大")
    return OFD if _OFD_MEMBER in names else WORD


async def _check_for_malware(file: UploadFile, scanner: str) -> None:
    try:
        await scan(scanner, read_chunks(file.file))
    except Harmful as found:
        log.warning("file.refused", outcome=found.name)
        raise build_form_invalid("file", "harmful", f"文件含有恶意代码（{found.name}），未予接收") from None
    except ScannerUnavailable as error:
        log.error("request.failed", error=error, operation="scan")
        raise OrchestratorUnavailable("查毒服务暂时不可用，文件未予接收，请稍后再传", engine="scanner", retry_after=30) from None


def read_chunks(file: BinaryIO) -> Iterator[bytes]:
    """The content of a file from its beginning, in chunks of 64 KiB."""
    file.seek(0)
    yield from iter(lambda: file.read(_CHUNK), b"")
