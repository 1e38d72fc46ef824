"""The forms of a suspect (犯罪嫌疑人) at large: naming, summons, compelled appearance, interrogation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from law.calendar import get_day
from law.facts import Fact
from law.instruments import CPL, MPSC
from law.juveniles import get_adult_day, is_minor, parse_birth_date
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn
from models.forms.chapters import Chapter
from models.forms.form import (
    Amount,
    CitizenId,
    Form,
    Line,
    OnlyWhere,
    OptionalLine,
    OptionalPhone,
    OptionalText,
    Text,
    TravelDocument,
)
from models.forms.personal_status import (
    DEPUTY_ASKED,
    DEPUTY_TITLE,
    NATIONALITY_ASKED,
    NATIONALITY_TITLE,
    STATUS_FACTS,
    Deputy,
    list_status_facts,
)
from models.forms.widget import Widget
from models.instants import BirthDay, PastDay, is_stored

OFFICER = Office.CASE_OFFICER
STATION_HEAD = (Office.STATION_HEAD,)
COUNTY_HEAD = (Office.COUNTY_HEAD,)
# What is known of a minor until the day on which they turn eighteen.
OF_AGE = (Fact.PERSON_FOUND_MINOR, Fact.PERSON_FOUND_FEMALE_MINOR)
# The grounds on which nobody is pursued (CPL 16, MPSC 186), in the words of the text.
NoPursuit = Literal[
    "没有犯罪事实",
    "情节显著轻微、危害不大，不认为是犯罪",
    "犯罪已过追诉时效期限",
    "经特赦令免除刑罚",
    "告诉才处理的犯罪，没有告诉或者撤回告诉",
    "犯罪嫌疑人死亡",
    "犯罪事实不是该犯罪嫌疑人实施",
    "部分犯罪嫌疑人不够刑事处罚",
    "其他依法不追究刑事责任",
    "",
]


class Person(Form):
    """What is known of a person who becomes a suspect."""

    name: str = Field(title="姓名", min_length=1, max_length=100, description="不讲真实姓名的，填自报姓名或者编号")
    sex: Literal["男", "女", ""] = Field(default="", title="性别")
    citizen_number: CitizenId | None = Field(default=None, title="公民身份号码")
    travel_document: TravelDocument = Field(default="", title="旅行证件号码")
    born_on: BirthDay | None = Field(default=None, title="出生日期", description="没有公民身份号码时填写，用于判断是否未成年")
    acted_on: PastDay | None = Field(
        default=None, title="涉嫌犯罪的日期", description="年龄按此日计算；不填即按确定为犯罪嫌疑人之日"
    )
    deputy: Deputy | None = Field(default=None, title=DEPUTY_TITLE, description=DEPUTY_ASKED)
    nationality: OptionalLine = Field(default="", title=NATIONALITY_TITLE, description=NATIONALITY_ASKED)
    address: OptionalLine = Field(default="", title="住址")
    employer: OptionalLine = Field(default="", title="工作单位")
    phone: OptionalPhone = Field(default="", title="电话")
    grounds: OptionalText = Field(default="", title="涉嫌犯罪的根据")

    @model_validator(mode="after")
    def _check_one_birth(self) -> Self:
        if self.citizen_number and self.born_on and parse_birth_date(self.citizen_number) != self.born_on:
            raise ValueError("出生日期与公民身份号码不一致")
        born = self.find_birth_date()
        if born and self.acted_on and self.acted_on <= born:
            raise ValueError("涉嫌犯罪的日期应当晚于出生日期")
        return self

    def find_birth_date(self) -> date | None:
        """The date of birth, as far as it is known."""
        return parse_birth_date(self.citizen_number) if self.citizen_number else self.born_on

    def was_minor(self, at: datetime) -> bool:
        """Whether this person was under eighteen when they did it, or where that day is not known when named at `at`."""
        born = self.find_birth_date()
        return born is not None and is_minor(born, self.acted_on or get_day(self.at or at))


def parse_sex(citizen_number: str) -> str:
    """The sex that a citizen number tells: its last digit but one is odd for men (GB 11643-1999); empty for no number."""
    return ("男" if int(citizen_number[16]) % 2 else "女") if citizen_number else ""


def of_a_minor(sex: str) -> tuple[Fact, ...]:
    """What is known once a suspect is found to be a minor: a lawyer must be found, and the file is sealed."""
    female = (Fact.PERSON_FOUND_FEMALE_MINOR,) if sex == "女" else ()
    return (Fact.PERSON_FOUND_MINOR, *female, Fact.LEGAL_AID_DUTY_FOUND, Fact.FILE_SEALED)


class OpenSuspect(
    Person,
    title="确定犯罪嫌疑人（对人）",
    by=OFFICER,
    fact=Fact.PERSON_NAMED,
    or_facts=(*of_a_minor("女"), *STATUS_FACTS),
    basis=CPL.article(115),
    document="呈请确定犯罪嫌疑人报告书",
):
    """Begin to keep the measures against one suspect of one case (犯罪嫌疑人); only the case itself can open it."""

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """That the person is named, who they are besides, and what follows where they are a minor, with the day on which they no longer are."""
        kinds = (*self.list_fact_kinds(), *list_status_facts(self.deputy, self.nationality))
        known = tuple(self.build_fact(fact, subject, at, approver) for fact in kinds)
        if not self.was_minor(at):
            return known
        born = self.find_birth_date()
        until = get_adult_day(born).isoformat() if born else ""
        further = (
            self.build_fact(fact, subject, at, approver) for fact in of_a_minor(self.sex or parse_sex(self.citizen_number or ""))
        )
        return (*known, *(replace(fact, term=until) if fact.fact in OF_AGE else fact for fact in further))

    def get_heading(self) -> str:
        """Who it is."""
        return self.name

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The suspect."""
        who = {
            "name": self.name,
            "sex": self.sex,
            "citizen_id": self.citizen_number or "",
            **({"travel_document": self.travel_document} if self.travel_document else {}),
            "phone": self.phone,
            "address": self.address,
            **({"employer": self.employer} if self.employer else {}),
            **{name: day.isoformat() for name in ("born_on", "acted_on") if (day := getattr(self, name))},
            **{name: answer for name in ("deputy", "nationality") if (answer := getattr(self, name))},
        }
        return ({"id": "suspect", "role": "suspect", **who},)


