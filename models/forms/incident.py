"""The forms of an incident (警情): from the call to its classification and end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, ValidationInfo

from law.facts import Fact
from law.instruments import MPSA, MPSC, PPL, PSAPL, RPT
from law.offices import Office
from models.duties import get_cue_pattern, suggest_duties
from models.ends import ARCHIVED, End, Ends
from models.forms.criminal_case import AcceptCase
from models.forms.form import (
    IN_SUMMARY,
    CitizenId,
    Command,
    Effects,
    Form,
    Line,
    OnlyWhere,
    Open,
    OptionalLine,
    OptionalPhone,
    OptionalText,
    Text,
)
from models.forms.harmed import declare_reporter_harmed_field
from models.forms.injuries import (
    MEDIATION_ASKED,
    Injured,
    Mediable,
    declare_injuries_field,
    declare_known_injuries_field,
    declare_mediation_field,
)
from models.forms.jurisdiction_dispute import GROUNDS, Ground, OpenDispute, Unit
from models.forms.offences import ChargeCode, ViolationCode
from models.forms.public_order_case import FilePublicOrderCase
from models.forms.widget import Widget
from models.instants import Instant, is_typed_now
from models.matter import Kind, build_number_pattern

FIRST_CONTACT = (Office.REPORTING_DESK, Office.CASE_OFFICER, Office.AUXILIARY_OFFICER)

# The number of an incident, or of a case that came of one.
_REPORTED = build_number_pattern(Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
_BY_CHANNEL = {
    "walk-in": Fact.INCIDENT_REPORTED_IN_PERSON,
    "letter": Fact.WRITTEN_REPORT_RECEIVED,
    "mailbox": Fact.LETTER_ARRIVED,
}


Category = Literal[
    "criminal",
    "public-order",
    "traffic",
    "fire",
    "dispute",
    "help",
    "group",
    "disaster",
    "tip-off",
    "complaint",
    "consultation",
    "invalid",
    "other",
]
_CATEGORIES = (
    "criminal 刑事、public-order 治安、traffic 交通、fire 火灾、dispute 纠纷、help 求助、group 群体性事件、disaster 灾害事故、"
    "tip-off 举报、complaint 投诉、consultation 咨询、invalid 骚扰误报、other 其他"
)
CATEGORIES: Mapping[str, str] = {code: _CATEGORIES.partition(f"{code} ")[2].partition("、")[0] for code in get_args(Category)}
"""The groups into which calls are sorted (警情大类), as they are called."""
Sign = Literal["ongoing", "weapons", "injured", "many", "sensitive"]
_SIGNS = "ongoing 正在发生、weapons 涉刀枪爆炸物、injured 有人伤亡、many 多人聚集、sensitive 敏感"
_MISSING_ASKED = f"须回答是否失踪、走失人员警情：接报失踪、走失人员的，应当立即查找（{RPT.article(4)}）"


def _check_before_call(happened: datetime | None, info: ValidationInfo) -> datetime | None:
    called = info.data.get("at")
    if happened and called and happened > called and is_typed_now(info):
        raise ValueError("发生时间不得晚于接警时间")
    return happened


def _check_channel(channel: str, info: ValidationInfo) -> str:
    """How it came; letters to the chief are letters since they are a kind of their own, and were incidents before."""
    if channel == "mailbox" and is_typed_now(info):
        raise ValueError("局长信箱的来信在“登记来信”登记；来信报案的，登记来信后另行接报警情（报警方式选书面报案）")
    return channel


def _is_said(missing: bool | None, info: ValidationInfo) -> bool | None:
    """Whether somebody is missing; ValueError where the report speaks of that and nobody answered, unless it is over."""
    told = f"{info.data.get('kind', '')}\n{info.data.get('narrative', '')}"
    word = suggest_duties(told).get("missing") if missing is None and is_typed_now(info) and not info.data.get("outcome") else None
    if word:
        raise ValueError(f"报警内容写有“{word}”，{_MISSING_ASKED}")
    return missing


class OpenIncident(
    Form,
    title="接报警情",
    by=FIRST_CONTACT,
    fact=Fact.INCIDENT_RECEIVED,
    or_facts=(*_BY_CHANNEL.values(), Fact.MISSING_PERSON_REPORTED, Fact.INCIDENT_URGENT, Fact.INCIDENT_CLOSED),
    basis=(RPT.article(4), MPSC.article(169)),
    made_elsewhere="接处警记录",
    when="接警时间",
    opens=Kind.INCIDENT,
):
    """Take what a caller reports (接报)."""

    channel: Annotated[
        Literal["110", "walk-in", "letter", "mailbox", "online", "patrol", "referral"], AfterValidator(_check_channel), IN_SUMMARY
    ] = Field(
        default="110",
        title="报警方式",
        description="110、walk-in 当面、letter 书面报案（邮件、传真）、mailbox 局长信箱（只见于旧警情）、online 网上、patrol 巡逻发现、referral 移送",
    )
    kind: Annotated[Line, IN_SUMMARY] = Field(title="警情类别", description="例如 电信诈骗、邻里纠纷")
    category: Annotated[Category | None, IN_SUMMARY] = Field(default=None, title="警情大类", description=_CATEGORIES)
    place: Annotated[Line, IN_SUMMARY] = Field(title="发生地点")
    narrative: Annotated[Text, IN_SUMMARY] = Field(title="报警内容")
    reporter: OptionalLine = Field(default="", title="报警人姓名")
    reporter_phone: OptionalPhone = Field(default="", title="报警人电话")
    reporter_citizen_number: CitizenId | None = Field(default=None, title="报警人公民身份号码")
    unit: Annotated[str, Widget("unit")] = Field(default="", title="处警单位", max_length=60)
    outcome: OptionalText = Field(
        default="", title="处理结果", description="只在迁入本系统启用以前的旧警情时填写：填写的即记为已办结，不再派警"
    )
    day_only: bool = Field(default=False, title="只知日期", description="迁入的旧警情只知道日期、不知道时刻的")
    happened_at: Annotated[Instant | None, AfterValidator(_check_before_call), IN_SUMMARY] = Field(
        default=None, title="发生时间", description="报警人所说的时间；不填即与接警时间相同"
    )
    urgent: bool = Field(
        default=False,
        title="紧急警情",
        description="列在最前，派警时另有响声",
        json_schema_extra={"x-cue": get_cue_pattern("urgent")},
    )
    signs: Annotated[tuple[Sign, ...], IN_SUMMARY] = Field(default=(), title="现场情形", description=_SIGNS)
    recording: OptionalLine = Field(default="", title="接警录音编号")
    no_call_back: bool = Field(
        default=False, title="不宜回电", description="回电、短信可能使报警人处于危险的，或者报警人要求不回访的"
    )
    # Asked after all by which it is asked.
    missing: Annotated[bool | None, AfterValidator(_is_said)] = Field(
        default=None,
        title="失踪、走失人员警情",
        description=f"报警内容说到失踪、走失的必须回答（{RPT.article(4)}）",
        validate_default=True,
        json_schema_extra={"x-cue": get_cue_pattern("missing")},
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was received, and what the way it came, or a missing person, demands besides; of one brought over (迁入), that it is over."""
        if self.outcome:
            return (Fact.INCIDENT_RECEIVED, Fact.INCIDENT_CLOSED)
        by_channel = _BY_CHANNEL.get(self.channel)
        missing = (Fact.MISSING_PERSON_REPORTED,) if self.missing else ()
        urgent = (Fact.INCIDENT_URGENT,) if self.urgent else ()
        return (Fact.INCIDENT_RECEIVED, *((by_channel,) if by_channel else ()), *missing, *urgent)

    def get_heading(self) -> str:
        """What is reported, and where."""
        return f"{self.kind} {self.place}"

    def get_target_unit(self) -> str:
        """The unit that is to answer."""
        return self.unit

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The caller, unless nobody could say who it was or how to reach them."""
        if not (self.reporter or self.reporter_phone):
            return ()
        number = self.reporter_citizen_number or ""
        who = {"name": self.reporter, "phone": self.reporter_phone, "citizen_id": number}
        return ({"id": "reporter", "role": "reporter", **who},)


class RegisterReport(
    Form,
    title="接报案登记",
    by=(Office.REPORTING_DESK, Office.CASE_OFFICER),
    fact=Fact.INCIDENT_REGISTERED,
    basis=(RPT.article(4), RPT.article(8)),
    document="接报案登记表、接报案回执",
    usual=True,
):
    """Register the report and hand over the receipt (接报案登记)."""

    receipt: bool = Field(title="已交付回执")


class ContactReporter(
    Form,
    title="联系报案人",
    by=(Office.REPORTING_DESK, Office.CASE_OFFICER),
    fact=Fact.REPORTER_CONTACTED,
    basis=RPT.article(10),
):
    """Reach whoever reported in writing (联系报案人)."""

    outcome: Text = Field(title="联系情况")


# Whose is it?


class LeaveJurisdictionOpen(
    Form, title="管辖暂不明确", by=Office.CASE_OFFICER, fact=Fact.INCIDENT_JURISDICTION_UNCLEAR, basis=RPT.article(8)
):
    """Say that jurisdiction cannot be judged on the spot (管辖不明)."""

    reason: Text = Field(title="不能当场判断的原因")


class FindForeign(
    Form,
    title="认定不属本单位管辖",
    by=Office.CASE_OFFICER,
    fact=Fact.INCIDENT_FOUND_FOREIGN,
    basis=(RPT.article(8), MPSC.article(175)),
):
    """Find that other police are competent (不属本单位管辖)."""

    reason: Text = Field(title="理由")
    competent: Line = Field(title="有管辖权的公安机关")


class TransferIncident(
    Form,
    title="移送",
    by=Office.CASE_OFFICER,
    fact=Fact.INCIDENT_TRANSFERRED,
    basis=(RPT.article(8), MPSC.article(175)),
    document="移送案件通知书",
):
    """Hand the incident and its papers to the competent police (移送)."""

    to: Line = Field(title="移送至")
    materials: Text = Field(title="移送材料")


class FindNotPolice(
    Form,
    title="认定不属公安机关职责",
    by=Office.CASE_OFFICER,
    fact=Fact.INCIDENT_FOUND_NOT_POLICE,
    basis=(MPSA.article(61), RPT.article(8)),
):
    """Find that it is no matter for the police (不属公安机关职责)."""

    reason: Text = Field(title="理由")


class TellNotOurs(
    Form,
    title="非警务警情告知、分流12345",
    by=Office.CASE_OFFICER,
    fact=Fact.INCIDENT_NOT_OURS,
    basis=(MPSA.article(61), MPSC.article(175)),
    document="告知记录",
):
    """Tell the caller who is competent and what remedies there are (告知)."""

    competent: Line = Field(title="有权处理的机关")
    told: Text = Field(title="告知内容")


class ExplainDuplicate(
    Form,
    title="按重复报警处理（并告知）",
    by=(Office.REPORTING_DESK, Office.CASE_OFFICER),
    fact=Fact.INCIDENT_DUPLICATE,
    basis=(MPSC.article(175), MPSA.article(60)),
    document="解释记录",
):
    """Explain to whoever reports it again that it is being, or has been, dealt with (重复报案): it is not registered a second time."""

    original: str = Field(title="正在办理或者已经办结的事项", description="原警情或者案件的编号", pattern=_REPORTED, max_length=40)
    told: Text = Field(title="向报案人所作的解释")

    def build_effects(self) -> Effects:
        """It belongs to what was reported before."""
        return Effects(parent=self.original)


class RaiseJurisdictionDispute(
    Form,
    title="提请指定管辖",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD),
    fact=Fact.JURISDICTION_DISPUTED,
    basis=(MPSC.article(22), RPT.article(13)),
):
    """Bring a dispute over who must take it to the common superior (管辖争议); whoever has it goes on meanwhile."""

    reason: Text = Field(title="争议情况")
    other: Line = Field(title="争议单位", description="单位名称，含不在本系统的公安机关")
    units: Annotated[tuple[Unit, ...], Field(max_length=5)] = Field(
        default=(), title="本系统的争议单位", description="对方不在本系统的不填"
    )
    ground: Ground = Field(default="duties", title="争议情形", description=GROUNDS)
    done: OptionalText = Field(default="", title="已做的工作")

    def build_commands(self) -> tuple[Command, ...]:
        """The dispute is a matter of its own."""
        police = "" if self.units else self.other
        dispute = OpenDispute(at=self.at, units=self.units, police=police, ground=self.ground, reason=self.reason, done=self.done)
        return (Open(Kind.JURISDICTION_DISPUTE, dispute),)


class RaiseCaseDispute(
    RaiseJurisdictionDispute,
    title="提出案件管辖争议",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD),
    basis=(MPSC.article(22), MPSA.article(15), RPT.article(13)),
    everywhere=(Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE),
):
    """Say of a case, whatever stage it has come to, that another unit has to handle it (管辖争议)."""


class DesignateJurisdiction(
    Form,
    title="指定管辖",
    by=(Office.COUNTY_HEAD, Office.HIGHER_POLICE),
    fact=Fact.JURISDICTION_DESIGNATED,
    basis=(MPSC.article(22), RPT.article(13)),
    document="指定管辖决定书",
):
    """Decide whose it is (指定管辖)."""

    unit: Annotated[str, Widget("unit")] = Field(title="指定单位", min_length=1, max_length=60)
    reason: Text = Field(title="理由")

    def get_target_unit(self) -> str:
        """The unit that must take it."""
        return self.unit


# What is it?

_CLASSES = (
    "help 求助、consultation 咨询、complaint 投诉、dispute 纠纷、mediation 治安调解、administrative 行政案件、criminal 刑事案件"
)


_OF_A_CASE = OnlyWhere({"classification": ("administrative", "criminal")})


class ClassifyIncident(
    Form,
    title="分流定性",
    by=Office.CASE_OFFICER,
    fact=Fact.INCIDENT_CLASSIFIED,
    or_facts=(Fact.INCIDENT_UPGRADED, Fact.ADMIN_CASE_ACCEPTED, Fact.ADMIN_CASE_FILED, Fact.INJURY_CASE_ACCEPTED),
    basis=(RPT.article(8), RPT.article(12)),
    made_elsewhere="受案登记表、受案回执",
):
    """Say what an incident is (分流定性): a crime opens a case, an administrative violation must be filed at once."""

    classification: Literal["help", "consultation", "complaint", "dispute", "mediation", "administrative", "criminal"] = Field(
        title="定性", description=_CLASSES
    )
    reason: Text = Field(title="定性理由")
    charge: Annotated[ChargeCode | None, OnlyWhere({"classification": ("criminal",)}, "定为刑事案件的，须填写涉嫌罪名")] = Field(
        default=None, title="涉嫌罪名", validate_default=True
    )
    violation: Annotated[
        ViolationCode | None, OnlyWhere({"classification": ("administrative",)}, "定为行政案件的，须填写违反治安管理行为")
    ] = Field(default=None, title="违反治安管理行为", validate_default=True)
    summary: Annotated[OptionalText, _OF_A_CASE] = Field(
        default="", title="案情", description="写入受案登记表；不填即以定性的理由代之"
    )
    reporter_harmed: Annotated[bool, _OF_A_CASE] = declare_reporter_harmed_field()
    injured: Annotated[Injured, _OF_A_CASE] = declare_injuries_field()
    filed: Annotated[bool, OnlyWhere({"classification": ("administrative",)})] = Field(
        default=False, title="同时立为行政案件", description="不同时立案的，另行办理立案或者告知不予处理"
    )
    station: Annotated[bool, OnlyWhere({"filed": (True,)})] = Field(default=False, title="公安派出所办理")
    mediable: Annotated[bool | None, OnlyWhere({"filed": (True,), "injured": (True,)}, MEDIATION_ASKED)] = declare_mediation_field()

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The classification, and with it the case."""
        # A case that is opened takes the injury up at once; an administrative one may have yet to be filed.
        yet = (Fact.INJURY_CASE_ACCEPTED,) if self.injured else ()
        filed = (Fact.ADMIN_CASE_FILED,) if self.filed else yet
        also = {"criminal": (Fact.INCIDENT_UPGRADED,), "administrative": (Fact.ADMIN_CASE_ACCEPTED, *filed)}
        return (Fact.INCIDENT_CLASSIFIED, *also.get(self.classification, ()))

    def build_case(self) -> AcceptCase:
        """The criminal case that this classification opens."""
        assert self.charge is not None  # the form is not valid without it
        return AcceptCase(at=self.at, charge=self.charge, summary=self.summary or self.reason, injured=self.injured)

    def build_administrative_case(self) -> FilePublicOrderCase:
        """The administrative case that is filed with this classification."""
        same = self.model_dump(include={"at", "violation", "station", "injured", "mediable"})
        return FilePublicOrderCase.model_construct(**same, summary=self.summary or self.reason)


