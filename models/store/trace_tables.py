"""The tables of reading traces and sign-in events, and the head of each day's chain."""

from datetime import date, datetime

from sqlalchemy import ARRAY, Column, DateTime, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class ReadingTrace(SQLModel, table=True):
    """A reading (查阅记录) or sign-in event (登录记录): written once, and hashed with the one before it of the same day."""

    __tablename__ = "reading_trace"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    # The day in Shanghai, by which traces are chained, sealed and, in the end, forgotten.
    day: date = Field(primary_key=True)
    position: int = Field(primary_key=True)
    at: datetime = Field(sa_type=_AT)
    username: str
    # By which they reached the matter; where no matter is read, all that they held, and in which units.
    offices: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    units: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    address: str
    sort: str
    matter: str
    status: int
    # What was asked for and why, or how and with which program somebody came, under our key ring: a name or number may stand in it.
    secret: bytes | None = Field(default=None, sa_type=LargeBinary)
    key_id: str | None = None
    hash: bytes = Field(sa_type=LargeBinary)

    __table_args__ = (
        Index("reading_by_time", text("at desc")),
        Index("reading_by_person", "username", text("at desc")),
        Index("reading_by_matter", "matter", text("at desc"), postgresql_where=text("matter <> ''")),
    )


class ReadingDay(SQLModel, table=True):
    """The head of a day's chain of traces, and up to where it is sealed."""

    __tablename__ = "reading_day"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    day: date = Field(primary_key=True)
    position: int
    hash: bytes = Field(sa_type=LargeBinary)
    sealed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
