"""Having a file read in a process of its own, that ends with whoever asked."""

import json
import sys
from asyncio import Semaphore
from asyncio.subprocess import DEVNULL, PIPE, Process, create_subprocess_exec

import anyio
from fastapi import Request

from api.sheets.cells import Table
from api.sheets.reader import SECONDS, read_back
from models.problems import FormTooLarge, UnsupportedMediaType

# Of each process of the API so many read at once; whoever comes meanwhile waits.
AT_ONCE = 2
_PATIENCE_S = 2 * SECONDS
_TOO_LONG = f"读取这个文件用时超过{SECONDS}秒或者占用内存过多，不是警情表；请在 Excel 中将数据复制到新的工作簿后再上传"


async def read_apart(request: Request, turns: Semaphore, data: bytes) -> list[Table]:
    """The tables of a file; UnsupportedMediaType, FormTooLarge. Whoever hangs up ends the reading."""
    said = ""
    async with anyio.create_task_group() as group:

        async def end_when_left() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(end_when_left)
        async with turns:
            said = await said_apart(data)
        group.cancel_scope.cancel()
    answer = json.loads(said or "{}")
    if "unreadable" in answer:
        raise UnsupportedMediaType(answer["unreadable"])
    if "tables" not in answer:
        raise FormTooLarge(answer.get("too_much") or _TOO_LONG)
    return read_back(answer["tables"])


async def said_apart(data: bytes) -> str:
    """What the process says; empty where it ended before it did."""
    process = await create_subprocess_exec(sys.executable, "-m", "api.sheets.reader", stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    try:
        with anyio.move_on_after(_PATIENCE_S):
            told, _ = await process.communicate(data)
            return told.decode() if process.returncode == 0 else ""
        return ""
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        with anyio.CancelScope(shield=True):
            await process.wait()
