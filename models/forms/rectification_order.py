"""The forms by which something is ordered to be put right (整改指令单), given to whoever does it, urged, taken back or taken up again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from law.statutes.rectification_rules import HARDSHIP, SOON
from models.ends import End, Ends
from models.forms.form import IN_SUMMARY, POLICE, Amount, Can, Effects, Form, Line, OptionalLine, OptionalText, Text
from models.forms.widget import Widget
from models.matter import Kind
from models.messages import Named
from models.problem_categories import CategoryCode

BASIS = RULE.section("整改指令")
ISSUERS = (Office.SUPERVISOR, Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER)
_LONGEST_HEADING = 60
HANDLERS = (Office.CASE_OFFICER, Office.STATION_HEAD)
Term = Annotated[
    str,
    Field(pattern=r"^([1-9]|[12]\d|30) day$", max_length=10, description="每日为24小时，写作 1 day 至 30 day"),
    Widget("length"),
]
Severity = Literal["", "red", "orange", "yellow", "blue"]
RED = "red"
GRAVE = (RED, "orange")
# How long an order of each colour leaves; one without a colour, as all had been, three days.
TERMS: Mapping[str, str] = {"": "3 day", "red": "1 day", "orange": "3 day", "yellow": "5 day", "blue": "7 day"}
# More is not one order but several.
_MOST_DEMANDS = 20
_MOST_PEOPLE = 10


class _Said(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Demand(_Said):
    """One thing that is to be done, and by what it will be seen (整改要求)."""

    what: Line = Field(title="要求")
    seen_by: Literal["entry", "paper", "explanation"] = Field(
        default="entry", title="核查方式", description="entry 办理记录、paper 文书、explanation 书面说明"
    )
    named: OptionalLine = Field(default="", title="文书或者步骤", description="应有的文书名称或者步骤")


class Responsible(_Said):
    """Somebody who, as the issuer says, had a part in what went wrong (责任人); nothing follows from it before they were heard."""

    person: Annotated[str, Field(min_length=1, max_length=60), Widget("officer")] = Field(title="责任人", description="用户名")
    part: Literal["direct", "review", "approval", "leadership"] = Field(
        title="责任", description="direct 直接办理、review 审核、approval 审批、leadership 领导"
    )
    why: Line = Field(title="理由")


Demands = Annotated[tuple[Demand, ...], Field(max_length=_MOST_DEMANDS)]


class OpenRectificationOrder(
    Form,
    title="下达整改指令",
    by=ISSUERS,
    fact=Fact.RECTIFICATION_ORDERED,
    basis=BASIS,
    or_facts=(
        Fact.MEASURE_OVERDUE,
        Fact.RECTIFICATION_GRAVE,
        Fact.RECTIFICATION_URGENT,
        Fact.RECTIFICATION_BY_CASE_MANAGEMENT,  # the record knows who issued it
    ),
    document="整改指令单",
    opens=Kind.RECTIFICATION_ORDER,
):
    """Order that something in a matter be put right (下达整改指令). `clock` is filled in where a clock that ran out opens the order.

    `alert` is the number of the alert that it answers, `batch` that of the batch in which it was issued.
    """

    subject: str = Field(title="涉及事项", description="需要整改的警情、案件或者人员的编号", min_length=1, max_length=40)
    category: CategoryCode = Field(default="", title="问题类别")
    severity: Annotated[Severity, IN_SUMMARY] = Field(
        default="",
        title="严重程度",
        description="red 红色、orange 橙色、yellow 黄色、blue 蓝色；橙色、红色的反馈由办案部门负责人审核，红色的核查须二人",
    )
    problem: Annotated[Text, IN_SUMMARY] = Field(title="存在问题")
    demand: Annotated[Text, IN_SUMMARY] = Field(title="整改要求")
    demands: Annotated[Demands, IN_SUMMARY] = Field(default=(), title="逐项要求", description="分项核查的，逐项写明")
    term: Term = Field(
        default="",
        title="整改期限",
        description="不填即红色1日、橙色3日、黄色5日、蓝色7日，未定颜色的3日；每日为24小时，写作 1 day 至 30 day",
    )
    law: Annotated[OptionalLine, IN_SUMMARY] = Field(default="", title="违反的规定")
    unit: Annotated[str, Widget("unit")] = Field(
        default="", title="责任单位", description="不填即为涉及事项的办案单位", max_length=60
    )
    officer: Annotated[str, Can(HANDLERS), Widget("officer")] = Field(default="", title="责任民警", max_length=60)
    responsible: Annotated[tuple[Responsible, ...], Field(max_length=_MOST_PEOPLE)] = Field(
        default=(), title="责任人", description="下达人的认识；写明的人可以陈述一次，不因此承担责任"
    )
    clock: str = Field(default="", title="超期期限", description="由超期自动下达时填写的期限编号", max_length=200)
    alert: str = Field(default="", title="风险提示", description="由风险提示转来的填写其编号", max_length=40)
    batch: str = Field(default="", title="批次", description="批量下达的批次", max_length=60)

    @model_validator(mode="before")
    @classmethod
    def _fill_usual_term(cls, values: Any) -> Any:
        """An order that says no term has that of its colour."""
        if not isinstance(values, Mapping) or values.get("term"):
            return values
        return {**values, "term": TERMS.get(values.get("severity", ""), TERMS[""])}

    @property
    def base(self) -> str:
        """The figure that a red order picks of the limits that it starts."""
        return str(SOON) if self.severity == RED else ""

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was ordered, how grave it is, and that a measure is overdue where that is why."""
        return (
            Fact.RECTIFICATION_ORDERED,
            *((Fact.MEASURE_OVERDUE,) if self.clock else ()),
            *((Fact.RECTIFICATION_GRAVE,) if self.severity in GRAVE else ()),
            *((Fact.RECTIFICATION_URGENT,) if self.severity == RED else ()),
        )

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The order concerns itself; that a measure is overdue concerns the person held. Only that it was ordered starts anything."""
        brought = super().build_fact(fact, self.subject if fact is Fact.MEASURE_OVERDUE else subject, at, approver)
        return brought if fact in (Fact.RECTIFICATION_ORDERED, Fact.MEASURE_OVERDUE) else replace(brought, base="", term="")

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person says that a clock ran out, the clock itself does; and nobody orders themselves."""
        clock = {"clock": "该项由超期自动下达时填写"} if self.clock else {}
        return clock | ({"officer": "责任民警不能是下达人本人"} if person == self.officer else {})

    def build_effects(self) -> Effects:
        """It belongs to the matter in which something is to be put right."""
        return Effects(parent=self.subject)

    def get_heading(self) -> str:
        """What lists show: the problem without what is said in brackets."""
        problem = re.sub(r"[(（].*", "", self.problem, flags=re.DOTALL)
        return f"整改 {self.subject}：{problem if len(problem) <= _LONGEST_HEADING else problem[:_LONGEST_HEADING] + '…'}"

    def get_target_unit(self) -> str:
        """The unit that must put it right."""
        return self.unit

    def get_assignee(self) -> str:
        """The officer who must."""
        return self.officer

    def list_people(self) -> tuple[Named, ...]:
        """Whoever must put it right, and whoever is named as responsible, who will be heard."""
        told = (Named(field="responsible", zh="责任人", person=each.person, offices=POLICE.offices) for each in self.responsible)
        return (*super().list_people(), *told)


