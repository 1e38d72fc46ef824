"""The forms of a risk alert (风险提示): what looks wrong in a matter is looked at by a person, who reminds, orders or dismisses.

An alert judges nothing and changes nothing in its matter. What opens one, brings it up to date or clears it because it holds no more
is done by the inspections alone; what is done with it, by people.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, field_validator

from law.clock import Colour
from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.ends import End, Ends
from models.evidence import Pointer
from models.forms.form import IN_SUMMARY, Can, Effects, Form, Line, OptionalText, Text
from models.forms.rectification_order import HANDLERS, OpenRectificationOrder
from models.forms.supervision import CONDITIONS, INTERVALS, LEVELS, OFFICES, Condition, Interval, Level, Member, check_lead_among
from models.forms.widget import Widget
from models.matter import Kind
from models.messages import Actor

BASIS = RULE.section("风险提示")
KEEPERS = (Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR)
"""Who sees to alerts, the station's own case management first."""

TERMS: Mapping[Colour, str] = {Colour.RED: "2 hour", Colour.ORANGE: "8 hour", Colour.YELLOW: "24 hour", Colour.BLUE: "168 hour"}
"""Within which an alert is to be dealt with, by how grave it is; the bureau's own figures."""

GRAVE = frozenset({Colour.ORANGE, Colour.RED})
"""Of these nobody dismisses one alone, and a reminder is not enough."""

INSPECTOR = Actor(person="巡查", unit="", offices=(str(Office.ADMINISTRATOR),))
"""By whom the journal says that an inspection did something; no user name reads so."""

Severity = Literal[Colour.BLUE, Colour.YELLOW, Colour.ORANGE, Colour.RED]
Evidence = Annotated[tuple[Pointer, ...], Field(max_length=200)]
# Shorter says nothing that could be held against what was found.
_EXPLAINED = 20


class _ByInspection(Form):
    """What only an inspection does: no person may hand it in."""

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person says what an inspection finds."""
        return {} if person == INSPECTOR.person else {"at": "由巡查自动登记"}


class _Graded(Form):
    """What says how grave an alert is: so it has its term."""

    severity: Severity = Field(title="风险等级")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """With the term that the severity gives, and the severity itself as the reason."""
        return replace(super().build_fact(fact, subject, at, approver), term=TERMS[self.severity], reason=self.severity)


class RaiseAlert(_ByInspection, _Graded, title="风险提示", by=Office.ADMINISTRATOR, fact=Fact.ALERT_RAISED, basis=BASIS):
    """Say what an inspection has found in a matter (风险提示); `about` tells findings of one inspection apart, `episode` counts how often it came back."""

    subject: Line = Field(title="涉及事项")
    inspection: Line = Field(title="巡查规则编号")
    label: Line = Field(title="巡查规则")
    about: str = Field(default="", title="涉及对象", max_length=200)
    episode: int = Field(default=1, title="第几次提示")
    fingerprint: Line = Field(title="依据摘要", description="所据依据的SM3值")
    evidence: Evidence = Field(title="依据")
    figures: Annotated[tuple[Line, ...], Field(max_length=20)] = Field(
        default=(), title="所用参数", description="提示时有效的数值，由谁设定"
    )
    demand: Annotated[Text, IN_SUMMARY] = Field(title="核查要求")

    def get_heading(self) -> str:
        """What lists show."""
        return self.label


class ReportProblem(
    _Graded, title="人工发现问题", by=KEEPERS, fact=Fact.ALERT_RAISED, basis=BASIS, opens=Kind.RISK_ALERT, when="发现时间"
):
    """Say what a person has found wrong in a matter (人工发现问题)."""

    subject: str = Field(title="涉及事项", description="警情、案件或者人员的编号", min_length=1, max_length=40)
    topic: Annotated[Line, IN_SUMMARY] = Field(title="问题", description="例如 现场执法视音频缺失")
    what: Annotated[Text, IN_SUMMARY] = Field(title="发现的情况", description="写明依据在哪一步骤、哪一文书")

    def build_effects(self) -> Effects:
        """It belongs to the matter in which something was found."""
        return Effects(parent=self.subject)

    def get_heading(self) -> str:
        """What lists show."""
        return self.topic


class RefreshAlert(
    _ByInspection, _Graded, title="更新风险提示", by=Office.ADMINISTRATOR, or_facts=(Fact.ALERT_WORSENED,), basis=BASIS
):
    """Say on what the finding rests by now (更新依据); what has become graver has its term anew."""

    worse: bool = Field(title="等级升高")
    fingerprint: Line = Field(title="依据摘要")
    evidence: Evidence = Field(title="依据")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is graver, if it is."""
        return (Fact.ALERT_WORSENED,) if self.worse else ()


class ClearAlert(_ByInspection, title="风险提示自行消除", by=Office.ADMINISTRATOR, fact=Fact.ALERT_CLEARED, basis=BASIS):
    """Say that it holds no more (自行消除), and by which step of the matter."""

    entry: int = Field(title="消除所依据的步骤")
    cured: bool = Field(title="提示后已改正", description="否：更正数据后不再成立，或者条件已经消失")


