"""The forms of a search for somebody missing (失联人员): registered, graded, begun as a joint operation, and looked at hour by hour."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from law.facts import Fact
from law.instruments import PPL, RPT
from law.legal_fact import LegalFact
from law.offices import Office
from law.statutes.missing_person_rules import SEARCH, SOON
from models.ends import ARCHIVED, End, Ends
from models.forms.criminal_case import AcceptCase
from models.forms.form import (
    IN_SUMMARY,
    NOTHING,
    CitizenId,
    Command,
    Effects,
    Form,
    Line,
    OnlyWhere,
    Open,
    OptionalLine,
    OptionalText,
    Phone,
    Text,
    TravelDocument,
)
from models.forms.injuries import Injured, declare_injuries_field
from models.forms.joint_task import OUTSIDE, SORTS, Outside, Sort, TaskTerm
from models.forms.marks import list_mark_facts, name_marks
from models.forms.offences import ChargeCode
from models.forms.widget import Widget
from models.instants import Instant
from models.marks import MarkId
from models.matter import Kind, build_number_pattern
from models.missing_grading import CHILD, GRADES, HEALTH, MINOR, Grade, Graded, Health, Missing, compute_grade

BASIS = (PPL.article(21), RPT.article(4), SEARCH)
OFFICER, COMMANDER, HEAD = Office.CASE_OFFICER, Office.DUTY_COMMANDER, Office.STATION_HEAD
REGISTERS = (Office.REPORTING_DESK, OFFICER, Office.AUXILIARY_OFFICER, COMMANDER)
STEERS = (COMMANDER, OFFICER)
_MOST_TASKS = 12
_INCIDENT = f"{build_number_pattern(Kind.INCIDENT)}|^$"


class OpenMissingPerson(
    Form,
    title="登记失联人员",
    by=REGISTERS,
    fact=Fact.MISSING_REPORTED,
    or_facts=(Fact.MISSING_CHILD_REPORTED, Fact.MATTER_MARKED),
    basis=BASIS,
    document="失联人员登记表",
    when="报告时间",
    opens=Kind.MISSING_PERSON,
):
    """Register who is missing, what whoever searches must know, and who says so (登记失联); how urgent it is follows, with the reasons."""

    subject: str = Field(default="", title="来源警情", description="由警情转来的，填写警情编号", pattern=_INCIDENT, max_length=40)
    unit: Annotated[str, Widget("unit")] = Field(default="", title="查找单位", max_length=60)
    name: Annotated[Line, IN_SUMMARY] = Field(title="失联人员姓名")
    sex: Annotated[Literal["男", "女"], IN_SUMMARY] = Field(title="性别")
    age: Annotated[int, IN_SUMMARY] = Field(title="年龄", ge=0, le=130, description="周岁；不知道的填写大致年龄")
    citizen_number: CitizenId | None = Field(default=None, title="公民身份号码")
    travel_document: TravelDocument = Field(default="", title="旅行证件号码")
    reporter: Line = Field(title="报告人姓名")
    relation: Annotated[Line, IN_SUMMARY] = Field(title="报告人与失联人员的关系")
    reporter_phone: Phone = Field(title="报告人电话")
    last_seen_at: Annotated[Instant, IN_SUMMARY] = Field(title="最后出现的时间")
    last_seen_place: Annotated[Line, IN_SUMMARY] = Field(title="最后出现的地点")
    circumstances: Annotated[Text, IN_SUMMARY] = Field(title="失联经过", description="包括最后一次联系的内容、争吵、留言")
    appearance: Annotated[Text, Field(min_length=10), IN_SUMMARY] = Field(
        title="体貌衣着特征", description="身高、体态、发型、衣着、鞋、口音，不少于10字"
    )
    health: Annotated[tuple[Health, ...], Field(min_length=1, max_length=10), IN_SUMMARY] = Field(
        title="健康状况", description=HEALTH
    )
    phones: Annotated[tuple[Phone, ...], Field(max_length=5)] = Field(default=(), title="失联人员电话")
    phone_off_hours: int = Field(default=0, title="电话关机多少小时", ge=0, le=10_000)
    plate: OptionalLine = Field(default="", title="车牌号码")
    carries: Annotated[OptionalText, IN_SUMMARY] = Field(default="", title="随身财物、证件、药品、手环编号")
    usual_places: Annotated[OptionalText, IN_SUMMARY] = Field(default="", title="常去的地方")
    publish_consent: bool = Field(default=False, title="监护人或者家属书面同意发布照片")
    reckoned: Annotated[OptionalLine, IN_SUMMARY] = Field(
        default="", title="建议等级", description="由系统按登记的情况推算，写明理由"
    )

    @field_validator("health")
    @classmethod
    def _is_consistent(cls, health: tuple[Health, ...]) -> tuple[Health, ...]:
        if "none" in health and len(health) > 1:
            raise ValueError("填写了具体情况的，不再选“无”")
        return health

    @model_validator(mode="after")
    def _check_seen_before(self) -> Self:
        if self.at and self.last_seen_at > self.at:
            raise ValueError("最后出现的时间不得晚于报告时间")
        return self

    @property
    def graded(self) -> Graded:
        """How urgent it is by what was told, and why."""
        words = "\n".join((self.circumstances, self.carries))
        return compute_grade(Missing(self.age, self.health, bool(self.travel_document), self.phone_off_hours, words))

    @property
    def base(self) -> str:
        """Within how long the search begins."""
        return "" if self.graded.grade == "normal" else str(SOON)

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That somebody is missing, that it is a child, or a girl, and what everybody must know who speaks of it."""
        child = self.age < CHILD or (self.sex == "女" and self.age < MINOR)
        return (Fact.MISSING_REPORTED, *((Fact.MISSING_CHILD_REPORTED,) if child else ()), *list_mark_facts(self._marks))

    @property
    def _marks(self) -> tuple[MarkId, ...]:
        minor: tuple[MarkId, ...] = ("minor",) if self.age < MINOR else ()
        return (*minor, "foreigner") if self.travel_document else minor

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """Its facts; its marks say which they are."""
        return name_marks(super().build_facts(subject, at, approver), subject, self._marks)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """Only that they are missing picks within how long the search begins."""
        brought = super().build_fact(fact, subject, at, approver)
        return brought if fact is Fact.MISSING_REPORTED else replace(brought, base="")

    def build_effects(self) -> Effects:
        """It belongs to the call by which it was learnt."""
        return Effects(parent=self.subject)

    def get_heading(self) -> str:
        """Who is missing."""
        return f"{self.name} {self.sex} {self.age}岁"

    def get_target_unit(self) -> str:
        """The unit that searches."""
        return self.unit

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Who is missing, and who says so."""
        numbers = {"citizen_id": self.citizen_number or "", "travel_document": self.travel_document}
        missing = {"id": "missing", "role": "missing", "name": self.name, "sex": self.sex, **numbers}
        reporter = {"name": self.reporter, "phone": self.reporter_phone, "relation": self.relation}
        return (missing, {"id": "reporter", "role": "reporter", **reporter})


class SearchTask(BaseModel):
    """One thing that a unit is asked to do in the search (合成作战任务)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    sort: Sort = Field(title="任务类型", description=SORTS)
    unit: Annotated[str, Field(max_length=60), Widget("unit")] = Field(default="", title="执行单位")
    to_system: Annotated[
        Outside, OnlyWhere({"unit": NOTHING}, "每项任务填写执行单位，或者选择外部单位", "已填写执行单位的，不选外部单位")
    ] = Field(default="", title="外部单位", description=OUTSIDE, validate_default=True)
    what: Annotated[str, Field(max_length=2000)] = Field(default="", title="任务内容", description="不填即为协助查找失联人员")
    area: OptionalLine = Field(default="", title="查找范围")
    term: TaskTerm = Field(default="1 hour", title="反馈时限")


