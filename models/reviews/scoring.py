"""What a file scores (评分): the points of two sheets, whether they agree, what is settled, and the grade that follows. Pure.

Points of items that do not apply are spread over those that do: a result is out of a hundred, whatever applies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from law.labelled_enum import LabelledEnum
from models.reviews.checklists import WHOLE, Checklist, Item

Verdict = Literal["met", "partly", "not", "na"]
VERDICT = "met 符合、partly 部分符合、not 不符合、na 不适用"
MOST_APART = 5
"""By more points two sheets do not agree, and the legal department arbitrates item by item. The bureau's own figure."""
_TENTH = Decimal("0.1")
Points = Annotated[float, Field(ge=0, le=WHOLE, multiple_of=0.5)]


class ItemScore(BaseModel):
    """What somebody found of one item (逐项评分): `entry` is the step of the file on which that rests, `paper` the paper."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    item: int = Field(title="项目", ge=1, le=99)
    verdict: Verdict = Field(title="认定", description=VERDICT)
    points: Points = Field(default=0, title="得分")
    veto: bool = Field(default=False, title="一票否决", description="具备★情形的勾选")
    entry: int | None = Field(default=None, title="所据步骤", ge=1)
    paper: str = Field(default="", title="所据文书", max_length=100)
    note: str = Field(default="", title="说明", max_length=400)


class Grade(LabelledEnum):
    """The grade of a file (等次): the value is its id, `label` what people read."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    FLAWED = "flawed", "瑕疵"
    UNQUALIFIED = "unqualified", "不合格"


_LINES = ((Decimal(90), Grade.EXCELLENT), (Decimal(75), Grade.QUALIFIED), (Decimal(60), Grade.FLAWED))


@dataclass(frozen=True, slots=True)
class Total:
    """What a sheet comes to: points had and points that apply, the result out of a hundred, and the items that veto."""

    points: Decimal
    applicable: int
    result: Decimal
    vetoes: tuple[int, ...]

    @property
    def grade(self) -> Grade:
        """The grade: of whatever has a veto, unqualified."""
        return compute_grade(self.result, self.vetoes)


def compute_grade(result: Decimal, vetoes: Sequence[int]) -> Grade:
    """The grade of a result out of a hundred: 90 and more excellent, 75 qualified, 60 flawed; with a veto unqualified whatever the points."""
    reached = (grade for line, grade in _LINES if result >= line)
    return Grade.UNQUALIFIED if vetoes else next(reached, Grade.UNQUALIFIED)


def list_vetoes(checklist: Checklist, scores: Iterable[ItemScore]) -> tuple[int, ...]:
    """The items that veto: those marked so, and those that do by not being met."""
    return tuple(
        each.item for each in scores if each.veto or (each.verdict == "not" and checklist.get_item(each.item).vetoed_unmet)
    )


def compute_total(checklist: Checklist, scores: Sequence[ItemScore]) -> Total:
    """What a complete sheet comes to."""
    applying = [each for each in scores if each.verdict != "na"]
    points = sum((Decimal(str(each.points)) for each in applying), Decimal(0))
    applicable = sum(checklist.get_item(each.item).points for each in applying)
    result = points * WHOLE / applicable if applicable else Decimal(WHOLE)
    return Total(points, applicable, result.quantize(_TENTH, ROUND_HALF_UP), list_vetoes(checklist, scores))


def check_scores(checklist: Checklist, scores: Sequence[ItemScore]) -> list[tuple[str, str]]:
    """What is wrong with a sheet: where, and the sentence for whoever fills it in."""
    said = {each.item: each for each in scores}
    unknown = sorted(number for number in said if number > len(checklist.items))
    found = [("items", f"没有第{number}项") for number in unknown]
    missing = [each.number for each in checklist.items if each.number not in said]
    if missing:
        found.append(("items", f"第{'、'.join(map(str, missing))}项尚未评定"))
    if len(said) != len(scores):
        found.append(("items", "同一项目评定了二次"))
    known = (item for item in checklist.items if item.number in said)
    return found + [("items", why) for item in known for why in _check_score(item, said[item.number])]


def _check_score(item: Item, score: ItemScore) -> Iterable[str]:
    name = f"第{item.number}项"
    full, none = score.points == item.points, score.points == 0
    if score.verdict == "met" and not full:
        yield f"{name}认定符合的得满分{item.points}分；扣分的请认定部分符合"
    if score.verdict == "partly" and not 0 < score.points < item.points:
        yield f"{name}部分符合的得分应在0分与{item.points}分之间"
    if score.verdict in ("not", "na") and not none:
        yield f"{name}不符合、不适用的得0分"
    if score.veto and (not item.veto or score.verdict in ("met", "na")):
        yield f"{name}没有一票否决的情形"
    if score.verdict in ("partly", "not") and not score.note:
        yield f"{name}扣分的须写明说明"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sheets side by side: by how much they differ, on which items, and whether the difference calls for arbitration."""

    first: Total
    second: Total
    difference: Decimal
    disputed: tuple[int, ...]
    agree: bool


def compare(checklist: Checklist, first: Sequence[ItemScore], second: Sequence[ItemScore]) -> Comparison:
    """Hold two complete sheets against each other. They agree where they are no more than five points apart, veto and leave out the same."""
    one, two = compute_total(checklist, first), compute_total(checklist, second)
    theirs = {each.item: each for each in second}
    disputed = tuple(each.item for each in first if _differs(each, theirs[each.item]))
    apart = abs(one.result - two.result)
    same = set(one.vetoes) == set(two.vetoes) and _list_left_out(first) == _list_left_out(second)
    return Comparison(one, two, apart, disputed, agree=apart <= MOST_APART and same)


def _differs(one: ItemScore, other: ItemScore) -> bool:
    return (one.verdict, one.points, one.veto) != (other.verdict, other.points, other.veto)


def _list_left_out(scores: Iterable[ItemScore]) -> set[int]:
    return {each.item for each in scores if each.verdict == "na"}


def compute_mean(first: Sequence[ItemScore], second: Sequence[ItemScore]) -> list[ItemScore]:
    """What is settled where two sheets agree: item by item the mean."""
    theirs = {each.item: each for each in second}
    return [_compute_mean_score(each, theirs[each.item]) for each in first]


def _compute_mean_score(one: ItemScore, other: ItemScore) -> ItemScore:
    if not _differs(one, other):
        return one
    points = (one.points + other.points) / 2
    # A quarter of a point is nobody's: it goes to the unit.
    points = float(Decimal(str(points * 2)).quantize(Decimal(1), ROUND_HALF_UP)) / 2
    note = "；".join(dict.fromkeys(each.note for each in (one, other) if each.note))
    return one.model_copy(update={"verdict": "partly", "points": points, "note": note[:400]})


def apply_rulings(scores: Sequence[ItemScore], rulings: Sequence[ItemScore]) -> list[ItemScore]:
    """The sheet with these items as they were ruled on."""
    on = {each.item: each for each in rulings}
    return [on.get(each.item, each) for each in scores]
