"""The application: routes, the middleware that every request passes, and the interactive page, which loads nothing from outside."""

import asyncio
import hashlib
import hmac
import re
import time
import uuid
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version
from importlib.resources import files
from types import MappingProxyType

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from api import (
    absences,
    access_log_routes,
    account,
    administration,
    alerts,
    appointments,
    articles,
    assessments,
    auth,
    boards,
    bureau_journal,
    calendar,
    case_ledgers,
    channel_rules,
    channels,
    clocks,
    counter,
    documents,
    drives,
    events,
    exports,
    health,
    inspection_settings,
    inspection_trials,
    inspections,
    intake,
    labels,
    letters,
    limits,
    matters,
    operations,
    order_batches,
    oversight,
    partners,
    patience,
    personal_index,
    problems,
    queues,
    reports,
    requests,
    response_times,
    review_papers,
    reviews,
    search,
    series,
    steps,
    tasks,
    timeline,
    veiled_fields,
    vocabulary,
    vouching,
    worklist,
)
from api.access_tracking import leave_trace, note_shown
from api.checked_answers import CheckedAnswers
from api.context import open_context
from api.inbound import routes as inbound
from api.openapi import publish_document
from api.password_binding import bind_accounts
from api.sheets.uploads import LARGEST_SHEET_UPLOAD
from api.static_files import serve_pages
from models.outside import System
from models.problems import FormTooLarge, NotFound, Problem
from runtime import metrics, tracing
from runtime.logging import log
from runtime.settings import Settings
from runtime.transport_security import is_loopback

# In the order of the pages of the OpenAPI document.
_ROOMS = (
    matters,
    timeline,
    steps,
    requests,
    documents,
    drives,
    clocks,
    tasks,
    worklist,
    search,
    intake,
    case_ledgers,
    counter,
    oversight,  # its boards before whatever else is called a board
    series,
    letters,
    queues,  # before the boards, which refuse what is none
    boards,
    assessments,
    personal_index,
    reports,
    review_papers,
    reviews,
    order_batches,
    exports,
    access_log_routes,
    bureau_journal,
    administration,
    appointments,
    absences,
    patience,
    response_times,
    partners,
    channel_rules,
    operations,
    events,
    auth,
    account,
    channels,
    vouching,
    alerts,
    inspections,
    inspection_settings,
    inspection_trials,
    limits,
    articles,
    calendar,
    labels,
    veiled_fields,
    vocabulary,
    inbound,
    health,
    problems,
)
# Eight thousand characters in each of a form's text fields come to less than a tenth of it.
LARGEST_BODY = 1_000_000
# Whoever signs in at once finds it done; where the database is away they wait for that, too.
_BINDING_S = 3.0
# Machines and open pages ask for these all the time: an answer is worth no line.
_UNTOLD = frozenset({"/api/health", "/metrics"})

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    # No page of ours looks, listens or asks where somebody is.
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    # Pages style themselves as they go; nothing may come from, or go, elsewhere.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
# An answer is read by a program. Opened as a page it does nothing, whatever somebody wrote into it, and is kept by nobody on the way.
_HEADERS_OF_ANSWERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
_AS_A_FILE = 'attachment; filename="api.json"'
# Whoever came over TLS once comes over nothing else for a year. In clear it is not said: browsers would not heed it.
_OVER_TLS = "max-age=31536000; includeSubDomains"


def make_app(
    settings: Settings, systems: Mapping[str, System] = MappingProxyType({}), logins: Sequence[auth.DemoLogin] = ()
) -> FastAPI:
    """The application over the engines of the settings; they are connected when it starts, and need not be there yet.

    `systems` are the outside systems whose webhooks the OpenAPI document describes, `logins` the users that a demonstration offers.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        ctx = app.state.ctx = await open_context(settings)
        rounds = (bind_accounts(ctx), ctx.event_bus.listen(), ctx.health.keep(), ctx.access_log.run())
        keeping = [asyncio.create_task(each) for each in rounds]
        await asyncio.wait(keeping[:1], timeout=_BINDING_S)
        log.info("api.started", port=settings.port)
        try:
            yield
        finally:
            await _end_tasks(keeping)
            await ctx.access_log.close()
            await ctx.pool.close()
            log.info("api.stopped")

    app = FastAPI(
        title="漏刻 Louke",
        version=version("louke"),
        description="警情与案件的办理、法定期限的计算与预警。每一步骤一个接口；拒绝以 application/problem+json 说明理由与依据。",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=lifespan,
        redirect_slashes=False,  # what is sent elsewhere would go where the request's `Host` says
    )
    app.state.systems, app.state.logins = systems, logins
    if settings.check_answers:
        app.add_middleware(CheckedAnswers)
    app.add_middleware(Boundary)
    for error in (Problem, RequestValidationError, HTTPException):
        app.add_exception_handler(error, problems.refuse)
    _add_routes(app, settings)
    publish_document(app, systems)
    return app


def _add_routes(app: FastAPI, settings: Settings) -> None:
    for room in _ROOMS:
        # As they are, prepared once: what is included is prepared anew for each application, at its first request, and looked up by detours.
        app.router.routes.extend(room.router.routes)
    _add_docs(app)
    _serve_metrics(app, settings.metrics_secret.get_secret_value())
    serve_pages(app, settings)


async def _end_tasks(tasks: Sequence[asyncio.Task[None]]) -> None:
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Boundary:
    """Middleware around every request: metrics, trace, log, size limit, and problem documents in place of stack traces."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap that application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        began, status, tells = time.perf_counter(), 0, False

        async def answer(message: Message) -> None:
            nonlocal status, tells
            if message["type"] == "http.response.start":
                status = message["status"]
                leave_trace(scope, status)
                headers = MutableHeaders(scope=message)
                tells = status == HTTPStatus.OK and headers.get("content-type", "") == "application/json"
                for name, value in _build_security_headers(scope, headers.get("content-type", "")).items():
                    headers.setdefault(name, value)
                headers["X-Request-ID"] = request_id
            elif tells:
                note_shown(scope, message.get("body", b""), more=message.get("more_body", False))
            await send(message)

        with bound_contextvars(request_id=request_id), tracing.open_span("request", _add_headers(scope), method=scope["method"]):
            trace_id = scope.setdefault("state", {})["trace_id"] = tracing.find_trace_id() or request_id
            try:
                await self._app(scope, _limit_body(scope, receive), answer)
            except asyncio.CancelledError as stopped:
                if not status:
                    await problems.render(stopped, scope["path"], trace_id)(scope, receive, answer)
                raise  # whoever stops us waits for that
            except Exception as error:
                if status:  # too late to say anything else
                    log.error("request.failed", error=error, trace_id=trace_id)
                    raise
                await problems.render(error, scope["path"], trace_id)(scope, receive, answer)
            self._log_answer(scope, status, time.perf_counter() - began)

    def _log_answer(self, scope: Scope, status: int, took_s: float) -> None:
        """Log the status of a request, and count a step that failed."""
        route = getattr(scope.get("route"), "path", "")
        if scope["method"] == "POST" and route.startswith("/api/matters/"):
            scope["app"].state.ctx.health.note_answer(status)
        if status == 200 and scope["path"] in _UNTOLD:
            return
        log.info("request.answered", method=scope["method"], route=route, status=status, duration_ms=round(took_s * 1000, 1))


