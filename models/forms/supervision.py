"""The forms of supervision (督办): several offices watch one slow or grave matter together, until what they set is seen to be done."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import IN_SUMMARY, Effects, Form, Line, OptionalLine, OptionalText, Text
from models.forms.widget import Widget
from models.matter import Kind
from models.problem_categories import CategoryCode

BASIS = RULE.section("督办")
Member = Literal[
    Office.CASE_MANAGEMENT_OFFICER,
    Office.STATION_HEAD,
    Office.LEGAL_REVIEWER,
    Office.SUPERVISOR,
    Office.COUNTY_HEAD,
    Office.HIGHER_POLICE,
]
MEMBERS: tuple[Office, ...] = get_args(Member)
Level = Literal["station", "county", "head", "raised"]
LEVEL_NAMES = {"station": "所队与中心联合", "county": "县局", "head": "局领导挂牌", "raised": "提级"}
LEVELS = "、".join(f"{level} {zh}" for level, zh in LEVEL_NAMES.items())
OFFICES = "case-management-officer 案管、station-head 办案部门、legal-reviewer 法制、supervisor 督察、county-head 局领导、higher-police 上级公安机关"
# Whoever may set a supervision going at once; others propose one.
DECIDING = (Office.LEGAL_REVIEWER, Office.SUPERVISOR, Office.COUNTY_HEAD)
HANDLERS = (Office.CASE_OFFICER, Office.STATION_HEAD)
Condition = Literal["at-hand", "sent", "decided", "returned", "not-overdue", "three-reports"]
CONDITIONS = "at-hand 已到案、sent 已移送起诉、decided 已作出行政决定、returned 涉案财物已发还、not-overdue 超期消除、three-reports 连续三次有效进展"
Interval = Literal["7 day", "3 day"]
INTERVALS = "7 day 每七日、3 day 每三日（红色）"
# What another organ decides is no condition under which anybody here is watched.
_OUTCOMES = ("批捕", "批准逮捕", "判决", "判刑", "起诉意见被采纳")
_MOST_CITED = 50


def check_lead_among(lead: Office, others: ValidationInfo) -> Office:
    """The office that leads; ValueError where it is none of the members."""
    if lead not in others.data.get("members", (lead,)):
        raise ValueError("牵头单位须为督办单位之一")
    return lead


def _check_procedural(words: str) -> str:
    if found := next((each for each in _OUTCOMES if each in words), ""):
        raise ValueError(f"解除条件只能是程序性的，不得以“{found}”为条件")
    return words


class OpenSupervision(
    Form,
    title="发起督办",
    by=(Office.CASE_MANAGEMENT_OFFICER, *DECIDING),
    or_facts=(Fact.SUPERVISION_OPENED, Fact.SUPERVISION_MEMBER_NAMED),
    basis=BASIS,
    document="督办函",
    opens=Kind.SUPERVISION,
):
    """Have several offices watch a matter (发起督办): at once, by whoever may decide that, or as a proposal to them."""

    subject: str = Field(title="涉及事项", description="被督办的警情、案件或者人员的编号", min_length=1, max_length=40)
    level: Level = Field(title="督办级别", description=LEVELS)
    category: CategoryCode = Field(default="", title="问题类别")
    reason: Annotated[Text, IN_SUMMARY] = Field(title="督办事由")
    members: Annotated[tuple[Member, ...], Field(min_length=2, max_length=6)] = Field(title="督办单位", description=OFFICES)
    lead: Member = Field(title="牵头单位", description=OFFICES)
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=6)] = Field(
        title="解除条件", description=CONDITIONS
    )
    further: OptionalLine = Field(default="", title="其他解除条件")
    term: Interval = Field(default="7 day", title="报告间隔", description=INTERVALS)
    decided: bool = Field(default=False, title="直接督办", description="法制、督察、局领导发起的可以直接督办；其他的先行呈报")
    unit: Annotated[str, Widget("unit")] = Field(
        default="", title="责任单位", description="不填即为涉及事项的办案单位", max_length=60
    )

    _is_member = field_validator("lead")(check_lead_among)

    @field_validator("further")
    @classmethod
    def _check_no_outcome(cls, further: str) -> str:
        return _check_procedural(further)

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """That it was opened, and for each office that is to sign that it is."""
        return (
            build_opening_facts(self.build_fact(Fact.SUPERVISION_OPENED, subject, at, approver), self.members)
            if self.decided
            else ()
        )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was opened, where it is no proposal."""
        return (Fact.SUPERVISION_OPENED, Fact.SUPERVISION_MEMBER_NAMED) if self.decided else ()

    def build_effects(self) -> Effects:
        """It belongs to the matter that is watched."""
        return Effects(parent=self.subject)

    def get_heading(self) -> str:
        """What lists show."""
        return f"督办 {self.subject}：{self.reason[:60]}"

    def get_target_unit(self) -> str:
        """The unit that is watched."""
        return self.unit


def build_opening_facts(fact: LegalFact, members: tuple[str, ...]) -> tuple[LegalFact, ...]:
    """That fact, and for each office that is to sign that it is."""
    named = (replace(fact, fact=Fact.SUPERVISION_MEMBER_NAMED, about=str(each), term="") for each in members)
    return (fact, *named)


