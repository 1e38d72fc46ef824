"""Checks of workflows: whether every open matter has one, and whether it is ours."""

import asyncio
from datetime import timedelta
from typing import NamedTuple

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from api.health_checks.finding import Finding, Level, get_first_line, join_names
from models.matter import Kind, build_workflow_id, parse_workflow_id
from models.readmodel.matter_status import AT_WORK
from models.store.connection import BlockingConnection, Query, read_all
from runtime.encryption import load_key_ring
from runtime.foreign_workflows import find_foreign_workflow, list_foreign_workflows
from runtime.settings import Settings
from runtime.temporal import build_data_converter

# Matters compared with Temporal in one examination, chosen at random; enough that a fault of one in five hundred is seldom missed.
_SAMPLE = 1000
# Temporal learns of a new workflow at once, its list of them a moment later.
_FRESH = timedelta(seconds=30)
_ASKED_AT_ONCE = 50
_PATIENCE = timedelta(seconds=3)


class _Open(NamedTuple):
    """An open matter."""

    number: str
    kind: str


OPEN = Query[_Open]("""
SELECT number, kind FROM matter WHERE NOT final AND opened_at < now() - %(fresh)s::interval ORDER BY random() LIMIT %(most)s
""")


async def check_workflows(connection: BlockingConnection, client: Client, settings: Settings) -> Finding:
    """Compare open matters with running workflows: they differ if Temporal's store was lost or restored, or somebody took their ids."""
    rows = read_all(connection, OPEN, {"fresh": _FRESH, "most": _SAMPLE})
    ids = {build_workflow_id(Kind(row.kind), row.number): row.number for row in rows}
    try:
        absent = await _find_not_running(client, list(ids))
        there = [each for each in ids if each not in absent]
        held = {*await list_foreign_workflows(client, settings.task_queue, Kind), *await _find_held(client, settings, there)}
    except RPCError as error:
        return Finding("事项与流程", Level.UNKNOWN, f"Temporal 未能列出流程（{get_first_line(error)}）")
    numbers = {"numbers": [parse_workflow_id(each) for each in held]}
    taken = read_all(connection, AT_WORK, numbers)
    missing = [ids[each] for each in absent]
    asked = f"抽查{len(ids)}件未结事项，"
    if taken:
        words = f"{len(taken)}件事项的流程被占用：{join_names(taken)}"
        if missing:
            words += f"；{asked}另有{len(missing)}件没有运行中的流程：{join_names(missing)}"
        remedy = "有人在这些编号下启动了不属于本系统的流程：执行 louke resume 收回，查明何人能够连接 Temporal"
        return Finding("事项与流程", Level.BROKEN, words, remedy)
    if missing:
        remedy = "流程库可能丢失；日志不受影响，期限由守望进程响铃；执行 louke resume，从日志接续各事项的流程"
        return Finding("事项与流程", Level.BROKEN, f"{asked}{len(missing)}件没有运行中的流程：{join_names(missing)}", remedy)
    return Finding("事项与流程", Level.WELL, f"{asked}流程都在运行")


async def _find_held(client: Client, settings: Settings, ids: list[str]) -> list[str]:
    """Those of these ids that others hold, found by looking into each; none where no key of ours is here."""
    if not (settings.payload_keys.get_secret_value() or (settings.data_dir / "keys" / "payloads").exists()):
        return []
    reading = Client(**{**client.config(), "data_converter": build_data_converter(load_key_ring(settings))})
    held: list[str] = []
    for first in range(0, len(ids), _ASKED_AT_ONCE):
        some = ids[first : first + _ASKED_AT_ONCE]
        found = await asyncio.gather(*(find_foreign_workflow(reading, settings.task_queue, each) for each in some))
        held += [each.id for each in found if each]
    return held


async def _find_not_running(client: Client, ids: list[str]) -> list[str]:
    absent: list[str] = []
    for first in range(0, len(ids), _ASKED_AT_ONCE):
        asked = ids[first : first + _ASKED_AT_ONCE]
        among = ", ".join(f"'{each}'" for each in asked)
        found = {each.id async for each in client.list_workflows(f"ExecutionStatus = 'Running' AND WorkflowId IN ({among})")}
        absent += [each for each in asked if each not in found]
    # The list lags behind; nobody is accused before being asked in person.
    return [each for each in absent if not await _runs(client, each)]


async def _runs(client: Client, id_: str) -> bool:
    try:
        return (await client.get_workflow_handle(id_).describe()).status is WorkflowExecutionStatus.RUNNING
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
