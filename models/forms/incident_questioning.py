"""People stopped, questioned or restrained in the course of an incident (继续盘问 · 治安传唤 · 约束); several may be, each numbered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import ACL, CQ, MPSA, PPL, PSAPL
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn, OnlyOfNew
from models.forms.chapters import Chapter
from models.forms.form import Amount, Form, Line, OptionalLine, OptionalText, Term, Text, declare_duty_field
from models.forms.widget import Widget
from models.party_ids import build_about, build_numbered_id

OFFICER = Office.CASE_OFFICER
STATION_HEAD = (Office.STATION_HEAD,)
COUNTY_HEAD = (Office.COUNTY_HEAD,)
# More people than any incident has had under question; a larger number is a slip of the hand.
MOST_PEOPLE = 500


class OfPerson(Form):
    """A step that concerns one of several people of the incident: their clocks run apart."""

    person: Annotated[int, Widget("party")] = Field(
        default=1, title="涉案人员", ge=1, le=MOST_PEOPLE, description="被盘问、传唤或者约束的人"
    )

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about for that person."""
        return super().build_facts(build_about(subject, build_numbered_id(self.person)), at, approver)


class _NameablePerson(OfPerson):
    """A step about somebody whom it may bring into the matter."""

    name: Annotated[str, OnlyOfNew()] = Field(default="", title="姓名", max_length=100)
    namesake: Annotated[bool, OnlyOfNew()] = Field(
        default=False, title="与本事项同名的人不是同一人", description="本事项已有同名的人，又不能以证件号码区分的填写"
    )

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The person."""
        return ({"id": build_numbered_id(self.person), "role": "questioned", "name": self.name},)


class NamedPerson(_NameablePerson):
    """A step that brings a person into the incident, or concerns one who is in it already."""

    grounds: Text = Field(title="理由")


# Stopping (继续盘问)


class StopPerson(
    NamedPerson,
    title="继续盘问",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.PERSON_STOPPED,
    or_facts=(Fact.VULNERABLE_PERSON_STOPPED,),
    basis=(PPL.article(9), CQ.article(11)),
    document="继续盘问审批表",
):
    """Bring a person to the police for continued questioning (继续盘问)."""

    vulnerable: bool = declare_duty_field(
        "孕妇、哺乳期妇女、未满十六或者已满七十周岁", "属于的继续盘问不得超过4小时", CQ.article(10)
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """Four hours for those the rules spare, twelve for others."""
        return (Fact.VULNERABLE_PERSON_STOPPED if self.vulnerable else Fact.PERSON_STOPPED,)


class ExtendStop(
    OfPerson,
    title="延长继续盘问",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.STOP_EXTENDED,
    basis=CQ.article(17),
    document="延长继续盘问时限审批表",
):
    """Question longer, one step at a time (延长继续盘问)."""

    extension: Amount = Field(title="延长期限", description="to 24 hour，其后 to 48 hour")
    grounds: Text = Field(title="延长理由")


class EndStop(OfPerson, title="结束继续盘问", by=OFFICER, fact=Fact.STOP_ENDED, basis=CQ.article(17)):
    """Let the person go, or hand them over (结束继续盘问)."""

    outcome: OptionalText = Field(default="", title="处理情况")


class ReportDeathInQuestioning(
    OfPerson, title="接到盘问期间死亡报告", by=OFFICER, fact=Fact.DEATH_IN_QUESTIONING_REPORTED, basis=CQ.article(25)
):
    """Learn that a person died while being questioned (盘问期间死亡)."""

    circumstances: Text = Field(title="情况")


class CommissionDeathAppraisal(
    OfPerson,
    title="委托死亡鉴定",
    by=OFFICER,
    fact=Fact.DEATH_APPRAISAL_COMMISSIONED,
    basis=CQ.article(25),
    chapter=Chapter.APPRAISAL,
):
    """Commission the examination of the cause of death (死亡鉴定)."""

    institution: Line = Field(title="鉴定机构")


# Summoning (治安传唤)


class SummonForInquiry(
    NamedPerson,
    title="治安传唤",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.PERSON_SUMMONED_ADMIN,
    or_facts=(Fact.PERSON_SUMMONED_OTHER_LAW,),
    basis=(PSAPL.article(96), MPSA.article(67)),
    document="传唤证",
    usual=True,
):
    """Summon a person for an administrative inquiry, whose time runs from arrival (传唤)."""

    person: Annotated[int, Widget("party")] = Field(default=1, title="被传唤人", ge=1, le=MOST_PEOPLE)
    other_law: Annotated[bool, OnlyIn(unless=(Fact.PUBLIC_ORDER_CASE_FILED,))] = Field(
        default=False, title="依据治安管理处罚法以外的法律"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The arrival, under the law that is applied."""
        return (Fact.PERSON_SUMMONED_OTHER_LAW if self.other_law else Fact.PERSON_SUMMONED_ADMIN,)


