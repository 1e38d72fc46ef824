"""Searching everything within reach, and what was likely reported before."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.auth import Caller
from api.bodies import invalid
from api.desk import desk
from api.problems import documented
from api.shapes.search import Found, SimilarIncident
from api.words import words
from models import search as searching

router = APIRouter(tags=["搜索"])


@router.get("/api/search", summary="搜索", responses={200: {"model": Found}} | documented(401, 422))
async def search(
    request: Request,
    person: Caller,
    q: Annotated[
        str,
        Query(
            title="编号、标题、姓名、公民身份号码、电话、车牌或者案情中的话",
            description="至少两个字；号码从头写起，至少四位",
            min_length=2,
            max_length=100,
        ),
    ],
) -> Response:
    """Within the caller's reach: matters by number or title, people by name or number, what is told of a matter; twenty of each at most."""
    wanted = q.strip()
    if len(wanted) < 2:
        raise invalid("q", "too-short", "至少输入两个字")
    async with desk(request).pool.connection() as connection:
        return Response(await searching.search(connection, person, words(), wanted), media_type="application/json")


@router.get(
    "/api/incidents/similar", summary="可能重复的警情", responses={200: {"model": list[SimilarIncident]}} | documented(401, 422)
)
async def similar(
    request: Request,
    person: Caller,
    place: Annotated[str, Query(title="发生地点", max_length=200)] = "",
    narrative: Annotated[str, Query(title="报警内容", max_length=1000)] = "",
    phone: Annotated[str, Query(title="报警人电话", max_length=30)] = "",
) -> Response:
    """Up to five incidents of the last seven days that are likely the same event: by telephone, place, or what is told, and `why`."""
    async with desk(request).pool.connection() as connection:
        found = await searching.similar(
            connection, person, words(), datetime.now(UTC), place=place, narrative=narrative, phone=phone
        )
    return Response(found, media_type="application/json")
