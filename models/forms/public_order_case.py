"""The forms of a public-order or other administrative case (治安案件、行政案件): filing, inquiry, mediation, and how it ends."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import MPSA, PSAPL, RPT
from law.legal_fact import LegalFact
from law.offences import get_violations
from law.offices import Office
from models.ends import ARCHIVED, End, Ends, Hangs
from models.forms.chapters import Chapter
from models.forms.criminal_case import AcceptCase
from models.forms.exhibit import EndsCase
from models.forms.form import (
    IN_SUMMARY,
    NOTHING,
    Amount,
    CitizenId,
    Form,
    Line,
    OnlyWhere,
    OptionalLine,
    OptionalPhone,
    OptionalText,
    Term,
    Text,
    TravelDocument,
    must_answer,
)
from models.forms.incident_questioning import OfPerson
from models.forms.injuries import Injured, Mediable, declare_injuries_field, declare_known_injuries_field, declare_mediation_field
from models.forms.marks import list_mark_facts, name_marks
from models.forms.offences import ChargeCode, ViolationCode
from models.forms.widget import Widget
from models.instants import BirthDay, Instant
from models.marks import list_marks_of_offence
from models.matter import Kind
from models.party_ids import build_numbered_id

OFFICER = Office.CASE_OFFICER
STATION_HEAD = (Office.STATION_HEAD,)
COUNTY_HEAD = (Office.COUNTY_HEAD,)


class FilePublicOrderCase(
    Form,
    title="治安案件立案",
    by=OFFICER,
    fact=Fact.PUBLIC_ORDER_CASE_FILED,
    or_facts=(
        Fact.OTHER_LAW_CASE_FILED,
        Fact.STATION_HANDLES,
        Fact.INJURY_CASE_ACCEPTED,
        Fact.INJURY_FIT_FOR_MEDIATION,
        Fact.MATTER_MARKED,
    ),
    basis=(PSAPL.article(90), MPSA.article(61), RPT.article(12)),
    document="受案登记表、受案回执、接受证据清单",
    made_elsewhere="接受证据清单",
    opens=Kind.PUBLIC_ORDER_CASE,
):
    """File a case of a violation of public order, or of other administrative law, at once (立案)."""

    other_law: bool = Field(default=False, title="依据治安管理处罚法以外的法律")
    violation: Annotated[ViolationCode | None, IN_SUMMARY] = Field(default=None, title="违反治安管理行为", validate_default=True)
    summary: Annotated[OptionalText, IN_SUMMARY] = Field(default="", title="案情")
    station: bool = Field(default=False, title="公安派出所办理", description="派出所办理的案件由所属公安机关批准延长办案期限")
    injured: Injured = declare_injuries_field()
    mediable: Mediable = declare_mediation_field()

    @field_validator("violation")
    @classmethod
    def _is_named(cls, violation: str | None, info: ValidationInfo) -> str | None:
        if violation is None and not info.data.get("other_law"):
            raise ValueError("治安案件须填写违反治安管理行为")
        return violation

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The filing under the law that applies, who handles the case, an injury that is to be appraised or mediated, and a mark."""
        filed = Fact.OTHER_LAW_CASE_FILED if self.other_law else Fact.PUBLIC_ORDER_CASE_FILED
        injury = (Fact.INJURY_CASE_ACCEPTED,) if self.injured else ()
        mediable = (Fact.INJURY_FIT_FOR_MEDIATION,) if self.injured and self.mediable else ()
        station = (Fact.STATION_HANDLES,) if self.station else ()
        return (filed, *station, *injury, *mediable, *list_mark_facts(list_marks_of_offence(self.violation)))

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """These, with the mark that it bears."""
        return name_marks(super().build_facts(subject, at, approver), subject, list_marks_of_offence(self.violation))

    def get_heading(self) -> str:
        """The violation it is about."""
        return get_violations()[self.violation].zh if self.violation else "其他行政案件"


class OfOffender(OfPerson):
    """A step that concerns one of several people of the case: their clocks run apart."""

    person: Annotated[int, Widget("party")] = Field(default=1, title="违法嫌疑人", ge=1, le=500, description="这一步骤所涉的人")


class OfExecution(OfOffender, chapter=Chapter.EXECUTION):
    """A step by which what was decided of one of them is served, carried out or ended."""


# What the number of a citizen tells.
_UNNUMBERED = OnlyWhere({"citizen_number": NOTHING})
_MINOR = "未成年人的询问、处罚告知应当有监护人在场，听证、拘留执行另有规定"


