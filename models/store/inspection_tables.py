"""The tables of inspections: what they find, and what waits to be inspected."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class Finding(SQLModel, table=True):
    """What an inspection finds in a matter, and how far the alert over it has come (`models.store.findings`)."""

    rule: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    severity: str
    fingerprint: str
    evidence: Any = Field(sa_column=Column(JSONB, nullable=False))
    first_seen: datetime = Field(sa_type=_AT)
    last_seen: datetime = Field(sa_type=_AT)
    gone_at: datetime | None = Field(default=None, sa_type=_AT)
    episode: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    # The number of the alert of this episode; what it was told, and what a person judged.
    alert: str | None = None
    state: str = Field(default="", sa_column_kwargs={"server_default": ""})
    told: str = Field(default="", sa_column_kwargs={"server_default": ""})
    told_severity: str = Field(default="", sa_column_kwargs={"server_default": ""})
    settled: str = Field(default="", sa_column_kwargs={"server_default": ""})
    retry_at: datetime = Field(sa_column=Column(_AT, nullable=False, server_default=text("'-infinity'")))

    __table_args__ = (
        Index("finding_of_subject", "subject"),
        Index("finding_of_alert", "alert", unique=True),
        Index("finding_owing", "alert", postgresql_where=text("state IN ('due', 'open', 'ordered')")),
    )


class InspectionDue(SQLModel, table=True):
    """A matter in which something happened since it was inspected."""

    __tablename__ = "inspection_due"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    matter: str
