"""Time limits: what the law says, and the public calculator."""

from difflib import get_close_matches
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.bodies import body_of, filled_in, invalid, takes
from api.desk import desk
from api.problems import documented
from law.calculator import due
from law.time_limits import Base, Edition, TimeLimit, limits
from models.messages import Refusal
from models.problems import NotFound, problem_from

router = APIRouter(tags=["法定期限"])


class Exclusion(BaseModel):
    """Time that does not count: its reason, from when, until when."""

    reason: str = Field(title="事由", examples=["精神病鉴定"])
    from_: str = Field(alias="from", title="自")
    to: str = Field(title="至")


class Question(BaseModel):
    """What the calculator is asked: a start, and whatever decisions changed the limit."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"start": "2026-09-28T10:00:00+08:00", "in_custody": True}}
    )

    start: str = Field(title="起算时间", description="日期,或者写明时区的时刻", max_length=40)
    in_custody: bool | None = Field(None, title="是否在押")
    base: str | None = Field(None, title="适用的基本期限", examples=["37 day"], max_length=40)
    term: str | None = Field(None, title="决定书确定的期限", examples=["10 day"], max_length=40)
    extensions: list[str] | None = Field(None, title="延长", examples=[["+4 day", "to 30 day"]], max_length=20)
    exclusions: list[Exclusion] | None = Field(None, title="不计入的期间", max_length=20)


@router.get("/api/limits", summary="全部法定期限")
async def all_limits() -> list[dict[str, Any]]:
    """Every time limit with its newest edition."""
    return _all()


@cache
def _all() -> list[dict[str, Any]]:
    return [_told(limit) | _edition(limit.editions[0]) for limit in limits().values()]


@router.get("/api/limits/{limit_id}", summary="一项法定期限", responses=documented(404))
async def one_limit(limit_id: str) -> dict[str, Any]:
    """One time limit: what starts, meets and ends it, and each edition, the newest first."""
    limit = _known(limit_id)
    facts = {
        "starts_on": [{"fact": each, "zh": each.zh} for each in limit.starts_on],
        "met_by": [{"fact": each, "zh": each.zh} for each in limit.met_by],
        "ended_by": [{"fact": each, "zh": each.zh} for each in limit.ended_by],
    }
    return _told(limit) | facts | {"editions": [_edition(each) for each in limit.editions]}


@router.post("/api/limits/{limit_id}/due", summary="期限计算器", openapi_extra=takes(Question), responses=documented(404, 409, 422))
async def reckon(request: Request, limit_id: str) -> dict[str, Any]:
    """When the limit ends, by which edition and calendar, and why."""
    limit = _known(limit_id)
    question = filled_in(Question, await body_of(request)).model_dump(by_alias=True, exclude_none=True)
    answer = due({**question, "limit": limit.id}, await desk(request).calendar())
    if "error" not in answer:
        return answer
    slug, detail = answer["error"]["type"], answer["error"]["detail"]
    if slug == "form-invalid":
        raise invalid("", "question", detail)
    raise problem_from(Refusal(slug=slug, detail=detail, members={"limit": limit.id}))


def _known(limit_id: str) -> TimeLimit:
    if limit_id not in limits():
        raise NotFound("没有这一法定期限", near=get_close_matches(limit_id, limits(), n=5, cutoff=0.4))
    return limits()[limit_id]


def _told(limit: TimeLimit) -> dict[str, Any]:
    return {
        "limit": limit.id,
        "zh": limit.zh,
        "about": limit.about,
        "answerable": limit.answerable,
        "answerable_zh": limit.answerable.zh,
        "at_expiry": limit.at_expiry,
        "liberty": limit.liberty,
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "in_force": edition.in_force,
        "until": edition.until,
        "basis": edition.articles,
        "bases": [_base(each) for each in edition.bases],
        "extensions": [each.zh for each in edition.extensions],
        "not_counted": [each.zh for each in edition.not_counted],
        "notes": list(edition.notes),
    }


def _base(base: Base) -> dict[str, Any]:
    length = base.length
    return {
        "length": str(length) if length else None,
        "zh": length.zh if length else "",
        "counting": base.counting,
        "when": base.zh,
    }
