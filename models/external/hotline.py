"""12345政务服务热线: what citizens tell the city's line of us comes as letters, under the line's own order numbers, and it hears what came of each."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.letter import OpenLetter
from models.outside import Happening, Notification, System, build_happening_fields


class OrderProgress(Notification):
    """How far an order of the line has come (工单进展): nothing of who wrote, what was found about whom, or what they were answered."""

    order: str = Field(title="工单编号")
    result: str = Field(default="", title="处理结果", description="supported 支持、explained 解释说明、not-supported 不予支持")
    to: str = Field(default="", title="转往")


def _say(happening: Happening) -> OrderProgress:
    said = {name: happening.form.get(name, "") for name in ("result", "to")}
    return OrderProgress(order=happening.order, **said, **build_happening_fields(happening))


HOTLINE = System(
    id="hotline",
    zh="12345热线平台",
    office=Office.HOTLINE,
    wants=(
        Fact.LETTER_ANSWERED,
        Fact.LETTER_CONCLUDED,
        Fact.LETTER_HANDED_OVER,
        Fact.LETTER_REFUSED,
        Fact.LETTER_ROUTED,
        Fact.LETTER_WITHDRAWN,
    ),
    message=OrderProgress,
    says=_say,
    opens=(OpenLetter,),
    of_channel="hotline-12345",
)
