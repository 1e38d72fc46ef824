"""The further ways that a letter from the public may go: not taken up, led into another procedure, withdrawn; and what is met with on the way."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from law.facts import Fact
from law.instruments import PET
from law.offices import Office
from models.forms.form import IN_SUMMARY, Form, Line, OnlyWhere, OptionalLine, Text
from models.forms.letter import LETTERS, RECEIVES
from models.links import Link, Relation
from models.matter import Kind, build_number_pattern

_LETTER = build_number_pattern(Kind.LETTER)
ANSWERS = (*RECEIVES, Office.CASE_OFFICER)
_PROCEDURES = (
    "criminal-complaint 刑事控告、申诉（31条1项）、filing-remedy 不立案复议、复核（31条1项）、litigation 诉讼（31条1项）、"
    "state-compensation 国家赔偿（31条1项）、arbitration 仲裁、劳动争议（31条2项）、party-appeal 党员申诉、复审（31条3项）、"
    "reconsideration 行政复议（31条4项）、permit 行政裁决、确认、许可、处罚（31条4项）、protect-rights 申请履行法定职责（31条5项）"
)


class RefusePetition(
    Form,
    title="不予受理信访事项",
    by=Office.LETTER_OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.LETTER_REFUSED,
    or_facts=(Fact.PETITION_ANSWERED_WHETHER_ACCEPTED,),
    basis=(PET.article(19), PET.article(36)),
    document="信访事项不予受理告知书",
    unless=Fact.PETITION_ACCEPTED,
):
    """Tell in writing that the same petition is under way below already, or was finally reviewed (不予受理); nothing else is refused."""

    way: Literal["under-way", "finally-reviewed"] = Field(
        title="不予受理情形",
        description="under-way 下级机关已经受理或者正在办理的同一事项（19条3款）、finally-reviewed 已经复核、仍以同一事实和理由提出（36条3款）",
    )
    earlier: Line = Field(title="原信访事项", description="正在办理或者已经复核的信访事项编号")
    told: Text = Field(title="告知内容", description="写明不予受理的理由，和来信人可以向谁查询")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is not taken up, and that this was said."""
        return (Fact.LETTER_REFUSED, Fact.PETITION_ANSWERED_WHETHER_ACCEPTED)


class RouteIntoProcedure(
    Form,
    title="导入法定程序",
    by=Office.LEGAL_REVIEWER,
    fact=Fact.LETTER_ROUTED,
    or_facts=(Fact.PETITION_ANSWERED_WHETHER_ACCEPTED,),
    basis=(PET.article(28), PET.article(31)),
    document="信访事项程序导入告知书",
):
    """Lead what has a procedure of its own into it, and tell its writer how to go on there (导入)."""

    procedure: Literal[
        "criminal-complaint",
        "filing-remedy",
        "litigation",
        "state-compensation",
        "arbitration",
        "party-appeal",
        "reconsideration",
        "permit",
        "protect-rights",
    ] = Field(title="导入的程序", description=_PROCEDURES)
    number: OptionalLine = Field(default="", title="本局的事项", description="已在本局办理的，填写案件、警情编号", max_length=40)
    told: Text = Field(title="告知内容", description="写明程序、受理机关和期限")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it goes on there, and that this was said."""
        return (Fact.LETTER_ROUTED, Fact.PETITION_ANSWERED_WHETHER_ACCEPTED)

    def build_links(self) -> tuple[Link, ...]:
        """With the matter in which it goes on, where that is ours."""
        return (Link(number=self.number, relation=Relation.LED_TO),) if self.number else ()


class WithdrawLetter(
    Form,
    title="撤回来信",
    by=RECEIVES,
    fact=Fact.LETTER_WITHDRAWN,
    or_facts=(Fact.PETITION_WITHDRAWN,),
    basis=(PET.article(17), LETTERS),
    when="撤回时间",
):
    """Enter that its writer does not want it dealt with any more (撤回); what is denounced is looked into all the same."""

    how_said: Text = Field(title="撤回的方式和原话")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was withdrawn, as a letter and as the petition that it may be."""
        return (Fact.LETTER_WITHDRAWN, Fact.PETITION_WITHDRAWN)


class RecordUnreached(
    Form, title="记录联系未果", by=ANSWERS, fact=Fact.LETTER_WRITER_TRIED, basis=LETTERS, when="联系时间", usual=True
):
    """Enter that its writer was not reached: when, and by what means (联系未果)."""

    means: Literal["phone", "sms", "visit", "mail"] = Field(
        title="联系方式", description="phone 电话、sms 短信、visit 上门、mail 来信网站回复"
    )
    outcome: Text = Field(title="未果情形")


class ProceedUnreached(
    Form,
    title="联系不上转入办理",
    by=ANSWERS,
    fact=Fact.LETTER_WRITER_UNREACHABLE,
    basis=LETTERS,
):
    """Go on without having reached its writer, who was tried three times, each at another hour (联系不上): what they wrote is looked into."""

    note: Text = Field(title="说明", description="下一步怎样告知来信人")


class SupplementLetter(Form, title="补充来信", by=ANSWERS, fact=Fact.LETTER_SUPPLEMENTED, basis=PET.article(19), when="补充时间"):
    """Add what its writer says besides, or hands in later (补充来信)."""

    narrative: Annotated[Text, StringConstraints(min_length=5), IN_SUMMARY] = Field(title="补充的内容")


class ProposeBadFaith(
    Form,
    title="认定恶意来信",
    by=Office.LETTER_OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.LETTER_BAD_FAITH,
    basis=(PET.article(26), PET.article(47)),
):
    """Say that its writer abuses letters (恶意来信), after they were talked to.

    It lets nobody refuse anything: further letters are registered, their promises and limits run as anybody's, and it is said of this
    letter, never of a person. What is punishable is a public-order case.
    """

    ground: Literal["repeated", "harassment"] = Field(
        title="情形", description="repeated 最终答复后三十日内同一事由来信三件以上、harassment 辱骂骚扰"
    )
    letters: Annotated[
        tuple[Annotated[str, Field(pattern=_LETTER, max_length=40)], ...],
        Field(max_length=20),
        OnlyWhere({"ground": ("repeated",)}, needed="列出三件以上同一事由的来信", elsewhere="只在重复来信时列出"),
    ] = Field(default=(), title="同一事由的来信", validate_default=True)
    dissuaded: Text = Field(title="劝阻、教育情况", description="何时由谁劝阻、来信人的态度（47条1款）")


ON_THE_WAY = (RecordUnreached, SupplementLetter, ProposeBadFaith)
