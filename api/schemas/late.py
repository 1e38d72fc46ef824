"""The shapes of what was entered late (补录)."""

from pydantic import Field

from api.schemas.shape import Instant, Shape


class LateView(Shape):
    """That something was entered late (补录): when it happened, and when it was entered."""

    step: str
    at: Instant = Field(title="发生时间")
    recorded_at: Instant = Field(title="录入时间")
    minutes: int = Field(title="相差分钟")
    liberty: bool = Field(title="关系人身自由")
    paper: str = Field(title="纸质审批文书号")


class LateEntryView(LateView):
    """A late entry of a matter, at its place in the journal; of an approval also the step that was approved."""

    seq: int
    request: str | None
