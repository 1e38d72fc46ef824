"""Parsing a file in a subprocess, which is killed when the client disconnects."""

import json
from asyncio import Semaphore

import anyio
from fastapi import Request

from api.parsing_apart import run_apart
from api.sheets.cells import Table
from api.sheets.reader import MAX_CPU_S, load_tables
from models.problems import FormTooLarge, UnsupportedMediaType

# Files that one API process has parsed at the same time. Further requests wait.
CONCURRENT_READS = 2
_TIMEOUT_S = 2 * MAX_CPU_S
_TOO_LONG = f"读取这个文件用时超过{MAX_CPU_S}秒或者占用内存过多，不是警情表；请在 Excel 中将数据复制到新的工作簿后再上传"


async def read_tables(request: Request, slots: Semaphore, data: bytes) -> list[Table]:
    """The tables of an uploaded file, parsed in a subprocess once one of the slots is free.

    Raises UnsupportedMediaType, or FormTooLarge where the subprocess reached its limits.
    """
    output = ""
    async with anyio.create_task_group() as group:

        async def cancel_on_disconnect() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(cancel_on_disconnect)
        async with slots:
            output = await run_reader(data)
        group.cancel_scope.cancel()
    answer = json.loads(output or "{}")
    if "unreadable" in answer:
        raise UnsupportedMediaType(answer["unreadable"])
    if "tables" not in answer:
        raise FormTooLarge(answer.get("too_much") or _TOO_LONG)
    return load_tables(answer["tables"])


async def run_reader(data: bytes) -> str:
    """The output of the subprocess; empty where it crashed, hit a limit, or took too long."""
    return (await run_apart("api.sheets.reader", data, _TIMEOUT_S)).decode()
