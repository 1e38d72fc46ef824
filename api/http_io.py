"""Reading requests and writing answers: bodies, keys, sequences, cursors. Whatever is malformed is refused by field and rule."""

import base64
import binascii
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import Depends, Header, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError

from law.instants import read
from models.characters import find_unseen
from models.problems import FormInvalid, UnsupportedMediaType
from models.readmodel.pagination import Page
from models.validation_messages import list_faults

# JSON can write it, PostgreSQL's texts cannot hold it.
_NUL = rb"\u0000"

M = TypeVar("M", bound=BaseModel)

# Long enough for two UUIDs and a name; the key is stored with its entry for ever.
_LONGEST_KEY = 200
# As PostgreSQL writes instants, those among them that no calendar of ours has.
_SORTED_BY = re.compile(r"-?infinity|\d{4,6}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?\+00(:00)?( BC)?")
# What stands in a cursor may be reckoned with: of two such numbers the difference is one for PostgreSQL too.
_BEYOND_ALL = 2**62
# More rows than a screen shows help nobody.
MOST = 100

Key = Annotated[str | None, Header(alias="Idempotency-Key", description="幂等键：同一键永远得到第一次的回执")]
Match = Annotated[str | None, Header(alias="If-Match", description="您看到的顺序号，例如 12；已有更新时不予办理")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="每页条数")]
Cursor = Annotated[str | None, Query(description="上一页给出的 next")]


async def read_body(request: Request) -> bytes:
    """The JSON text of the body, an empty object without one; UnsupportedMediaType where it declares another type."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type and content_type != "application/json":
        raise UnsupportedMediaType("只接受 application/json")
    body = await request.body()
    if body and not content_type:
        raise UnsupportedMediaType("只接受 application/json")
    return body or b"{}"


def parse_form(model: type[M], body: bytes) -> M:
    """The form as filled in; FormInvalid with field and rule of each error."""
    if _NUL in body:
        raise build_form_invalid("", "no-nul", "文字中不得有空字符")
    try:
        form = model.model_validate_json(body)  # what is yet to come the matter itself refuses, by the clock that its limits go by
    except ValidationError as error:
        raise FormInvalid(errors=list_faults(error.errors(include_input=False, include_url=False), model=model)) from None
    if hidden := [{"field": field, "rule": "unseen-characters", "detail": why} for field, why in find_unseen(form)]:
        raise FormInvalid(errors=hidden)
    return form


def search_body(model: type[M], find: str) -> Any:
    """A dependency that reads search words from the body of `POST {find}`.

    They stand in no address, since proxies log addresses and search words may be somebody's name. Requests that put them there are told so.
    """

    async def read_in(request: Request) -> M:
        if misplaced := [name for name in model.model_fields if name in request.query_params]:
            raise build_form_invalid(misplaced[0], "in-the-body", f"所查的文字不得写在地址中，请写在正文里，以 POST {find} 提交")
        return parse_form(model, await read_body(request)) if request.method == "POST" else model()

    return Depends(read_in)


_taken: dict[str, type[BaseModel]] = {}


def request_models() -> list[type[BaseModel]]:
    """The models that those routes read themselves, for the OpenAPI document."""
    return [_taken[name] for name in sorted(_taken)]


def request_body(model: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI description of a body that a route reads itself."""
    _taken[model.__name__] = model
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def build_form_invalid(field: str, rule: str, detail: str) -> FormInvalid:
    """FormInvalid for one field."""
    return FormInvalid(errors=[{"field": field, "rule": rule, "detail": detail}])


def check_key(key: str | None) -> str | None:
    """The idempotency key; FormInvalid unless it is printable ASCII of at most 200 characters."""
    if key is not None and not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        raise build_form_invalid("Idempotency-Key", "printable-ascii", f"幂等键须为1至{_LONGEST_KEY}个可见ASCII字符")
    return key


def parse_if_match(match: str | None) -> int | None:
    """The sequence in If-Match, with or without the quotes of an entity tag; None without one."""
    if match is None or match.strip() == "*":
        return None
    text = match.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise build_form_invalid("If-Match", "sequence", "If-Match须为顺序号，例如 12")
    return int(text)


def build_json_response(text: str, seq: int, status: int = 200) -> Response:
    """A JSON answer whose entity tag is the matter's sequence."""
    return Response(text, status, {"ETag": f'"{seq}"'}, "application/json")


def build_attachment_header(name: str) -> dict[str, str]:
    """The header by which a browser saves an answer as a file of that name."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def decode_cursor(cursor: str | None, *kinds: type) -> list[Any] | None:
    """The values in a cursor; FormInvalid where it is none of ours."""
    if cursor is None:
        return None
    try:
        after = json.loads(base64.urlsafe_b64decode(cursor))
        if len(after) == len(kinds) and all(map(_is, after, kinds)) and (kinds[0] is not str or _is_instant(after[0])):
            return after
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise build_form_invalid("cursor", "cursor", "cursor须为上一页给出的next")


def _is(value: Any, kind: type) -> bool:
    """Whether a value in a cursor has the type that we put there, and can be compared with a column."""
    if isinstance(value, str):
        return kind is str and value.isprintable() and len(value) <= _LONGEST_KEY
    # JSON's true is a number to Python, and none to PostgreSQL.
    return type(value) is kind and abs(value) < _BEYOND_ALL


def _is_instant(text: str) -> bool:
    """Whether it is an instant as pages are sorted by; ValueError for a day that no calendar has."""
    return bool(_SORTED_BY.fullmatch(text) and read(text) and read(text.removesuffix(" BC")))


def build_page_response(page: Page) -> Response:
    """A page of a list: `items`, and `next`, the cursor of the next page."""
    following = json.dumps(encode_cursor(page.after)) if page.after else "null"
    return Response(f'{{"items":[{",".join(page.items)}],"next":{following}}}', media_type="application/json")


def encode_cursor(after: Iterable[Any]) -> str:
    """The cursor of the next page."""
    plain = [each.isoformat() if isinstance(each, datetime) else each for each in after]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()