class NameOffender(OfOffender, title="确定违法嫌疑人", by=OFFICER, basis=MPSA.article(166), chapter=Chapter.PEOPLE, usual=True):
    """Name a person suspected of the violation; one who gives no name is handled under the name they give (确定违法嫌疑人)."""

    name: str = Field(title="姓名或者自报姓名", min_length=1, max_length=100)
    citizen_number: CitizenId | None = Field(default=None, title="公民身份号码")
    travel_document: TravelDocument = Field(default="", title="旅行证件号码")
    minor: Annotated[bool | None, replace(_UNNUMBERED, needed=must_answer(_MINOR, PSAPL.article(98)))] = Field(
        default=None, title="未成年人", description="有公民身份号码的按号码认定，不必填", validate_default=True
    )
    guardian: OptionalLine = Field(default="", title="监护人及联系方式")
    sex: Annotated[Literal["男", "女", ""], _UNNUMBERED] = Field(default="", title="性别")
    born_on: Annotated[BirthDay | None, _UNNUMBERED] = Field(default=None, title="出生日期")
    address: OptionalLine = Field(default="", title="住址")
    employer: OptionalLine = Field(default="", title="工作单位")
    phone: OptionalPhone = Field(default="", title="电话")
    namesake: bool = Field(
        default=False, title="与本事项同名的人不是同一人", description="本事项已有同名的人，又不能以证件号码区分的填写"
    )

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The person, with what is said of them; what a citizen's number tells is not said twice."""
        numbers = {"citizen_id": self.citizen_number or "", "travel_document": self.travel_document}
        card = {"sex": self.sex, "address": self.address, "employer": self.employer, "phone": self.phone}
        born = {"born_on": self.born_on.isoformat()} if self.born_on else {}
        said = {name: value for name, value in card.items() if value} | born
        return ({"id": build_numbered_id(self.person), "role": "offender", "name": self.name, **numbers, **said},)


class LeaveIdentityOpen(
    OfOffender, title="记明身份不明", by=OFFICER, fact=Fact.IDENTITY_UNKNOWN, basis=MPSA.article(242), chapter=Chapter.PEOPLE
):
    """Record that nationality or identity is not known yet (身份不明)."""

    grounds: Text = Field(title="情况")


class EstablishOffenderIdentity(
    OfOffender,
    title="查清违法嫌疑人身份",
    by=OFFICER,
    fact=Fact.IDENTITY_ESTABLISHED,
    basis=MPSA.article(242),
    chapter=Chapter.PEOPLE,
):
    """Establish who the person is (查清身份)."""

    evidence: Text = Field(title="依据")


class RecordActEnd(
    Form,
    title="查明违法行为终了时间",
    by=OFFICER,
    fact=Fact.PUBLIC_ORDER_ACT_ENDED,
    or_facts=(Fact.OTHER_ACT_ENDED, Fact.HARMFUL_ACT_ENDED),
    basis=(PSAPL.article(25), MPSA.article(154)),
    chapter=Chapter.EVIDENCE,
):
    """Record when the act ended, from which the limitation of its punishment runs (追究时效)."""

    at: Instant | None = Field(title="违法行为终了时间", description="连续、继续的行为填终了之时")
    act: Literal["public-order", "other", "other-harmful"] = Field(
        default="public-order",
        title="行为性质",
        description="public-order 违反治安管理、other 其他违法、other-harmful 其他违法且涉及生命健康安全、金融安全并有危害后果",
    )

    @field_validator("at")
    @classmethod
    def _is_said(cls, at: datetime | None) -> datetime | None:
        if at is None:
            raise ValueError("必须填写违法行为终了时间")
        return at

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The end of an act of that kind."""
        ended = {"other": Fact.OTHER_ACT_ENDED, "other-harmful": Fact.HARMFUL_ACT_ENDED}
        return (ended.get(self.act, Fact.PUBLIC_ORDER_ACT_ENDED),)


# Inquiry


class InspectPlace(
    Form,
    title="检查",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    basis=(PSAPL.article(103), PSAPL.article(104)),
    document="检查证、检查笔录",
    chapter=Chapter.EVIDENCE,
):
    """Inspect a place with a certificate; a home always needs one (检查)."""

    place: Line = Field(title="检查场所")
    found: OptionalText = Field(default="", title="检查情况")


class SamplePerson(
    OfOffender, title="人身检查、采样", by=OFFICER, approved_by=STATION_HEAD, basis=PSAPL.article(102), chapter=Chapter.EVIDENCE
):
    """Take samples or marks of a person, suspected or harmed, needed to establish the facts (人身检查、采样)."""

    person: int = Field(default=1, title="被检查、采样的人", ge=1, le=500)
    purpose: Text = Field(title="事由和项目", description="检查、采集被侵害人的，应当征得本人或者其监护人同意")


class ApplyForAdminRecusal(
    Form, title="收到回避申请", by=OFFICER, fact=Fact.RECUSAL_APPLIED, basis=MPSA.article(20), chapter=Chapter.RIGHTS
):
    """Take a party's application that an officer stand aside (申请回避)."""

    whom: Line = Field(title="申请何人回避")
    grounds: Text = Field(title="理由")