class ReclassifyIncident(
    ClassifyIncident,
    title="重新定性",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD),
    fact=Fact.INCIDENT_CLASSIFIED,
    or_facts=(Fact.INCIDENT_UPGRADED, Fact.ADMIN_CASE_ACCEPTED, Fact.ADMIN_CASE_FILED, Fact.INJURY_CASE_ACCEPTED),
    basis=(RPT.article(8), RPT.article(12)),
    made_elsewhere="受案登记表、受案回执",
):
    """Correct what an incident was taken for, with the reason (重新定性)."""


class FileAdministrativeCase(
    Form,
    title="行政案件立案",
    by=Office.CASE_OFFICER,
    fact=Fact.ADMIN_CASE_FILED,
    basis=(PSAPL.article(90), RPT.article(12)),
    made_elsewhere="受案登记表、受案回执",
):
    """File an administrative case (行政案件立案), at once as the law demands; it becomes a matter of its own."""

    violation: ViolationCode = Field(title="违反治安管理行为")
    summary: OptionalText = Field(default="", title="案情")
    station: bool = Field(default=False, title="公安派出所办理")
    reporter_harmed: bool = declare_reporter_harmed_field()
    injured: bool | None = declare_known_injuries_field()
    mediable: Mediable = declare_mediation_field()

    def build_case(self) -> FilePublicOrderCase:
        """The case that this filing opens."""
        return FilePublicOrderCase.model_construct(**self.model_dump())  # what this one leaves open, the record may know


