"""Shapes of series (串并案)."""

from pydantic import Field

from api.schemas.shape import Instant, Listed, Shape
from inspections.traits import Sort
from models.matter import Kind


class SpotView(Shape):
    """Where a matter says it: the step of its journal, and the field of the form."""

    matter: str
    seq: int = Field(title="所在步骤", description="0 即现有登记，不在某一步骤")
    field: str


class FeatureView(Shape):
    """In what two matters agree."""

    sort: Sort
    weight: int = Field(title="分值")
    words: str
    here: SpotView
    there: SpotView


class PairView(Shape):
    """Two matters that agree, and in what; `linked`: somebody has said that they belong together."""

    low: str
    high: str
    score: int
    linked: bool
    features: list[FeatureView]


class SeriesMatter(Shape):
    """A matter of a series."""

    number: str
    kind: Kind
    stage: str
    title: str
    unit_zh: str | None
    officer_zh: str | None
    opened_at: Instant


class SeriesView(Shape):
    """Matters that hang together by pairs that agree; a machine's proposal, which judges nothing."""

    first: str = Field(title="编号最小的事项")
    score: int = Field(title="最高的未核对分值")
    matters: list[SeriesMatter]
    pairs: list[PairView]


class SeriesList(Listed[SeriesView]):
    """A page of series, the strongest first."""
