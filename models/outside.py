"""Systems outside the bureau (外部系统): what each is called, what it wants to be told, and in what words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from law.facts import Fact
from law.offices import Office


class Happening(BaseModel):
    """What a system is told of: the fact, whom it is about, and the people whom that matter names."""

    delivery: str
    matter: str
    fact: Fact
    at: datetime
    about: str
    said: Mapping[str, Any] = {}
    people: Sequence[Mapping[str, str]] = ()


class Notification(BaseModel):
    """What every message says (通知); a system that needs more adds fields of its own."""

    matter: str = Field(title="事项编号")
    about: str = Field(title="对象编号")
    fact: Fact = Field(title="法律事实")
    fact_zh: str = Field(title="法律事实名称")
    at: datetime = Field(title="发生时间")


def plainly(happening: Happening) -> Notification:
    """The message for a system that needs to know no more than what happened."""
    return Notification(**happening_words(happening))


def happening_words(happening: Happening) -> dict[str, Any]:
    """The fields that every message has."""
    return {
        "matter": happening.matter,
        "about": happening.about,
        "fact": happening.fact,
        "fact_zh": happening.fact.zh,
        "at": happening.at,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system outside: its id in addresses and settings, the organ whose it is, the facts it wants to be told.

    `message` is the shape of what it is told, `says` makes one of what happened.
    """

    id: str
    zh: str
    office: Office
    wants: tuple[Fact, ...]
    message: type[BaseModel] = Notification
    says: Callable[[Happening], BaseModel] = plainly


class Envelope(BaseModel):
    """How a message travels, by the Standard Webhooks: `type` is the fact, `timestamp` when it happened, `data` the message."""

    type: Fact
    timestamp: datetime
    data: Any
