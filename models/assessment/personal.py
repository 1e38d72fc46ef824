"""An officer's own index (民警健康指数): points of twelve months, each with what it rests on and who verified it. Pure: the same facts give the same.

It begins at a hundred. Only what a person has verified, or an accepted fact, gives points; how much somebody has done, and how many were detained,
fined or arrested, gives none. What lies back further weighs less, and no item weighs more than its cap. Nothing follows from it by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from law.clock import Colour
from models.problem_categories import get_categories

EDITION = date(2026, 11, 30)
"""Since when these rules hold; each point names it."""
START = 100.0
SHOWN_BEFORE = timedelta(hours=72)
"""How long a point is shown to its officer before it counts."""
OBJECTION_DAYS, DECISION_DAYS = 3, 5
"""Within how many working days an officer objects, and somebody else decides."""
NOT_ALONE = "本指数用于发现问题、改进和帮扶，不得单独作为奖惩依据"
"""What stands on every sheet and export."""

# How much of a point is left after so many days; after the last nothing is.
_AGES: Sequence[tuple[int, float]] = ((90, 1.0), (180, 0.5), (365, 0.25))
# Of whoever carries far more than their peers these weigh less while they do: deadlines, papers, rectification.
_OF_LOAD, _EASED = ("deadlines", "papers", "rectification"), 0.8

Dimension = Literal["执法质效", "群众评价", "纪律作风", "成长与负荷"]
Standing = Literal["shown", "counts", "suspended", "removed", "old"]
Level = Literal["健康", "关注", "帮扶", "约谈帮扶"]
_LEVELS: Sequence[tuple[float, Level]] = ((90, "健康"), (75, "关注"), (60, "帮扶"), (0, "约谈帮扶"))


class Item(NamedTuple):
    """One of the eighteen: the categories of problems whose points it has, by colour; its caps, and from when on it deserves attention.

    `waits`: of what the record holds nothing yet; such an item is left out, and not taken as faultless.
    """

    no: int
    id: str
    zh: str
    dimension: Dimension
    rests_on: str
    categories: frozenset[str] = frozenset()
    points: Mapping[Colour, float] = {}
    least: float = 0
    most: float = 0
    attention: float | None = None
    waits: str = ""


def _build_colours(red: float, orange: float, yellow: float) -> Mapping[Colour, float]:
    return {Colour.RED: red, Colour.ORANGE: orange, Colour.YELLOW: yellow, Colour.BLUE: yellow}


def _parse_codes(*of: str) -> frozenset[str]:
    """Categories by their codes, `101-103` being those from one to another; ValueError where there is none."""
    known = list(get_categories())
    found: set[str] = set()
    for each in of:
        first, _, last = each.partition("-")
        found |= set(known[known.index(first) : known.index(last or first) + 1])
    return frozenset(found)


_VERIFIED = "经核查销号、写明本人为直接责任人的整改指令单"

ITEMS = (
    Item(1, "calls", "接处警", "执法质效", _VERIFIED, _parse_codes("101-103", "107-108"), _build_colours(-3, -2, -1), -12, 0, -6),
    Item(
        2, "filing", "分流受案", "执法质效", _VERIFIED, _parse_codes("104-106", "201-206"), _build_colours(-4, -2, -1), -12, 0, -6
    ),
    Item(3, "evidence", "调查取证", "执法质效", _VERIFIED, _parse_codes("303"), _build_colours(-2, -2, -2), -8, 0, -4),
    Item(
        4,
        "deadlines",
        "办案期限",
        "执法质效",
        "本人承办的法定期限：逾期完成的减2分，连续20项按期完成的加1分",
        least=-10,
        most=5,
        attention=-6,
    ),
    Item(5, "measures", "强制措施", "执法质效", _VERIFIED, _parse_codes("401-407"), _build_colours(-6, -3, -3), -18, 0, -6),
    Item(
        6,
        "reviews",
        "案件评查",
        "执法质效",
        "抽取时本人承办、定分已经生效的评查案卷（自查的除外）：90分以上的加2分，不足75分的减2分，有否决项的减6分",
        least=-12,
        most=10,
        attention=-6,
    ),
    Item(7, "papers", "文书卷宗", "执法质效", _VERIFIED, _parse_codes("801-805"), _build_colours(-3, -1, -1), -8, 0, -4),
    Item(8, "property", "涉案财物", "执法质效", _VERIFIED, _parse_codes("701-705"), _build_colours(-6, -2, -2), -10, 0, -4),
    Item(9, "visits", "办案区使用", "执法质效", _VERIFIED, _parse_codes("601-605"), _build_colours(-6, -2, -2), -10, 0, -4),
    Item(
        10,
        "rectification",
        "整改落实",
        "执法质效",
        "本人承办、已经核查销号的整改指令单：按期一次通过的加1分，逾期的减2分，退回一次减1分",
        least=-10,
        most=5,
        attention=-5,
    ),
    Item(11, "satisfaction", "满意度回访", "群众评价", "回访", least=-8, most=5, attention=-4, waits="回访只按单位统计"),
    Item(
        12,
        "complaints",
        "来信投诉",
        "群众评价",
        f"{_VERIFIED}；转达的群众来信表扬每件加1分",
        _parse_codes("A02"),
        _build_colours(-3, -3, -3),
        -9,
        5,
        -5,
    ),
    Item(
        13,
        "mediation",
        "矛盾化解",
        "群众评价",
        "本人承办、协议履行后九十日内没有再次报警的调解，每件加1分",
        most=5,
    ),
    Item(14, "recordings", "视音频使用", "纪律作风", _VERIFIED, _parse_codes("109"), _build_colours(-1, -1, -1), -6, 6, -3),
    Item(
        15, "approvals", "审批、回避", "纪律作风", _VERIFIED, _parse_codes("901-905", "505"), _build_colours(-4, -4, -4), -12, 0, -4
    ),
    Item(16, "promises", "承诺与推诿", "纪律作风", _VERIFIED, _parse_codes("A01", "A03"), _build_colours(-4, -1, -1), -8, 0, -4),
    Item(17, "training", "培训与帮扶", "成长与负荷", "专题培训", most=6, waits="专题培训尚无登记"),
    Item(18, "load", "办案负荷", "成长与负荷", "在办事项与本单位其他民警相比，只展示，不计分"),
)
"""The eighteen items in their order."""
BY_ID: Mapping[str, Item] = {each.id: each for each in ITEMS}
DIMENSIONS: tuple[Dimension, ...] = ("执法质效", "群众评价", "纪律作风", "成长与负荷")


def compute_review_points(result: float, *, vetoed: bool) -> float:
    """What a reviewed file gives its officer, by its result of a hundred; a veto costs most, whatever the points."""
    if vetoed:
        return -6
    return 2 if result >= 90 else -2 if result < 75 else 0


class Point(NamedTuple):
    """A point as the facts give it: of which item, in which matter it rests on which entry, who verified it, and how much it is in full.

    `at` is when it was verified, from which its age is counted and since when it is shown to its officer.
    """

    id: str
    item: str
    matter: str
    seq: int
    about: str
    verified_by: str
    at: datetime
    value: float


class Answered(NamedTuple):
    """What an officer said to a point: a statement, and an objection, which is open (`upheld` None), upheld or not."""

    statement: str = ""
    objected_at: datetime | None = None
    upheld: bool | None = None


class ScoredPoint(NamedTuple):
    """A point as it stands now: how much of it is left at its age, and whether it counts."""

    point: Point
    standing: Standing
    worth: float
    counts_from: datetime
    answered: Answered


class ScoredItem(NamedTuple):
    """An item with its points, and what they come to within its caps; None where it is left out or only shown."""

    item: Item
    points: list[ScoredPoint]
    sum: float | None
    attention: bool


class Index(NamedTuple):
    """An officer's index at an instant, with every item, and the level that it means."""

    at: datetime
    total: float
    level: Level
    items: list[ScoredItem]
    overloaded: bool

    @property
    def dimensions(self) -> dict[Dimension, float]:
        """What the items of each dimension come to."""
        return {each: round(sum(item.sum or 0 for item in self.items if item.item.dimension == each), 2) for each in DIMENSIONS}


