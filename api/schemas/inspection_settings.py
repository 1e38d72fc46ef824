"""The shapes of what a bureau sets of its inspections."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.schemas.shape import Instant, Shape
from inspections.text.lexicon import PLAIN, Group

Word = Annotated[str, Field(pattern=PLAIN)]
# A reason that says nothing is none.
_REASON = Annotated[str, Field(title="理由", min_length=6, max_length=500)]


class _OfSetting(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    name: str = Field(title="设定", description="figure/参数编号、words/词组编号或者switch/规则编号", min_length=1, max_length=100)


class ProposedInspectionSetting(_OfSetting):
    """What is to hold in that unit: of a parameter its figure, of a group of words all that differ from the house's, of a rule until when it is off."""

    figure: int | None = Field(default=None, title="数值")
    added: list[Word] = Field(default=[], title="增加的词", description="本局增加的全部词，二至二十个字", max_length=200)
    removed: list[Word] = Field(default=[], title="排除的词", description="不作为风险词的全部词，二至二十个字", max_length=200)
    off_until: AwareDatetime | None = Field(default=None, title="停用至何时", description="不填：启用")
    taken_back: bool = Field(default=False, title="不再另行设定", description="上级单位设定的或者通用的重新适用")
    reason: _REASON


class ConfirmedInspectionSetting(_OfSetting):
    """Which proposal is meant: the instant at which it was made, as it was told."""

    proposed_at: AwareDatetime = Field(title="所指的提请的时间")


class SettingValue(Shape):
    """What was set: of a parameter `figure`, of a group of words `added` and `removed`, of a rule `off_until` (none: it is on); or that it was taken back."""

    figure: int | None = None
    added: list[str] = Field(default=[])
    removed: list[str] = Field(default=[])
    off_until: str | None = None
    taken_back: bool = False


class InspectionSettingView(Shape):
    """An edition of something that was set, or a proposal (`edition` None)."""

    edition: int | None = Field(title="第几版")
    holds: bool = Field(title="现行有效")
    unit: str
    unit_zh: str
    name: str
    label: str = Field(title="名称")
    value: SettingValue
    words: str = Field(title="内容")
    reason: str = Field(title="理由")
    proposed_by_zh: str
    confirmed_by_zh: str | None
    at: Instant
    # Whether the caller may confirm or decline it.
    may_confirm: bool


class WordGroup(Shape):
    """A group of risk words that a bureau may change."""

    group: Group
    label: str


class KeptUnit(Shape):
    """A unit over which the caller keeps the rules, or confirms what is set of them; `proposes`: whether they may propose it there."""

    unit: str
    unit_zh: str
    bureau: bool = Field(title="公安局、分局")
    proposes: bool


class InspectionSettingList(Shape):
    """What was set, the newest first, what is proposed, the groups of words, and the units over which the caller keeps the rules."""

    editions: list[InspectionSettingView]
    proposed: list[InspectionSettingView]
    words: list[WordGroup]
    units: list[KeptUnit]
