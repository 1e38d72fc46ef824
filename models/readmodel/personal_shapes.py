"""Answers about an officer's own index (民警健康指数)."""

from datetime import date

from pydantic import AwareDatetime, BaseModel, Field

from models.assessment.personal import NOT_ALONE, Dimension, Level, Standing


class PointView(BaseModel):
    """A point: by which rule of which edition, in which matter it rests on which step, who verified that, and what it comes to now."""

    id: str
    item: str
    rule: str = Field(title="依据的计分规则")
    edition: date = Field(title="计分规则的版本")
    about: str = Field(title="事由")
    matter: str = Field(title="来源事项")
    seq: int = Field(title="来源步骤")
    at: AwareDatetime = Field(title="核查、确认的时间")
    verified_by: str
    verified_by_zh: str = Field(title="核查、确认的人员")
    value: float = Field(title="原分值")
    worth: float = Field(title="现分值", description="按时间折减以后的分值")
    standing: Standing = Field(
        title="状态", description="shown 告知中尚未计入；counts 计入；suspended 申诉中暂停；removed 已撤销；old 已过期"
    )
    counts_from: AwareDatetime = Field(title="开始计入的时间", description="告知本人72小时以后")
    object_until: date = Field(title="可以提出异议的最后一日")
    statement: str = Field(title="本人陈述")
    objected: bool = Field(title="本人是否提出过异议")


class ItemOfIndex(BaseModel):
    """One of the eighteen items, and what its points come to within its caps."""

    no: int = Field(title="序号")
    item: str
    zh: str
    dimension: Dimension
    rests_on: str = Field(title="来源")
    sum: float | None = Field(title="合计", description="不计的、只展示的为空")
    least: float = Field(title="最多扣")
    most: float = Field(title="最多加")
    attention: bool = Field(title="达到关注阈值")
    waits: str = Field(title="尚不计入的原因")
    points: list[PointView]


class DimensionView(BaseModel):
    """What the items of a dimension come to."""

    dimension: Dimension
    sum: float


class LoadView(BaseModel):
    """How much somebody has open beside their peers; it is shown and never scored."""

    open: int = Field(title="在办事项")
    peers_median: float | None = Field(title="本单位民警的中位数", description="不足五人的为空")
    overloaded: bool = Field(title="负荷过高", description="超过本单位九成民警；期间第4、7、10项扣分减为八成")


class PersonalIndex(BaseModel):
    """An officer's index at an instant."""

    username: str
    zh: str
    at: AwareDatetime = Field(title="计算时间")
    index: float = Field(title="指数")
    level: Level = Field(title="等级")
    before: list[float] = Field(title="此前三个月的指数", description="三十日、六十日、九十日以前")
    dimensions: list[DimensionView]
    items: list[ItemOfIndex]
    load: LoadView
    note: str = Field(default=NOT_ALONE, title="使用限制")


class PersonOfIndex(BaseModel):
    """Somebody of the unit, by name; what their index is stands on their own sheet."""

    username: str
    zh: str
    unit: str
    unit_zh: str


class PeopleOfIndex(BaseModel):
    """The people whose sheets the caller may open, in the order of units and names; nobody is ranked."""

    people: list[PersonOfIndex]


class LevelCount(BaseModel):
    """How many people of a unit have a level."""

    level: Level
    count: int


class UnitLevels(BaseModel):
    """A unit's people by level; None where they are fewer than five."""

    unit: str
    unit_zh: str
    levels: list[LevelCount] | None


class Distribution(BaseModel):
    """How the people of units are spread over the levels; nobody is told apart."""

    at: AwareDatetime = Field(title="计算时间")
    units: list[UnitLevels]


class ObjectionView(BaseModel):
    """An objection to a point that the caller may decide."""

    id: int
    zh: str = Field(title="提出异议的民警")
    about: str = Field(title="所涉积分")
    grounds: str = Field(title="理由")
    statement: str = Field(title="此前的陈述")
    raised_at: AwareDatetime = Field(title="提出时间")
    due_on: date = Field(title="决定期限")


class ObjectionList(BaseModel):
    """The objections that await the caller's decision, the most urgent first; at most two hundred."""

    objections: list[ObjectionView]
