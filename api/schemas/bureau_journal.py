"""The shape of the bureau's own journal."""

from pydantic import Field

from api.schemas.shape import Instant, Listed, Shape


class BureauEntryItem(Shape):
    """One entry of the bureau's chain (本局日志); `username` is empty where the house itself did it."""

    position: int
    at: Instant
    username: str
    zh: str | None
    step: str
    step_zh: str = Field(title="何事")
    words: str = Field(title="内容")


class BureauEntryList(Listed[BureauEntryItem]):
    """A page of the bureau's journal."""
