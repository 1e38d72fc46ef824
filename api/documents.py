"""Legal documents and dossiers: what a matter's steps have issued, the files, what is scanned beside them, and what is missing."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field
from starlette.datastructures import FormData, UploadFile

from api.access_tracking import declare_reading
from api.attempts import Attempt, open_attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.http_io import Key, build_attachment_header, build_form_invalid
from api.matter_access import get_readable_matter
from api.path_parameters import DocumentId, ItemId
from api.pictures.conversion import BECOMES, convert_picture
from api.pictures.converter import LARGEST_SCAN
from api.printouts import MOST_COPIES, MOST_PAPERS, Copies, bind_papers
from api.problems import document_refusals
from api.scans import SUFFIXES, WORD, check_scan, read_chunks
from api.schemas.papers import Documents, DocumentText, Dossier, PaperLine, ScannedPaper
from api.submission import build_scoped_key
from api.uploads import get_file, read_multipart, upload_body
from law.offices import Office
from models.access.scope import Person
from models.characters import strip_unseen
from models.dossier import build_catalogue, get_places
from models.forms.dossier import SCANNED
from models.matter import Kind
from models.problems import FormTooLarge, NotFound, OfficeMayNotAct, OrchestratorUnavailable
from models.readmodel import documents as papers
from models.readmodel.matter_status import MatterStatus
from models.store import api_writes
from models.templates import list_pieces
from models.trace_shapes import Reading
from runtime.content_store import ContentLost, ContentStore, TooLarge, get_content_store_folder

router = APIRouter(tags=["文书与卷宗"])

# What a multipart form adds to its file: boundaries, names, the two other fields.
LARGEST_UPLOAD = LARGEST_SCAN + 100_000
_LONGEST_TITLE = 100
# Whoever keeps the papers of a case; an auxiliary officer may stand at the scanner, and not vouch for what was scanned.
_SCANNING = (
    Office.CASE_OFFICER,
    Office.STATION_HEAD,
    Office.CASE_MANAGEMENT_OFFICER,
    Office.AUXILIARY_OFFICER,
    Office.LETTER_OFFICER,
)

Format = Annotated[Literal["docx", "pdf"], Query(alias="format", title="格式", description="pdf 仅在本机装有转换程序时可取")]

Chosen = Annotated[list[int] | None, Query(title="文书", description="按打印的先后，至少一份", max_length=MOST_PAPERS)]
HowMany = Annotated[
    list[Annotated[int, Field(ge=1, le=MOST_COPIES)]] | None, Query(title="份数", description="依次为每份文书的份数；不填即各一份")
]
BothSides = Annotated[bool, Query(title="双面打印", description="每份另起一张纸")]

# Documents


@router.get(
    "/api/matters/{number}/documents",
    name="documents",
    dependencies=declare_reading(Reading.DOCUMENTS),
    summary="事项的法律文书",
    responses={200: {"model": Documents}} | document_refusals(401, 403, 404),
)
async def list_documents(request: Request, number: str, person: Caller) -> Response:
    """What the steps of a matter have issued, in order, each with the formats in which it may be had (none while it is being made)."""
    await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        return Response(await papers.list_documents(connection, number), media_type="application/json")


@router.get(
    "/api/matters/{number}/documents/{document}",
    name="document",
    dependencies=declare_reading(Reading.DOCUMENT),
    summary="下载法律文书",
    response_class=Response,
    responses={200: {"content": {WORD: {}, "application/pdf": {}}}} | document_refusals(401, 403, 404, 422, 503),
)
async def get_document(request: Request, number: str, document: DocumentId, person: Caller, format_: Format = "docx") -> Response:
    """The file; who had it is journaled first."""
    matter = await get_readable_matter(request, number, person)
    row = await _find_made(request, number, document)
    hash_ = row.hash if format_ == "docx" else row.pdf
    if hash_ is None:
        raise NotFound("这一文书没有PDF格式，请下载DOCX格式", near=["docx"])
    what = {"document": document, "number": row.number, "format": format_, "sm3": hash_}
    name = f"{row.title}{row.number}.{format_}"
    return await _send_file(
        get_context(request), matter, person, hash_, what, (name, WORD if format_ == "docx" else "application/pdf")
    )


@router.get(
    "/api/matters/{number}/documents/{document}/text",
    name="document_text",
    dependencies=declare_reading(Reading.DOCUMENT_TEXT),
    summary="查看法律文书",
    responses=document_refusals(401, 403, 404, 503),
)
async def get_document_text(request: Request, number: str, document: DocumentId, person: Caller) -> DocumentText:
    """What the kept file says, for a page to show: nobody takes it away thereby."""
    await get_readable_matter(request, number, person)
    row = await _find_made(request, number, document)
    (data,) = await anyio.to_thread.run_sync(_read_all, _get_contents(get_context(request)), [row.hash or ""])
    lines = await anyio.to_thread.run_sync(lambda: [PaperLine(**each) for each in list_pieces(data)])
    return DocumentText(title=row.title, number=row.number, lines=lines)


async def _find_made(request: Request, number: str, document: int) -> papers.Document:
    """The document of that matter; a problem where there is none, or its file is still being made."""
    async with get_context(request).pool.connection() as connection:
        row = await papers.find_document(connection, number, document)
    if row is None:
        raise NotFound("没有这一文书")
    if row.state != "produced":
        raise OrchestratorUnavailable("文书正在制作，请稍后再取", engine="watchdog", retry_after=2)
    return row


async def _send_file(
    ctx: AppContext, matter: MatterStatus, person: Person, hash_: str, what: dict[str, Any], called: tuple[str, str]
) -> Response:
    """The kept file, once it is journaled who had it."""
    try:
        data = await anyio.to_thread.run_sync(_get_contents(ctx).read, hash_)
    except ContentLost:
        raise OrchestratorUnavailable("文件暂时取不到", engine="contents", retry_after=30) from None
    async with ctx.pool.connection() as connection:
        await api_writes.journal_access(
            connection, matter.number, person.username, _list_offices(person, matter), what, datetime.now(UTC)
        )
    name, media_type = called
    return Response(data, media_type=media_type, headers=build_attachment_header(name) | {"X-Content-SM3": hash_})


def _get_contents(ctx: AppContext) -> ContentStore:
    return ContentStore(get_content_store_folder(ctx.settings.data_dir))


def _list_offices(person: Person, matter: MatterStatus) -> list[str]:
    return sorted({each.office for each in person.list_reaching_offices(matter)})


@router.get(
    "/api/matters/{number}/printout",
    name="printout",
    dependencies=declare_reading(Reading.PRINT),
    summary="多份文书一并打印",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}} | document_refusals(401, 403, 404, 422, 503),
)
async def get_printout(
    request: Request, number: str, person: Caller, document: Chosen = None, copies: HowMany = None, both_sides: BothSides = False
) -> Response:
    """One PDF of the documents chosen, in that order; who had each of them is journaled first."""
    ctx, matter = get_context(request), await get_readable_matter(request, number, person)
    if not document:
        raise build_form_invalid("document", "min_length", "须选择至少一份文书")
    many = copies or [1] * len(document)
    if len(many) != len(document):
        raise build_form_invalid("copies", "each", "每份文书须有一个份数")
    async with ctx.pool.connection() as connection:
        rows = [await papers.find_document(connection, number, each) for each in document]
    found = [row for row in rows if row]
    if len(found) < len(rows):
        raise NotFound("所选文书中有本事项没有的")
    if without := [f"《{row.title}》" for row in found if not row.pdf]:
        raise NotFound(f"{'、'.join(without)}没有PDF格式，请下载DOCX格式逐件打印", near=["docx"])
    files = await anyio.to_thread.run_sync(_read_all, _get_contents(ctx), [row.pdf or "" for row in found])
    wanted = [Copies(*each) for each in zip(files, many, strict=True)]
    whole = await anyio.to_thread.run_sync(partial(bind_papers, wanted, both_sides=both_sides))
    async with ctx.pool.connection() as connection, connection.transaction():
        for id_, row, times in zip(document, found, many, strict=True):
            what = {"document": id_, "number": row.number, "format": "pdf", "sm3": row.pdf, "copies": times}
            await api_writes.journal_access(
                connection, number, person.username, _list_offices(person, matter), what, datetime.now(UTC)
            )
    return Response(whole, media_type="application/pdf", headers=build_attachment_header(f"{number}文书{len(found)}份.pdf"))


def _read_all(contents: ContentStore, hashes: Sequence[str]) -> list[bytes]:
    try:
        return [contents.read(each) for each in hashes]
    except ContentLost:
        raise OrchestratorUnavailable("文件暂时取不到", engine="contents", retry_after=30) from None


@router.post(
    "/api/matters/{number}/printed",
    name="printed",
    dependencies=declare_reading(Reading.PRINT),
    summary="打印前登记",
    status_code=204,
    responses=document_refusals(401, 403, 404),
)
async def note_print(request: Request, number: str, person: Caller) -> None:
    """A page of this matter is about to be printed: pages print by themselves, and say so before they do."""
    await get_readable_matter(request, number, person)


# The dossier


@router.get(
    "/api/matters/{number}/dossier",
    name="dossier",
    dependencies=declare_reading(Reading.DOSSIER),
    summary="电子卷宗",
    responses={200: {"model": Dossier}} | document_refusals(401, 403, 404),
    response_model=None,
)
async def get_dossier(request: Request, number: str, person: Caller) -> dict[str, Any]:
    """The places of the catalogue with what lies in each and what is missing; of a case that of its suspects too."""
    matter = await get_readable_matter(request, number, person)
    _has_a_dossier(matter)
    async with get_context(request).pool.connection() as connection:
        held = await papers.load_holdings(connection, number, person, sealed=matter.sealed)
        there = await papers.list_contents(connection, number, person, sealed=matter.sealed)
    found = build_catalogue(matter.kind, json.loads(held), json.loads(there))
    blocking = [each for place in found for each in place["missing"] if each["blocks"]]
    may_scan = bool(_list_held_offices(person, matter) & set(_SCANNING))
    return {"number": number, "places": found, "complete": not blocking, "blocking": blocking, "may_scan": may_scan}


@router.get(
    "/api/matters/{number}/dossier/{item}",
    name="paper",
    dependencies=declare_reading(Reading.PAPER),
    summary="下载卷宗材料",
    response_class=Response,
    responses={200: {"content": {each: {} for each in SUFFIXES}}} | document_refusals(401, 403, 404, 503),
)
async def get_paper(request: Request, number: str, item: ItemId, person: Caller) -> Response:
    """One version of a scan; who had it is journaled first."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        row = await papers.scan(connection, number, item)
    if row is None:
        raise NotFound("没有这一材料")
    what = {"item": item, "title": row.title, "version": row.version, "sm3": row.hash}
    name = f"{row.title}-{row.version}.{SUFFIXES[row.media_type]}"
    return await _send_file(get_context(request), matter, person, row.hash, what, (name, row.media_type))


