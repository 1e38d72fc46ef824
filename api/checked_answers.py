"""Answers checked against the models that their routes declare, in tests and development; in production they go out unchecked.

Most are JSON written by PostgreSQL: fast, and validated by nothing on the way.
"""

from functools import cache
from typing import Any

from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AnswerNotAsDeclared(Exception):
    """An answer differs from the contract: a fault of the route, or of the statement behind it."""


class CheckedAnswers:
    """Middleware that raises AnswerNotAsDeclared after an answer that is not as declared: a test fails, a developer finds it in the log."""

    def __init__(self, app: ASGIApp) -> None:
        """Check the answers of that application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        status, is_json, body = 0, False, bytearray()

        async def keep(message: Message) -> None:
            nonlocal status, is_json
            if message["type"] == "http.response.start":
                status = message["status"]
                is_json = (
                    status < 300 and status != 204 and Headers(raw=message["headers"]).get("content-type") == "application/json"
                )
            elif is_json:
                body.extend(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, keep)
        route = scope.get("route")
        if is_json and isinstance(route, APIRoute):
            _check(route, status, bytes(body))


def _check(route: APIRoute, status: int, body: bytes) -> None:
    model = find_declared_model(route, status)
    if model is None:
        raise AnswerNotAsDeclared(f"{route.path} declares no model of its answer {status}")
    try:
        _get_adapter(model).validate_json(body, strict=True)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False)  # no word of a case into a log
        raise AnswerNotAsDeclared(f"{route.path}: " + "; ".join(f"{each['loc']} {each['msg']}" for each in faults)) from None


def find_declared_model(route: APIRoute, status: int) -> Any:
    """The model that a route declares of its answer with this status; None where it declares none."""
    return route.responses.get(status, {}).get("model") or route.response_model


@cache
def _get_adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)