class Summon(
    Form,
    title="传唤",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.PERSON_SUMMONED,
    basis=(CPL.article(119), MPSC.article(198), MPSC.article(199)),
    document="传唤证",
):
    """Summon a suspect, whose time runs from arrival (传唤); `at` is the arrival written on the summons."""

    place: Line = Field(title="到案地点")
    grounds: Text = Field(title="传唤理由")


class ExtendSummons(
    Form,
    title="延长传唤时间",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.SUMMONS_EXTENDED,
    basis=(CPL.article(119), MPSC.article(200)),
):
    """Keep a summoned suspect longer, where detention or arrest is needed (延长传唤)."""

    extension: Amount = Field(default="to 24 hour", title="延长期限")
    grounds: Text = Field(title="延长理由")


class EndSummons(Form, title="传唤结束", by=OFFICER, fact=Fact.SUMMONS_ENDED, basis=MPSC.article(199)):
    """Let a summoned suspect go, the time written on the summons (传唤结束)."""

    outcome: OptionalText = Field(default="", title="处理情况")


class Compel(
    Form,
    title="拘传",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PERSON_COMPELLED,
    basis=(CPL.article(66), MPSC.article(78)),
    document="拘传证",
):
    """Compel a suspect to appear (拘传)."""

    place: Line = Field(title="到案地点")
    grounds: Text = Field(title="拘传理由")


class ExtendCompelled(
    Form,
    title="延长拘传时间",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.COMPELLED_EXTENDED,
    basis=(CPL.article(119), MPSC.article(80)),
):
    """Keep a compelled suspect longer, where detention or arrest is needed (延长拘传)."""

    extension: Amount = Field(default="to 24 hour", title="延长期限")
    grounds: Text = Field(title="延长理由")


class EndCompelled(Form, title="拘传结束", by=OFFICER, fact=Fact.COMPELLED_ENDED, basis=MPSC.article(79)):
    """Let a compelled suspect go, the time written on the warrant (拘传结束)."""

    outcome: OptionalText = Field(default="", title="处理情况")


