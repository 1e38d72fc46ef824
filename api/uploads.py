"""Files uploaded as parts of a form."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.http_io import invalid
from models.problems import Problem, UnsupportedMediaType


@asynccontextmanager
async def multipart(request: Request, fields: int, detail: str) -> AsyncIterator[FormData]:
    """The parts of a form with one file, spooled to disk and deleted at the end; `said` names the parts that it must have."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UnsupportedMediaType("只接受 multipart/form-data")
    try:
        async with request.form(max_files=1, max_fields=fields) as form:
            yield form
    except HTTPException as error:  # the framework's word for a form that is none, or for our own refusal of too large a body
        if isinstance(error.__cause__, Problem):
            raise error.__cause__ from None
        raise invalid("", "multipart", detail) from None


def file_in(form: FormData) -> UploadFile:
    """The file among the parts."""
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise invalid("file", "missing", "必须上传文件")
    return file
