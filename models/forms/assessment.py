"""The forms of an assessment (月度考评): one unit's month as its close gave it, published, objected to, and made final by two."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import IN_SUMMARY, Form, Line, OptionalLine, Text
from models.forms.widget import Widget
from models.matter import Kind

BASIS = RULE.section("执法质量考评")
DECIDES = (Office.SUPERVISOR, Office.COUNTY_HEAD)
"""Who decides on an objection: in the unit or above it, and neither published nor objected."""
IndicatorId = Literal[
    "closed-in-time",
    "filed-in-time",
    "not-filed-found",
    "on-the-spot",
    "statutory-overdue",
    "standing-still",
    "hanging-cleared",
    "review-mean",
    "rectified",
    "first-pass",
    "again",
    "corrected-by-procuratorate",
    "satisfied",
    "caller-told",
    "dispatch-arrived",
    "recording-linked",
    "handed-over",
    "disposed",
    "alerts-handled",
    "minors-protected",
    "letters-answered",
]
"""The indicators that are scored, to which a unit may object."""
INDICATORS = (
    "closed-in-time 结案率（依法按期）、filed-in-time 受立案及时率、not-filed-found 应立未立发现率、"
    "on-the-spot 三个当场落实率、statutory-overdue 超期率（法定）、standing-still 案件停滞率、"
    "hanging-cleared 挂案清理率、review-mean 评查均分、rectified 整改率、"
    "first-pass 一次整改通过率、again 屡犯率、corrected-by-procuratorate 检察监督纠正数、"
    "satisfied 群众满意率、caller-told 回告率、dispatch-arrived 出警及时率、recording-linked 视音频关联及时率、handed-over 财物入库及时率、disposed 案结物清率、"
    "alerts-handled 风险提示处置及时率、minors-protected 未成年人程序规范率、letters-answered 信访信箱按期率"
)


class DraftAssessment(Form, title="拟定月度考评", by=Office.ADMINISTRATOR, fact=Fact.ASSESSMENT_COMPUTED, basis=BASIS):
    """Put a unit's month to assessment as its monthly close gave it (拟定考评), which no person does: `sm3` is the digest of that close."""

    unit: Annotated[str, Widget("unit")] = Field(title="被考评单位", min_length=1, max_length=60)
    month: str = Field(title="月份", pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="例如 2026-09", max_length=7)
    report: int = Field(title="月结报告", description="所依据的月结报告")
    sm3: str = Field(title="月结的摘要", pattern=r"^[0-9a-f]{64}$", max_length=64)
    result: Annotated[Line, IN_SUMMARY] = Field(title="月结的得分")

    def get_heading(self) -> str:
        """What lists show."""
        return f"{self.month} 月度考评：{self.result}"

    def get_target_unit(self) -> str:
        """The unit that is assessed."""
        return self.unit

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person says what a month came to."""
        return {"report": "由系统按月结报告拟定"}


class PublishAssessment(
    Form, title="公布月度考评", by=Office.LEGAL_REVIEWER, fact=Fact.ASSESSMENT_PUBLISHED, basis=BASIS, usual=True
):
    """Publish the result to whom it concerns, with what is said of the unit's month (公布、点评): from then on the unit may object."""

    comment: Text = Field(
        title="点评", description="对该单位当月执法质量的评语，一般两句：好在哪里，问题在哪里；载入月点评通报，不写当事人姓名"
    )
    topic: OptionalLine = Field(default="", title="培训主题", description="一月一主题，没有的不填")


class ObjectToIndicator(Form, title="对考评提出异议", by=Office.STATION_HEAD, fact=Fact.ASSESSMENT_OBJECTED, basis=BASIS):
    """Object to an indicator, within three working days (异议): it counts in no result until somebody else has decided."""

    indicator: IndicatorId = Field(title="考评指标", description=INDICATORS)
    grounds: Text = Field(title="异议理由", description="写明所涉事项和依据")


class DecideAssessmentObjection(
    Form, title="决定考评异议", by=DECIDES, fact=Fact.ASSESSMENT_OBJECTION_DECIDED, basis=BASIS, usual=True
):
    """Decide on an objection (异议决定): where it is upheld, the indicator is left out of the result."""

    upheld: bool = Field(title="异议成立", description="成立的，该指标不计分，得分重新计算")
    reason: Text = Field(title="决定理由")


class FinaliseAssessment(
    Form,
    title="月度考评定案",
    by=(Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.ASSESSMENT_FINAL,
    basis=BASIS,
):
    """Make the result final (定案), once the unit can object no more: one asks, and whoever heads the bureau agrees."""

    words: Line = Field(title="定案意见")


ENDS = Ends(Kind.ASSESSMENT, {"final": End()})
