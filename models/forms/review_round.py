"""The forms of a review round (评查批次): which files are looked at, drawn by lot from all of a period, and by whom; or which drive is made."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.ends import End, Ends
from models.forms.drive import DrivePhase
from models.forms.form import Form, Line, OnlyWhere, OptionalLine, Text
from models.forms.rectification_order import Term
from models.forms.widget import Widget
from models.instants import PastDay, PlannedDay
from models.matter import Kind
from models.reviews.checklists import CHECKLIST, ChecklistId
from models.reviews.drawing import METHOD, Method
from models.reviews.selections import SELECTIONS, SelectionId

BASIS = RULE.section("案件评查")
KEEPER = Office.LEGAL_REVIEWER
"""Who plans rounds and settles scores."""

Purpose = Literal["monthly", "targeted", "special", "self-check", "backlog", "identity"]
_PURPOSE = "monthly 月度抽查、targeted 专项评查、special 重点案件必评、self-check 自查、backlog 积案清查、identity 身份信息核正"
DRIVES = ("backlog", "identity")
"""The purposes of drives: nothing is drawn by lot or scored, each matter is answered for by its officer."""
_SCORED = {"purpose": ("monthly", "targeted", "special", "self-check")}
_DRIVE = {"purpose": DRIVES}
_MOST_REVIEWERS = 60
_MOST_FILES = 500
_MOST_PHASES = 8
_LONGEST_PERIOD = 366
_User = Annotated[str, Field(min_length=1, max_length=60)]


class PlanReviewRound(
    Form,
    title="制定评查计划",
    by=KEEPER,
    fact=Fact.REVIEW_ROUND_OPENED,
    basis=BASIS,
    opens=Kind.REVIEW_ROUND,
):
    """Plan which files are reviewed: of what, decided when, drawn how, and who may be given one (评查计划)."""

    topic: Line = Field(title="名称", description="例如 2026年9月治安案件评查")
    purpose: Purpose = Field(default="monthly", title="目的", description=_PURPOSE)
    checklist: Annotated[ChecklistId | None, OnlyWhere(_SCORED, "须确定评查标准")] = Field(
        default=None, title="评查标准", description=CHECKLIST, validate_default=True
    )
    since: Annotated[PastDay | None, OnlyWhere(_SCORED, "须确定决定时间的起止")] = Field(
        default=None, title="决定时间自", description="按作出决定或者办结的时间", validate_default=True
    )
    until: Annotated[PlannedDay | None, OnlyWhere(_SCORED, "须确定决定时间的起止")] = Field(
        default=None, title="决定时间至", validate_default=True
    )
    units: Annotated[tuple[Annotated[str, Field(max_length=60), Widget("unit")], ...], Field(max_length=100)] = Field(
        default=(), title="办案单位", description="不填即本局全部办案单位"
    )
    method: Annotated[Method, OnlyWhere(_SCORED)] = Field(default="stratified", title="抽取方法", description=METHOD)
    size: Annotated[int, OnlyWhere(_SCORED)] = Field(
        default=0, title="抽取数量", description="随机抽取的件数；0即全部", ge=0, le=_MOST_FILES
    )
    inspections: Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(max_length=40), OnlyWhere(_SCORED)] = Field(
        default=(), title="巡查规则", description="专项评查：有这些巡查发现的案卷"
    )
    overdue: Annotated[bool, OnlyWhere(_SCORED)] = Field(
        default=False, title="超期案卷", description="专项评查：有期限逾期履行的案卷"
    )
    files: Annotated[tuple[Annotated[str, Field(max_length=40)], ...], Field(max_length=_MOST_FILES), OnlyWhere(_SCORED)] = Field(
        default=(), title="案卷", description="自查时列明编号；其他目的不得自选案卷"
    )
    reviewers: Annotated[tuple[_User, ...], Field(max_length=_MOST_REVIEWERS), OnlyWhere(_SCORED, "须列明评查人员")] = Field(
        default=(), title="评查人员", description="用户名；每卷由其中二人评查", validate_default=True
    )
    selections: Annotated[tuple[SelectionId, ...], Field(max_length=len(SELECTIONS)), OnlyWhere(_DRIVE)] = Field(
        default=(),
        title="清查范围",
        description="、".join(f"{each.id} {each.zh}" for each in SELECTIONS.values()) + "；不填即本目的的全部范围",
    )
    ends_on: Annotated[PlannedDay | None, OnlyWhere(_DRIVE, "须确定清查截至的日期")] = Field(
        default=None, title="清查截至", validate_default=True
    )
    phases: Annotated[tuple[DrivePhase, ...], Field(max_length=_MOST_PHASES), OnlyWhere(_DRIVE)] = Field(
        default=(), title="阶段安排"
    )
    term: Annotated[Term | Literal[""], OnlyWhere(_DRIVE)] = Field(
        default="", title="反馈期限", description="每件自列入之日起，不填即20日；每日为24小时，写作 1 day 至 30 day"
    )

    @field_validator("selections")
    @classmethod
    def _check_of_its_purpose(cls, selections: tuple[SelectionId, ...], others: ValidationInfo) -> tuple[SelectionId, ...]:
        if strange := [SELECTIONS[each].zh for each in selections if SELECTIONS[each].purpose != others.data.get("purpose")]:
            raise ValueError(f"“{strange[0]}”不属于这一目的的清查范围")
        return selections

    @field_validator("phases")
    @classmethod
    def _check_phases_follow(cls, phases: tuple[DrivePhase, ...], others: ValidationInfo) -> tuple[DrivePhase, ...]:
        days = [each.until for each in phases]
        if days != sorted(set(days)) or (days and days[-1] > (others.data.get("ends_on") or date.max)):
            raise ValueError("各阶段须先后相序，不晚于清查截至之日")
        return phases

    @field_validator("until")
    @classmethod
    def _check_order(cls, until: date | None, others: ValidationInfo) -> date | None:
        since = others.data.get("since") or until
        if until is None or since is None:
            return until
        if not 0 <= (until - since).days < _LONGEST_PERIOD:
            raise ValueError("决定时间的起止须先后相序，至多一年")
        return until

    @field_validator("files")
    @classmethod
    def _check_drawn_by_lot(cls, files: tuple[str, ...], others: ValidationInfo) -> tuple[str, ...]:
        if files and others.data.get("purpose") != "self-check":
            raise ValueError("案卷由抽取产生，不得自选；自查除外")
        return files

    @field_validator("reviewers")
    @classmethod
    def _check_each_once(cls, reviewers: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(reviewers)) < len(reviewers):
            raise ValueError("评查人员重复")
        if len(reviewers) == 1:
            raise ValueError("每卷由二人评查，须列明至少二人")
        return reviewers

    def get_heading(self) -> str:
        """What lists show."""
        return self.topic


class OpenSpecialRound(
    Form,
    title="重点案件列入评查",
    by=Office.ADMINISTRATOR,
    fact=Fact.REVIEW_ROUND_OPENED,
    or_facts=(Fact.REVIEW_DRAWN,),
    basis=BASIS,
):
    """Have one file reviewed without anybody asking, because of how it came out (重点案件必评)."""

    subject: str = Field(title="案卷", min_length=1, max_length=40)
    checklist: ChecklistId = Field(title="评查标准", description=CHECKLIST)
    reason: Line = Field(title="列入事由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """There is nothing to draw: the file is the whole population."""
        return (Fact.REVIEW_ROUND_OPENED, Fact.REVIEW_DRAWN)

    def get_heading(self) -> str:
        """What lists show."""
        return f"重点案件评查：{self.reason}"

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person says it: how the file came out does."""
        return {"subject": "由系统按案件结果自动列入"}


