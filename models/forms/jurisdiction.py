"""The forms by which a criminal case changes hands (并案侦查 · 指定管辖): merged into another case, or given to whom the police above name."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.facts import TAKEN_BACK, Fact
from law.instruments import MPSC
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import Can, Form, Line, OnlyWhere, OptionalLine, OptionalText, Text
from models.forms.widget import Widget
from models.messages import Proposal

OFFICER = Office.CASE_OFFICER
# The bureau's own head puts it before the police above all that are concerned (MPSC 22).
ABOVE = (Office.COUNTY_HEAD, Office.HIGHER_POLICE)


class MergeCase(
    Form,
    title="并案侦查",
    by=OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.CASE_MERGED,
    basis=(MPSC.article(21), MPSC.article(185)),
    document="呈请并案侦查报告书",
):
    """Investigate this case as part of another, under which its suspects and papers go on (并案侦查)."""

    into: Line = Field(title="并入的案件", description="正在侦查的案件的编号")
    ground: Literal["several-crimes", "joint-crime", "further-crime", "connected"] = Field(
        title="并案情形",
        description="several-crimes 一人犯数罪、joint-crime 共同犯罪、further-crime 共同犯罪的犯罪嫌疑人还实施其他犯罪、"
        "connected 多个犯罪嫌疑人实施的犯罪存在关联",
    )
    grounds: Text = Field(title="并案理由")
    namesake: bool = Field(
        default=False, title="两案同名的犯罪嫌疑人不是同一人", description="两案有同名的犯罪嫌疑人，又不能以证件号码区分的填写"
    )

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The merger concerns the case that takes this one up."""
        return super().build_fact(fact, self.into, at, approver)


class DesignateCaseJurisdiction(
    Form,
    title="指定案件管辖",
    by=OFFICER,
    approved_by=ABOVE,
    fact=Fact.CASE_JURISDICTION_DESIGNATED,
    or_facts=(Fact.CASE_TRANSFERRED,),
    basis=(MPSC.article(22), MPSC.article(23)),
    document="指定管辖决定书",
):
    """Have the police above all concerned say who handles the case: this unit, another one, or other police (指定管辖)."""

    handler: Literal["here", "unit", "elsewhere"] = Field(
        title="被指定管辖的单位", description="here 本单位、unit 本系统的其他单位、elsewhere 其他公安机关"
    )
    unit: Annotated[str, OnlyWhere({"handler": ("unit",)}, "指定本系统的其他单位管辖的，填写接办单位"), Widget("unit")] = Field(
        default="", title="接办单位", max_length=60, validate_default=True
    )
    officer: Annotated[str, Can((OFFICER,)), OnlyWhere({"handler": ("unit",)}), Widget("officer")] = Field(
        default="", title="接办民警", max_length=60
    )
    police: Annotated[OptionalLine, OnlyWhere({"handler": ("elsewhere",)}, "指定其他公安机关管辖的，填写接办公安机关")] = Field(
        default="", title="接办公安机关", validate_default=True
    )
    grounds: Text = Field(title="指定管辖理由", description="情况特殊的，或者管辖不明确、有争议的情况")
    consultation: OptionalText = Field(default="", title="协商情况")
    number: OptionalLine = Field(default="", title="决定书文号")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The designation, and the transfer where other police have it from now on."""
        gone = (Fact.CASE_TRANSFERRED,) if self.handler == "elsewhere" else ()
        return (Fact.CASE_JURISDICTION_DESIGNATED, *gone)

    def get_target_unit(self) -> str:
        """The unit that has it from now on."""
        return self.unit

    def get_assignee(self) -> str:
        """The officer of that unit, once one is named."""
        return self.officer


class RetakeCase(
    Form,
    title="接办指定管辖的案件",
    by=OFFICER,
    approved_by=ABOVE,
    fact=Fact.CASE_JURISDICTION_DESIGNATED,
    or_facts=(Fact.CASE_RETAKEN_FOR_REVIEW, Fact.CASE_RETAKEN),
    basis=(MPSC.article(22), MPSC.article(23)),
    document="指定管辖决定书",
):
    """Take up again a case that was handed to other police, since the police above designated this unit after all (接办)."""

    resumes: Literal["review", "investigation"] = Field(
        title="接办以后", description="review 尚未立案的，重新审查；investigation 已经立案的，继续侦查"
    )
    grounds: Text = Field(title="指定管辖理由")
    number: OptionalLine = Field(default="", title="决定书文号")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The designation, and with what the case goes on."""
        on = Fact.CASE_RETAKEN if self.resumes == "investigation" else Fact.CASE_RETAKEN_FOR_REVIEW
        return (Fact.CASE_JURISDICTION_DESIGNATED, on)


class HandOverSuspect(
    Form,
    title="移交犯罪嫌疑人",
    by=OFFICER,
    fact=Fact.PERSON_HANDED_OVER,
    basis=(MPSC.article(23), MPSC.article(184)),
    shares_with=(Office.PROCURATORATE, Office.CUSTODY_CENTRE),
):
    """Hand a suspect over, with a case that was transferred, to the police who have it now: their measures end with us (移交犯罪嫌疑人)."""

    to: Line = Field(title="接收的公安机关")
    receiver: Line = Field(title="接收人")
    standing: Text = Field(title="移交时的强制措施和已用期限", description="例如 刑事拘留，已羁押5日；取保候审，已执行40日")


class TakeBackSuspect(
    Form,
    title="接回犯罪嫌疑人",
    by=OFFICER,
    or_facts=TAKEN_BACK,
    basis=(MPSC.article(22), MPSC.article(23)),
    shares_with=(Office.PROCURATORATE, Office.CUSTODY_CENTRE),
):
    """Take back a suspect with a case that was retaken: what had begun goes on, with every day used meanwhile (接回犯罪嫌疑人)."""

    police: Line = Field(title="移交的公安机关")
    reason: Literal[
        "未采取强制措施",
        "取保候审",
        "监视居住",
        "刑事拘留",
        "审查批捕",
        "不批准逮捕",
        "批准逮捕待执行",
        "逮捕羁押",
        "在押脱逃",
        "逃跑、下落不明",
    ] = Field(title="接回后所处的阶段", description="仍在移交时的措施之下的，回到移交时的阶段，移交期间一并计入期限")
    used: Text = Field(
        title="移交期间的强制措施和已用期限", description="起止日期、累计日数；对方延长期限的，接回后按其决定日期补录"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That they are ours again: held, under a measure, sought, or free."""
        return (_BACK_AS.get(self.reason, Fact.PERSON_TAKEN_BACK_HELD),)


_BACK_AS = {
    "未采取强制措施": Fact.PERSON_TAKEN_BACK_FREE,
    **dict.fromkeys(("取保候审", "监视居住"), Fact.PERSON_TAKEN_BACK_RESTRAINED),
    **dict.fromkeys(("在押脱逃", "逃跑、下落不明"), Fact.PERSON_TAKEN_BACK_SOUGHT),
}


def get_merge_target(proposal: Proposal) -> str:
    """The case into which this one is to be merged, when that is asked for and again when it is approved; empty: none."""
    asked = proposal.form.get("into", "") if proposal.step == MergeCase.rule.step else ""
    return next(
        (each.number for each in proposal.commands if each.verb == "tell" and each.reparenting and each.reparenting.adopted), asked
    )
