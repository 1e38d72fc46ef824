"""The shapes of what searching finds."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Colour, Instant, Shape
from models.matter import Kind


class Wanted(BaseModel):
    """What is looked for."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    q: str = Field(
        title="编号、标题、姓名（含拼音）、公民身份号码、电话、车牌、文书文号或者案情中的话",
        description="至少两个字；号码从头写起，至少四位；全角半角、大小写、间隔号、空格不影响结果",
        min_length=2,
        max_length=100,
    )
    kind: Kind | None = Field(default=None, title="只查这一种类的事项")


class Reported(BaseModel):
    """What somebody reports, as far as it is known."""

    model_config = ConfigDict(extra="forbid")

    place: str = Field(default="", title="发生地点", max_length=200)
    narrative: str = Field(default="", title="报警内容", max_length=1000)
    phone: str = Field(default="", title="报警人电话", max_length=30)


class FoundIn(Shape):
    """The matter in which something was found."""

    kind: Kind
    kind_zh: str
    title: str
    stage_zh: str | None
    colour: Colour


class FoundMatter(FoundIn):
    """A matter found by number or title."""

    number: str
    unit_zh: str | None
    officer_zh: str | None
    opened_at: Instant


class FoundPerson(FoundIn):
    """A person found in a matter; of a telephone or plate that is nobody's, `name` and `role` are empty."""

    matter: str
    name: str
    role: str
    matched: Literal["name", "pinyin", "citizen_id", "phone", "plate"]
    matched_zh: str = Field(title="由什么找到")


class FoundPaper(FoundIn):
    """A legal document found by its number (文书文号)."""

    matter: str
    paper: str = Field(title="文书名称")
    number: str


class FoundNarrative(FoundIn):
    """A matter of which something is told, with the words around what was looked for."""

    matter: str
    excerpt: str


class Found(Shape):
    """What was found, the newest first."""

    matters: list[FoundMatter]
    people: list[FoundPerson]
    papers: list[FoundPaper]
    narrative: list[FoundNarrative]


class SimilarIncident(Shape):
    """An incident that is likely the same event."""

    number: str
    title: str
    place: str | None
    opened_at: Instant
    stage_zh: str | None
    why: str = Field(title="为何可能重复")
