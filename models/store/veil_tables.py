"""The table of the keys of veiled fields."""

from datetime import datetime

from sqlalchemy import DateTime, LargeBinary
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class VeilKey(SQLModel, table=True):
    """The key under which the veiled fields (密级字段) of one matter, or of one message from outside, are encrypted, wrapped by the key ring.

    Without `wrapped` it was destroyed, at that instant: nobody reads them any more.
    """

    __tablename__ = "veil_key"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    holder: str = Field(primary_key=True)
    key_id: str
    wrapped: bytes | None = Field(default=None, sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=_AT)
    destroyed_at: datetime | None = Field(default=None, sa_type=_AT)
