"""The table of leads about people of the bureau that were found and are to be drafted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Column, DateTime, Text
from sqlmodel import Field, SQLModel


class LeadDue(SQLModel, table=True):
    """What puts a lead before whoever decides, by what tells it from others; it stays, so that it does so once (`models.store.leads`)."""

    __tablename__ = "lead_due"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    key: str = Field(primary_key=True)
    number: str = Field(unique=True)
    trigger: str
    person: str
    unit_id: str
    decided_in: str
    category: str
    sources: Any = Field(sa_column=Column(ARRAY(Text), nullable=False))
    found_at: datetime = Field(sa_type=DateTime(timezone=True))
