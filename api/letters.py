"""Letters from the public (群众来信): the board of who keeps them, and the list that each of its counts opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.boards import read_names
from api.context import get_context
from api.filters import Alone, FilterWords, OfPeriod, PeriodFilters, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from api.schemas.letters import LetterList
from law.time_limits import get_limits
from models.readmodel import letters
from models.readmodel.board_letters import CHANNELS, SCORES, SORTS, LetterBoard, list_subclasses, read_letters
from models.readmodel.queues import Element
from models.readmodel.six_elements import read_queues
from models.trace_shapes import Reading

router = APIRouter(tags=["群众来信"])

_NONE = "none 未标注、未评价，或者封存而不能知悉的"


def _describe(called: Mapping[Any, str]) -> str:
    return "、".join(f"{code} {zh}" for code, zh in called.items())


@dataclass(frozen=True)
class LettersAsked(PeriodFilters):
    """Filters of the list of letters: the unit and the period of the board, and what a count of it is of."""

    alone: Alone = False
    came_by: Annotated[str | None, Query(title="来信渠道", description=f"渠道的代码；{_NONE}", max_length=40)] = None
    nature: Annotated[str | None, Query(title="来信性质", description=f"性质的代码；{_NONE}", max_length=40)] = None
    subclass: Annotated[str | None, Query(title="标签小类", description=f"标签代码的前段，例如 1.03；{_NONE}", max_length=10)] = (
        None
    )
    score: Annotated[str | None, Query(title="评价", description=f"评价的代码；{_NONE}", max_length=40)] = None
    state: Annotated[letters.State | None, Query(title="状态", description=_describe(letters.STATES))] = None
    promise: Annotated[str | None, Query(title="时限", description="所承诺的时限的代码", max_length=60)] = None
    outcome: Annotated[letters.Outcome | None, Query(title="时限的结果", description=_describe(letters.OUTCOME))] = None

    @property
    def chosen(self) -> letters.LetterFilters:
        """The filters of the list."""
        return letters.LetterFilters(
            period=self.period,
            channel=self.came_by or "",
            sort=self.nature or "",
            subclass=self.subclass or "",
            score=self.score or "",
            state=self.state or "",
            promise=self.promise or "",
            outcome=self.outcome or "",
        )

    @property
    def in_words(self) -> FilterWords:
        """The filters in words."""
        limit = get_limits().get(self.promise or "")
        return {
            **super().in_words,
            "下属单位": "不含" if self.alone else None,
            "来信渠道": self.came_by and CHANNELS.get(self.came_by, self.came_by),
            "来信性质": self.nature and SORTS.get(self.nature, self.nature),
            "标签小类": self.subclass and list_subclasses().get(self.subclass, self.subclass),
            "评价": self.score and SCORES.get(self.score, self.score),
            "状态": self.state and letters.STATES[self.state],
            "时限": limit.zh if limit else self.promise,
            "时限的结果": self.outcome and letters.OUTCOME[self.outcome],
        }


OfLetters = Annotated[LettersAsked, Depends()]


@router.get(
    "/api/boards/letters",
    dependencies=declare_reading(Reading.BOARD),
    summary="群众来信看板",
    responses=document_refusals(401, 422),
)
async def get_letter_board(request: Request, person: Caller, filters: OfPeriod) -> LetterBoard:
    """What waits of letters, and those that came in a period: by channel, sort, label, unit and evaluation, and how promises were kept."""
    ctx, period, now = get_context(request), filters.period, datetime.now(UTC)
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        open_ = await read_queues(connection, scope, {Element.LETTER}, names, now)
        return await read_letters(connection, scope, period, open_, names, now)


@router.get(
    "/api/letters",
    dependencies=declare_reading(Reading.LIST),
    summary="来信清单",
    responses={200: {"model": LetterList}} | document_refusals(401, 422),
)
async def list_letters(request: Request, person: Caller, filters: OfLetters, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Letters that came in the period, the one whose limit ends next first; a count of the board opens just those that it counted."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        return build_page_response(await letters.list_letters(connection, scope, filters.chosen, after, limit))
