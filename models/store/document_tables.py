"""The tables of papers: the legal documents that steps issue, their numbers, and what is scanned into a dossier."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.store.tables import build_folded_column

_AT = DateTime(timezone=True)


class Document(SQLModel, table=True):
    """A legal document (文书) that a step issued: numbered at once (`due`), made by the watchdog (`produced`), and never replaced.

    `context` is what its template is filled with, and empty once the file says it; `hash` is the file's SM3 digest, `pdf` that of the
    PDF beside it.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    matter: str = Field(index=True)
    seq: int
    type: str
    title: str
    number: str
    folded: str | None = Field(sa_column=build_folded_column("number"))
    state: str = Field(default="due", sa_column_kwargs={"server_default": "due"})
    context: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))
    issued_at: datetime = Field(sa_type=_AT)
    hash: str | None = None
    size: int | None = None
    pdf: str | None = None
    produced_at: datetime | None = Field(default=None, sa_type=_AT)
    tried_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (
        UniqueConstraint("matter", "seq", "type"),
        UniqueConstraint("number", "type"),
        Index("document_by_number", text("bigrams(folded)"), postgresql_using="gin"),
        Index("document_due", "id", postgresql_where=text("state = 'due'")),
        Index("document_unconverted", "id", postgresql_where=text("state = 'produced' AND pdf IS NULL")),
    )


class DocumentDraft(SQLModel, table=True):
    """A document that a request will issue once it is approved, as the template will be filled; gone when the request is decided."""

    __tablename__ = "document_draft"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    matter: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    type: str = Field(primary_key=True)
    context: Any = Field(sa_column=Column(JSONB, nullable=False))


class DocumentCounter(SQLModel, table=True):
    """The last number given under one beginning, such as 青公（刑）立字〔2026〕."""

    __tablename__ = "document_counter"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    beginning: str = Field(primary_key=True)
    last: int


class DossierItem(SQLModel, table=True):
    """A paper scanned into the dossier (电子卷宗). A new version stands beside the old; who declared it identical to the paper is kept."""

    __tablename__ = "dossier_item"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    matter: str
    place: str
    title: str
    version: int
    hash: str
    size: int
    media_type: str
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=_AT)
    declared_by: str | None = None
    declared_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (UniqueConstraint("matter", "title", "version"),)


class SheetSeen(SQLModel, table=True):
    """That somebody opened a request on somebody's liberty, and at which step of the matter they last did."""

    __tablename__ = "sheet_seen"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    matter: str = Field(primary_key=True)
    request_seq: int = Field(primary_key=True)
    username: str = Field(primary_key=True)
    seq: int
    seen_at: datetime = Field(sa_type=_AT)
