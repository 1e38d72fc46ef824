"""The shape of a request as whoever decides on it sees it."""

from typing import Literal

from pydantic import Field

from api.schemas.matters import ClockView, PersonInMatter, Summary
from api.schemas.papers import PaperLine
from api.schemas.shape import Instant, Shape


class PersonAsked(PersonInMatter):
    """A person of the matter; `concerned` is whom the step is about."""

    roles_zh: list[str]
    concerned: bool


class AnsweredQuestion(Shape):
    """A question of the form and what was answered, in words: one line, or one for each thing of a list."""

    title: str
    lines: list[str]


class Evidence(Shape):
    """A paper in the dossier: a document that a step issued, or what was scanned."""

    sort: Literal["document", "item"]
    matter: str
    id: int
    title: str
    number: str
    at: Instant


class Turned(Shape):
    """What somebody did with a request, or said in a review; `words` are their opinion or reason."""

    seq: int
    step: str
    step_zh: str | None
    at: Instant
    by_zh: str | None
    words: str | None


class PaperAhead(Shape):
    """A paper as it will be printed, without its number and who approved."""

    type: str
    title: str
    lines: list[PaperLine]


class RequestSheet(Shape):
    """A request as the approval form (审批表) has it: everything that it is decided upon."""

    matter: str
    seq: int
    step: str
    step_zh: str
    basis: str
    awaiting: bool = Field(title="是否等待审批")
    liberty: bool = Field(title="是否涉及人身自由", description="涉及的须先查看呈请内容再同意")
    asked_by_zh: str | None = Field(title="呈请人")
    asker_zh: str | None = Field(title="现由谁接手")
    asked_at: Instant | None = Field(title="呈请时间")
    people: list[PersonAsked]
    answers: list[AnsweredQuestion]
    denied: list[str] = Field(title="回答为否的各项")
    summary: Summary
    evidence: list[Evidence]
    opinions: list[Turned] = Field(title="法制审核意见")
    clocks: list[ClockView] = Field(title="同意以后办结、终止或者延长的期限")
    papers: list[PaperAhead] = Field(title="同意以后制作的文书")
    history: list[Turned] = Field(title="本项呈请的经过")
