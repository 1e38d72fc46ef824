"""Searching everything within reach, and what was likely reported before."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.http_io import parse_form, read_body, request_body
from api.labels import build_labels_json
from api.problems import document_refusals
from api.schemas.search import Found, FoundMatter, Reported, SimilarIncident, Wanted
from models.readmodel import search as searching
from models.trace_shapes import Reading

router = APIRouter(tags=["搜索"])


@router.post(
    "/api/search",
    dependencies=declare_reading(Reading.SEARCH),
    summary="搜索",
    openapi_extra=request_body(Wanted),
    responses={200: {"model": Found}} | document_refusals(401, 415, 422),
    response_model=None,
)
async def search(request: Request, person: Caller) -> Response:
    """Within the caller's reach: matters by number or title, people by name, pinyin or number, papers by number, what is told; twenty of each at most.

    What is looked for stands in the body, since addresses are kept by whatever lies between: it may be somebody's citizen number.
    """
    wanted = parse_form(Wanted, await read_body(request))
    async with get_context(request).pool.connection() as connection:
        found = await searching.search(connection, person, build_labels_json(), wanted.q, wanted.kind)
    return Response(found, media_type="application/json")


@router.get(
    "/api/search/lately",
    dependencies=declare_reading(Reading.LIST),
    summary="最近查看的事项",
    responses={200: {"model": list[FoundMatter]}} | document_refusals(401),
    response_model=None,
)
async def list_recently_opened(request: Request, person: Caller) -> Response:
    """Up to eight matters that the caller looked at last, the latest first: what is offered before anything is typed."""
    async with get_context(request).pool.connection() as connection:
        return Response(
            await searching.list_recently_opened(connection, person, build_labels_json()), media_type="application/json"
        )


@router.post(
    "/api/incidents/similar",
    dependencies=declare_reading(Reading.SEARCH),
    summary="可能重复的警情",
    openapi_extra=request_body(Reported),
    responses={200: {"model": list[SimilarIncident]}} | document_refusals(401, 415, 422),
    response_model=None,
)
async def list_similar(request: Request, person: Caller) -> Response:
    """Up to five incidents of the last seven days that are likely the same event: by telephone, place, or what is told, and `why`."""
    values = parse_form(Reported, await read_body(request))
    async with get_context(request).pool.connection() as connection:
        found = await searching.list_similar(
            connection,
            person,
            build_labels_json(),
            datetime.now(UTC),
            place=values.place,
            narrative=values.narrative,
            phone=values.phone,
        )
    return Response(found, media_type="application/json")
