"""The shapes of trials of inspections on history, and of how often inspections were right."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.schemas.inspection_settings import Word
from api.schemas.shape import Instant, Shape
from models.evidence import Pointer
from models.forms.risk_alert import Severity

_Seed = Annotated[int, Field(title="抽样种子", ge=0, le=1_000_000_000)]
_LONGEST_DAYS = 366


class TriedChange(BaseModel):
    """A figure or the words of a group, as they would be set (`/api/inspection-settings`)."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(title="设定", description="figure/参数编号或者words/词组编号", min_length=1, max_length=100)
    figure: int | None = Field(default=None, title="数值")
    added: list[Word] = Field(default=[], title="增加的词", max_length=200)
    removed: list[Word] = Field(default=[], title="排除的词", max_length=200)


class AskedTrial(BaseModel):
    """What is tried: in which unit and below, in matters that were opened on which days, by which figures and words; none: as they hold."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    since: date = Field(title="起始日期")
    until: date = Field(title="截止日期", description="含当日")
    changes: list[TriedChange] = Field(default=[], title="拟改的设定", max_length=10)
    seed: _Seed = 1

    @model_validator(mode="after")
    def _check_order(self) -> "AskedTrial":
        if not 0 <= (self.until - self.since).days < _LONGEST_DAYS:
            raise ValueError("截止日期不得早于起始日期，期间最长一年")
        return self


class DrawnSeed(BaseModel):
    """By which seed the sample is drawn anew."""

    model_config = ConfigDict(extra="forbid")

    seed: _Seed


class LabelledHit(BaseModel):
    """Whether the rule is right in a hit of a trial, as a person finds."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(title="涉及事项", min_length=1, max_length=40)
    about: str = Field(default="", title="涉及对象", max_length=200)
    label: Literal["right", "wrong"] = Field(title="对错")


class TrialView(Shape):
    """A trial of an inspection on history (历史试跑)."""

    id: int
    rule: str
    unit: str
    unit_zh: str
    changes: list[str] = Field(title="拟改的设定")
    since: date
    until: date
    seed: int
    asked_by_zh: str
    asked_at: Instant
    state: Literal["running", "done"]
    matters: int = Field(title="试跑的事项数")
    hits: int = Field(title="命中数")
    fresh: int = Field(title="比现行设定多出的")
    gone: int = Field(title="比现行设定减少的")
    failed: int = Field(title="未能试跑的事项数")
    capped: bool = Field(title="达到上限而止")
    finished_at: Instant | None
    right: int = Field(title="标为对的")
    wrong: int = Field(title="标为错的")


class TrialUnit(Shape):
    """How many hits lie in a unit."""

    unit_zh: str
    hits: int
    fresh: int


class TrialHitView(Shape):
    """A hit of the sample, and who labelled it."""

    subject: str
    subject_title: str | None
    about: str
    unit_zh: str
    severity: Severity
    evidence: list[Pointer]
    before: bool = Field(title="现行设定也命中")
    after: bool = Field(title="试跑命中")
    label: Literal["", "right", "wrong"]
    labelled_by_zh: str | None
    labelled_at: Instant | None


class TrialDetail(TrialView):
    """A trial with the units in which it found something, and the sample that its seed draws."""

    units: list[TrialUnit]
    sample: list[TrialHitView]


class QualityView(Shape):
    """How often an inspection was right, from what became of its alerts in a period."""

    rule: str
    raised: int = Field(title="提示数")
    open: int = Field(title="未结")
    cured: int = Field(title="提示后改正")
    withdrawn: int = Field(title="更正数据后消除")
    ordered: int = Field(title="转整改")
    verified: int = Field(title="核查销号")
    closed: int = Field(title="提醒后办结")
    wrong: int = Field(title="误报")
    dismissed: int = Field(title="其他排除")
    hours: float | None = Field(title="签收用时中位数", description="小时")
    judged: int = Field(title="可以判断对错的提示数")
    precision: float | None = Field(title="准确率", description="核查销号÷（核查销号＋误报）")
    flagged: bool = Field(title="准确率过低，须法制复核规则")
    reviewed_told: int = Field(title="评查发现的问题中已经提示的")
    reviewed_missed: int = Field(title="评查发现的问题中没有提示的", description="评查项目对应的各规则均未提示的，各计一次")