class DecideAdminRecusal(
    Form, title="决定是否回避", by=Office.COUNTY_HEAD, fact=Fact.RECUSAL_DECIDED, basis=MPSA.article(21), chapter=Chapter.RIGHTS
):
    """Decide whether the officer stands aside, and tell the applicant (回避决定)."""

    stands_aside: bool = Field(title="回避")
    grounds: Text = Field(title="理由")


class ExtendHandling(
    Form,
    title="延长办案期限",
    by=OFFICER,
    approved_by=(Office.HIGHER_POLICE,),
    fact=Fact.HANDLING_EXTENDED,
    basis=PSAPL.article(118),
):
    """Take thirty days more over a grave or complex case, at most twice (延长办案期限)."""

    extension: Amount = Field(default="+30 day", title="延长期限", description="+30 day,至多两次")
    grounds: Text = Field(title="案情重大、复杂的情形")


class ExtendStationHandling(
    ExtendHandling,
    title="延长办案期限（派出所办理）",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.HANDLING_EXTENDED,
    basis=PSAPL.article(118),
):
    """The same for a case that a police station handles, which its own bureau may extend (派出所案件延长办案期限)."""


# Mediation (治安调解)


class PermitMediation(
    Form,
    title="呈批治安调解",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.MEDIATION_PERMITTED,
    basis=(PSAPL.article(9), MPSA.article(178), MPSA.article(179)),
    document="呈请治安调解报告书",
):
    """Have the head of the unit agree that a slight violation out of a quarrel among citizens is mediated, as both parties wish (治安调解)."""

    act: Literal[
        "殴打他人",
        "故意伤害",
        "侮辱",
        "诽谤",
        "诬告陷害",
        "故意损毁财物",
        "干扰他人正常生活",
        "侵犯隐私",
        "非法侵入住宅",
        "其他因民间纠纷引起的情节较轻的行为",
    ] = Field(title="违反治安管理行为")
    ground: Literal["亲友、邻里、同事、同学之间因琐事引起", "被侵害人事前有过错", "其他更易化解矛盾的情形"] = Field(
        title="可以调解的情形"
    )
    dispute: Text = Field(title="民间纠纷的起因和情节")
    offender: Line = Field(title="违法嫌疑人姓名")
    victim: Line = Field(title="被侵害人姓名")
    both_willing: bool = Field(title="双方当事人均愿意调解")
    excluded: bool = Field(
        title="有不适用调解的情形",
        description="雇凶伤害、结伙斗殴或者其他寻衅滋事、多次违法、调解中又侵害对方、调解中逃跑等（办理行政案件程序规定第一百七十九条）",
    )

    @field_validator("both_willing")
    @classmethod
    def _are_willing(cls, both_willing: bool) -> bool:
        if not both_willing:
            raise ValueError("当事人有一方不愿意的，不适用调解，应当依法处理（办理行政案件程序规定第一百七十九条）")
        return both_willing

    @field_validator("excluded")
    @classmethod
    def _is_not_excluded(cls, excluded: bool) -> bool:
        if excluded:
            raise ValueError("有不适用调解情形的，应当依法处理（办理行政案件程序规定第一百七十九条）")
        return excluded


class TryMediation(
    Form,
    title="调解未达成协议（拟再次调解）",
    by=OFFICER,
    fact=Fact.MEDIATION_TRIED,
    basis=MPSA.article(183),
    document="调解笔录",
):
    """Record a first mediation at which the parties did not agree (第一次调解)."""

    record: Text = Field(title="调解情况")


