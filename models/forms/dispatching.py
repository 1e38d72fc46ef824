"""The forms of a dispatch (派警处警): who is sent, that they are there, what they did, and how it came out."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import FIL, PPL, PROMISE
from law.offices import Office
from models.forms.form import IN_SUMMARY, Can, Form, Line, OptionalText, Text
from models.forms.widget import Widget

# An auxiliary officer may record what happened, never decide what it is.
ON_THE_SCENE = (Office.CASE_OFFICER, Office.AUXILIARY_OFFICER)


class DispatchIncident(
    Form,
    title="派警",
    by=(Office.REPORTING_DESK, Office.STATION_HEAD, Office.AUXILIARY_OFFICER),
    fact=Fact.INCIDENT_DISPATCHED,
    basis=PPL.article(21),
    made_elsewhere="处警指令",
):
    """Send a unit, and the officer who becomes answerable (派警)."""

    unit: Annotated[str, Widget("unit")] = Field(title="处警单位", min_length=1, max_length=60)
    officer: Annotated[str, Can(ON_THE_SCENE), Widget("officer")] = Field(default="", title="处警民警", max_length=60)

    def get_target_unit(self) -> str:
        """The unit that is sent."""
        return self.unit

    def get_assignee(self) -> str:
        """The officer who is sent."""
        return self.officer


class AcceptDispatch(Form, title="签收警情", by=ON_THE_SCENE, fact=Fact.DISPATCH_ACCEPTED, basis=PPL.article(21)):
    """Say that one has the dispatch and is on the way (签收)."""


class ArriveOnScene(Form, title="到达现场", by=ON_THE_SCENE, fact=Fact.INCIDENT_ARRIVED, basis=PPL.article(21), usual=True):
    """Arrive where it happened (到达现场)."""

    found: Annotated[OptionalText, IN_SUMMARY] = Field(default="", title="现场情况")


class HandleScene(
    Form,
    title="先期处置",
    by=ON_THE_SCENE,
    fact=Fact.INCIDENT_HANDLED,
    or_facts=(Fact.CAMERA_WORN, Fact.FORCE_USED),
    basis=FIL.section("二（一）3"),
    document="处警记录",
    usual=True,
):
    """Finish the urgent measures on the scene (先期处置)."""

    measures: Annotated[Text, IN_SUMMARY] = Field(title="处置措施")
    cameras: Annotated[tuple[Line, ...], Field(max_length=10)] = Field(
        default=(), title="执法记录仪编号", description="填写的，二十四小时内关联视音频"
    )
    force: Annotated[Literal["none", "hands", "baton", "spray", "restraint", "weapon"], IN_SUMMARY] = Field(
        default="none",
        title="使用强制手段",
        description="none 没有使用、hands 徒手制服、baton 警棍、spray 催泪喷射器、restraint 约束性警械、weapon 武器",
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That the scene is handled, that a camera saw it, and that force was used."""
        worn = (Fact.CAMERA_WORN,) if self.cameras else ()
        forced = (Fact.FORCE_USED,) if self.force != "none" else ()
        return (Fact.INCIDENT_HANDLED, *worn, *forced)


class FeedBack(
    Form,
    title="处警反馈",
    by=ON_THE_SCENE,
    fact=Fact.INCIDENT_FED_BACK,
    or_facts=(Fact.CALLER_TOLD,),
    basis=(PPL.article(21), PROMISE.section("处警时效")),
    usual=True,
):
    """Tell the command desk how it came out on the scene (处警反馈): what was found and done, and what is still to be done."""

    result: Annotated[
        Literal["settled", "mediated", "brought-in", "investigating", "handed-over", "nothing-found", "false"], IN_SUMMARY
    ] = Field(
        title="处警结果",
        description="settled 现场处置完毕、mediated 现场调解、brought-in 带回所内处理、investigating 继续调查、"
        "handed-over 移交其他单位、nothing-found 到场未发现、false 误报谎报",
    )
    words: Annotated[OptionalText, IN_SUMMARY] = Field(default="", title="处理情况")
    caller_told: bool = Field(default=False, title="已告知报警人处理情况")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """How it came out, and that the caller knows."""
        return (Fact.INCIDENT_FED_BACK, *((Fact.CALLER_TOLD,) if self.caller_told else ()))


class TellCaller(
    Form,
    title="回告报警人",
    by=(Office.REPORTING_DESK, *ON_THE_SCENE),
    fact=Fact.CALLER_TOLD,
    basis=PROMISE.section("处警回告"),
    when="回告时间",
):
    """Tell whoever called how it came out (回告)."""

    how: Literal["in-person", "phone", "sms", "unreachable"] = Field(
        title="告知方式", description="in-person 当面、phone 电话、sms 短信、unreachable 两次联系未果"
    )
    told: Text = Field(title="告知内容")


class GradeIncident(
    Form,
    title="调整紧急程度",
    by=(Office.REPORTING_DESK, Office.CASE_OFFICER, Office.STATION_HEAD),
    fact=Fact.INCIDENT_URGENT,
    or_facts=(Fact.INCIDENT_NOT_URGENT,),
    basis=PPL.article(21),
):
    """Say that an incident is urgent after all, or no longer (调整紧急程度)."""

    urgent: bool = Field(title="紧急警情")
    reason: Text = Field(title="理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """What it is from now on."""
        return (Fact.INCIDENT_URGENT if self.urgent else Fact.INCIDENT_NOT_URGENT,)
