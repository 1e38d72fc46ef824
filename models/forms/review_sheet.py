"""The forms of a review sheet (评查打分表): one file, as one person scores it, whom nobody else can read before both have."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.access.read_rights import SIGNING
from models.ends import End, Ends
from models.forms.form import Form, Line, OptionalText
from models.matter import Kind
from models.reviews.checklists import CHECKLIST, ChecklistId
from models.reviews.scoring import ItemScore

BASIS = RULE.section("案件评查")
SCORERS = tuple(sorted({*SIGNING, Office.SUPERVISOR}, key=list(Office).index))
"""Whoever may score: whoever handles, reviews or supervises cases. Which file, the lot says."""
_MOST_ITEMS = 60

Scores = Annotated[tuple[ItemScore, ...], Field(min_length=1, max_length=_MOST_ITEMS)]


class AssignSheet(Form, title="分派打分", by=Office.ADMINISTRATOR, fact=Fact.REVIEW_ASSIGNED, basis=BASIS):
    """Give a seat of a file to somebody (分派打分): the round does."""

    review: str = Field(title="案件评查", max_length=40)
    seat: Literal[1, 2] = Field(title="席位")
    checklist: ChecklistId = Field(title="评查标准", description=CHECKLIST)
    edition: Line = Field(title="标准版本")
    reviewer: str = Field(title="评查人员", max_length=60)

    def get_assignee(self) -> str:
        """Whoever scores it."""
        return self.reviewer

    def get_heading(self) -> str:
        """What lists show: nothing by which whoever handled the file would be known."""
        return f"评查打分 {self.review} 第{'一二'[self.seat - 1]}席"

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person gives a seat by itself: it comes of the round."""
        return {"reviewer": "由评查批次分派"}


class AcceptReview(Form, title="接收评查", by=SCORERS, basis=BASIS):
    """Take the file on, and say that nothing stands between it and oneself (接收)."""

    unrelated: Literal[True] = Field(title="声明无应当回避的情形", description="与案件当事人、办案人员没有亲属或者其他利害关系")


class RecuseReviewer(Form, title="申请回避", by=SCORERS, fact=Fact.REVIEW_RELEASED, basis=BASIS):
    """Step aside (回避)."""

    reason: Line = Field(title="回避理由")


class ScoreFile(Form, title="评查打分", by=SCORERS, fact=Fact.REVIEW_SCORED, basis=BASIS, usual=True):
    """Score the file item by item (打分); what is sent in stands."""

    items: Scores = Field(title="逐项评分")
    opinion: OptionalText = Field(default="", title="总体意见")


class WithdrawSheet(Form, title="收回打分", by=Office.ADMINISTRATOR, fact=Fact.REVIEW_RELEASED, basis=BASIS):
    """Take the seat away, because somebody else has it or the draw is void (收回): the round does."""

    reason: Line = Field(title="理由")

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person takes a sheet away by itself."""
        return {"reason": "由评查批次收回"}


ENDS = Ends(Kind.REVIEW_SHEET, {"scored": End(), "released": End()})
