"""12345政务服务热线: what citizens tell the city's line of us comes as letters, under the line's own order numbers, and it hears what came of each."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.incident_hotline import ReceiveHotlineOrder, ReportOrderResult, ReturnOrder
from models.forms.letter import OpenLetter
from models.outside import Happening, Notification, Question, System, build_happening_fields


class OrderProgress(Notification):
    """How far an order of the line has come (工单进展): nothing of who wrote, what was found about whom, or what they were answered.

    Of a call that we hand to the line it says what is wanted and where; who called, where they agree to that.
    """

    order: str = Field(default="", title="工单编号", description="我方转来的诉求没有")
    result: str = Field(default="", title="处理结果", description="supported 支持、explained 解释说明、not-supported 不予支持")
    to: str = Field(default="", title="转往")
    concern: str = Field(default="", title="诉求类别")
    place: str = Field(default="", title="地点")
    narrative: str = Field(default="", title="诉求内容")
    three_way: str = Field(default="", title="三方通话话务员")
    caller: str = Field(default="", title="报警人姓名", description="报警人同意提供的")
    caller_phone: str = Field(default="", title="报警人电话", description="报警人同意提供的")


def _say(happening: Happening) -> OrderProgress:
    if happening.fact is Fact.HANDED_TO_HOTLINE:
        return _hand_over(happening)
    said = {name: happening.form.get(name, "") for name in ("result", "to")}
    return OrderProgress(order=happening.order, **said, **build_happening_fields(happening))


def _hand_over(happening: Happening) -> OrderProgress:
    told = ("concern", "place", "narrative", "three_way", "caller", "caller_phone")
    return OrderProgress(**{name: happening.form.get(name, "") for name in told}, **build_happening_fields(happening))


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
        Fact.HANDED_TO_HOTLINE,
    ),
    message=OrderProgress,
    says=_say,
    questions=(
        Question(Fact.HANDED_TO_HOTLINE, ReceiveHotlineOrder, {"order_number": "HX-0001"}, later=(ReturnOrder, ReportOrderResult)),
    ),
    opens=(OpenLetter,),
    of_channel="hotline-12345",
)