class SignRectification(Form, title="签收整改指令", by=HANDLERS, fact=Fact.RECTIFICATION_SIGNED, basis=BASIS):
    """Take note of the order, and begin (签收)."""

    doer: Annotated[str, Can(HANDLERS), Widget("officer")] = Field(
        default="", title="整改民警", description="不填即原责任民警；办案部门负责人可以指定他人", max_length=60
    )

    def get_assignee(self) -> str:
        """Who will do it."""
        return self.doer


class ReassignRectification(
    Form,
    title="转办整改指令",
    by=(Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER),
    fact=Fact.RECTIFICATION_REASSIGNED,
    or_facts=(Fact.RECTIFICATION_CHANGED,),
    basis=BASIS,
):
    """Give the order to somebody else of the unit, or have the case-management centre give it to another unit (转办)."""

    unit: Annotated[str, Widget("unit")] = Field(
        default="", title="转办单位", description="转其他单位的由案管员办理，期限重新计算；不填即本单位", max_length=60
    )
    officer: Annotated[str, Can(HANDLERS), Widget("officer")] = Field(default="", title="整改民警", max_length=60)
    reason: Line = Field(title="转办理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was given to somebody else; to another unit it is a new order."""
        return (Fact.RECTIFICATION_REASSIGNED, *((Fact.RECTIFICATION_CHANGED,) if self.unit else ()))

    def get_target_unit(self) -> str:
        """The other unit, if any."""
        return self.unit

    def get_assignee(self) -> str:
        """Whoever does it from now on."""
        return self.officer


class _Extending(Form):
    """What whoever asks for longer says."""

    extension: Amount = Field(title="延长", description="只能延长一次，不超过原期限，例如 +2 day")
    reason: Line = Field(title="延期理由")

    @property
    def grounds(self) -> str:
        """The one ground on which the limit is extended."""
        return HARDSHIP


class ExtendRectification(
    _Extending,
    title="延长整改期限",
    by=HANDLERS,
    approved_by=(Office.LEGAL_REVIEWER,),
    fact=Fact.RECTIFICATION_EXTENDED,
    basis=BASIS,
    unless=Fact.RECTIFICATION_BY_CASE_MANAGEMENT,
):
    """Have the term lengthened, once and by no more than it was; of a red order never (延期)."""


class ExtendCaseManagementOrder(
    _Extending,
    title="呈请案管延长整改期限",
    by=HANDLERS,
    approved_by=(Office.CASE_MANAGEMENT_OFFICER,),
    fact=Fact.RECTIFICATION_EXTENDED,
    basis=BASIS,
    given=Fact.RECTIFICATION_BY_CASE_MANAGEMENT,
):
    """The same, of an order that case management issued (案管下达的延期)."""


EXTENSIONS = (ExtendRectification, ExtendCaseManagementOrder)
"""The forms by which an order is extended, by whom it is decided."""


class CancelRectification(
    Form,
    title="撤销整改指令",
    by=(Office.SUPERVISOR, Office.LEGAL_REVIEWER),
    fact=Fact.RECTIFICATION_CANCELLED,
    basis=BASIS,
):
    """Take the order back, since nothing was wrong (撤销)."""

    reason: Line = Field(title="撤销理由")


class DeclareUnrectifiable(
    Form,
    title="说明无法整改",
    by=HANDLERS,
    approved_by=(Office.LEGAL_REVIEWER, Office.COUNTY_HEAD),
    fact=Fact.RECTIFICATION_UNRECTIFIABLE,
    basis=BASIS,
    document="无法整改说明",
):
    """Say why it can no longer be put right, and what follows for the case (无法整改)."""

    why: Text = Field(title="无法整改的原因", description="例如 视音频已被覆盖")
    consequence: Text = Field(title="对案件的影响", description="例如 该证据不作为定案依据")


class UrgeRectification(Form, title="催办整改", by=ISSUERS, basis=BASIS, document="催办函"):
    """Remind the unit that it is to be put right (催办)."""

    words: Text = Field(title="催办内容")


class EscalateRectification(Form, title="整改升级", by=ISSUERS, fact=Fact.RECTIFICATION_ESCALATED, basis=BASIS):
    """Bring it before the head of the bureau and the supervisor, since it does not go on (升级)."""

    reason: Text = Field(title="升级理由")


class JoinProblem(Form, title="并入同类问题", by=ISSUERS, basis=BASIS):
    """Add what else was found of the same kind in the same matter, instead of a further order (并入)."""

    problem: Text = Field(title="新发现的问题")
    evidence: OptionalText = Field(default="", title="依据的材料")


class StateResponsibility(Form, title="陈述责任", by=POLICE.offices, basis=BASIS):
    """Say, as one who was named as responsible, what is to be said to that: once (陈述)."""

    statement: Text = Field(title="陈述")


class ReopenRectification(
    Form,
    title="复查重开",
    by=(Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    fact=Fact.RECTIFICATION_REOPENED,
    basis=BASIS,
):
    """Find, within ninety days, that it was not put right after all: an order of its own takes it up (复查重开)."""

    found: Text = Field(title="复查发现")
    term: Term = Field(default="3 day", title="整改期限")


ENDS = Ends(Kind.RECTIFICATION_ORDER, {"closed": End(), "closed_unrectified": End(), "cancelled": End()})
