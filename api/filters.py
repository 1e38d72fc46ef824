"""Filters (筛选) of lists and boards; showing and exporting use the same."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from api.context import AppContext
from api.http_io import build_form_invalid, search_body
from api.schemas.work import Queue
from law.calendar import SHANGHAI
from law.clock import Colour
from law.time_limits import get_limits
from models.access.scope import Person, Scope, build_scope, list_units_below
from models.folding import fold_number
from models.forms.incident import Category
from models.instants import Sought, SoughtDay
from models.marks import MARK, MARKS, MarkId
from models.matter import DIGITS, TAKEN_UP, Kind
from models.readmodel.board_calls import GROUPS
from models.readmodel.board_counts import BoardFilter
from models.readmodel.board_figures import Part, Period
from models.readmodel.figures import BY_ID, FigureId
from models.readmodel.todo import Wanted
from workflows.registry import get_settled_stages, get_stage_names

# A complete number names one matter, so titles need not be searched.
_NUMBER = re.compile(rf"[A-Za-z]{{2}}{DIGITS}")

InUnit = Annotated[str | None, Query(title="单位", description="含其下属单位；不填为您管辖的全部单位", max_length=60)]
Alone = Annotated[bool, Query(title="只看本单位", description="不含其下属单位")]
OfKind = Annotated[Kind | None, Query(title="事项种类")]
OfColour = Annotated[Colour | None, Query(title="颜色")]
OfOfficer = Annotated[str | None, Query(title="办案民警", max_length=60)]
_PERIOD = "期限届满之日（阶段停留为事项创建之日）"
From = Annotated[SoughtDay | None, Query(alias="from", title="自", description=f"{_PERIOD}不早于此日")]
To = Annotated[SoughtDay | None, Query(title="至", description=f"{_PERIOD}不晚于此日")]

# Filters by display name, for the description in an exported file; None: not set.
FilterWords = dict[str, str | None]
OWN_WORDS = frozenset({"标题或者编号", "保管人"})
"""The filters with free text, which may contain names of people."""


FIND_MATTERS = "/api/matters/find"


class SoughtMatters(BaseModel):
    """A search in the list of matters: part of a title or a whole number, and who holds a thing."""

    model_config = ConfigDict(extra="forbid")

    q: str | None = Field(default=None, title="标题或者编号", min_length=1, max_length=100)
    holder: str | None = Field(default=None, title="保管人", description="涉案财物在谁手中，用户名或者名称", max_length=200)


@dataclass(frozen=True)
class MatterFilters:
    """Filters of a list of matters: search words in the body, all else in the query string."""

    words: Annotated[SoughtMatters, search_body(SoughtMatters, FIND_MATTERS)]
    kind: OfKind = None
    stage: Annotated[str | None, Query(title="阶段", max_length=60)] = None
    unit: InUnit = None
    alone: Alone = False
    colour: OfColour = None
    officer: OfOfficer = None
    category: Annotated[
        Category | Literal["none"] | None, Query(title="警情大类", description="只列这一大类的警情；none 未分类的")
    ] = None
    parent: Annotated[str | None, Query(title="所属事项", description="例如 某一案件的涉案财物", max_length=60)] = None
    unsettled: Annotated[bool, Query(title="只看未结", description="已办结、已转为案件等只待归档的，和已经归档的，不列")] = False
    opened_after: Annotated[Sought | None, Query(title="自此时起新增")] = None
    opened_before: Annotated[Sought | None, Query(title="在此之前新增")] = None
    late_after: Annotated[Sought | None, Query(title="自此时起有补录")] = None
    sensitive: Annotated[bool, Query(title="只看敏感案件", description="现在列为敏感案件的")] = False
    mark: Annotated[MarkId | None, Query(title="敏感标记", description=MARK)] = None
    taken_up: Annotated[bool, Query(title="只看警情、案件和嫌疑人", description="指令、提示、评查等监督管理的事项不列")] = False

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters of `list_matters`; `q` is a whole number, or part of a title."""
        q = self.words.q
        number = fold_number(q or "")
        by = "number" if _NUMBER.fullmatch(number) else "q"
        given = {
            "kind": self.kind,
            "stage": self.stage,
            "colour": self.colour,
            "officer": self.officer,
            "parent": self.parent,
            "holder": self.words.holder,
            "unsettled": ",".join(map("/".join, sorted(get_settled_stages()))) if self.unsettled else None,
            "opened_after": self.opened_after and self.opened_after.isoformat(),
            "opened_before": self.opened_before and self.opened_before.isoformat(),
            "category": self.category,
            "late_after": self.late_after and self.late_after.isoformat(),
            "sensitive": "true" if self.sensitive else None,
            "mark": self.mark,
            "taken_up": ",".join(TAKEN_UP) if self.taken_up else None,
            by: number if by == "number" else q,
        }
        return {name: str(value) for name, value in given.items() if value is not None}

    @property
    def in_words(self) -> FilterWords:
        """The filters in words."""
        return {
            "单位": self.unit,
            "办案民警": self.officer,
            "种类": self.kind and self.kind.zh,
            "阶段": self.stage and (get_stage_names().get((self.kind, self.stage), self.stage) if self.kind else self.stage),
            "颜色": self.colour and self.colour.label,
            "标题或者编号": self.words.q,
            "所属事项": self.parent,
            "保管人": self.words.holder,
            "未结": "是" if self.unsettled else None,
            "创建": _format_span(self.opened_after, self.opened_before),
            "警情大类": self.category and GROUPS[self.category],
            "下属单位": "不含" if self.alone else None,
            "补录": _format_span(self.late_after, None),
            "敏感案件": "是" if self.sensitive else None,
            "敏感标记": self.mark and MARKS[self.mark],
            "警情、案件和嫌疑人": "是" if self.taken_up else None,
        }