_UPLOAD = upload_body(
    "扫描件（PDF、OFD、JPEG、PNG、TIFF、DOCX；HEIC 存为 JPEG，BMP 存为 PNG），至多20MB",
    required={
        "place": {"type": "string", "title": "卷宗目录位置"},
        "title": {"type": "string", "title": "材料名称", "maxLength": _LONGEST_TITLE},
    },
)


@router.post(
    "/api/matters/{number}/dossier",
    name="scan",
    summary="扫描件入卷",
    status_code=201,
    openapi_extra=_UPLOAD,
    responses=document_refusals(401, 403, 404, 409, 413, 415, 422, 429, 503),
)
async def scan(request: Request, number: str, person: Caller, idempotency_key: Key = None) -> ScannedPaper:
    """Put a scan into its place; under a title that is there already it becomes its next version, and the old one stays."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "upload-paper") as this:
        key = build_scoped_key(person, idempotency_key)
        matter = await _check_acting(request, this, number, person, _SCANNING)
        async with read_multipart(request, 2, "须有一个文件，和位置、名称两项") as form:
            place, title, file = _parse_fields(matter.kind, form)
            if (file.size or 0) > LARGEST_SCAN:
                raise _build_too_large(file.size or 0)
            ctx.rate_limits.send(person.username, file.size or 0)
            media_type, chunks, sent = await check_scan(file, ctx.settings.virus_scanner), read_chunks(file.file), None
            if media_type in BECOMES:
                made, media_type, sent = await convert_picture(await file.read(), media_type, ctx.sheet_slots)
                chunks = iter((made,))
            try:
                kept = await anyio.to_thread.run_sync(_get_contents(ctx).keep, chunks, LARGEST_SCAN)
            except TooLarge:
                raise _build_too_large(file.size or 0) from None
        item = {"place": place, "title": title, "hash": kept.hash, "size": kept.size, "media_type": media_type}
        said = item | ({"converted_from": sent} if sent else {})
        async with ctx.pool.connection() as connection:
            id_, version = await api_writes.add_scan(
                connection, number, person.username, _list_offices(person, matter), said, key, datetime.now(UTC)
            )
    return ScannedPaper(id=id_, version=version, **item)


async def _check_acting(request: Request, this: Attempt, number: str, person: Person, offices: tuple[Office, ...]) -> MatterStatus:
    """Where the matter stands; refused to whoever may not know of it, or holds none of these offices over it."""
    matter = await get_readable_matter(request, number, person)
    this.chain = number
    _has_a_dossier(matter)
    held = _list_held_offices(person, matter)
    if not held & set(offices):
        names = "、".join(office.label for office in offices)
        raise OfficeMayNotAct(f"应由{names}办理", required=[str(each) for each in offices], held=sorted(held))
    return matter


def _build_too_large(size: int) -> FormTooLarge:
    most = LARGEST_SCAN // 1_000_000
    detail = f"一件材料至多{most}MB（约百页扫描件），这一件有{size / 1_000_000:.1f}MB；请降低扫描分辨率或者分成几件上传"
    return FormTooLarge(detail, limit_bytes=LARGEST_SCAN)


def _list_held_offices(person: Person, matter: MatterStatus) -> set[str]:
    """The offices that this person holds over the unit of the matter itself."""
    return {each.office for each in person.offices if matter.unit in each.own}


def _has_a_dossier(matter: MatterStatus) -> None:
    if matter.kind not in SCANNED:
        raise NotFound(f"{Kind(matter.kind).zh}没有卷宗")


def _parse_fields(kind: str, form: FormData) -> tuple[str, str, UploadFile]:
    place, title, file = form.get("place"), form.get("title"), get_file(form)
    if place not in {each.id for each in get_places(kind)}:
        raise build_form_invalid("place", "unknown-place", f"须为以下之一：{'、'.join(each.id for each in get_places(kind))}")
    # Blanks of any width part words, and nobody sees how wide they are.
    named = " ".join(strip_unseen(title).split()) if isinstance(title, str) else ""
    if not named:
        raise build_form_invalid("title", "title", "须填写材料名称")
    if len(named) > _LONGEST_TITLE:
        raise build_form_invalid("title", "title", f"材料名称至多{_LONGEST_TITLE}个字符，现有{len(named)}个")
    if not named.isprintable():
        raise build_form_invalid("title", "title", "材料名称中有不能显示的字符，请删去后重新输入")
    return str(place), named, file
