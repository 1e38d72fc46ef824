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
    number: str = Field(title="文号", description="通报的报告才有")
    edition: int = Field(title="版次", description="1 为原版，其余为更正版")
    reason: str = Field(title="更正理由", description="原版为空")
    corrected: bool = Field(title="已有更正版")


class ReportList(Listed[ReportItem]):
    """A page of reports, the newest first."""


class OtherEdition(Shape):
    """Another edition of the same report, which stays as it was made."""

    id: int
    edition: int = Field(title="版次")
    sm3: str = Field(title="摘要")


class ReportView(Shape):
    """A report as it was made; nothing changes it, and its digest (SM3 of its content) stands in the bureau's journal."""

    id: int
    made_at: Instant = Field(title="制作时间")
    late_minutes: int = Field(title="迟制分钟数")
    sm3: str = Field(title="摘要")
    number: str = Field(title="文号", description="通报的报告才有")
    edition: int = Field(title="版次", description="1 为原版，其余为更正版")
    reason: str = Field(title="更正理由", description="原版为空")
    pdf: str = Field(title="PDF的摘要", description="PDF随报告制作一次，不再重制；正在制作或者本机不能排版的为空")
    others: list[OtherEdition] = Field(title="其他版次")
    may_correct: bool = Field(title="可以更正")
    content: ReportContent
