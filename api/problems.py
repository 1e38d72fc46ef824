"""Refusals as `application/problem+json` (RFC 9457): one renderer, and a page for each type of problem."""

import json
from asyncio import CancelledError
from html import escape
from typing import Any

import psycopg
from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from api.untraced import declare_untraced
from models.problems import (
    PROBLEMS,
    FormInvalid,
    NoRoom,
    NotFound,
    OrchestratorUnavailable,
    Problem,
)
from models.validation_messages import list_faults
from runtime import database, temporal
from runtime.logging import log
from runtime.metrics import REFUSALS

# A series that is born with its first refusal has not grown, and wakes nobody.
for _slug in (Problem.slug, *PROBLEMS):
    REFUSALS.labels(problem=_slug)
# An engine that is away is mostly back within a restart's time.
RETRY_AFTER_S = 5

router = APIRouter()


class ProblemDocument(BaseModel):
    """A refusal (RFC 9457); its type's page names its further members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(title="类型", examples=["/problems/step-not-open"])
    title: str = Field(title="问题")
    status: int = Field(title="HTTP 状态码")
    detail: str = Field(title="说明")
    instance: str = Field(title="所涉地址")


def document_refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of these statuses, for the OpenAPI document."""
    return {
        status: {"content": {"application/problem+json": {"schema": _SCHEMA}}, "description": _WORDS[status]} for status in statuses
    }


STATUSES = tuple(sorted({each.status for each in PROBLEMS.values()}))
"""The statuses with which we refuse."""

_SCHEMA = {"$ref": "#/components/schemas/ProblemDocument"}
_WORDS = {status: "、".join(each.title for each in PROBLEMS.values() if each.status == status) for status in STATUSES}


def find_problem(error: BaseException) -> Problem:
    """The problem for an exception: an engine that is away or failing, an invalid form, or a fault of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return _build_http_problem(error)
    if isinstance(error, RequestValidationError):
        return FormInvalid(errors=list_faults(error.errors(), skip=1))
    if isinstance(error, psycopg.errors.DiskFull):
        return NoRoom(retry_after=RETRY_AFTER_S)
    if database.passing(error):
        return OrchestratorUnavailable(engine="postgres", retry_after=RETRY_AFTER_S)
    if isinstance(error, psycopg.DataError):  # a character in an address or a query that no text can hold
        return FormInvalid(errors=[{"field": "", "rule": "characters", "detail": "含有不能处理的字符"}])
    if temporal.passing(error):
        return OrchestratorUnavailable(engine="temporal", retry_after=RETRY_AFTER_S)
    if isinstance(error, CancelledError):  # we are being stopped; what was handed in may be carried out all the same
        return OrchestratorUnavailable(engine="api", retry_after=RETRY_AFTER_S)
    return Problem()


def _is_surprising(error: BaseException) -> bool:
    """Whether somebody should look at it though the caller may retry: an engine failed otherwise than by being away."""
    if isinstance(error, (Problem, HTTPException, RequestValidationError, CancelledError, psycopg.DataError)):
        return False
    return not (database.unavailable(error) or temporal.unavailable(error))


def _build_http_problem(error: HTTPException) -> Problem:
    if isinstance(error.__cause__, Problem):  # the framework wraps what comes up while it reads a body
        return error.__cause__
    if error.status_code in (404, 405):
        return NotFound("没有这一地址" if error.status_code == 404 else "这一地址不接受此方法")
    return FormInvalid(errors=[{"field": "", "rule": "body", "detail": "请求无法读取"}])


def render(error: BaseException, instance: str, trace_id: str) -> Response:
    """The answer to a request that ended in this exception; for a fault of ours it has the trace id only."""
    problem = find_problem(error)
    REFUSALS.labels(problem=problem.slug).inc()
    members = problem.members
    if problem.slug == Problem.slug or _is_surprising(error):
        log.error("request.failed", error=error, problem=problem.slug, trace_id=trace_id)
    if problem.slug == Problem.slug:
        members = {"trace_id": trace_id}
    body = members | {
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    headers = {"Retry-After": str(int(members["retry_after"]))} if "retry_after" in members else {}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(json.dumps(body, ensure_ascii=False), problem.status, headers, "application/problem+json")


async def refuse(request: Request, error: Exception) -> Response:
    """The exception handler of the application."""
    return render(error, request.url.path, request.state.trace_id)


_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<body style="max-width:40rem;margin:3rem auto;font-family:sans-serif;line-height:1.6">
<h1>{title}</h1><p><code>{slug}</code> · HTTP {status}</p><p>{meaning}</p><p><a href="/docs">接口文档</a></p></body></html>"""


@router.get("/problems/{slug}", dependencies=declare_untraced("what a type of refusal means"), include_in_schema=False)
async def explain(slug: str) -> HTMLResponse:
    """What a type of problem means."""
    problem = PROBLEMS.get(slug, Problem)
    if problem.slug != slug:
        raise NotFound(near=sorted(PROBLEMS))
    meaning = escape((problem.__doc__ or "").strip())
    return HTMLResponse(_PAGE.format(title=problem.title, slug=slug, status=problem.status, meaning=meaning))
