"""The table of drives: each matter that is gone through."""

from datetime import datetime

from sqlalchemy import Column, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class DriveItem(SQLModel, table=True):
    """A matter that a drive goes through (清查事项): by which of its selections, what was last answered, and how often it was sent back."""

    __tablename__ = "drive_item"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    number: str = Field(primary_key=True)
    drive: str
    subject: str
    purpose: str
    grounds: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    begun_at: datetime = Field(sa_type=_AT)
    # Empty until it was answered; what was sent back keeps it until it is answered anew.
    result: str = Field(default="", sa_column_kwargs={"server_default": ""})
    answered_at: datetime | None = Field(default=None, sa_type=_AT)
    returns: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    verified_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (Index("drive_item_of_drive", "drive", "number"), Index("drive_item_of_subject", "subject"))
