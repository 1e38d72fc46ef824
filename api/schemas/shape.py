"""What all shapes have in common."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Colour = Literal["none", "blue", "yellow", "orange", "red", "unkept", "overdue"]
Instant = AwareDatetime
# Why somebody has something to do: a request to decide, one that came back, a limit that ran out, what a system could not do, a message that
# waits, the next step of a matter.
TaskSort = Literal[
    "approval",
    "returned",
    "expired",
    "undelivered",
    "held",
    "law",
    "overrun",
    "appointment",
    "finding",
    "turn",
    "setting",
    "objection",
    "report",
    "call-back",
]
Filled = dict[str, Any]
"""A form as it was filled in; its schema is that of its step."""

T = TypeVar("T")


class Shape(BaseModel):
    """An object that has these members and no others."""

    model_config = ConfigDict(extra="forbid")


class Listed(Shape, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: str | None = Field(title="下一页的 cursor")