class SettleAlert(Form, title="整改了结", by=Office.ADMINISTRATOR, or_facts=(Fact.ALERT_CLOSED, Fact.ALERT_DISMISSED), basis=BASIS):
    """Say how the rectification order ended that answered the alert (整改了结)."""

    order: Line = Field(title="整改指令单")
    verified: bool = Field(title="已核查销号", description="否：整改指令已撤销")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """Put right, or nothing was wrong."""
        return (Fact.ALERT_CLOSED if self.verified else Fact.ALERT_DISMISSED,)

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person says it: the order tells."""
        return {"order": "由整改指令单自动告知"}


class AcknowledgeAlert(Form, title="签收核查", by=KEEPERS, fact=Fact.ALERT_ACKNOWLEDGED, basis=BASIS, usual=True):
    """Take the alert up, and look into it (签收核查)."""


class RemindOfficer(Form, title="提醒承办民警", by=KEEPERS, fact=Fact.ALERT_REMINDED, basis=BASIS):
    """Remind whoever handles the matter, of what is not grave (提醒)."""

    words: Text = Field(title="提醒内容")
    expected: Line = Field(title="应当完成的工作")


class IssueOrder(Form, title="转整改指令", by=KEEPERS, fact=Fact.ALERT_ANSWERED, basis=BASIS):
    """Order that it be put right (转整改指令): a rectification order over the matter is opened."""

    problem: Text = Field(title="存在问题")
    demand: Text = Field(title="整改要求")
    term: Annotated[str, Field(pattern=r"^(([1-9]|[12]\d|30) day)?$", max_length=10), Widget("length")] = Field(
        default="", title="整改期限", description="不填即按提示的颜色：红色1日、橙色3日、黄色5日、蓝色7日"
    )
    officer: Annotated[str, Can(HANDLERS), Widget("officer")] = Field(default="", title="责任民警", max_length=60)

    def order(self, alert: str, subject: str) -> OpenRectificationOrder:
        """The order that the alert of that number opens over its subject."""
        return OpenRectificationOrder.model_construct(
            subject=subject, alert=alert, problem=self.problem, demand=self.demand, term=self.term, officer=self.officer
        )


class SuperviseAlert(Form, title="转督办", by=KEEPERS, basis=BASIS):
    """Have several offices watch the matter together (转督办): a supervision is opened, or proposed by whoever may not decide on one."""

    level: Level = Field(default="station", title="督办级别", description=LEVELS)
    reason: Text = Field(title="督办事由")
    members: Annotated[tuple[Member, ...], Field(min_length=2, max_length=6)] = Field(
        default=(Office.CASE_MANAGEMENT_OFFICER, Office.STATION_HEAD, Office.LEGAL_REVIEWER), title="督办单位", description=OFFICES
    )
    lead: Member = Field(default=Office.CASE_MANAGEMENT_OFFICER, title="牵头单位", description=OFFICES, validate_default=True)
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=6)] = Field(
        default=("not-overdue",), title="解除条件", description=CONDITIONS
    )
    term: Interval = Field(default="7 day", title="报告间隔", description=INTERVALS)

    _is_member = field_validator("lead")(check_lead_among)


class DismissAlert(Form, title="排除", by=KEEPERS, fact=Fact.ALERT_DISMISSED, basis=BASIS, when="排除时间"):
    """Find that what is no more than yellow calls for nothing (排除): on the same evidence it is raised no more."""

    ground: Literal["误报·词义", "误报·数据", "已依法处理", "不属本规则情形", "其他"] = Field(title="排除理由")
    explanation: str = Field(title="说明", min_length=_EXPLAINED, max_length=2000)
    relied_on: Line = Field(title="所据文书或者步骤", description="例如 第6步、询问笔录")


class DismissGraveAlert(
    DismissAlert,
    title="呈请排除橙色、红色提示",
    by=(Office.CASE_MANAGEMENT_OFFICER, Office.SUPERVISOR),
    approved_by=(Office.LEGAL_REVIEWER,),
    fact=Fact.ALERT_DISMISSED,
    basis=BASIS,
    when="排除时间",
):
    """Ask that what is orange or red be dismissed (呈请排除), which another decides."""


class CloseAlert(Form, title="办结风险提示", by=KEEPERS, fact=Fact.ALERT_CLOSED, basis=BASIS):
    """Find that what the officer was reminded of is done (办结)."""

    result: Text = Field(title="核查结果")
    cause: OptionalText = Field(default="", title="问题原因")


BY_INSPECTION = frozenset(form.rule.step for form in (RaiseAlert, RefreshAlert, ClearAlert))
"""The steps that inspections take by themselves."""

ENDS = Ends(Kind.RISK_ALERT, {"cleared": End(), "dismissed": End(), "closed": End()})
