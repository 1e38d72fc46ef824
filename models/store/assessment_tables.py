"""The tables of assessment (执法质量考评): by which standard units are measured, and what officers say to their own points."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


def _build_json_column() -> Any:
    return Column(JSONB, nullable=False)


class AssessmentStandard(SQLModel, table=True):
    """A standard of assessment (考评标准) as two people set it: from which month on, what weighs how much, which units are peers."""

    __tablename__ = "assessment_standard"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    unit_id: str = Field(foreign_key="unit.id")
    month: date
    weights: Any = Field(sa_column=_build_json_column())
    classes: Any = Field(sa_column=_build_json_column())
    proposed_by: str
    confirmed_by: str
    since: datetime = Field(sa_type=_AT)

    __table_args__ = (Index("assessment_standard_of", "unit_id", "month"),)


class AssessmentStandardProposal(SQLModel, table=True):
    """The standard that one person proposes for a unit, until another confirms it."""

    __tablename__ = "assessment_standard_proposal"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    month: date
    weights: Any = Field(sa_column=_build_json_column())
    classes: Any = Field(sa_column=_build_json_column())
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)


class AssessmentDue(SQLModel, table=True):
    """The number under which a unit's closed month is assessed (`models.store.assessment_months`)."""

    __tablename__ = "assessment_due"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    report: int = Field(primary_key=True, foreign_key="report.id", sa_type=BigInteger)
    number: str = Field(unique=True)
    unscored: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class PointStatement(SQLModel, table=True):
    """What an officer said, once, to a point of their own index (陈述) before it counts."""

    __tablename__ = "point_statement"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    username: str = Field(primary_key=True, foreign_key="person.username")
    point: str = Field(primary_key=True)
    words: str
    said_at: datetime = Field(sa_type=_AT)


class PointObjection(SQLModel, table=True):
    """An officer's objection (异议) to a point of their own index; `upheld` is empty until somebody else has decided."""

    __tablename__ = "point_objection"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    username: str = Field(foreign_key="person.username")
    point: str
    unit_id: str = Field(foreign_key="unit.id")
    # What it is about in words, as whoever decides reads it, and who verified what it rests on: they do not decide.
    about: str
    verified_by: str
    grounds: str
    raised_at: datetime = Field(sa_type=_AT)
    due_on: date
    decided_by: str | None = None
    upheld: bool | None = None
    reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    decided_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (
        UniqueConstraint("username", "point", name="point_is_objected_to_once"),
        Index("point_objection_open", "unit_id", postgresql_where=text("decided_at IS NULL")),
    )
