"""Files uploaded as multipart/form-data: how a route describes the body, and how it reads it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.http_io import build_form_invalid
from models.problems import Problem, UnsupportedMediaType


def upload_body(
    file: str, *, required: Mapping[str, Mapping[str, Any]] | None = None, optional: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """The OpenAPI description of a body with one `file` of that title and text fields beside it, by name with their JSON schemas."""
    fields = {
        **(required or {}),
        "file": {"type": "string", "format": "binary", "title": file},
        **(optional or {}),
    }
    schema = {"type": "object", "required": [*(required or {}), "file"], "properties": fields}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


@asynccontextmanager
async def read_multipart(request: Request, fields: int, detail: str) -> AsyncIterator[FormData]:
    """The form of a request with one file and at most that many text fields; the file is spooled to disk and deleted afterwards.

    Raises UnsupportedMediaType for another type of body, FormInvalid with that detail for a malformed one.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UnsupportedMediaType("只接受 multipart/form-data")
    try:
        async with request.form(max_files=1, max_fields=fields) as form:
            yield form
    except HTTPException as error:  # Starlette wraps both a malformed body and our own FormTooLarge in it
        if isinstance(error.__cause__, Problem):
            raise error.__cause__ from None
        raise build_form_invalid("", "multipart", detail) from None


def get_file(form: FormData) -> UploadFile:
    """The field `file` of a form; FormInvalid where it is no file."""
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise build_form_invalid("file", "missing", "必须上传文件")
    return file