class AgreeMediation(
    Form,
    title="达成调解协议",
    by=OFFICER,
    fact=Fact.MEDIATION_AGREED,
    basis=(PSAPL.article(9), MPSA.article(178), MPSA.article(184)),
    document="治安调解协议书",
):
    """Record what the parties agreed: who was hurt by a quarrel among citizens and is made good need not see it punished (调解协议)."""

    dispute: Text = Field(title="民间纠纷的起因和经过")
    terms: Text = Field(title="协议内容、履行期限和方式")
    term: Term = Field(default="30 day", title="履行期限", description="自达成协议起，最长 30 day；期满未履行的应当依法处罚")


class PerformMediation(
    EndsCase,
    title="调解协议履行完毕",
    by=OFFICER,
    fact=Fact.MEDIATION_PERFORMED,
    or_facts=(Fact.PUBLIC_ORDER_CASE_CLOSED,),
    basis=(MPSA.article(185), MPSA.article(258)),
):
    """Record that the agreement was kept: nobody is punished, the case is closed (履行完毕)."""

    evidence: Text = Field(title="履行情况和凭证")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The performance, and with it the end of the case."""
        return (Fact.MEDIATION_PERFORMED, Fact.PUBLIC_ORDER_CASE_CLOSED)


class FailMediation(Form, title="调解不成", by=OFFICER, fact=Fact.MEDIATION_FAILED, basis=(PSAPL.article(9), MPSA.article(185))):
    """Record that mediation failed or its agreement is not kept: the violation is punished, and its time begins anew (调解不成)."""

    grounds: Text = Field(title="不成或者不履行的情况")


# How it leaves our hands


class TurnCriminal(
    Form,
    title="转为刑事案件",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL,
    basis=(MPSA.article(65), MPSA.article(172), PSAPL.article(113)),
    document="呈请转为刑事案件报告书",
    chapter=Chapter.INTAKE,
):
    """Carry on as a criminal case what may be a crime; this case need not be cancelled (转为刑事案件)."""

    charge: ChargeCode = Field(title="涉嫌罪名")
    reason: Text = Field(title="涉嫌犯罪的事实和理由")
    injured: bool | None = declare_known_injuries_field()

    def build_case(self) -> AcceptCase:
        """The criminal case that takes it up."""
        values = {"at": self.at, "charge": self.charge, "summary": self.reason, "source": "discovered", "injured": self.injured}
        return AcceptCase.model_construct(**values)  # what this one leaves open, the record may know


class TransferPublicOrderCase(
    Form,
    title="移送管辖（行政案件）",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PUBLIC_ORDER_CASE_TRANSFERRED,
    basis=(MPSA.article(61), MPSA.article(62)),
    document="移送案件通知书",
    chapter=Chapter.INTAKE,
):
    """Hand the case to the competent police, where questioning and seizure are counted anew (移送管辖)."""

    to: Line = Field(title="移送至")
    materials: Text = Field(title="移送材料")


class TerminatePublicOrderCase(
    EndsCase,
    title="终止调查",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.PUBLIC_ORDER_CASE_TERMINATED,
    basis=MPSA.article(259),
    document="终止案件调查决定书",
):
    """Stop: no violation, time-barred, or the suspect died; every measure is lifted at once (终止调查)."""

    cause: Literal["没有违法事实", "已过追究时效", "违法嫌疑人死亡", "其他"] = Field(title="终止情形")
    grounds: Text = Field(title="理由")


class ClosePublicOrderCase(EndsCase, title="行政案件结案", by=OFFICER, fact=Fact.PUBLIC_ORDER_CASE_CLOSED, basis=MPSA.article(258)):
    """Close a case that is decided and executed, or can no longer be (结案)."""

    outcome: Text = Field(title="执行情况")


OFFENDERS = (NameOffender, LeaveIdentityOpen, EstablishOffenderIdentity, RecordActEnd)
HANDLING = (ExtendHandling, ExtendStationHandling, ApplyForAdminRecusal, DecideAdminRecusal)


ENDS = Ends(
    Kind.PUBLIC_ORDER_CASE,
    {
        "turned_criminal": End(told=(Kind.CRIMINAL_CASE, Kind.EXHIBIT), frees=True),
        "transferred": End(frees=True),
        "terminated": End(told=(Kind.EXHIBIT,), frees=True),
        "closed": End(before=(Hangs.HELD,), told=(Kind.EXHIBIT,)),
        "archived": ARCHIVED,
    },
)