Tasks = Annotated[tuple[SearchTask, ...], Field(max_length=_MOST_TASKS)]
_WHY_NOT = "定级应当同时下达的任务没有下达的，说明理由"


class ConfirmGrade(Form, title="定级", by=STEERS, fact=Fact.MISSING_GRADED, basis=SEARCH, usual=True):
    """Say how urgent it is: as was reckoned, or graver; less grave the duty commander alone (定级)."""

    grade: Annotated[Grade, IN_SUMMARY] = Field(title="等级", description=GRADES)
    reasons: Annotated[Text, IN_SUMMARY] = Field(title="理由")
    tasks: Tasks = Field(default=(), title="增加的任务", description="查找中升级的，逐项下达该等级尚未下达的任务")
    why_not: OptionalText = Field(default="", title="未下达的理由", description=_WHY_NOT)


class StartSearch(
    Form,
    title="启动合成作战",
    by=(Office.REPORTING_DESK, *STEERS),
    fact=Fact.MISSING_SEARCH_STARTED,
    basis=BASIS,
):
    """Begin the search: each unit gets its task at once (启动合成作战)."""

    tasks: Annotated[Tasks, Field(min_length=1)] = Field(
        title="任务", description="一般：路面、视频；紧急：另加通信；特急：另加救援、社区"
    )
    why_not: OptionalText = Field(default="", title="未下达的理由", description=_WHY_NOT)


