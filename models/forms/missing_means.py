"""What a search may do to find somebody (查找手段): an emergency location, a notice to the public, a sample; each with whoever approves it."""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator

from law.facts import Fact
from law.offices import Office
from law.statutes.missing_person_rules import SEARCH
from models.forms.chapters import Chapter
from models.forms.form import IN_SUMMARY, Form, Line, OptionalLine, OptionalText, Phone, Text
from models.forms.missing_person import BASIS, COMMANDER, HEAD, OFFICER
from models.forms.requests_outside import ANOTHERS, Answer
from models.instants import Instant, PlannedDay
from models.matter import Kind

# Of today and of before 1999, whatever stands around it, and what people type between its parts.
_CITIZEN_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_BETWEEN = re.compile(r"(?<=\d)[\s\-]+(?=[\dXx])")


class RequestEmergencyLocation(
    Form,
    title="呈请紧急定位",
    by=OFFICER,
    approved_by=(COMMANDER,),
    fact=Fact.MISSING_LOCATION_ASKED,
    basis=BASIS,
    document="紧急定位审批表",
):
    """Ask that a telephone be located, where somebody's life is in danger: never for a debt, a quarrel or a spouse who left (紧急定位)."""

    number: Phone = Field(title="电话号码", description="登记的失联人员电话之一")
    danger_to_life: bool = Field(title="有生命危险", description="债务、纠纷、夫妻一方出走等没有生命危险的，不得定位")
    necessity: Text = Field(title="必要性", description="写明生命危险的事实")
    span: Literal["6 hour", "12 hour", "24 hour"] = Field(default="24 hour", title="定位时段")


class AnswerLocation(
    Answer,
    title="收到定位结果",
    by=ANOTHERS,
    fact=Fact.MISSING_LOCATION_ANSWERED,
    basis=SEARCH,
    everywhere={Kind.MISSING_PERSON},
    chapter=Chapter.OUTSIDE,
):
    """The operator says where the telephone is, that it is off, or why it locates nothing (定位结果)."""

    outcome: Annotated[Literal["located", "off", "refused"], IN_SUMMARY] = Field(
        title="结果", description="located 已定位、off 关机、refused 不予办理"
    )
    seen_at: Instant | None = Field(default=None, title="定位时间")
    longitude: float | None = Field(default=None, title="经度", ge=73, le=136, description="GCJ-02 坐标")
    latitude: float | None = Field(default=None, title="纬度", ge=3, le=54, description="GCJ-02 坐标")
    accuracy_m: int | None = Field(default=None, title="误差（米）", ge=0, le=100_000)
    place: Annotated[OptionalLine, IN_SUMMARY] = Field(default="", title="大致地点")


class PublishNotice(
    Form,
    title="发布寻人启事",
    by=HEAD,
    approved_by=(Office.LEGAL_REVIEWER, Office.COUNTY_HEAD),
    fact=Fact.MISSING_PUBLISHED,
    basis=SEARCH,
    document="寻人启事",
):
    """Ask the public, with consent in writing or for a child: no citizen's number, no home address (发布寻人)."""

    where: Line = Field(title="发布渠道")
    content: Text = Field(title="启事内容", description="不得写公民身份号码和家庭住址")
    until: PlannedDay = Field(title="发布至")

    @field_validator("content")
    @classmethod
    def _check_no_number(cls, content: str) -> str:
        if _CITIZEN_NUMBER.search(_BETWEEN.sub("", content)):
            raise ValueError("寻人启事不得写公民身份号码")
        return content


class TakeDownNotice(Form, title="撤下寻人启事", by=(OFFICER, HEAD), fact=Fact.MISSING_TAKEN_DOWN, basis=SEARCH):
    """Take the notice down wherever it stands (撤下)."""

    where: Line = Field(title="撤下的渠道")
    note: OptionalText = Field(default="", title="说明")


class TakeSample(Form, title="采集DNA", by=OFFICER, fact=Fact.MISSING_SAMPLED, basis=SEARCH, document="DNA采集登记表"):
    """Take a sample by which somebody can be known again, with consent (采集DNA)."""

    of: Literal["father", "mother", "child", "sibling", "belongings"] = Field(
        title="采集对象", description="father 父亲、mother 母亲、child 子女、sibling 兄弟姐妹、belongings 本人物品"
    )
    consent: Literal[True] = Field(title="被采集人已书面同意")
    sample_number: Line = Field(title="样本编号")
    lab: Line = Field(title="送检单位")
