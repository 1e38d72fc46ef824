"""The shapes of a batch of rectification orders (批量下达整改指令)."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Filled, Shape

MOST_ROWS = 500


class BatchRow(BaseModel):
    """One order of a batch: over which matter, and what differs there from the others."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    subject: str = Field(title="涉及事项", min_length=1, max_length=40)
    officer: str = Field(default="", title="责任民警", max_length=60)
    problem: str = Field(default="", title="存在问题", max_length=8000)


class OrderBatch(BaseModel):
    """What all orders of a batch say, and a row for each."""

    model_config = ConfigDict(extra="forbid")

    template: dict[str, Any] = Field(title="共同内容", description="下达整改指令的各项，不含涉及事项")
    rows: Annotated[list[BatchRow], Field(min_length=1, max_length=MOST_ROWS)] = Field(title="逐行")
    confirmed: bool = Field(default=False, title="已确认", description="同一民警一日超过十件的，由案管员确认后下达")


class OrderOfRow(Shape):
    """What became of a row: the order that was opened, or that its problem joined."""

    row: int
    subject: str
    number: str


class RowRefused(Shape):
    """Why a row came to nothing."""

    row: int
    subject: str
    type: str
    detail: str
    errors: list[Filled]


class BatchView(Shape):
    """A batch as it was issued: a row is in one of the lists."""

    batch: str
    opened: list[OrderOfRow]
    joined: list[OrderOfRow]
    refused: list[RowRefused]
