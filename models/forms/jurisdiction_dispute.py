"""The forms of a dispute over jurisdiction (管辖争议): those concerned speak with each other, agree, or ask their common superior to decide.

Whoever received the matter first has it meanwhile, with all its limits; nothing is handed over before it is settled.
"""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import MPSA, MPSC, RPT
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import Form, Line, OnlyWhere, OptionalLine, OptionalText, Text
from models.forms.widget import Widget
from models.matter import Kind

BASIS = (RPT.article(13), MPSC.article(22), MPSA.article(15))
DECIDED = (MPSC.article(22), MPSC.article(23), MPSA.article(15))
HEAD = Office.STATION_HEAD
ABOVE = (Office.COUNTY_HEAD, Office.HIGHER_POLICE, Office.CITY_HEAD, Office.PROVINCIAL_HEAD)
DISPUTED = (Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
"""What units may differ over."""

Ground = Literal["territory", "level", "special", "several-places", "joined", "duties"]
GROUNDS = "territory 地域管辖、level 级别管辖、special 专门管辖、several-places 一案多地、joined 并案、duties 职责分工"
Unit = Annotated[str, Field(min_length=1, max_length=60), Widget("unit")]
_MOST_UNITS = 5


class OpenDispute(Form, title="提出管辖争议", by=(Office.CASE_OFFICER, HEAD), fact=Fact.DISPUTE_RAISED, basis=BASIS):
    """Begin the dispute over a matter, which the step of that matter raises (提出管辖争议)."""

    units: Annotated[tuple[Unit, ...], Field(max_length=_MOST_UNITS)] = Field(default=(), title="争议的其他单位")
    police: OptionalLine = Field(default="", title="争议的外部公安机关", description="铁路、机场等不在本系统的公安机关")
    ground: Ground = Field(default="duties", title="争议情形", description=GROUNDS)
    reason: Text = Field(title="争议情况")
    done: OptionalText = Field(default="", title="首接单位已做的工作")

    def get_heading(self) -> str:
        """What lists show."""
        return f"管辖争议：{self.reason[:40]}"


class ConsultJurisdiction(Form, title="协商记录", by=HEAD, fact=Fact.DISPUTE_CONSULTED, basis=BASIS, usual=True):
    """Say, for one's unit, what one holds and with whom one spoke (协商)."""

    position: Literal["ours", "theirs", "unclear"] = Field(
        title="本单位意见", description="ours 由本单位管辖、theirs 由对方管辖、unclear 管辖不明"
    )
    spoke_with: Line = Field(title="协商对象")
    words: Text = Field(title="协商情况")
    papers: Annotated[tuple[Line, ...], Field(max_length=50)] = Field(default=(), title="材料")


class AgreeJurisdiction(Form, title="提出协商一致意见", by=HEAD, basis=BASIS):
    """Say whose it is to be, as was agreed; another unit signs it too (协商一致)."""

    unit: Unit = Field(title="管辖单位")
    reason: Text = Field(title="理由")


class ConfirmAgreement(
    Form, title="会签协商一致意见", by=HEAD, fact=Fact.DISPUTE_AGREED, basis=BASIS, made_elsewhere="管辖协商意见书", usual=True
):
    """Sign, for the other unit, whose it is: from then on it is theirs (会签)."""

    words: OptionalLine = Field(default="", title="意见")


class DeclineAgreement(Form, title="不同意协商意见", by=HEAD, basis=BASIS):
    """Not sign it (不同意)."""

    reason: Text = Field(title="理由")


class HandleOurselves(Form, title="首接单位自行承办", by=HEAD, fact=Fact.DISPUTE_WITHDRAWN, basis=RPT.article(13)):
    """Go on with it as the one who received it first, which ends the dispute (自行承办)."""

    reason: Text = Field(title="理由")


class SubmitDispute(
    Form,
    title="报请指定管辖",
    by=(HEAD, Office.LEGAL_REVIEWER),
    fact=Fact.DISPUTE_SUBMITTED,
    basis=DECIDED,
    document="报请指定管辖报告书",
    usual=True,
):
    """Put it before the common superior, with all that the rule asks for (报请指定管辖, 刑事案件程序规定第二十二条第三款)."""

    suspect: OptionalText = Field(default="", title="犯罪嫌疑人基本情况", description="尚无嫌疑人的不填")
    charge: OptionalLine = Field(default="", title="涉嫌罪名或者违法行为")
    case_facts: Text = Field(title="案件基本事实")
    dispute: Text = Field(title="管辖争议情况")
    consultation: Text = Field(title="协商情况")
    reasons: Text = Field(title="指定管辖理由")


class DecideJurisdiction(
    Form,
    title="决定指定管辖",
    by=(*ABOVE, Office.LEGAL_REVIEWER),
    fact=Fact.DISPUTE_DECIDED,
    basis=DECIDED,
    document="指定管辖决定书",
    usual=True,
):
    """Decide whose it is, as one above all who differ (指定管辖); the legal department enters what was decided outside of this house."""

    handler: Literal["unit", "elsewhere"] = Field(
        default="unit", title="指定", description="unit 本系统的单位、elsewhere 其他公安机关"
    )
    unit: Annotated[str, OnlyWhere({"handler": ("unit",)}, "指定本系统的单位管辖的，填写指定单位"), Widget("unit")] = Field(
        default="", title="指定单位", max_length=60, validate_default=True
    )
    police: Annotated[OptionalLine, OnlyWhere({"handler": ("elsewhere",)}, "指定其他公安机关管辖的，填写接办公安机关")] = Field(
        default="", title="接办公安机关", validate_default=True
    )
    reason: Text = Field(title="理由")
    urgent: OptionalText = Field(default="", title="紧急事项的要求")
    number: OptionalLine = Field(default="", title="决定书文号", description="由其他公安机关决定的，填写其文号")


class AcceptDesignation(
    Form, title="接办", by=(HEAD, Office.LEGAL_REVIEWER), fact=Fact.DISPUTE_ACCEPTED, basis=DECIDED, usual=True
):
    """Take it over, with its things and papers, as the unit that was designated (接办)."""

    officer: Annotated[OptionalLine, Widget("officer")] = Field(
        default="", title="接办民警", description="用户名；由其他公安机关接办的不填"
    )
    papers: Annotated[tuple[Line, ...], Field(max_length=100)] = Field(default=(), title="接收的案卷材料")
    things: Annotated[tuple[Line, ...], Field(max_length=100)] = Field(default=(), title="接收的人员和财物")


class RefuseDesignation(Form, title="拒接", by=HEAD, fact=Fact.DESIGNATION_REFUSED, basis=DECIDED):
    """Not take it over though it was designated: the decision stands, and whoever supervises hears of it (拒接)."""

    reason: Text = Field(title="理由")


class JudgeShirking(
    Form,
    title="认定推诿",
    by=(Office.SUPERVISOR, Office.LEGAL_REVIEWER),
    or_facts=(Fact.SHIRKING_FOUND, Fact.SHIRKING_NOT_FOUND),
    basis=(RPT.article(7), RPT.article(13)),
):
    """Say, once both were heard, whether a unit refused what it had to take (认定推诿)."""

    found: bool = Field(title="构成推诿")
    unit: Annotated[str, OnlyWhere({"found": (True,)}, "构成推诿的，填写责任单位"), Widget("unit")] = Field(
        default="", title="责任单位", max_length=60, validate_default=True
    )
    reasons: Text = Field(title="认定理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was, or that it was not."""
        return (Fact.SHIRKING_FOUND if self.found else Fact.SHIRKING_NOT_FOUND,)


class ChangeJurisdiction(
    Form,
    title="变更管辖单位",
    by=(HEAD, *ABOVE, Office.LEGAL_REVIEWER),
    or_facts=(Fact.JURISDICTION_DESIGNATED,),
    basis=DECIDED,
    everywhere=DISPUTED,
    listed=False,
):
    """Go to the unit whose it is by the settled dispute; then to its officer (变更管辖单位). The dispute has the matter take it."""

    dispute: Line = Field(title="管辖争议")
    unit: Unit = Field(title="管辖单位")
    officer: Annotated[str, Widget("officer")] = Field(default="", title="接办民警", max_length=60)
    reason: Text = Field(title="理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it changed hands; not once more as its officer is named."""
        return () if self.officer else (Fact.JURISDICTION_DESIGNATED,)

    def get_target_unit(self) -> str:
        """The unit whose it is."""
        return self.unit

    def get_assignee(self) -> str:
        """Its officer there, once one is named."""
        return self.officer


class TellOfJurisdiction(
    Form,
    title="告知报案人变更管辖",
    by=Office.CASE_OFFICER,
    fact=Fact.TRANSFER_NOTIFIED,
    basis=(RPT.article(13), MPSC.article(184)),
    everywhere=DISPUTED,
    given=Fact.JURISDICTION_DESIGNATED,
):
    """Tell the reporter who has it now (告知报案人)."""

    told: Text = Field(title="告知对象和内容")


ENDS = Ends(Kind.JURISDICTION_DISPUTE, {"settled": End(), "withdrawn": End()})
