"""The forms of accountability (责任追究): what follows for somebody of the bureau from what was found wrong, by whoever is competent.

A record of leads (责任线索) and no court: it is heard what the person says, the legal department gives an opinion, somebody is spoken
to or the lead is referred. What another organ decides is not kept here, but that it decided, and when.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from law.facts import Fact
from law.instruments import PPL, RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.ends import End, Ends
from models.forms.exhibit_opening import Username
from models.forms.form import POLICE, Can, Effects, Form, Line, OnlyWhere, OptionalLine, OptionalText, Text
from models.forms.widget import Widget
from models.instants import PastDay, PlannedDay
from models.matter import Kind
from models.problem_categories import CategoryCode

BASIS = RULE.section("责任追究")
# Whoever answers for a wrong act does so by the law of the police, which says by whom that is decided.
ANSWERS = (BASIS, PPL.article(48))
Way = Literal["talk", "interview", "fault", "referral", "help"]
_WAYS = "talk 提醒谈话、interview 约谈单位负责人、fault 过错线索、referral 移送线索、help 帮扶培训"
HANDS: Mapping[str, tuple[Office, ...]] = {
    "talk": (Office.STATION_HEAD, Office.SUPERVISOR),
    "help": (Office.STATION_HEAD, Office.SUPERVISOR),
    "interview": (Office.COUNTY_HEAD, Office.SUPERVISOR),
    "fault": (Office.SUPERVISOR, Office.COUNTY_HEAD),
    "referral": (Office.SUPERVISOR, Office.COUNTY_HEAD),
}
"""Who sees to a lead, by what it is to come to: the first has the turn."""
DECIDERS = (Office.SUPERVISOR, Office.COUNTY_HEAD, Office.STATION_HEAD)
_PEOPLE = (*POLICE.offices, Office.AUXILIARY_OFFICER, Office.REPORTING_DESK)
Trigger = Literal["late-order", "again", "empty-reports", "graded", "to-refer", "unrectifiable", "shirking"]
Numbers = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=40)], ...], Field(max_length=50)]
# What a competent organ imposes is no business of this record.
_PENALTIES = ("警告", "记过", "记大过", "降级", "撤职", "开除", "停职", "禁闭", "处分决定")


class _About(Form):
    """Whom a lead is about, and on what it rests."""

    unit: Annotated[str, Widget("unit")] = Field(title="责任人所在单位", min_length=1, max_length=60)
    way: Way = Field(title="拟处理方式", description=_WAYS)
    problem: Text = Field(title="线索内容")
    category: CategoryCode = Field(default="", title="问题类别")
    sources: Numbers = Field(default=(), title="依据的整改指令、督办", description="编号")

    @property
    def _due(self) -> tuple[Fact, ...]:
        return (Fact.LEAD_REFERRAL_DUE,) if self.way == "referral" else ()

    def get_heading(self) -> str:
        """What lists show: nobody's name."""
        return f"责任线索：{self.problem[:40]}"


