"""How a message from outside is written: which step, on which matter, filled in how; what we do not know is kept and named."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.http_io import build_form_invalid, parse_form
from models.forms.form import get_forms
from models.instants import Instant
from models.matter import Kind

_Id = Annotated[str, Field(min_length=1, max_length=180)]
# A message that says more things which nobody knows than this is described well enough by so many.
_MOST = 100


class Decided(BaseModel):
    """What was decided: on which matter, and what the step's form says. What opens a matter names none."""

    model_config = ConfigDict(frozen=True)

    matter: Annotated[str, Field(max_length=60)] = Field(default="", title="事项编号", description="登记新事项的来文不写")
    form: dict[str, Any] = Field(default_factory=dict, title="表单", description="该步骤的表单")


class InboundMessage(BaseModel):
    """A message of a system outside (来文): the envelope of the Standard Webhooks, whose type is the step."""

    model_config = ConfigDict(frozen=True)

    type: Annotated[str, Field(min_length=1, max_length=60)] = Field(title="步骤")
    timestamp: Instant = Field(title="决定的时间")
    data: Decided = Field(title="内容")
    after: _Id | None = Field(default=None, title="前一报文", description="须在此报文之后办理的 webhook-id；尚未收到的，先行保存")

    @property
    def opens(self) -> Kind | None:
        """The kind of matter that it opens; None where it is a step of one."""
        form = get_forms().get(self.type)
        return form.rule.opens if form else None

    def fill_form(self) -> dict[str, Any]:
        """What the form says, as far as it has such fields; it happened when the message says, unless the form says when."""
        known = get_forms().get(self.type)
        fields = {name: value for name, value in self.data.form.items() if known is None or name in known.model_fields}
        return {"at": self.timestamp.isoformat()} | fields


def read(body: bytes) -> tuple[InboundMessage, list[str]]:
    """The message, and what in it we do not know, by dotted names; FormInvalid where it is none."""
    message = parse_form(InboundMessage, body)
    if message.opens and message.data.matter:
        raise build_form_invalid("data.matter", "opens-one", "登记新事项的来文不写事项编号")
    if not (message.opens or message.data.matter):
        raise build_form_invalid("data.matter", "missing", "须写明事项编号")
    given = json.loads(body)
    return message, sorted(_list_unknown(message, given))[:_MOST]


def _list_unknown(message: InboundMessage, given: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in given if name not in InboundMessage.model_fields)
    yield from (f"data.{name}" for name in given["data"] if name not in Decided.model_fields)
    known = get_forms().get(message.type)
    if known:
        yield from (f"data.form.{name}" for name in message.data.form if name not in known.model_fields)


class InboundReceipt(BaseModel):
    """How we stand to a message: accepted with its receipt, or held until the one before it comes."""

    id: str = Field(title="webhook-id")
    state: str = Field(title="状态", description="accepted 已办理、held 等待前一报文、received 已收到、refused 不予办理")
    ignored: list[str] = Field(default_factory=list, title="未识别的字段", description="原样保存，未用于办理")
    after: str | None = Field(default=None, title="前一报文")
    receipt: dict[str, Any] | None = Field(default=None, title="回执", description="与直接办理该步骤的回执相同，number 为事项编号")
    duplicate: bool | None = Field(default=None, title="此前已经登记", description="同一来文以另一报文登记过：回执是第一次的")
    query_code: str | None = Field(
        default=None, title="查询码", description="供来信人查询办理情况，当面或者在原网页告知；本系统只保存其摘要"
    )


class InboundState(InboundReceipt):
    """What became of a message that was sent before."""

    received_at: datetime = Field(title="收到的时间")
    answered_at: datetime | None = Field(default=None, title="答复的时间")
    answer: dict[str, Any] | None = Field(default=None, title="当时的答复")
