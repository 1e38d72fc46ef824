"""On what a finding rests (依据): typed pointers to the record. What people wrote is pointed at, never copied; the words are our own."""

from dataclasses import dataclass
from datetime import datetime

from law.reasons import format_minute
from models.evidence import Pointer


@dataclass(frozen=True, slots=True)
class Quoted:
    """A word of our own lists that a field of a recorded step contains. Never more of what people wrote.

    `start` and `end` are its place in that field.
    """

    seq: int
    field: str
    word: str
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"第{self.seq}步提到“{self.word}”"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="quote", words=str(self), seq=self.seq, field=self.field, start=self.start, end=self.end)


@dataclass(frozen=True, slots=True)
class Stepped:
    """What a recorded step said, in our words."""

    seq: int
    words: str

    def __str__(self) -> str:
        return f"第{self.seq}步{self.words}"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="step", words=str(self), seq=self.seq)


@dataclass(frozen=True, slots=True)
class Missing:
    """What ought to be on record and is not: a paper, a step."""

    words: str

    def __str__(self) -> str:
        return f"没有{self.words}"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="missing", words=str(self), ref=self.words)


@dataclass(frozen=True, slots=True)
class Expired:
    """A limit that ran out, and when."""

    label: str
    due_at: datetime

    def __str__(self) -> str:
        return f"“{self.label}”已于{format_minute(self.due_at)}届满"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="clock", words=str(self), ref=self.label)


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact, and when it happened."""

    label: str
    at: datetime

    def __str__(self) -> str:
        return f"“{self.label}”记为{format_minute(self.at)}"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="fact", words=str(self), ref=self.label)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts that do not go together as they are recorded, each with when it happened or was entered."""

    label: str
    at: datetime
    other: str
    other_at: datetime

    def __str__(self) -> str:
        return f"“{self.label}”记为{format_minute(self.at)}，“{self.other}”记为{format_minute(self.other_at)}"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="facts", words=str(self), ref=f"{self.label}、{self.other}")


@dataclass(frozen=True, slots=True)
class Since:
    """What happened last, since when nothing has."""

    label: str
    at: datetime

    def __str__(self) -> str:
        return f"自{format_minute(self.at)}{self.label}以来没有新的办案活动"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="idle", words=str(self), ref=self.label)


@dataclass(frozen=True, slots=True)
class Kin:
    """Another matter that has to do with this one, and what about it counts, in our words."""

    number: str
    words: str

    def __str__(self) -> str:
        return f"{self.number}{self.words}"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="kin", words=str(self), number=self.number)


@dataclass(frozen=True, slots=True)
class Attempted:
    """A step that somebody tried and that was refused: an attempt is evidence too. `label` is what officers call the step, `why` the type of problem."""

    step: str
    label: str
    at: datetime
    why: str

    def __str__(self) -> str:
        return f"{format_minute(self.at)}办理“{self.label}”未获准许"

    def build_pointer(self) -> Pointer:
        """As it is told and kept."""
        return Pointer(type="attempt", words=str(self), ref=f"{self.step}/{self.why}")


Evidence = Quoted | Stepped | Missing | Expired | Happened | Pair | Since | Kin | Attempted
