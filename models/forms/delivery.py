"""The forms of a delivery (外部送达): one message to one system outside, and what becomes of it."""

from typing import Any

from pydantic import Field

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import Form, Line, OptionalLine, OptionalText, Text
from models.instants import Instant
from models.matter import Kind

BASIS = RULE.section("外部送达")
# Of a sealed file the case-management officer knows nothing: there the legal reviewer sees to it.
SENDERS = (Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.ADMINISTRATOR)


class OpenDelivery(Form, title="外部送达", by=Office.ADMINISTRATOR, fact=Fact.DELIVERY_OPENED, basis=BASIS):
    """Begin to deliver what a system outside wants to be told (外部送达); only a fact can open it."""

    system: Line = Field(title="对方系统")
    system_zh: Line = Field(title="对方系统名称")
    matter: Line = Field(title="事项编号")
    fact: Fact = Field(title="法律事实")
    happened_at: Instant = Field(title="发生时间")
    about: Line = Field(title="对象编号")
    said: dict[str, Any] = Field(title="事实内容", default_factory=dict)

    def get_heading(self) -> str:
        """What is told to whom."""
        return f"送达{self.system_zh}：{self.fact.label} {self.about}"


class ConfirmDelivery(Form, title="对方签收", by=SENDERS, fact=Fact.DELIVERY_CONFIRMED, basis=BASIS):
    """Keep the receipt of the system outside (签收)."""

    receipt: OptionalText = Field(default="", title="回执")
    message_hash: OptionalLine = Field(default="", title="报文摘要", description="所送报文的SM3值")
    answered: OptionalLine = Field(default="", title="答复", description="回执所附的答复，已作为这一步骤记入事项")
    unrecorded: OptionalText = Field(default="", title="答复未能记入事项的原因")


class FailDelivery(Form, title="送达失败", by=SENDERS, fact=Fact.DELIVERY_FAILED, basis=BASIS):
    """Leave it to a person, since the system outside refuses or does not answer (送达失败)."""

    why: Text = Field(title="原因")


class RepeatDelivery(Form, title="重新送达", by=SENDERS, fact=Fact.DELIVERY_REPEATED, basis=BASIS):
    """Send it again, once whatever was in the way is out of it (重新送达)."""

    remark: OptionalText = Field(default="", title="说明")


class AbandonDelivery(Form, title="不再送达", by=SENDERS, fact=Fact.DELIVERY_GIVEN_UP, basis=BASIS):
    """Send it no more, since it was handed over in another way or is no longer needed (不再送达)."""

    reason: Line = Field(title="理由", description="例如 已当面交付纸质文书")


ENDS = Ends(Kind.DELIVERY, {"delivered": End(), "abandoned": End()})
