"""The shapes of legal documents and dossiers."""

from typing import Literal

from pydantic import Field

from api.schemas.shape import Instant, Shape


class DocumentView(Shape):
    """A legal document that a step issued; `formats` is empty while it is being made."""

    id: int
    matter: str
    type: str
    title: str
    number: str
    state: Literal["due", "produced"]
    seq: int
    hash: str | None
    size: int | None
    issued_at: Instant
    formats: list[Literal["docx", "pdf"]]


class PaperLine(Shape):
    """A paragraph of a paper, or a table as its rows."""

    text: str
    centred: bool
    rows: list[list[str]]


class DocumentText(Shape):
    """What a document says that was issued, as its file has it."""

    title: str
    number: str
    lines: list[PaperLine]


class Documents(Shape):
    """What the steps of a matter have issued."""

    items: list[DocumentView]


class PaperView(Shape):
    """One version of a paper that was scanned into a dossier."""

    id: int
    matter: str
    place: str
    title: str
    version: int
    hash: str
    size: int
    media_type: str
    uploaded_by: str
    uploaded_by_zh: str | None
    uploaded_at: Instant
    declared_by: str | None
    declared_at: Instant | None


class ScannedPaper(Shape):
    """A version of a paper as it was put into the dossier."""

    id: int
    version: int
    place: str
    title: str
    hash: str
    size: int
    media_type: str


class Missing(Shape):
    """What a dossier lacks, and whether that keeps the case from being sent on."""

    matter: str
    title: str
    why: Literal["absent", "not-declared"]
    blocks: bool


class PlaceView(Shape):
    """A place of the catalogue with what lies there."""

    place: str
    zh: str
    papers: list[str]
    documents: list[DocumentView]
    items: list[PaperView]
    missing: list[Missing]


class Dossier(Shape):
    """A dossier, place by place."""

    number: str
    places: list[PlaceView]
    complete: bool
    blocking: list[Missing]
    may_scan: bool = Field(title="您是否可以扫描入卷")
