"""The shapes of the desk of letters (来信清单)."""

from pydantic import Field

from api.schemas.shape import Colour, Instant, Listed, Shape


class LetterRow(Shape):
    """A letter from the public as who keeps letters sees it; of one that they may not open neither channel nor label is told."""

    number: str
    title: str
    stage: str
    unit: str
    unit_zh: str | None
    officer: str
    officer_zh: str | None
    colour: Colour
    marks: list[str] = Field(title="敏感标记")
    channel_zh: str = Field(title="来信渠道")
    sort_zh: str = Field(title="来信性质")
    subclass_zh: str | None = Field(title="主标签的小类")
    score_zh: str = Field(title="评价")
    limit_zh: str | None = Field(title="最近的时限")
    date_only: bool | None
    due_at: Instant | None = Field(title="届满时间")
    opened_at: Instant = Field(title="来信时间")
    repeats: str | None = Field(title="同一来信人三十日内在先的来信")


class LetterList(Listed[LetterRow]):
    """A page of letters, the one whose limit ends next first."""