FIND_TASKS = "/api/tasks/find"


class SoughtTasks(BaseModel):
    """A search in a list of tasks."""

    model_config = ConfigDict(extra="forbid")

    q: str | None = Field(default=None, title="事由、事项名称或者编号中的字词", min_length=1, max_length=100)


@dataclass(frozen=True)
class TaskFilters:
    """Filters and order of a list of tasks: search words in the body, all else in the query string."""

    words: Annotated[SoughtTasks, search_body(SoughtTasks, FIND_TASKS)]
    order: Annotated[
        Literal["arrival", "due"],
        Query(title="排序", description="arrival 先到先列；due 被退回和待签收的在前，其余先到期的在前"),
    ] = "arrival"
    queue: Annotated[Queue | None, Query(title="只列这一类")] = None

    @property
    def wanted(self) -> Wanted:
        """The filters of `todo.tasks`."""
        return Wanted(self.order, self.queue or "", self.words.q or "")


InOrder = Annotated[
    Literal["due", "duty"],
    Query(title="排序", description="due 先到期的在前；duty 值班次序：紧急警情待签收的在前，其次人身自由期限，其余离届满近的在前"),
]


@dataclass(frozen=True)
class ClockFilters:
    """Filters of a list of running clocks."""

    colour: OfColour = None
    unit: InUnit = None
    alone: Alone = False
    due_before: Annotated[Sought | None, Query(title="在此之前届满")] = None
    due_after: Annotated[Sought | None, Query(title="自此时起届满")] = None
    officer: OfOfficer = None
    kind: OfKind = None
    limit_id: Annotated[str | None, Query(title="期限", description="/api/limits 中的代号", max_length=100)] = None
    liberty: Annotated[bool, Query(title="只看羁押等人身自由期限")] = False

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters of `list_clocks`."""
        given: dict[str, Any] = {
            "colour": self.colour,
            "due_before": self.due_before,
            "due_after": self.due_after,
            "officer": self.officer,
            "limit_id": self.limit_id,
            "kind": self.kind,
            "liberty": self.liberty or None,
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def in_words(self) -> FilterWords:
        """The filters in words."""
        return {
            "单位": self.unit,
            "办案民警": self.officer,
            "种类": self.kind and self.kind.zh,
            "颜色": self.colour and self.colour.label,
            "届满": _format_span(self.due_after, self.due_before),
            "期限": self.limit_id and (limit.zh if (limit := get_limits().get(self.limit_id)) else self.limit_id),
            "范围": "人身自由期限" if self.liberty else None,
            "下属单位": "不含" if self.alone else None,
        }


@dataclass(frozen=True)
class BoardFilters:
    """Filters of a board."""

    unit: InUnit = None
    kind: OfKind = None
    from_: From = None
    to: To = None

    @property
    def chosen(self) -> BoardFilter:
        """The filter of the board; FormInvalid where the period ends before it begins."""
        if self.from_ and self.to and self.to < self.from_:
            raise build_form_invalid("to", "period", "截止日不得早于起始日")
        return BoardFilter(self.kind and self.kind.value, self.from_, self.to)

    @property
    def in_words(self) -> FilterWords:
        """The filters in words."""
        period = f"{self.from_ or ''}至{self.to or ''}" if self.from_ or self.to else None
        return {"单位": self.unit, "种类": self.kind and self.kind.zh, "期间": period}


@dataclass(frozen=True)
class PeriodFilters:
    """Filters of the supervision board: a unit, and a period, which by default is this month until today."""

    unit: InUnit = None
    from_: Annotated[SoughtDay | None, Query(alias="from", title="自", description="不填为截止日当月的1日")] = None
    to: Annotated[SoughtDay | None, Query(title="至", description="不填为今天")] = None

    @property
    def period(self) -> Period:
        """The period; FormInvalid where it ends before it begins."""
        until = self.to or datetime.now(SHANGHAI).date()
        since = self.from_ or until.replace(day=1)
        if until < since:
            raise build_form_invalid("to", "period", "截止日不得早于起始日")
        return Period(since, until)

    @property
    def in_words(self) -> FilterWords:
        """The filters in words."""
        return {"单位": self.unit, "期间": f"{self.period.since}至{self.period.until}"}


@dataclass(frozen=True)
class CountedFilters(PeriodFilters):
    """Filters of the items that a rate counted: the rate, and which of its items."""

    figure: Annotated[FigureId, Query(title="指标", examples=["filed"])] = "closed-in-time"
    part: Annotated[Part, Query(title="范围", description="above 分子；missed 未计入分子的；below 分母")] = "below"
    alone: Alone = False

    @property
    def in_words(self) -> FilterWords:
        """The filters in words."""
        part = {"above": "分子", "missed": "未计入分子的", "below": "分母"}[self.part]
        return super().in_words | {"指标": BY_ID[self.figure].zh, "范围": part, "下属单位": "不含" if self.alone else None}


OfMatters = Annotated[MatterFilters, Depends()]
OfTasks = Annotated[TaskFilters, Depends()]
OfClocks = Annotated[ClockFilters, Depends()]
OfBoard = Annotated[BoardFilters, Depends()]
OfPeriod = Annotated[PeriodFilters, Depends()]
OfCounted = Annotated[CountedFilters, Depends()]


async def narrow_scope(ctx: AppContext, person: Person, unit: str | None, alone: bool = False) -> Scope:
    """What this person may know of, narrowed to a unit and, unless `alone`, the units below it."""
    if not unit:
        return build_scope(person)
    tree = await ctx.directory.load_units()
    return build_scope(person, frozenset({unit} & tree.keys()) if alone else list_units_below(unit, tree))


def _format_span(since: datetime | None, until: datetime | None) -> str | None:
    days = [f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if each else "" for each in (since, until)]
    return "至".join(days) if any(days) else None
