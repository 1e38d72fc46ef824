"""Answers of the boards of supervision (监督看板). All counts cover only what the caller may know of."""

from pydantic import AwareDatetime, BaseModel, Field


class AlertCell(BaseModel):
    """The open alerts of one rule in one unit."""

    rule: str = Field(title="巡查规则编号", description="人工发现的为空")
    label: str = Field(title="巡查规则")
    red: int = Field(default=0, title="红色")
    orange: int = Field(default=0, title="橙色")
    yellow: int = Field(default=0, title="黄色")
    blue: int = Field(default=0, title="蓝色")
    overdue: int = Field(title="处置超期")
    oldest_days: int = Field(title="最早的已提示几日")
    precision: float | None = Field(title="近九十日准确率", description="没有经核查判定的为空")


class UnitAlerts(BaseModel):
    """The open alerts of one unit, the rule with the gravest first."""

    unit: str
    zh: str
    cells: list[AlertCell]


class AlertBoard(BaseModel):
    """Open risk alerts by unit, rule and colour (风险提示看板)."""

    at: AwareDatetime = Field(title="统计时间")
    units: list[UnitAlerts]
    open: int = Field(title="未了结的风险提示")


class OrderState(BaseModel):
    """A state in which there are orders."""

    stage: str
    zh: str


class UnitOrders(BaseModel):
    """The orders of one unit: how many are at each state, and what came of those of this month."""

    unit: str
    zh: str
    counts: list[int] = Field(title="各状态件数", description="依 stages 的次序")
    overdue: int = Field(title="整改逾期")
    closed: int = Field(title="本月销号")
    ended: int = Field(title="本月了结和现已逾期", description="整改率的分母；撤销的不计")


class OrderBoard(BaseModel):
    """Open rectification orders by unit and state (整改指令看板)."""

    at: AwareDatetime = Field(title="统计时间")
    stages: list[OrderState] = Field(title="有整改指令的状态")
    units: list[UnitOrders]