class AddClue(Form, title="登记线索", by=REGISTERS, fact=Fact.MISSING_CLUE, basis=SEARCH, usual=True):
    """Write down where somebody was seen, or what was learnt (线索)."""

    source: Line = Field(title="线索来源")
    seen_at: Instant | None = Field(default=None, title="线索所指的时间")
    place: Annotated[OptionalLine, IN_SUMMARY] = Field(default="", title="线索所指的地点")
    said: Annotated[Text, IN_SUMMARY] = Field(title="线索内容")
    trust: Literal["high", "middle", "low"] = Field(default="middle", title="可信程度", description="high 高、middle 中、low 低")


class ReviewSearch(Form, title="查找检查", by=STEERS, fact=Fact.MISSING_REVIEWED, basis=SEARCH, usual=True):
    """Look at the search again: what was done, what comes next, who is out (小时检查)."""

    done: Text = Field(title="已做的工作")
    next: Text = Field(title="下一步安排")
    people_out: int = Field(title="在外查找的人数", ge=0, le=5000)


class DeclareLongTerm(Form, title="转入长期查找", by=COMMANDER, fact=Fact.MISSING_LONG_TERM, basis=SEARCH):
    """Go on in longer steps, once thirty days have gone by (长期查找)."""

    findings: Text = Field(title="已做的查找和转入理由")
    plan: Text = Field(title="后续查找安排")


class ReportFalse(
    Form,
    title="认定不属失联",
    by=OFFICER,
    approved_by=(HEAD,),
    fact=Fact.MISSING_FALSE,
    basis=SEARCH,
    document="不属失联认定书",
):
    """Find that nobody is missing (不属失联): whoever reports somebody to have them traced is not helped by a search."""

    findings: Text = Field(title="认定理由")


class WithdrawReport(Form, title="报告人撤回报告", by=(OFFICER, Office.REPORTING_DESK), fact=Fact.MISSING_WITHDRAWN, basis=SEARCH):
    """Write down that the reporter takes it back; the search goes on while danger is not excluded (撤回)."""

    said: Text = Field(title="撤回的说明")


class FindSuspectedCrime(
    Form,
    title="疑似被侵害",
    by=(OFFICER, Office.LEGAL_REVIEWER),
    fact=Fact.MISSING_CRIME_SUSPECTED,
    basis=BASIS,
):
    """Find signs that somebody was harmed or taken: a criminal case is opened at once, and the search goes on (疑似被侵害)."""

    ground: Annotated[
        Literal["child", "girl", "abduction", "traces", "witness", "vehicle-or-property", "quarrel", "three-months", "other"],
        IN_SUMMARY,
    ] = Field(
        title="情形",
        description="child 儿童失踪、girl 少女失踪、abduction 疑似被拐卖、traces 现场有被侵害痕迹、witness 有人目击、"
        "vehicle-or-property 连同车辆或者大额财物失踪、quarrel 此前有严重纠纷、three-months 原因不明超过三个月、other 其他",
    )
    charge: ChargeCode = Field(title="涉嫌罪名")
    summary: Annotated[Text, IN_SUMMARY] = Field(title="案情")
    injured: Injured = declare_injuries_field()

    def build_commands(self) -> tuple[Command, ...]:
        """The case, which is reviewed as any other."""
        case = AcceptCase(at=self.at, charge=self.charge, summary=self.summary, source="discovered", injured=self.injured)
        return (Open(Kind.CRIMINAL_CASE, case),)


class ExcludeCrime(Form, title="排除被侵害", by=(OFFICER, Office.LEGAL_REVIEWER), fact=Fact.MISSING_CRIME_EXCLUDED, basis=SEARCH):
    """Say why nobody was harmed or taken, as far as can be seen (排除被侵害)."""

    findings: Text = Field(title="排除理由")


class ReopenSearch(Form, title="重新查找", by=STEERS, fact=Fact.MISSING_REOPENED, basis=SEARCH):
    """Search again: it was somebody else, or they are gone again (重新查找)."""

    findings: Text = Field(title="理由")


ENDS = Ends(Kind.MISSING_PERSON, {"closed": End(), "false_report": End(), "archived": ARCHIVED})
