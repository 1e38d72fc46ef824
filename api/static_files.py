"""The pages (网页): the built application of `web/`, served from here so that it needs no other host."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from runtime.settings import Settings

BUILT = Path(str(files("api"))) / "pages"

# What is no page, though nothing may be found there.
_NOT_PAGES = ("api", "docs", "problems", "metrics", "openapi.json", "assets")
# The name of an asset holds the hash of its content.
_FOR_EVER = "public, max-age=31536000, immutable"
_COMPRESSED = {"br": ".br", "gzip": ".gz"}

_MISSING = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>漏刻</title>
<body style="max-width:40rem;margin:3rem auto;font-family:sans-serif;line-height:1.6">
<h1>网页尚未构建</h1><p>接口照常工作，见<a href="/docs">接口文档</a>。网页由 <code>make web</code> 构建一次（需要能连接 npm 的软件源），
构建后刷新本页即可。</p></body></html>"""


def serve_pages(app: FastAPI, settings: Settings, built: Path = BUILT) -> None:
    """Answer every address that nothing else answers, and that a browser may show, with the built application."""
    app.router.default = _Pages(app.router.default, built, _build_policy(settings))


def _build_policy(settings: Settings) -> str:
    """Scripts come from here only, and none is made of text; the identity provider, where there is one, may be asked."""
    issuer = urlsplit(settings.oidc_issuer)
    provider = f" {issuer.scheme}://{issuer.netloc}" if issuer.netloc else ""
    return (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        f"connect-src 'self'{provider}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class _Pages:
    """Files of the application by their names; its first page for any address that names none."""

    def __init__(self, otherwise: ASGIApp, built: Path, policy: str) -> None:
        self._otherwise, self._built, self._policy = otherwise, built, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one address, or leave it to the application's own word for what is not there."""
        answer = self._answer(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (answer or self._otherwise)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path = scope["path"].strip("/")
        asked = self._built / path
        if path and asked.is_file() and asked.resolve().is_relative_to(self._built.resolve()) and not path.startswith("."):
            return self._answer_file(asked, Headers(scope=scope), _FOR_EVER if path.startswith("assets/") else "no-cache")
        if path.partition("/")[0] in _NOT_PAGES or "." in path.rpartition("/")[2]:
            return None
        first = self._built / "index.html"
        return self._answer_file(first, Headers(scope=scope), "no-cache") if first.is_file() else HTMLResponse(_MISSING, 503)

    def _answer_file(self, file: Path, asked: Headers, caching: str) -> Response:
        headers: Mapping[str, str] = {
            "Cache-Control": caching,
            "Content-Security-Policy": self._policy,
            "Vary": "Accept-Encoding",
        }
        kind = _KINDS.get(file.suffix)
        accepted = {each.partition(";")[0].strip() for each in asked.get("accept-encoding", "").split(",")}
        for encoding, suffix in _COMPRESSED.items():
            smaller = file.with_name(file.name + suffix)
            if encoding in accepted and smaller.is_file():
                return FileResponse(smaller, headers={**headers, "Content-Encoding": encoding}, media_type=kind)
        return FileResponse(file, headers=headers, media_type=kind)


# By name, since what a machine believes of suffixes differs, and a script of another kind is not run.
_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml; charset=utf-8",
    ".json": "application/json",
}
