"""The forms of a criminal case (刑事案件): from acceptance through filing to its end."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, ECO, FIL, INJ, MPSC, RPT, RULE
from law.legal_fact import LegalFact
from law.offences import get_charges
from law.offices import Office
from models.ends import ARCHIVED, End, Ends, Hangs
from models.forms.chapters import Chapter
from models.forms.exhibit import EndsCase
from models.forms.exhibit_transfer import Exhibits, SendExhibit
from models.forms.form import (
    IN_SUMMARY,
    Amount,
    CitizenId,
    Command,
    Form,
    Line,
    OnlyWhere,
    OptionalLine,
    OptionalText,
    Take,
    Text,
    must_answer,
)
from models.forms.injuries import Injured, declare_injuries_field
from models.forms.marks import list_mark_facts, name_marks
from models.forms.offences import ChargeCode, is_economic
from models.forms.suspect import NoPursuit, OpenSuspect, Person
from models.marks import list_marks_of_offence
from models.matter import Kind

OFFICER = Office.CASE_OFFICER
HEAD = (Office.COUNTY_HEAD,)


class AcceptCase(
    Form,
    title="接受案件",
    by=OFFICER,
    fact=Fact.CASE_ACCEPTED,
    or_facts=(
        Fact.ECONOMIC_CASE_ACCEPTED,
        Fact.REFERRAL_ACCEPTED,
        Fact.REFERRAL_INCOMPLETE,
        Fact.INJURY_CASE_ACCEPTED,
        Fact.MATTER_MARKED,
    ),
    basis=(CPL.article(110), MPSC.article(169), MPSC.article(171)),
    document="受案登记表、受案回执",
    opens=Kind.CRIMINAL_CASE,
):
    """Accept a report, a surrender or a referral as a criminal case, whether or not it will be filed (接受案件)."""

    charge: Annotated[ChargeCode, IN_SUMMARY] = Field(title="涉嫌罪名")
    summary: Annotated[Text, IN_SUMMARY] = Field(title="案情")
    source: Literal["report", "surrender", "referral", "discovered"] = Field(
        default="report",
        title="来源",
        description="report 报案控告举报、surrender 自首扭送、referral 行政执法机关移送、discovered 工作中发现",
    )
    complete: Annotated[
        bool | None,
        OnlyWhere({"source": ("referral",)}, must_answer("材料不全的自补齐之日起计算审查期限", MPSC.article(180))),
    ] = Field(default=None, title="移送材料齐全", description="行政执法机关移送的案件必须回答", validate_default=True)
    economic: bool | None = Field(default=None, title="经济犯罪案件", description="不填即按罪名判断")
    injured: Injured = declare_injuries_field()
    complainant: OptionalLine = Field(default="", title="控告人姓名")
    complainant_citizen_number: CitizenId | None = Field(default=None, title="控告人公民身份号码")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The acceptance that starts the review proper to the case's source and charge, an injury to be appraised, and a mark."""
        economic = is_economic(self.charge) if self.economic is None else self.economic
        if self.source == "referral":
            accepted = Fact.REFERRAL_ACCEPTED if self.complete else Fact.REFERRAL_INCOMPLETE
        else:
            accepted = Fact.ECONOMIC_CASE_ACCEPTED if economic else Fact.CASE_ACCEPTED
        injury = (Fact.INJURY_CASE_ACCEPTED,) if self.injured else ()
        return (accepted, *injury, *list_mark_facts(list_marks_of_offence(self.charge)))

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """These, with the mark that it bears."""
        return name_marks(super().build_facts(subject, at, approver), subject, list_marks_of_offence(self.charge))

    def get_heading(self) -> str:
        """The charge it is reviewed for."""
        return get_charges()[self.charge].case_zh

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The complainant, if one is named."""
        if not self.complainant:
            return ()
        number = self.complainant_citizen_number or ""
        return ({"id": "complainant", "role": "reporter", "name": self.complainant, "citizen_id": number},)


class ExtendFilingReview(
    Form,
    title="延长立案审查",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.FILING_REVIEW_EXTENDED,
    basis=(FIL.section("二（一）2"), ECO.article(15)),
):
    """Take longer to decide whether to file (延长立案审查期限)."""

    extension: Amount = Field(title="延长期限")
    grounds: Text = Field(title="延长理由")


class ExtendEconomicReview(
    ExtendFilingReview,
    title="再次延长立案审查（经济犯罪）",
    by=OFFICER,
    approved_by=(Office.COUNTY_HEAD, Office.HIGHER_POLICE),
    fact=Fact.FILING_REVIEW_EXTENDED,
    basis=ECO.article(15),
):
    """Take longer still over an economic crime, with the next higher police's approval (再次延长)."""


