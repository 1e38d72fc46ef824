"""The shapes of reports: what the list says of each, and one as it was made."""

from pydantic import Field

from api.schemas.shape import Instant, Listed, Shape
from models.reports import ReportContent


class ReportItem(Shape):
    """A report that was made."""

    id: int
    type: str
    type_zh: str = Field(title="报告")
    unit: str
    unit_zh: str
    period: str = Field(title="期次", description="应当制作之日")
    due_at: Instant = Field(title="应制时间")
    made_at: Instant = Field(title="制作时间")
    late_minutes: int = Field(title="迟制分钟数", description="按时制作的为0")


class ReportList(Listed[ReportItem]):
    """A page of reports, the newest first."""


class ReportView(Shape):
    """A report as it was made; nothing changes it, and its digest (SM3 of its content) stands in the bureau's journal."""

    id: int
    made_at: Instant = Field(title="制作时间")
    late_minutes: int = Field(title="迟制分钟数")
    sm3: str = Field(title="摘要")
    content: ReportContent
