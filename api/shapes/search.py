"""The shapes of what searching finds."""

from typing import Literal

from pydantic import Field

from api.shapes.shape import Colour, Instant, Shape


class FoundIn(Shape):
    """The matter in which something was found."""

    kind: str
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
    matched: Literal["name", "citizen_id", "phone", "plate"]


class FoundNarrative(FoundIn):
    """A matter of which something is told, with the words around what was looked for."""

    matter: str
    excerpt: str


class Found(Shape):
    """What was found, the newest first."""

    matters: list[FoundMatter]
    people: list[FoundPerson]
    narrative: list[FoundNarrative]


class SimilarIncident(Shape):
    """An incident that is likely the same event."""

    number: str
    title: str
    place: str | None
    opened_at: Instant
    stage_zh: str | None
    why: str = Field(title="为何可能重复")