class Inquire(
    _NameablePerson,
    title="询问",
    by=OFFICER,
    fact=Fact.PERSON_INQUIRED,
    basis=(PSAPL.article(97), PSAPL.article(98), PSAPL.article(108)),
    document="询问笔录",
    usual=True,
):
    """Question somebody, summoned or not: also who was harmed, or saw it (PSAPL 99).

    One officer alone only where everything is recorded, a minor never alone (询问).
    """

    person: int = Field(default=1, title="被询问人", ge=1, le=MOST_PEOPLE)
    place: Line = Field(title="询问地点")
    recorded: bool = Field(default=False, title="在规范设置的执法办案场所进行，全程同步录音录像", validate_default=True)
    companion: Annotated[str, Widget("colleague")] = Field(
        default="", title="另一名人民警察", max_length=60, description="没有全程录音录像的必填", validate_default=True
    )
    attended_by: OptionalLine = Field(default="", title="到场的监护人或者其他合适成年人", description="询问不满十八周岁的人必填")
    record: OptionalText = Field(default="", title="询问笔录")

    @field_validator("companion")
    @classmethod
    def _is_two_or_recorded(cls, companion: str, info: ValidationInfo) -> str:
        if not companion and not info.data.get("recorded"):
            raise ValueError("询问时人民警察不得少于二人；由一人询问的，应当全程同步录音录像（治安管理处罚法第一百零八条）")
        return companion

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The person, where they are only now named."""
        return super().build_parties() if self.name else ()

    def check_person(self, person: str) -> Mapping[str, str]:
        """Nobody is their own companion."""
        return {"companion": "另一名人民警察不得是本人"} if self.companion == person else {}


class ExtendInquiry(
    OfPerson,
    title="延长询问查证时间",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.ADMIN_SUMMONS_EXTENDED,
    basis=(PSAPL.article(97), MPSA.article(69)),
):
    """Inquire longer (延长询问查证)."""

    extension: Amount = Field(title="延长期限", description="to 12 hour 或者 to 24 hour")
    grounds: Text = Field(title="延长理由")


class EndInquiry(OfPerson, title="询问查证结束", by=OFFICER, fact=Fact.ADMIN_SUMMONS_ENDED, basis=PSAPL.article(97)):
    """Let the person go, the time written on the record (询问查证结束)."""

    outcome: OptionalText = Field(default="", title="处理情况")


class TellFamily(
    OfPerson, title="通知被盘问、传唤人家属", by=OFFICER, fact=Fact.FAMILY_NOTIFIED, basis=(PSAPL.article(97), CQ.article(14))
):
    """Tell the family at once (通知家属)."""

    relative: Line = Field(title="被通知人及关系")
    means: OptionalLine = Field(default="", title="通知方式")


class ExcuseTellingFamily(
    OfPerson,
    title="记明不能通知被盘问、传唤人家属的原因",
    by=OFFICER,
    fact=Fact.FAMILY_NOTICE_EXCUSED,
    basis=(PSAPL.article(97), CQ.article(14)),
):
    """Record why the family cannot be told yet (无法通知)."""

    grounds: Text = Field(title="原因")


# Restraining on the spot (约束 · 当场措施)


class StartSobering(
    OfPerson, title="约束醒酒", by=OFFICER, fact=Fact.SOBERING_STARTED, basis=(PSAPL.article(15), MPSA.article(58))
):
    """Restrain a drunk person until sober, under watch (约束醒酒)."""

    reason: Line = Field(default="约束醒酒", title="扣除事由")


class EndSobering(OfPerson, title="酒醒", by=OFFICER, fact=Fact.SOBERING_ENDED, basis=(PSAPL.article(15), MPSA.article(58))):
    """Record that the person is sober (酒醒)."""


class TakeOnsiteMeasure(
    OfPerson,
    title="当场采取强制措施",
    by=OFFICER,
    fact=Fact.ONSITE_MEASURE_TAKEN,
    basis=(ACL.article(19), MPSA.article(56)),
):
    """Take an urgent measure on the spot, to be approved afterwards (当场采取强制措施)."""

    measure: Text = Field(title="措施和理由")


class ApproveOnsiteMeasure(
    OfPerson,
    title="补办强制措施批准手续",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ONSITE_MEASURE_APPROVED,
    basis=(ACL.article(19), MPSA.article(56)),
):
    """Have that measure approved (补办批准手续)."""

    grounds: Text = Field(title="理由")


class LiftOnsiteMeasure(
    OfPerson, title="解除当场强制措施", by=OFFICER, fact=Fact.ONSITE_MEASURE_LIFTED, basis=(ACL.article(19), MPSA.article(56))
):
    """Lift that measure (解除)."""

    grounds: OptionalText = Field(default="", title="理由")


class OrderNoContact(
    OfPerson,
    title="责令禁止接触",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.NO_CONTACT_ORDERED,
    basis=PSAPL.article(50, paragraph=2),
    document="责令禁止接触决定书",
):
    """Forbid a person to contact the victim for some time (责令禁止接触)."""

    grounds: Text = Field(title="理由")
    term: Term = Field(default="", title="期限")


class LiftNoContact(OfPerson, title="解除禁止接触", by=OFFICER, fact=Fact.NO_CONTACT_LIFTED, basis=PSAPL.article(50, paragraph=2)):
    """End that order (解除禁止接触)."""

    grounds: OptionalText = Field(default="", title="理由")


class DecideTerrorRestraint(
    OfPerson,
    title="决定约束措施",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.TERROR_RESTRAINT_DECIDED,
    or_facts=(Fact.RENEWED_RESTRAINT_GROUNDED,),
    basis=MPSA.article(59),
):
    """Restrain a person suspected of terrorist activity (恐怖活动嫌疑人约束措施)."""

    grounds: Text = Field(title="理由")
    term: Term = Field(default="", title="期限")
    new_facts: Annotated[OptionalText, OnlyIn(given=(Fact.TERROR_RESTRAINT_DECIDED,))] = Field(
        default="", title="再次采取的新事实、新证据", description="本案中曾经对该人采取同样措施的必填"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The restraint, and where it is not the first here, what is new."""
        return (*((Fact.RENEWED_RESTRAINT_GROUNDED,) if self.new_facts else ()), Fact.TERROR_RESTRAINT_DECIDED)


class LiftTerrorRestraint(OfPerson, title="解除约束措施", by=OFFICER, fact=Fact.TERROR_RESTRAINT_LIFTED, basis=MPSA.article(59)):
    """End that restraint (解除约束措施)."""

    grounds: OptionalText = Field(default="", title="理由")


STOPPING = (StopPerson, ExtendStop, EndStop, ReportDeathInQuestioning, CommissionDeathAppraisal)
INQUIRY = (SummonForInquiry, Inquire, ExtendInquiry, EndInquiry, TellFamily, ExcuseTellingFamily)
RESTRAINT = (
    StartSobering,
    EndSobering,
    TakeOnsiteMeasure,
    ApproveOnsiteMeasure,
    LiftOnsiteMeasure,
    OrderNoContact,
    LiftNoContact,
    DecideTerrorRestraint,
    LiftTerrorRestraint,
)
