"""Time limits: what the law says, and the public calculator."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.context import get_context
from api.http_io import build_form_invalid, parse_form, read_body, request_body
from api.path_parameters import LimitId
from api.problems import document_refusals
from api.schemas.law import Reckoned
from api.untraced import declare_untraced
from law.areas import get_area
from law.calculator import RefusedError, compute_answer
from law.facts import Area
from law.search import search, suggest_nearest
from law.time_limits import TimeLimit, get_limits
from models.messages import Refusal
from models.problems import NotFound, build_problem
from models.readmodel.limits import LimitCard, LimitView, build_limit_card, build_limit_view, list_limits

router = APIRouter(tags=["法定期限"])
Asked = Annotated[str, Query(max_length=100, description="名称、条文或者起算的事实，例如 提请批捕、CPL 91、刑诉法第91条")]


class Exclusion(BaseModel):
    """Time that does not count: its reason, from when, until when."""

    reason: str = Field(title="事由", examples=["精神病鉴定"])
    from_: str = Field(alias="from", title="自")
    to: str = Field(title="至")


class Question(BaseModel):
    """A question to the calculator: a start, and whatever decisions changed the limit."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"start": "2026-09-28T10:00:00+08:00", "in_custody": True}}
    )

    start: str = Field(title="起算时间", description="日期，或者写明时区的时刻", max_length=40)
    in_custody: bool | None = Field(default=None, title="是否在押")
    base: str | None = Field(default=None, title="适用的基本期限", examples=["37 day"], max_length=40)
    term: str | None = Field(default=None, title="决定书确定的期限", examples=["10 day"], max_length=40)
    extensions: list[str] | None = Field(default=None, title="延长", examples=[["+4 day", "to 30 day"]], max_length=20)
    exclusions: list[Exclusion] | None = Field(default=None, title="不计入的期间", max_length=20)


@router.get(
    "/api/limits",
    dependencies=declare_untraced("time limits of the law"),
    summary="法定期限",
    response_model=list[LimitView],
    responses=document_refusals(422),
)
async def search_limits(q: Asked = "", phase: Annotated[Area | None, Query(description="办案阶段")] = None) -> Response:
    """The time limits that fit, each with its newest edition; all of them where nothing is asked."""
    if not q and phase is None:
        return Response(list_limits(), media_type="application/json")
    found = [build_limit_view(limit).model_dump_json() for limit in search(q) if phase is None or get_area(limit) is phase]
    return Response(f"[{','.join(found)}]", media_type="application/json")


@router.get(
    "/api/limits/{limit_id}",
    dependencies=declare_untraced("time limits of the law"),
    summary="一项法定期限",
    responses=document_refusals(404),
)
async def get_limit(limit_id: LimitId) -> LimitCard:
    """One time limit: what starts, changes, meets and ends it, each edition, and the disputed readings it takes."""
    return build_limit_card(_get_limit(limit_id))


@router.post(
    "/api/limits/{limit_id}/due",
    summary="期限计算器",
    openapi_extra=request_body(Question),
    responses={200: {"model": Reckoned}} | document_refusals(404, 409, 422),
    response_model=None,
)
async def reckon(request: Request, limit_id: LimitId) -> dict[str, Any]:
    """When the limit ends, by which edition and calendar, and why."""
    limit = _get_limit(limit_id)
    question = parse_form(Question, await read_body(request)).model_dump(by_alias=True, exclude_none=True)
    try:
        answer = compute_answer({**question, "limit": limit.id}, await get_context(request).get_calendar())
    except RefusedError as refused:
        if refused.slug == "form-invalid":
            raise build_form_invalid(refused.field, "question", refused.detail) from None
        members = {"limit": limit.id, "field": refused.field}
        raise build_problem(Refusal(slug=refused.slug, detail=refused.detail, members=members)) from None
    rungs = [{"colour": rung.colour, "at": rung.at.isoformat()} for rung in answer.rungs]
    return {**answer._asdict(), "rungs": rungs}


def _get_limit(limit_id: str) -> TimeLimit:
    if limit_id not in get_limits():
        raise NotFound("没有这一法定期限", near=suggest_nearest(limit_id))
    return get_limits()[limit_id]
