"""Systems outside the bureau (外部系统): what each is called, what it wants to be told, and in what words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from law.facts import Fact
from law.offices import Office
from models.forms.form import Form

N = TypeVar("N", bound="Notification")


class Happening(BaseModel):
    """What a system is told of: the fact, whom it is about, and the people whom that matter names."""

    delivery: str
    matter: str
    fact: Fact
    at: datetime
    about: str
    values: Mapping[str, Any] = {}
    # What was filled in where it happened; a system is told of it what its message has a field for, and no more.
    form: Mapping[str, Any] = {}
    people: Sequence[Mapping[str, str]] = ()
    # The number under which the matter came from outside, where it bears one.
    order: str = ""
    # By which channel and when the matter came, and what the unit is called that has it now.
    channel: str = ""
    came_at: datetime | None = None
    unit_zh: str = ""
    # What goes with the message: things, and the papers of the case.
    exhibits: Sequence["Enclosed"] = ()
    papers: Sequence["Paper"] = ()
    # The criminal case it belongs to, if any, and the code of the charge it was last filed or accepted for.
    case: str = ""
    charge: str = ""


class Notification(BaseModel):
    """What every message says (通知); a system that needs more adds fields of its own."""

    matter: str = Field(title="事项编号")
    about: str = Field(title="对象编号")
    fact: Fact = Field(title="法律事实")
    fact_zh: str = Field(title="法律事实名称")
    at: datetime = Field(title="发生时间")


def build_plain_notification(happening: Happening) -> Notification:
    """The message for a system that needs to know no more than what happened."""
    return Notification(**build_happening_fields(happening))


def make_message_builder(shape: type[N]) -> Callable[[Happening], N]:
    """A maker of messages of that shape, whose further fields are those of the same name in the form that was filled in."""

    def says(happening: Happening) -> N:
        further = {name: happening.form[name] for name in shape.model_fields if name in happening.form}
        return shape(**further | build_happening_fields(happening))

    return says


def build_happening_fields(happening: Happening) -> dict[str, Any]:
    """The fields that every message has."""
    return {
        "matter": happening.matter,
        "about": happening.about,
        "fact": happening.fact,
        "fact_zh": happening.fact.label,
        "at": happening.at,
    }


class Named(BaseModel):
    """A suspect as an organ that must decide about them is told of them (犯罪嫌疑人)."""

    matter: str = Field(title="事项编号")
    name: str = Field(title="姓名")
    citizen_id: str = Field(title="公民身份号码")


def list_suspects(happening: Happening) -> list[Named]:
    """The suspects of what happened: the one whom it is about, or all of the case."""
    return [
        Named(matter=each["matter"], name=each["name"], citizen_id=each["citizen_id"])
        for each in happening.people
        if each["role"] == "suspect"
    ]


class Enclosed(BaseModel):
    """A thing that goes with a case (随案移送的财物), under the number by which its receipt is confirmed."""

    number: str = Field(title="财物编号")
    name: str = Field(title="名称")
    quantity: str = Field(title="数量")
    features: str = Field(default="", title="特征")
    owner: str = Field(default="", title="所有人")


class Paper(BaseModel):
    """A paper of the dossier (卷宗材料) that goes with a case: made here under its number, or scanned; `sm3` is the digest of its file."""

    title: str = Field(title="名称")
    number: str = Field(default="", title="文号")
    sm3: str = Field(default="", title="文件摘要", description="SM3；尚在制作的为空")


@dataclass(frozen=True, slots=True)
class Question:
    """Something a system is asked by telling it of `fact`; `answer` is the step by which its answer comes to the matter that asked.

    The system may put the answer into its receipt, or send it later as a message of its own. `example` is what a good answer says: the
    contract shows it, and the sandbox gives it; what it leaves out of what the form requires is filled in by the fields' titles.
    """

    fact: Fact
    answer: type[Form]
    example: Mapping[str, Any] = field(default_factory=dict[str, Any])
    # What it may say of it besides: instead of that answer, or after it.
    later: tuple[type[Form], ...] = ()


def send_at_once(happening: Happening, now: datetime) -> timedelta:
    """That a message waits for nothing."""
    return timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system outside: its id in addresses and settings, the organ whose it is, the facts it wants to be told.

    `message` is the shape of what it is told, `says` makes one of what happened. To `questions` it owes answers. What it `opens` it may
    open though the form names no office of its organ; a system that wants to be told nothing may do so alone.
    """

    id: str
    zh: str
    office: Office
    wants: tuple[Fact, ...]
    message: type[BaseModel] = Notification
    says: Callable[[Happening], BaseModel] = build_plain_notification
    questions: tuple[Question, ...] = ()
    # The forms by which it opens matters of ours (来文登记).
    opens: tuple[type[Form], ...] = ()
    # Those of the facts it wants of which it is told only in matters of which it was told before.
    follows: tuple[Fact, ...] = ()
    # Of matters that came by a channel it is told only where that is this one, and they bear its number.
    of_channel: str = ""
    # The role of the person to whom it carries our words: it is told of what is not sealed alone, where that person has a telephone, and of
    # what their matter hears from another too.
    carries_to: str = ""
    # How long a message is held back, at that instant.
    holds: Callable[[Happening, datetime], timedelta] = send_at_once
    # Whether citizens use it, who are told the code by which they ask for what they have opened.
    gives_codes: bool = False
    # The organs above that use the same system.
    above: tuple[Office, ...] = ()

    def is_asked_by(self, fact: Fact) -> bool:
        """Whether that fact is a question to this system."""
        return any(question.fact is fact for question in self.questions)

    def answers(self, step: str) -> bool:
        """Whether that step is the answer to something this system is asked."""
        return any(form.rule.step == step for question in self.questions for form in (question.answer, *question.later))


_MACHINE = "system:"


def build_machine_name(system: str) -> str:
    """The name under which a system acts in our journal."""
    return f"{_MACHINE}{system}"


def is_machine(username: str) -> bool:
    """Whether that is the account of a system: it signs in with no password, and nobody changes it here."""
    return username.startswith(_MACHINE)


def parse_machine_name(username: str) -> str:
    """The id of the system whose account that is."""
    return username.removeprefix(_MACHINE)


class Envelope(BaseModel):
    """How a message travels, by the Standard Webhooks: `type` is the fact, `timestamp` when it happened, `data` the message."""

    type: Fact
    timestamp: datetime
    data: Any
