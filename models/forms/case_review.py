"""The forms of a case review (案件评查): one file, scored twice, settled, told to its unit, objected to, sent back to be put right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import Form, Line, OptionalText, Text
from models.forms.rectification_order import Severity, Term
from models.forms.review_sheet import Scores
from models.matter import Kind
from models.problem_categories import CategoryCode
from models.reviews.checklists import CHECKLIST, ChecklistId
from models.reviews.scoring import ItemScore

BASIS = RULE.section("案件评查")
KEEPER = Office.LEGAL_REVIEWER
_MOST_ITEMS = 60
_MOST_DEFECTS = 20
_BY_ROUND = "由评查批次办理"


class OpenCaseReview(Form, title="列入评查", by=Office.ADMINISTRATOR, fact=Fact.REVIEW_BEGUN, basis=BASIS):
    """Have a file that was drawn reviewed (列入评查): the round does. `subject` is the matter as it was when it was drawn."""

    subject: str = Field(title="案卷", min_length=1, max_length=40)
    checklist: ChecklistId = Field(title="评查标准", description=CHECKLIST)
    edition: Line = Field(title="标准版本")
    drawing: int = Field(default=1, title="第几次抽取", ge=1)

    def get_heading(self) -> str:
        """What lists show."""
        return f"评查 {self.subject}"

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person picks a file."""
        return {"subject": "案卷由抽取产生"}


class SeatScore(BaseModel):
    """A sheet as it came in (席位打分), with what it comes to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seat: Literal[1, 2] = Field(title="席位")
    items: Scores = Field(title="逐项评分")
    opinion: OptionalText = Field(default="", title="总体意见")
    points: float = Field(title="得分")
    applicable: int = Field(title="适用分值")
    result: float = Field(title="折合百分")
    vetoes: tuple[int, ...] = Field(default=(), title="一票否决项")


class CompareScores(Form, title="合并打分", by=Office.ADMINISTRATOR, basis=BASIS):
    """Hold the two sheets against each other, once both are in (合并打分); who filled them in is not said."""

    seats: Annotated[tuple[SeatScore, ...], Field(min_length=2, max_length=2)] = Field(title="席位打分")
    difference: float = Field(title="分差")
    disputed: Annotated[tuple[int, ...], Field(max_length=_MOST_ITEMS)] = Field(title="认定不一致的项目")
    agree: bool = Field(title="可以直接定分")

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person opens a sheet."""
        return {"seats": "二席均已打分后自动合并"}


class SeatReviewers(Form, title="席位分派", by=Office.ADMINISTRATOR, fact=Fact.REVIEW_ASSIGNED, basis=BASIS):
    """Say that seats of the file were given to somebody (席位分派): not to whom."""

    seats: Annotated[tuple[Literal[1, 2], ...], Field(min_length=1, max_length=2)] = Field(title="席位")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """Of each seat that it was."""
        return tuple(self.build_fact(Fact.REVIEW_ASSIGNED, str(seat), at, approver) for seat in self.seats)

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person seats anybody here."""
        return {"seats": _BY_ROUND}


class VoidReview(Form, title="评查作废", by=Office.ADMINISTRATOR, basis=BASIS):
    """Take the file out again, because it was drawn anew (作废): the round does."""

    reason: Line = Field(title="理由")

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person takes a file out."""
        return {"reason": _BY_ROUND}


class SettleScore(Form, title="定分", by=KEEPER, fact=Fact.REVIEW_SETTLED, basis=BASIS, usual=True):
    """Confirm the mean of two sheets that agree (定分)."""

    remark: OptionalText = Field(default="", title="评查意见")


class ArbitrateScore(Form, title="仲裁定分", by=KEEPER, fact=Fact.REVIEW_SETTLED, basis=BASIS, usual=True):
    """Decide item by item what two sheets differ on (仲裁)."""

    rulings: Scores = Field(title="逐项裁定", description="二席认定不一致的项目，逐项裁定")
    remark: OptionalText = Field(default="", title="评查意见")


class TellUnit(Form, title="反馈办案单位", by=KEEPER, fact=Fact.REVIEW_TOLD, basis=BASIS, usual=True):
    """Let the unit read what was found, and not who found it (反馈)."""

    demand: OptionalText = Field(default="", title="工作要求")


class Objection(BaseModel):
    """What a unit objects to (异议)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    item: int = Field(title="项目", ge=1, le=99)
    grounds: Annotated[str, Field(min_length=1, max_length=1000)] = Field(title="理由")
    papers: str = Field(default="", title="所据文书或者步骤", max_length=200)


class ObjectToReview(Form, title="申请评查复核", by=Office.STATION_HEAD, fact=Fact.REVIEW_OBJECTED, basis=BASIS):
    """Object to items of a score (申请复核), within three days; who decides may raise them, and may lower them."""

    objections: Annotated[tuple[Objection, ...], Field(min_length=1, max_length=_MOST_ITEMS)] = Field(title="申请复核的项目")


class RecheckReview(
    Form,
    title="评查复核",
    by=KEEPER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.REVIEW_RECHECKED,
    basis=BASIS,
    usual=True,
):
    """Decide on what was objected to (复核): two others do, and may go up or down."""

    rulings: Scores = Field(title="逐项复核", description="申请复核的项目，逐项复核；可以高于或者低于原评分")
    reasons: Text = Field(title="复核理由")


class Defect(BaseModel):
    """Something that can be put right (可以整改的问题)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    item: int = Field(title="项目", ge=1, le=99)
    category: CategoryCode = Field(default="", title="问题类别")
    severity: Severity = Field(default="", title="严重程度", description="red 红色、orange 橙色、yellow 黄色、blue 蓝色")
    problem: Annotated[str, Field(min_length=1, max_length=1000)] = Field(title="存在问题")
    demand: Annotated[str, Field(min_length=1, max_length=1000)] = Field(title="整改要求")
    term: Term | Literal[""] = Field(default="", title="整改期限")


class SendFileBack(Form, title="退查", by=KEEPER, fact=Fact.REVIEW_SENT_BACK, basis=BASIS):
    """Order that what can be cured be put right (退查): a rectification order for each; the score stays as it is."""

    defects: Annotated[tuple[Defect, ...], Field(min_length=1, max_length=_MOST_DEFECTS)] = Field(title="需要整改的问题")
    incurable: OptionalText = Field(default="", title="无法补正的问题", description="不能补正的，另行登记责任线索或者备案")


class CloseReview(Form, title="评查办结", by=KEEPER, fact=Fact.REVIEW_CLOSED, basis=BASIS):
    """Close the review, once nobody can object any more and what was ordered is put right (办结)."""

    remark: OptionalText = Field(default="", title="说明")


def parse_rulings(values: Mapping[str, object]) -> list[ItemScore]:
    """The rulings of a form as it was stored."""
    said = values.get("rulings")
    return [ItemScore.model_validate(each) for each in said] if isinstance(said, list | tuple) else []


ENDS = Ends(Kind.CASE_REVIEW, {"closed": End(), "voided": End()})