class RefuseAdministrativeCase(
    Form,
    title="告知不予处理",
    by=Office.CASE_OFFICER,
    fact=Fact.ADMIN_CASE_REFUSED,
    basis=PSAPL.article(90),
    document="不予调查处理告知书",
):
    """Tell the reporter, with reasons, that there was no violation (不予处理)."""

    reason: Text = Field(title="理由")


class CloseIncident(
    Form,
    title="警情办结",
    by=Office.CASE_OFFICER,
    fact=Fact.INCIDENT_CLOSED,
    or_facts=(Fact.CALLER_TOLD,),
    basis=(PPL.article(21), RPT.article(8)),
    document="处警反馈",
):
    """Close an incident once its caller knows the outcome (办结)."""

    outcome: Text = Field(title="处理结果")
    told_how: Literal["", "in-person", "phone", "sms", "unreachable"] = Field(
        default="", title="告知报警人的方式", description="in-person 当面、phone 电话、sms 短信、unreachable 两次联系未果"
    )
    told_at: Instant | None = Field(default=None, title="告知时间")
    agreement: bool = Field(default=False, title="已签订调解协议书")
    statements: bool = Field(default=False, title="已制作当事人笔录")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is closed, and that the caller was told, or was tried twice."""
        return (Fact.INCIDENT_CLOSED, *((Fact.CALLER_TOLD,) if self.told_how else ()))


# What is still to be done of an incident may be done after it: until it is archived.
ENDS = Ends(
    Kind.INCIDENT,
    {
        "closed": End(),
        "told_not_ours": End(),
        "duplicate": End(),
        "transferred": End(frees=True),
        "upgraded": End(told=(Kind.CRIMINAL_CASE,)),
        "archived": ARCHIVED,
    },
)