class DecideSupervision(
    Form,
    title="决定是否督办",
    by=DECIDING,
    or_facts=(Fact.SUPERVISION_OPENED,),
    basis=BASIS,
    document="督办函",
):
    """Decide whether a matter is watched as it was proposed (是否督办)."""

    adopted: bool = Field(title="督办")
    reason: Line = Field(title="理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is, where it is; the record adds who has to sign."""
        return (Fact.SUPERVISION_OPENED,) if self.adopted else ()


class LeadSupervision(Form, title="牵头签署督办", by=MEMBERS, fact=Fact.SUPERVISION_JOINED, basis=BASIS):
    """Sign as the office that leads; from then on the matter is watched (牵头签署)."""

    office: Member = Field(title="牵头单位", description=OFFICES)
    words: Line = Field(title="督办重点")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The signature is that of the office."""
        return super().build_fact(fact, str(self.office), at, approver)


class JoinSupervision(Form, title="签署督办", by=MEMBERS, fact=Fact.SUPERVISION_JOINED, basis=BASIS):
    """Sign for an office that takes part, and say what it will watch (签署督办)."""

    office: Member = Field(title="签署单位", description=OFFICES)
    words: Line = Field(title="督办重点")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The signature is that of the office."""
        return super().build_fact(fact, str(self.office), at, approver)


class PlanSupervisedWork(Form, title="督办工作计划", by=Office.CASE_OFFICER, basis=BASIS):
    """Say what will be done by when (工作计划)."""

    plan: Text = Field(title="工作计划", description="逐项写明工作和日期")
    obstacles: OptionalText = Field(default="", title="困难")


class ReportProgress(
    Form,
    title="报告督办进展",
    by=HANDLERS,
    fact=Fact.SUPERVISION_PROGRESS_REPORTED,
    basis=BASIS,
    document="督办进展报告",
    usual=True,
):
    """Report what was done since the last report (报告进展); whoever names no act says why there is none."""

    done: Text = Field(title="工作进展")
    entries: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=_MOST_CITED)] = Field(
        default=(), title="办理记录", description="涉及事项中、上次报告以后的办理记录的序号"
    )
    why_none: OptionalText = Field(default="", title="没有办理记录的原因", description="没有新的办理记录的，须说明原因")
    upcoming: OptionalText = Field(default="", title="下一步工作")
    obstacles: OptionalText = Field(default="", title="困难和需要的支持")


class CommentProgress(Form, title="点评督办进展", by=MEMBERS, fact=Fact.SUPERVISION_COMMENTED, basis=BASIS):
    """Say what one thinks of the progress (点评)."""

    rating: Literal["strong", "fair", "weak"] = Field(title="评价", description="strong 有力、fair 一般、weak 不力")
    words: Text = Field(title="点评")


class OrderWithin(Form, title="督办中整改", by=MEMBERS, basis=BASIS):
    """Order, as a member, that something in the matter be put right: a rectification order of its own (督办中整改)."""

    severity: Literal["red", "orange", "yellow"] = Field(
        default="orange", title="严重程度", description="red 红色、orange 橙色、yellow 黄色"
    )
    problem: Text = Field(title="存在问题")
    demand: Text = Field(title="整改要求")


class RaiseLevel(
    Form,
    title="督办提级",
    by=MEMBERS,
    fact=Fact.SUPERVISION_LEVEL_RAISED,
    or_facts=(Fact.SUPERVISION_MEMBER_NAMED,),
    basis=BASIS,
):
    """Have it watched by those above (提级): they sign anew."""

    level: Literal["county", "head", "raised"] = Field(title="提至", description="county 县局、head 局领导挂牌、raised 提级")
    joining: Annotated[tuple[Member, ...], Field(min_length=1, max_length=6)] = Field(title="加入的督办单位", description=OFFICES)
    reason: Text = Field(title="提级理由")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """That the level was raised, and for each office that comes that it is to sign."""
        return build_opening_facts(self.build_fact(Fact.SUPERVISION_LEVEL_RAISED, subject, at, approver), self.joining)

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That the level was raised, and that further offices are to sign."""
        return (Fact.SUPERVISION_LEVEL_RAISED, Fact.SUPERVISION_MEMBER_NAMED)


class AskToLift(Form, title="申请解除督办", by=HANDLERS, fact=Fact.SUPERVISION_LIFT_ASKED, basis=BASIS):
    """Say which conditions are met, and by what that is seen (申请解除)."""

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=6)] = Field(
        title="已具备的解除条件", description=CONDITIONS
    )
    proof: Text = Field(title="依据")


class LiftSupervision(Form, title="解除督办", by=MEMBERS, fact=Fact.SUPERVISION_LIFT_SIGNED, basis=BASIS):
    """Find, as the office that leads, that it need not be watched any more (解除): another member has to agree."""

    result: Text = Field(title="督办结果")
    unproved: OptionalText = Field(default="", title="条件未经证实仍予解除的理由")


class ConfirmLift(Form, title="会签解除督办", by=MEMBERS, fact=Fact.SUPERVISION_LIFTED, basis=BASIS, document="解除督办通知"):
    """Agree, as another member, that it need not be watched any more (会签解除)."""

    words: OptionalLine = Field(default="", title="意见")


class RefuseLift(Form, title="不予解除督办", by=MEMBERS, fact=Fact.SUPERVISION_LIFT_REFUSED, basis=BASIS):
    """Have it watched on (不予解除)."""

    reason: Line = Field(title="理由")
    term: Interval = Field(default="7 day", title="报告间隔", description=INTERVALS)


ENDS = Ends(Kind.SUPERVISION, {"lifted": End(), "not_opened": End()})
