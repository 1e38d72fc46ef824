"""The lists of supervision: orders and supervisions with columns of their own."""

from pydantic import Field

from api.schemas.shape import Instant, Listed, Shape
from law.clock import Colour


class OrderRow(Shape):
    """A rectification order as the list of orders shows it."""

    number: str
    title: str
    stage: str
    final: bool
    severity: str = Field(title="严重程度", description="未定颜色的、封存而不能打开的为空")
    severity_zh: str = Field(title="严重程度的名称")
    category: str = Field(title="问题类别代码")
    category_zh: str = Field(title="问题类别")
    colour: Colour = Field(title="期限的颜色")
    subject: str | None = Field(title="涉及事项")
    unit: str
    unit_zh: str | None
    officer_zh: str | None = Field(title="整改民警")
    issuer_zh: str | None = Field(title="下达人", description="由超期自动下达的为空")
    demands: int = Field(title="整改要求项数")
    done: int = Field(title="已完成项数", description="依最近一次反馈")
    returns: int = Field(title="退回次数")
    objections: int = Field(title="异议次数")
    opened_at: Instant = Field(title="下达时间")
    due_at: Instant | None = Field(title="反馈期限")
    days_over: int = Field(title="逾期日数")


class SupervisionRow(Shape):
    """A supervision as the list of supervisions shows it."""

    number: str
    title: str
    stage: str
    colour: Colour = Field(title="期限的颜色")
    level_zh: str = Field(title="督办级别")
    lead: str = Field(title="牵头职务")
    lead_zh: str = Field(title="牵头单位")
    lead_open: int = Field(title="牵头单位在办督办", description="同一牵头单位在您所管范围内未解除的督办")
    members: int = Field(title="督办单位数")
    signed: int = Field(title="已签署")
    subject: str | None = Field(title="涉及事项")
    unit: str
    unit_zh: str | None
    reports: int = Field(title="进展报告")
    empty: int = Field(title="没有办理记录的报告")
    alike: int = Field(title="内容雷同的报告")
    opened_at: Instant = Field(title="发起时间")
    due_at: Instant | None = Field(title="下次报告")


class OrderList(Listed[OrderRow]):
    """A page of rectification orders."""


class SupervisionList(Listed[SupervisionRow]):
    """A page of supervisions."""
