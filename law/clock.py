"""The clock (期限时钟): one statutory limit, running for one person or thing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

from law.labelled_enum import LabelledEnum
from law.offices import Office


class Colour(LabelledEnum):
    """How near a clock is to its end (蓝 黄 橙 红), and past it (超期, the red card 红牌).

    A ladder ends in OVERDUE; a clock of a service promise shows UNKEPT from then on, which is no red card.
    """

    NONE = "none", "正常"
    BLUE = "blue", "蓝色预警"
    YELLOW = "yellow", "黄色预警"
    ORANGE = "orange", "橙色预警"
    RED = "red", "红色预警"
    UNKEPT = "unkept", "承诺超时"
    OVERDUE = "overdue", "超期红牌"


class ClockState(StrEnum):
    """Where a clock stands: running, met in time or late, lapsed because its ground fell away in time, overrun where it did so too late.

    A suspended clock stands in a period that does not count and is not over: its end is known when it runs on.
    """

    RUNNING = "running"
    MET = "met"
    MET_LATE = "met-late"
    LAPSED = "lapsed"
    OVERRUN = "overrun"
    NOT_STARTED = "not-started"
    SUSPENDED = "suspended"


class Consequence(LabelledEnum):
    """What must happen when the limit expires; never automatic, always a task for a person. `label` is what people read."""

    RELEASE_OR_CHANGE = "release-or-change", "释放或者变更措施"
    RELEASE = "release", "释放"
    DECIDE = "decide", "作出决定"
    ESCALATE = "escalate", "上报督办"
    RIGHT_LAPSES = "right-lapses", "权利不再行使"
    MEASURE_LAPSES = "measure-lapses", "措施解除"
    SERVICE_ONLY = "service-only", "只作内部考核"
    ESCALATE_SERVICE = "escalate-service", "服务承诺超时督办"


PROMISES = (Consequence.SERVICE_ONLY, Consequence.ESCALATE_SERVICE)
"""What follows where a service promise (服务承诺) is not kept: somebody hears of it, and it is never a red card, since no law was broken."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the warning ladder: from `at` on, the clock shows `colour`. The last rung is expiry."""

    colour: Colour
    at: datetime


@dataclass(frozen=True, slots=True)
class Overrun:
    """That a limit ran out unmet (超期): a fact of history, whatever starts, ends or is entered afterwards.

    `due_at` is the end that passed, `until` when the clock ended all the same (None: it runs on). `entered_at` is set where the fact
    that kept the limit, extended it or held it up had happened in time, and was entered only after its end (补录), and where the record
    by which it had run out was set right only then (更正).
    """

    due_at: datetime
    until: datetime | None
    entered_at: datetime | None = None


class ClockId(NamedTuple):
    """What makes a clock one: its limit, whom or what it is about, and the sequence of the entry that started it. Written `limit@about@seq`."""

    limit: str
    about: str
    started_by: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The id as it is written; ValueError where it is none."""
        limit, about, started_by = text.split("@")
        return cls(limit, about, int(started_by))

    @classmethod
    def build_prefix(cls, limit: str) -> str:
        """How the ids of that limit's clocks begin, for statements that seek them."""
        return f"{limit}@"

    def __str__(self) -> str:
        return "@".join(map(str, self))


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit that some fact armed. Stored as computed: an amended statute never changes it by itself.

    `due_at` is the last lawful instant (None while not started, or where the law names no figure). `date_only` says the limit is
    written as a day, whose last instant is 23:59:59. `calendar` is `final` or `provisional`; `basis` is the article;
    `edition` the day that text came into force; `reasons` explain the date in sentences a person can read. `overrun` is None as long
    as no end has passed before the clock ended, or before what was done in time was entered.
    """

    id: str
    limit: str
    zh: str
    edition: str
    basis: str
    about: str
    started_at: datetime | None
    due_at: datetime | None
    date_only: bool
    liberty: bool
    rungs: tuple[Rung, ...]
    state: ClockState
    ended_at: datetime | None
    calendar: str
    answerable: Office
    at_expiry: Consequence
    reasons: tuple[str, ...]
    overrun: Overrun | None = None