def _build_security_headers(scope: Scope, content_type: str) -> dict[str, str]:
    """Security headers that every answer gets, unless its route has set them."""
    answer = scope["path"].startswith("/api/")
    return (
        _HEADERS
        | (_HEADERS_OF_ANSWERS if answer else {})
        | ({"Content-Disposition": _AS_A_FILE} if answer and content_type.endswith("json") else {})
        | ({"Strict-Transport-Security": _OVER_TLS} if scope.get("scheme") == "https" else {})
    )


def _add_headers(scope: Scope) -> dict[str, str]:
    return {name: value for name, value in Headers(scope=scope).items() if name in ("traceparent", "tracestate")}


def _limit_body(scope: Scope, receive: Receive) -> Receive:
    """The request's body; FormTooLarge once it is announced or has grown larger than any form."""
    length = Headers(scope=scope).get("content-length", "")
    announced = int(length) if length.isdecimal() else 0
    most = _get_size_limit(scope["path"]) if scope["method"] == "POST" else LARGEST_BODY
    received = 0

    async def limited() -> Message:
        nonlocal received
        if announced <= most:
            message = await receive()
            received += len(message.get("body", b""))
            if received <= most:
                return message
        raise FormTooLarge(limit_bytes=most)

    return limited


def _get_size_limit(path: str) -> int:
    if path.endswith("/dossier"):
        return documents.LARGEST_UPLOAD
    return LARGEST_SHEET_UPLOAD if path.startswith(("/api/imports", "/api/case-ledgers")) else LARGEST_BODY


def _may_read_metrics(request: Request, secret: str) -> bool:
    given = request.headers.get("authorization", "").encode()
    if secret and hmac.compare_digest(given, f"Bearer {secret}".encode()):
        return True
    # What a proxy on this machine passes on comes from elsewhere.
    passed_on = not {"forwarded", "x-forwarded-for", "x-real-ip", "via"}.isdisjoint(request.headers)
    return not passed_on and is_loopback(request.client.host if request.client else "")


def _add_docs(app: FastAPI) -> None:
    app.mount("/docs/assets", StaticFiles(directory=str(files("fastapi_offline") / "static")), name="docs-assets")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        """The interactive page, with everything it needs served from here."""
        page = get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="漏刻 Louke · 接口",
            swagger_js_url="/docs/assets/swagger-ui-bundle.js",
            swagger_css_url="/docs/assets/swagger-ui.css",
            swagger_favicon_url="data:,",
            # All steps unfolded would be a page nobody can scroll; the validator's badge would ask the outside.
            swagger_ui_parameters={"docExpansion": "none", "validatorUrl": None, "filter": True},
        )
        page.headers["Content-Security-Policy"] = _build_policy(bytes(page.body).decode())
        return page


def _build_policy(page: str) -> str:
    """The content security policy of a page with inline scripts: only these may run."""
    own = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in own)
    return f"{_HEADERS['Content-Security-Policy']}; script-src 'self' {hashes}"


def _serve_metrics(app: FastAPI, secret: str) -> None:
    """Serve the metrics of this process to callers on this machine, or with the secret."""
    app.state.metrics_secret = secret

    @app.get("/metrics", include_in_schema=False)
    async def prometheus(request: Request) -> Response:
        """The metrics of this process, for whoever asks on this machine, or bears the secret for it."""
        if not _may_read_metrics(request, app.state.metrics_secret):
            raise NotFound()
        text, kind = metrics.render_page()
        return Response(text, media_type=kind)