def find_item(category: str) -> Item | None:
    """The item whose points a problem of that category gives; None where it gives none."""
    return next((each for each in ITEMS if category in each.categories), None)


def reckon(points: Iterable[Point], answered: Mapping[str, Answered], at: datetime, *, overloaded: bool = False) -> Index:
    """The index at that instant, from all points that a person had verified by then, in whatever order they come."""
    known = sorted(
        (each for each in points if each.verified_by and each.at <= at), key=lambda each: (each.at, each.id), reverse=True
    )
    told = [_build_point_view(each, answered.get(each.id, Answered()), at, overloaded=overloaded) for each in known]
    items = [_build_item_view(each, [one for one in told if one.point.item == each.id]) for each in ITEMS]
    total = round(max(START + sum(each.sum or 0 for each in items), 0), 2)
    level: Level = next(level for least, level in _LEVELS if total >= least)
    return Index(at, total, level, items, overloaded)


def _build_point_view(point: Point, answered: Answered, at: datetime, *, overloaded: bool) -> ScoredPoint:
    counts_from = point.at + SHOWN_BEFORE
    age = (at - point.at).days
    left = next((share for days, share in _AGES if age <= days), 0.0)
    eased = _EASED if overloaded and point.value < 0 and point.item in _OF_LOAD else 1.0
    if answered.upheld:
        standing: Standing = "removed"
    elif answered.objected_at is not None and answered.upheld is None:
        standing = "suspended"
    elif at < counts_from:
        standing = "shown"
    else:
        standing = "counts" if left else "old"
    return ScoredPoint(point, standing, round(point.value * left * eased, 3), counts_from, answered)


def _build_item_view(item: Item, points: list[ScoredPoint]) -> ScoredItem:
    if item.waits or item.id == "load":
        return ScoredItem(item, points, None, False)
    counted = [each.worth for each in points if each.standing == "counts"]
    lost = max(sum(each for each in counted if each < 0), item.least)
    gained = min(sum(each for each in counted if each > 0), item.most)
    attention = item.attention is not None and lost <= item.attention
    return ScoredItem(item, points, round(lost + gained, 2), attention)


# What is fewer people would be told apart by.
FEWEST = 5


def count_levels(levels: Iterable[Level]) -> dict[Level, int] | None:
    """How many people have each level; None where they are too few to be told of without being known."""
    found = list(levels)
    if len(found) < FEWEST:
        return None
    return {level: found.count(level) for _, level in _LEVELS}
