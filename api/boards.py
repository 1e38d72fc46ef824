"""Boards: the figures a station or a bureau is steered by."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from api.auth import Caller
from api.desk import desk
from api.problems import documented
from models import queries
from models.problems import NotFound
from models.reach import below, scope_of

router = APIRouter(tags=["看板"])

BOARDS = ("station",)
# A shift and the one after it: what is due by then must be in somebody's hands now.
_SOON = timedelta(hours=24)


@router.get("/api/boards/{board}", summary="看板", responses=documented(401, 404))
async def board(
    request: Request,
    board: str,
    person: Caller,
    unit: Annotated[str | None, Query(title="单位", description="含其下属单位;不填为您管辖的全部单位", max_length=60)] = None,
) -> dict[str, Any]:
    """`station`: open matters by colour and stage, awaiting approval, clocks due within 24 hours (`due_soon`) and overdue."""
    if board not in BOARDS:
        raise NotFound(near=list(BOARDS))
    house = desk(request)
    scope = scope_of(person, below(unit, await house.register.units()) if unit else None)
    now = datetime.now(UTC)
    async with house.pool.connection() as connection:
        return await queries.board(connection, scope, now, now + _SOON)
