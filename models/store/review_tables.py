"""The tables of case review: what was drawn from, each file that is reviewed, and each sheet."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, DateTime, Index, Numeric, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)
_RESULT = Numeric(4, 1)


class ReviewPopulation(SQLModel, table=True):
    """A file of the population of a draw, as it was frozen: whose it was, how it came out, its place by lot, and whether it was taken."""

    __tablename__ = "review_population"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    round: str = Field(primary_key=True)
    drawing: int = Field(primary_key=True)
    number: str = Field(primary_key=True)
    unit_id: str
    officer: str
    outcome: str
    place: int
    taken: bool
    # Under reconsideration or litigation.
    disputed: bool


class CaseReview(SQLModel, table=True):
    """A file that is reviewed, and how far that has come; `unit_id` and `officer` are whose it was when it was drawn."""

    __tablename__ = "case_review"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    number: str = Field(primary_key=True)
    round: str
    drawing: int
    subject: str
    unit_id: str
    officer: str
    checklist: str
    edition: str
    drawn_at: datetime = Field(sa_type=_AT)
    voided: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    compared_at: datetime | None = Field(default=None, sa_type=_AT)
    first: Decimal | None = Field(default=None, sa_type=_RESULT)
    second: Decimal | None = Field(default=None, sa_type=_RESULT)
    # What was settled, or rechecked since: the sheet, the result out of a hundred, the items that veto.
    items: Any = Field(default=None, sa_column=Column(JSONB, nullable=True))
    result: Decimal | None = Field(default=None, sa_type=_RESULT)
    vetoes: list[int] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False, server_default="[]"))
    grade: str = Field(default="", sa_column_kwargs={"server_default": ""})
    settled_at: datetime | None = Field(default=None, sa_type=_AT)
    told_at: datetime | None = Field(default=None, sa_type=_AT)
    objected_at: datetime | None = Field(default=None, sa_type=_AT)
    rechecked_at: datetime | None = Field(default=None, sa_type=_AT)
    closed_at: datetime | None = Field(default=None, sa_type=_AT)
    orders: int = Field(default=0, sa_column_kwargs={"server_default": "0"})

    __table_args__ = (
        Index("case_review_of_round", "round", "number"),
        Index("case_review_of_subject", "subject"),
        Index("case_review_told", "told_at"),
    )


class ReviewSheet(SQLModel, table=True):
    """A seat of a file that somebody scores; what they found stands in the sheet's journal, and here only when it came in."""

    __tablename__ = "review_sheet"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    number: str = Field(primary_key=True)
    review: str
    seat: int
    reviewer: str
    assigned_at: datetime = Field(sa_type=_AT)
    scored_at: datetime | None = Field(default=None, sa_type=_AT)
    released_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (Index("review_sheet_of_review", "review", "seat"), Index("review_sheet_of_reviewer", "reviewer"))
