"""Answers about the assessment of units (执法质量考评)."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field


class IndicatorView(BaseModel):
    """An indicator of one unit's month: what it counts, in words and numbers, and what it adds to the result."""

    no: str = Field(title="序号")
    indicator: str
    zh: str
    above_words: str = Field(title="分子")
    below_words: str = Field(title="分母")
    left_out: str = Field(title="不计入的")
    better: Literal["more", "less"] = Field(title="方向", description="more 越高越好；less 越低越好")
    line: float = Field(title="标准线", description="越高越好的达到即得满分；越低越好的达到即不得分")
    per: int = Field(title="每多少件", description="100 为百分率")
    mean: bool = Field(title="平均分", description="是的，比率为所计各件的平均分，不是分子除以分母")
    above: int = Field(title="分子的件数")
    below: int = Field(title="分母的件数")
    rate: float | None = Field(title="比率", description="不足5件的为空")
    low: float | None = Field(title="95%置信区间下限")
    high: float | None = Field(title="95%置信区间上限")
    weight: float = Field(title="权重")
    points: float | None = Field(title="得分", description="不计分的为空")
    why: str = Field(title="不计分的理由")


class ObjectedView(BaseModel):
    """An indicator that the unit objected to; `upheld` None: nobody has decided yet."""

    indicator: str
    upheld: bool | None = Field(title="异议成立", description="尚未决定的为空")


class AssessedMonthView(BaseModel):
    """The matter in which a unit's month is published, objected to and made final (月度考评)."""

    number: str
    stage: str
    objected: list[ObjectedView] = Field(title="有异议的指标")


class AssessmentSheet(BaseModel):
    """A unit's month. `standard`: the edition by which it is weighed, None: the house's own."""

    unit: str
    unit_zh: str
    month: str = Field(examples=["2026-09"])
    at: AwareDatetime = Field(title="统计时间")
    standard: int | None = Field(title="考评标准的版本")
    peers: str = Field(title="同类单位", description="未分类的为空，不排名")
    indicators: list[IndicatorView]
    result: float | None = Field(title="得分", description="百分制；没有可计分的为空")
    low: float | None = Field(title="95%置信区间下限")
    high: float | None = Field(title="95%置信区间上限")
    band: Literal["A", "B", "C", "D"] | None = Field(title="等次")
    capped: list[str] = Field(title="限制等次的情形", description="有的，等次不高于B")
    matter: AssessedMonthView | None = Field(default=None, title="月度考评", description="该月尚未月结的为空")


class AssessedItem(BaseModel):
    """A matter or a clock that an indicator counted; of a matter the fields about the limit are empty."""

    clock: str
    matter: str
    kind: str
    title: str
    stage: str
    officer: str
    officer_zh: str | None
    limit_zh: str | None
    at: AwareDatetime = Field(title="计入的时间")
    due_at: AwareDatetime | None = Field(title="届满时间")
    ended_at: AwareDatetime | None = Field(title="办结时间")
    above: bool = Field(title="计入分子")
    below: bool = Field(title="计入分母")


class AssessedList(BaseModel):
    """A page of the items that an indicator counted, newest first."""

    items: list[AssessedItem]
    next: str | None


class Ranked(BaseModel):
    """A unit's place among its peers, by results of a hundred."""

    unit: str
    unit_zh: str
    peers: str = Field(title="同类单位", description="未分类的为空，不排名")
    result: float | None = Field(title="得分")
    low: float | None = Field(title="95%置信区间下限")
    high: float | None = Field(title="95%置信区间上限")
    band: Literal["A", "B", "C", "D"] | None = Field(title="等次")
    rank: int | None = Field(title="名次", description="未分类、没有得分的为空；得分相同的名次相同")
    chance: bool = Field(title="与前一名差异不显著")