class CheckFacts(
    Form,
    title="调查核实",
    by=OFFICER,
    approved_by=(Office.STATION_HEAD,),
    basis=MPSC.article(174),
    document="呈请调查核实报告书",
    chapter=Chapter.EVIDENCE,
):
    """Look into unclear facts before filing, without any measure against a person or thing (调查核实)."""

    measures: Text = Field(title="拟采取的措施", description="询问、查询、勘验、鉴定、调取证据等不限制人身、财产权利的措施")


class FileCase(
    Form,
    title="立案",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.CASE_FILED,
    basis=(CPL.article(112), MPSC.article(178)),
    document="立案决定书",
):
    """File the case for investigation (立案)."""

    charge: Annotated[ChargeCode, IN_SUMMARY] = Field(title="罪名")
    grounds: Annotated[Text, IN_SUMMARY] = Field(title="立案理由")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The filing, for this crime."""
        return replace(super().build_fact(fact, subject, at, approver), charge=self.charge)

    def get_heading(self) -> str:
        """The charge it is filed for."""
        return get_charges()[self.charge].case_zh


class RefuseFiling(
    Form,
    title="不予立案",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.CASE_NOT_FILED,
    basis=(CPL.article(112), MPSC.article(178)),
    document="不予立案通知书",
):
    """Decide not to file, with reasons the complainant may contest (不予立案)."""

    grounds: Text = Field(title="不予立案理由")


class FindCaseForeign(
    Form,
    title="认定有犯罪事实但不属本单位管辖",
    by=OFFICER,
    fact=Fact.CASE_FOUND_FOREIGN,
    basis=(MPSC.article(175), RPT.article(8)),
):
    """Find on review that there is a crime but other police are competent (不属本单位管辖)."""

    grounds: Text = Field(title="理由")
    competent: Line = Field(title="有管辖权的公安机关")


class TransferCase(
    Form,
    title="移送管辖",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.CASE_TRANSFERRED,
    basis=(MPSC.article(175), MPSC.article(184)),
    document="移送案件通知书",
):
    """Hand the case to the competent police (移送管辖)."""

    to: Line = Field(title="移送至")
    grounds: Text = Field(title="移送理由")
    materials: Text = Field(title="移送材料")


class NotifyTransfer(
    Form, title="通知变更管辖", by=OFFICER, fact=Fact.TRANSFER_NOTIFIED, basis=(MPSC.article(184), RPT.article(13))
):
    """Tell the reporter, and the suspect's family, where the case has gone (通知变更管辖)."""

    told: Text = Field(title="通知对象和内容")


class AskSupplement(
    Form,
    title="通知移送机关补正",
    by=OFFICER,
    fact=Fact.REFERRAL_SUPPLEMENT_ASKED,
    basis=MPSC.article(180),
):
    """Ask the agency that referred the case for what is missing (通知补正)."""

    missing: Text = Field(title="需补正的材料")


class CommissionInjuryAppraisal(
    Form,
    title="委托伤情鉴定",
    by=OFFICER,
    fact=Fact.INJURY_APPRAISAL_COMMISSIONED,
    basis=INJ.article(18),
    document="鉴定聘请书",
    chapter=Chapter.APPRAISAL,
):
    """Commission the appraisal of an injury (委托伤情鉴定)."""

    institution: Line = Field(title="鉴定机构")
    base: Literal["24 hour", "7 day"] = Field(default="24 hour", title="出具意见的期限", description="伤情复杂的为 7 day")


class IssueInjuryAppraisal(
    Form,
    title="出具伤情鉴定意见",
    by=OFFICER,
    fact=Fact.INJURY_APPRAISAL_ISSUED,
    basis=INJ.article(19),
    made_elsewhere="鉴定意见",
    chapter=Chapter.APPRAISAL,
):
    """Receive the appraiser's opinion (伤情鉴定意见)."""

    opinion: Text = Field(title="鉴定意见")


INJURY = (CommissionInjuryAppraisal, IssueInjuryAppraisal)

REVIEWING = (ExtendFilingReview, ExtendEconomicReview, CheckFacts, FindCaseForeign, AskSupplement)


# The investigation