class Interrogate(
    Form,
    title="讯问",
    by=OFFICER,
    fact=Fact.PERSON_INTERROGATED,
    or_facts=(Fact.ADULT_ATTENDED, Fact.FEMALE_OFFICER_ATTENDED),
    basis=(CPL.article(118), MPSC.article(202), CPL.article(281)),
    document="讯问笔录、犯罪嫌疑人诉讼权利义务告知书",
    usual=True,
):
    """Interrogate a suspect; never fewer than two investigators, and a minor never without a guardian or another fit adult (讯问)."""

    place: Line = Field(title="讯问地点")
    companion: Annotated[str, Widget("colleague")] = Field(
        title="另一名侦查人员", min_length=1, max_length=60, description="讯问时侦查人员不得少于二人"
    )
    attended_by: OptionalLine = Field(default="", title="到场的法定代理人或者合适成年人", description="讯问未成年人必填")
    relation: OptionalLine = Field(default="", title="与被讯问人的关系", description="例如 父亲、教师、居民委员会代表")
    female_officer: Annotated[OptionalLine, OnlyIn(given=(Fact.PERSON_FOUND_FEMALE_MINOR,)), Widget("colleague")] = Field(
        default="", title="在场的女工作人员", description="讯问女性未成年人必填"
    )
    record: OptionalText = Field(default="", title="讯问笔录")

    @model_validator(mode="after")
    def _check_who_attended(self) -> Self:
        if bool(self.attended_by) != bool(self.relation):
            raise ValueError("到场人的姓名和与被讯问人的关系须一并填写")
        return self

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """Who was there, and the interrogation."""
        adult = (Fact.ADULT_ATTENDED,) if self.attended_by else ()
        woman = (Fact.FEMALE_OFFICER_ATTENDED,) if self.female_officer else ()
        return (*adult, *woman, Fact.PERSON_INTERROGATED)

    def check_person(self, person: str) -> Mapping[str, str]:
        """Nobody is their own companion."""
        return {"companion": "讯问时侦查人员不得少于二人，另一名侦查人员不得是本人"} if self.companion == person else {}


class NotifyFamily(
    Form,
    title="通知家属",
    by=OFFICER,
    fact=Fact.FAMILY_NOTIFIED,
    or_facts=(Fact.GUARDIAN_TOLD,),
    basis=(CPL.article(85), CPL.article(93)),
    document="拘留通知书、逮捕通知书",
    chapter=Chapter.RIGHTS,
):
    """Tell the family why and where a person is held; of a minor, the guardian (通知家属)."""

    relative: Line = Field(title="被通知人及关系")
    means: Line = Field(title="通知方式")
    guardian: Annotated[str, OnlyIn(given=(Fact.PERSON_FOUND_MINOR,))] = Field(
        default="", title="法定代理人姓名", max_length=100, description="犯罪嫌疑人未成年的必填"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That the guardian was told, where there is one, and the family with them."""
        return (Fact.GUARDIAN_TOLD, Fact.FAMILY_NOTIFIED) if self.guardian else (Fact.FAMILY_NOTIFIED,)

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The guardian."""
        return ({"role": "guardian", "name": self.guardian},) if self.guardian else ()


class ExcuseFamilyNotice(
    Form,
    title="记明不能通知家属的原因",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.FAMILY_NOTICE_EXCUSED,
    basis=(CPL.article(85), MPSC.article(127)),
    chapter=Chapter.RIGHTS,
):
    """Record why the family cannot be told (无法通知、有碍侦查); it must be told once that ends."""

    reason: Literal["", "无法通知", "有碍侦查"] = Field(
        default="",
        title="不能通知的情形",
        description="必须填写：有碍侦查只适用于涉嫌危害国家安全犯罪、恐怖活动犯罪的拘留，逮捕后不适用（刑事诉讼法第八十五条、第九十三条）",
        validate_default=True,
    )
    crime: Annotated[
        Literal["", "危害国家安全犯罪", "恐怖活动犯罪"],
        OnlyWhere({"reason": ("有碍侦查",)}, "只有涉嫌危害国家安全犯罪、恐怖活动犯罪的，才能以有碍侦查为由不通知家属"),
    ] = Field(default="", title="涉嫌的犯罪", description="有碍侦查的必填", validate_default=True)
    grounds: Text = Field(title="不能通知的原因")

    @field_validator("reason")
    @classmethod
    def _check_reason_named(cls, reason: str, info: ValidationInfo) -> str:
        if not reason and not is_stored(info):
            raise ValueError("必须填写不能通知的情形：无法通知或者有碍侦查")
        return reason


class EndNoticeObstacle(
    Form,
    title="不能通知家属的情形消失",
    by=OFFICER,
    fact=Fact.NOTICE_OBSTACLE_ENDED,
    basis=(CPL.article(85), MPSC.article(127), MPSC.article(145)),
    chapter=Chapter.RIGHTS,
):
    """Record that the family can be told now, as it must be at once (不能通知的情形消失)."""

    circumstances: Text = Field(title="情形消失的情况")


class TerminateInvestigation(
    Form,
    title="终止侦查",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.INVESTIGATION_TERMINATED,
    basis=(CPL.article(16), MPSC.article(186), MPSC.article(187)),
    document="终止侦查决定书",
):
    """End the investigation of this person while the case goes on (终止侦查)."""

    reason: NoPursuit = Field(
        default="", title="法定情形", description="刑事诉讼法第十六条、办理刑事案件程序规定第一百八十六条所列"
    )
    grounds: Text = Field(title="终止理由")


# Summoned or compelled from bail or surveillance, a person remains under that measure.
QUESTIONING = (Summon, ExtendSummons, EndSummons, Compel, ExtendCompelled, EndCompelled)