class DrawFiles(Form, title="抽取案卷", by=KEEPER, fact=Fact.REVIEW_DRAWN, basis=BASIS, when="抽取时间"):
    """Freeze the population and draw from it by lot (抽取): nobody knows yet who will look at which file."""


class RedrawFiles(
    Form, title="重新抽取案卷", by=KEEPER, approved_by=(Office.COUNTY_HEAD,), fact=Fact.REVIEW_DRAWN, basis=BASIS, when="抽取时间"
):
    """Draw once more, which the head of the bureau decides; what was drawn before stays on record (重新抽取)."""

    reason: Text = Field(title="重新抽取的理由")


class Assignment(BaseModel):
    """Who looks at one file (分派)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    file: Annotated[str, Field(min_length=1, max_length=40)] = Field(title="案卷")
    first: _User = Field(title="第一席")
    second: _User = Field(title="第二席")


class AssignReviewers(Form, title="分派评查人员", by=KEEPER, fact=Fact.REVIEW_REVIEWERS_NAMED, basis=BASIS):
    """Give each file to two who had no hand in it (分派): by lot, from the seed of the draw, where nothing is said."""

    assignments: Annotated[tuple[Assignment, ...], Field(max_length=_MOST_FILES)] = Field(
        default=(), title="分派", description="不填即按抽取种子随机分派"
    )


class ReplaceReviewer(Form, title="改派评查人员", by=KEEPER, basis=BASIS):
    """Give a seat to somebody else: whoever has it steps aside, or does not come to it (改派)."""

    file: str = Field(title="案卷", min_length=1, max_length=40)
    seat: Literal[1, 2] = Field(title="席位")
    reviewer: _User = Field(title="评查人员", description="用户名")
    reason: Line = Field(title="理由")


class PublishResults(Form, title="公布评查结果", by=KEEPER, fact=Fact.REVIEW_PUBLISHED, basis=BASIS):
    """Tell how the files of the round came out (评查通报)."""

    summary: Text = Field(title="评查情况")
    demand: OptionalLine = Field(default="", title="工作要求")


class CloseReviewRound(Form, title="评查批次办结", by=KEEPER, basis=BASIS):
    """Close the round, once each of its files is done with (办结)."""


class CancelReviewRound(Form, title="撤销评查计划", by=KEEPER, basis=BASIS):
    """Take a plan back before anything is drawn (撤销)."""

    reason: Line = Field(title="理由")


ENDS = Ends(Kind.REVIEW_ROUND, {"closed": End(), "cancelled": End()})
