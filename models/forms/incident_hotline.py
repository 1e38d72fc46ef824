"""The forms by which what is no matter for the police goes to the city's line (12345分流), and what the line says of it.

The caller is told with the same step, as the law asks. What the line does not take comes back, and is acted on at once.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from law.facts import Fact
from law.instruments import MPSA
from law.legal_fact import LegalFact
from law.offices import Office
from law.statutes.incident_rules import HOTLINE, IN_CALL
from models.duties import suggest_duties
from models.forms.form import IN_SUMMARY, Form, Line, OnlyWhere, OptionalLine, OptionalPhone, OptionalText, Text
from models.instants import is_typed_now

_DESK = Office.REPORTING_DESK
# What the line says an officer of the desk writes down where it comes by telephone.
_LINE = (Office.HOTLINE, _DESK)

Concern = Literal[
    "utilities", "housing", "labour", "consumer", "city", "noise", "traffic-facilities", "environment", "welfare", "other"
]
_CONCERNS = (
    "utilities 供水供电供气供暖、housing 物业住房、labour 劳资社保、consumer 消费维权、city 市容环卫、noise 施工生活噪音、"
    "traffic-facilities 道路设施、environment 环境污染、welfare 民政救助、other 其他公共服务"
)

_WITH_CONSENT = OnlyWhere({"consents": (True,)}, elsewhere="报警人没有同意提供，不得转给热线")
# What the line gives back with these words is no matter of the city's services.
_DANGER = re.compile("打架|斗殴|殴打|冲突|威胁|报复")


def _find_danger(text: str) -> str:
    """The word by which a text tells of danger to people; empty: none."""
    said = _DANGER.search(text)
    return suggest_duties(text).get("urgent") or (said[0] if said else "")


def _check_no_danger(narrative: str, info: ValidationInfo) -> str:
    word = _find_danger(narrative) if is_typed_now(info) else ""
    if word:
        raise ValueError(f"内容提到“{word}”，可能危及人身安全，应当派警处置，不得转热线")
    return narrative


class HandToHotline(
    Form,
    title="转12345热线",
    by=_DESK,
    fact=Fact.HANDED_TO_HOTLINE,
    or_facts=(Fact.INCIDENT_NOT_OURS,),
    basis=(MPSA.article(61), HOTLINE),
    made_elsewhere="非警务警情分流单",
):
    """Hand to the city's line what is neither a matter for the police nor urgent, and tell the caller so (转12345)."""

    concern: Annotated[Concern, IN_SUMMARY] = Field(title="诉求类别", description=_CONCERNS)
    narrative: Annotated[Text, AfterValidator(_check_no_danger)] = Field(
        title="诉求内容", description="转给热线的内容，不写与诉求无关的个人信息"
    )
    place: Line = Field(title="地点")
    told: Text = Field(title="告知报警人的内容", description="由谁处理、怎样查询")
    consents: bool = Field(default=False, title="报警人同意提供姓名和电话", description="不同意的，只转诉求内容和地点")
    caller: Annotated[OptionalLine, _WITH_CONSENT] = Field(default="", title="报警人姓名")
    caller_phone: Annotated[OptionalPhone, _WITH_CONSENT] = Field(default="", title="报警人电话")
    three_way: OptionalLine = Field(default="", title="三方通话", description="与热线、报警人三方通话的，填写热线话务员工号")

    @property
    def base(self) -> str:
        """Within how long the line takes it, where its clerk heard the caller."""
        return str(IN_CALL) if self.three_way else ""

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it went there, and that the caller was told that it is not ours."""
        return (Fact.HANDED_TO_HOTLINE, Fact.INCIDENT_NOT_OURS)


class ReceiveHotlineOrder(
    Form,
    title="12345热线受理",
    by=_LINE,
    fact=Fact.HOTLINE_ORDER_RECEIVED,
    basis=HOTLINE,
    given=Fact.HANDED_TO_HOTLINE,
):
    """The line takes it, under an order number of its own (受理)."""

    order_number: Line = Field(title="工单编号")


class ReturnOrder(
    Form,
    title="12345热线退回",
    by=_LINE,
    fact=Fact.HOTLINE_ORDER_RETURNED,
    or_facts=(Fact.INCIDENT_URGENT,),
    basis=HOTLINE,
    given=Fact.HANDED_TO_HOTLINE,
):
    """The line does not take it: it is received here again, and acted on at once (退回)."""

    why: Text = Field(title="退回理由")
    order_number: OptionalLine = Field(default="", title="工单编号")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it came back, and that it is urgent where that is what was learnt."""
        urgent = (Fact.INCIDENT_URGENT,) if _find_danger(self.why) else ()
        return (Fact.HOTLINE_ORDER_RETURNED, *urgent)


class ReportOrderResult(
    Form,
    title="12345热线反馈结果",
    by=_LINE,
    fact=Fact.HOTLINE_RESULT_REPORTED,
    basis=HOTLINE,
    given=Fact.HANDED_TO_HOTLINE,
):
    """The line says what came of it (反馈)."""

    result: Annotated[Literal["solved", "explained", "under-way", "not-solved"], IN_SUMMARY] = Field(
        title="结果", description="solved 已解决、explained 已解释、under-way 仍在办理、not-solved 未解决"
    )
    said: OptionalText = Field(default="", title="办理情况")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """With the result: one that is under way is not the last."""
        return replace(super().build_fact(fact, subject, at, approver), item=self.result)