class NameSuspect(
    Person,
    title="确定犯罪嫌疑人",
    by=OFFICER,
    or_facts=(Fact.CASE_CONCERNS_MINOR, Fact.FILE_SEALED),
    basis=CPL.article(115),
    made_elsewhere="呈请确定犯罪嫌疑人报告书",
    chapter=Chapter.PEOPLE,
    usual=True,
):
    """Name a person as a suspect of this case, whose file is sealed where that person is a minor (确定犯罪嫌疑人)."""

    namesake: bool = Field(
        default=False, title="与本案同名的犯罪嫌疑人不是同一人", description="本案已有同名的犯罪嫌疑人，又不能以证件号码区分的填写"
    )

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What the case knows of a minor in it."""
        kinds = (Fact.CASE_CONCERNS_MINOR, Fact.FILE_SEALED) if self.was_minor(at) else ()
        return tuple(self.build_fact(fact, subject, at, approver) for fact in kinds)

    def build_suspect(self) -> OpenSuspect:
        """The matter that carries this person's measures."""
        return OpenSuspect(**self.model_dump(exclude={"namesake"}))


class CloseInvestigation(
    Form,
    title="侦查终结",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.INVESTIGATION_CLOSED,
    basis=(MPSC.article(283), MPSC.article(285)),
    document="结案报告",
):
    """Close the investigation: facts clear, evidence sufficient (侦查终结)."""

    report: Text = Field(title="结案意见")


class SendCase(
    Form,
    title="移送审查起诉",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.CASE_SENT_TO_PROCURATORATE,
    or_facts=(Fact.PROPERTY_SENT_WITH_CASE,),
    basis=(CPL.article(162), MPSC.article(288), MPSC.article(289)),
    document="起诉意见书、随案移送清单",
    shares_with=(Office.PROCURATORATE,),
):
    """Send the case to the procuratorate for prosecution review (移送审查起诉)."""

    summary: OptionalText = Field(
        default="", title="案情", description="侦查查明的犯罪事实，写入起诉意见书；不填即沿用受案时的案情"
    )
    opinion: Text = Field(title="起诉意见")
    exhibits: Exhibits = Field(default=(), title="随案移送的财物", description="财物编号，逐一由接收机关签收")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That the case goes, and that things go with it."""
        return (
            (Fact.CASE_SENT_TO_PROCURATORATE, Fact.PROPERTY_SENT_WITH_CASE) if self.exhibits else (Fact.CASE_SENT_TO_PROCURATORATE,)
        )

    def build_commands(self) -> tuple[Command, ...]:
        """The things named go with it."""
        return tuple(Take(number, SendExhibit.model_validate({"at": self.at})) for number in dict.fromkeys(self.exhibits))


class CancelCase(
    EndsCase,
    title="撤销案件",
    by=OFFICER,
    approved_by=HEAD,
    fact=Fact.CASE_CANCELLED,
    basis=(CPL.article(16), MPSC.article(186), MPSC.article(187)),
    document="撤销案件决定书",
):
    """Cancel the case: no crime, or none to prosecute (撤销案件); whoever is held must be released at once."""

    reason: NoPursuit = Field(
        default="", title="法定情形", description="刑事诉讼法第十六条、办理刑事案件程序规定第一百八十六条所列"
    )
    grounds: Text = Field(title="撤销理由")


class CloseCase(
    EndsCase,
    title="结案",
    by=OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.CASE_CLOSED,
    basis=RULE.section("结案登记"),
    document="结案登记",
):
    """Close the case once the prosecution or the court has decided (结案)."""

    outcome: Text = Field(title="处理结果")
    note: OptionalText = Field(default="", title="备注")


_BELOW = (Kind.SUSPECT, Kind.CRIMINAL_CASE)
_ALL_BELOW = (*_BELOW, Kind.EXHIBIT)
ENDS = Ends(
    Kind.CRIMINAL_CASE,
    {
        "not_filed": End(told=_BELOW, by=(Fact.CASE_NOT_FILED,)),
        "transferred": End(told=_BELOW, by=(Fact.CASE_TRANSFERRED,)),
        # Its people and things go along, and are told where they belong.
        "merged": End(told=_ALL_BELOW),
        "cancelled": End(told=_ALL_BELOW, by=(Fact.CASE_CANCELLED,), frees=True),
        # What was seized remains evidence, of the administrative case that goes on or of whoever has it; what is frozen is let go.
        "turned_administrative": End(told=_ALL_BELOW, by=(Fact.CASE_TURNED_ADMINISTRATIVE,), frees=True),
        "not_prosecuted": End(told=_BELOW, by=(Fact.CASE_NOT_PROSECUTED,), frees=True),
        # By then everybody is free, or handed over to whoever carries out the sentence.
        "closed": End(before=(Hangs.HELD,), told=_ALL_BELOW, by=(Fact.CASE_CLOSED,)),
        "archived": ARCHIVED,
    },
)