class RegisterLead(
    _About,
    title="登记责任线索",
    by=(Office.SUPERVISOR, Office.LEGAL_REVIEWER, Office.COUNTY_HEAD, Office.STATION_HEAD),
    fact=Fact.LEAD_REGISTERED,
    or_facts=(Fact.FILE_SEALED, Fact.LEAD_REFERRAL_DUE),
    basis=ANSWERS,
    opens=Kind.ACCOUNTABILITY,
):
    """Register that somebody may have to answer for something (登记责任线索): they are told, and heard before anything follows."""

    person: Annotated[str, Can(_PEOPLE), Widget("officer")] = Field(
        title="责任人", description="用户名", min_length=1, max_length=60
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is registered, and open to nobody but those who decide and the person."""
        return (Fact.LEAD_REGISTERED, Fact.FILE_SEALED, *self._due)

    def build_effects(self) -> Effects:
        """The person reads it."""
        return Effects(admits=(self.person,))

    def get_target_unit(self) -> str:
        """Where the person is."""
        return self.unit

    def check_person(self, person: str) -> Mapping[str, str]:
        """Nobody registers a lead about themselves."""
        return {"person": "不得登记关于本人的责任线索"} if person == self.person else {}


class DraftLead(
    _About,
    title="拟登记责任线索",
    by=Office.ADMINISTRATOR,
    fact=Fact.LEAD_DRAFTED,
    or_facts=(Fact.FILE_SEALED,),
    basis=BASIS,
):
    """Put before whoever decides that a lead may be to register (拟登记): what no person hands in, and of which the one concerned knows nothing yet."""

    trigger: Trigger = Field(
        title="触发情形",
        description="late-order 整改严重逾期、again 同类问题三次核实、empty-reports 两次空报进展、graded 问题定为过错、"
        "to-refer 可能涉及违纪违法、unrectifiable 红色整改指令无法整改、shirking 认定推诿",
    )
    person: Annotated[str, Widget("officer")] = Field(
        default="", title="责任人", description="不填即单位没有负责人在任", max_length=60
    )
    decided_in: str = Field(title="决定单位", min_length=1, max_length=60)

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it waits for a decision, and is open to nobody but those who decide."""
        return (Fact.LEAD_DRAFTED, Fact.FILE_SEALED)

    def get_target_unit(self) -> str:
        """Where it is decided: the head of a unit reads nothing there."""
        return self.decided_in

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person drafts one: whoever decides registers it."""
        return {"trigger": "由系统拟登记，人工请办理“登记责任线索”"}


class ConfirmLead(
    Form,
    title="确认登记责任线索",
    by=DECIDERS,
    fact=Fact.LEAD_REGISTERED,
    or_facts=(Fact.LEAD_REFERRAL_DUE,),
    basis=ANSWERS,
    usual=True,
):
    """Register what was drafted: from then on the person knows of it (确认登记)."""

    reason: Line = Field(title="理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is registered; the record adds whether it is to be referred."""
        return (Fact.LEAD_REGISTERED,)


class DropLead(Form, title="不予登记责任线索", by=DECIDERS, fact=Fact.LEAD_DROPPED, basis=BASIS):
    """Find that nothing is to be registered (不予登记)."""

    reason: Text = Field(title="理由")


class StateOwnPart(Form, title="陈述和申辩", by=_PEOPLE, fact=Fact.LEAD_STATED, basis=BASIS):
    """Say, as the one whom it is about, what is to be said to it (陈述和申辩)."""

    statement: Text = Field(title="陈述和申辩")
    papers: Annotated[tuple[Line, ...], Field(max_length=50)] = Field(default=(), title="材料")


class HearPerson(Form, title="听取说明", by=DECIDERS, fact=Fact.LEAD_HEARD, basis=BASIS, document="听取说明记录", usual=True):
    """Hear the person, who has seen what is held against them and may bring a colleague (听取说明)."""

    place: Line = Field(title="听取地点")
    shown: Annotated[tuple[Line, ...], Field(max_length=50)] = Field(default=(), title="出示的材料")
    colleague: OptionalLine = Field(default="", title="陪同人员", description="责任人可以由一名同事陪同")
    declined: bool = Field(default=False, title="本人不作说明")
    statement: Annotated[
        OptionalText, OnlyWhere({"declined": (False,)}, "须记录责任人的说明；本人不作说明的，勾选“本人不作说明”")
    ] = Field(default="", title="责任人的说明", validate_default=True)


class OpineFault(
    Form,
    title="出具法制意见",
    by=Office.LEGAL_REVIEWER,
    fact=Fact.LEAD_OPINED,
    or_facts=(Fact.LEAD_REFERRAL_DUE,),
    basis=BASIS,
    document="责任线索法制意见书",
    usual=True,
):
    """Say whether it is a fault, a flaw or neither, whose part in it is which, and whether discipline or a crime is at issue (法制意见)."""

    opinion: Literal["fault", "flaw", "none"] = Field(title="认定意见", description="fault 过错、flaw 瑕疵、none 没有过错")
    extent: Annotated[Literal["", "full", "part"], OnlyWhere({"opinion": ("fault", "flaw")}, "须写明全部责任或者部分责任")] = Field(
        default="", title="责任范围", description="full 全部责任、part 部分责任", validate_default=True
    )
    role: Annotated[
        Literal["", "direct", "review", "approval", "leadership"],
        OnlyWhere({"opinion": ("fault", "flaw")}, "须写明责任人的责任"),
    ] = Field(
        default="", title="责任", description="direct 直接办理、review 审核、approval 审批、leadership 领导", validate_default=True
    )
    discipline: bool = Field(default=False, title="有违纪违法迹象", description="有的，二十四小时以内移送有权机关")
    reasons: Text = Field(title="认定理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The opinion, and that it is to be referred where discipline is at issue."""
        return (Fact.LEAD_OPINED, *((Fact.LEAD_REFERRAL_DUE,) if self.discipline else ()))


class HoldTalk(Form, title="提醒谈话", by=DECIDERS, fact=Fact.TALK_HELD, basis=BASIS, document="提醒谈话记录", usual=True):
    """Speak to the person, two of you, and say when it is looked at again (提醒谈话)."""

    place: Line = Field(title="谈话地点")
    talkers: Annotated[tuple[Username, ...], Field(min_length=2, max_length=4), Can(POLICE.offices)] = Field(
        title="谈话人", description="用户名，不少于二人，办理人为其中之一"
    )
    facts_put: Text = Field(title="谈话指出的问题")
    promises: Text = Field(title="本人的认识和承诺")
    review_on: PlannedDay = Field(title="复查日期")

    @field_validator("talkers")
    @classmethod
    def _check_two_people(cls, talkers: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(talkers)) < len(talkers):
            raise ValueError("谈话人不少于二人，每人只填写一次")
        return talkers


class ReferLead(
    Form, title="移送责任线索", by=Office.SUPERVISOR, fact=Fact.LEAD_REFERRED, basis=ANSWERS, document="责任线索移送函"
):
    """Hand the lead to the organ that is competent for it (移送)."""

    organ: Literal["inspection", "discipline", "personnel"] = Field(
        title="接收机关", description="inspection 督察机构、discipline 纪检监察机关、personnel 人事部门"
    )
    name: Line = Field(title="接收单位名称")
    materials: Annotated[tuple[Line, ...], Field(min_length=1, max_length=50)] = Field(title="移送的材料")


class Ground(BaseModel):
    """A ground on which nobody answers for it, and the act by which it is seen (不予追究的情形)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    ground: Literal["new-evidence", "disputed-law", "superior-order", "false-material", "force-majeure", "system-down", "cured"] = (
        Field(
            title="情形",
            description="new-evidence 事后出现新的证据、disputed-law 对法律理解有分歧、superior-order 执行上级书面命令并提出过意见、"
            "false-material 他人提供虚假材料、force-majeure 不可抗力、system-down 系统故障、cured 情节轻微并及时纠正",
        )
    )
    matter: str = Field(title="所据事项", description="编号", min_length=1, max_length=40)
    entry: int = Field(title="所据办理记录", description="该事项日志的步骤序号", ge=1)
    words: Line = Field(title="说明")


class FindNoFault(
    Form,
    title="不予追究",
    by=DECIDERS,
    fact=Fact.LEAD_NO_FAULT,
    or_facts=(Fact.PROBLEM_EXCUSED,),
    basis=BASIS,
    document="不予追究通知书",
):
    """Find that the person does not answer for it, each ground with the act by which it is seen (不予追究)."""

    exemptions: Annotated[tuple[Ground, ...], Field(max_length=20)] = Field(default=(), title="不予追究的情形")
    excused: Numbers = Field(default=(), title="不计入个人的问题", description="整改指令编号")
    reasons: Text = Field(title="不予追究的理由")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """That nobody answers for it, and of each problem that it counts for nobody."""
        return (
            self.build_fact(Fact.LEAD_NO_FAULT, subject, at, approver),
            *build_excusing_facts(self, self.excused, subject, at, approver),
        )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That nobody answers for it, and that some problems count for nobody."""
        return (Fact.LEAD_NO_FAULT, *((Fact.PROBLEM_EXCUSED,) if self.excused else ()))


def build_excusing_facts(form: Form, orders: tuple[str, ...], subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
    """That each of these orders counts for nobody."""
    fact = form.build_fact(Fact.PROBLEM_EXCUSED, subject, at, approver)
    return tuple(replace(fact, about=each) for each in orders)


class AppealAccountability(Form, title="对责任认定提出异议", by=_PEOPLE, fact=Fact.LEAD_APPEALED, basis=BASIS):
    """Object, as the one whom it is about (异议)."""

    statement: Text = Field(title="异议的事实和理由")


class DecideLeadAppeal(
    Form,
    title="审查责任异议",
    by=(Office.COUNTY_HEAD, Office.HIGHER_POLICE),
    fact=Fact.LEAD_APPEAL_DECIDED,
    or_facts=(Fact.PROBLEM_EXCUSED,),
    basis=BASIS,
    document="责任异议审查决定书",
    usual=True,
):
    """Decide on the objection, as one who took no part so far (审查异议)."""

    result: Literal["maintained", "changed", "revoked"] = Field(
        title="决定", description="maintained 维持、changed 变更、revoked 撤销"
    )
    opinion: Annotated[Literal["", "fault", "flaw"], OnlyWhere({"result": ("changed",)}, "变更的，须写明变更后的认定")] = Field(
        default="", title="变更后的认定", description="fault 过错、flaw 瑕疵", validate_default=True
    )
    excused: Numbers = Field(default=(), title="不计入个人的问题", description="整改指令编号")
    reasons: Text = Field(title="决定理由")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """The decision, and of each problem that it counts for nobody."""
        return (
            self.build_fact(Fact.LEAD_APPEAL_DECIDED, subject, at, approver),
            *build_excusing_facts(self, self.excused, subject, at, approver),
        )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The decision, and that some problems count for nobody."""
        return (Fact.LEAD_APPEAL_DECIDED, *((Fact.PROBLEM_EXCUSED,) if self.excused else ()))


class CloseAccountability(Form, title="办结责任线索", by=DECIDERS, fact=Fact.LEAD_CLOSED, basis=BASIS, usual=True):
    """Close the lead: the record keeps the form it took, the day and the organ that decided, and nothing of what was decided (办结)."""

    outcome: Literal["talked", "interviewed", "helped", "referred", "none"] = Field(
        title="处理方式",
        description="talked 已提醒谈话、interviewed 已约谈、helped 已帮扶培训、referred 已由有权机关处理、none 不予追究",
    )
    decided_on: PastDay = Field(title="决定日期")
    organ: Line = Field(title="决定机关")

    @field_validator("organ")
    @classmethod
    def _check_no_penalty_named(cls, organ: str) -> str:
        if found := next((each for each in _PENALTIES if each in organ), ""):
            raise ValueError(f"只登记决定机关，不登记处分内容（“{found}”）")
        return organ


ENDS = Ends(Kind.ACCOUNTABILITY, {"closed": End(), "dropped": End()})
