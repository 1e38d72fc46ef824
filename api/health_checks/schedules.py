"""Checks of the Temporal Schedules (定时工作): when each was begun last, how that ended, and how late the next is."""

import asyncio
from datetime import datetime, timedelta
from typing import NamedTuple

from temporalio.client import Client, ScheduleActionExecutionStartWorkflow, ScheduleDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from api.health_checks.finding import Finding, Level, get_first_line
from law.reasons import format_minute
from models.readmodel.report_types import ReportType, report_types
from models.reports import build_activity_name
from workflows.inspection_round import build_daily_schedule_id, schedule_id
from workflows.upkeep import build_upkeep_id

_PATIENCE = timedelta(seconds=3)
# A round of a large bureau takes some minutes, and Temporal begins none twice at once; who is later than that is late.
_GRACE = timedelta(minutes=20)


_OFTEN = {timedelta(hours=1): "每小时一次", timedelta(days=1): "每天一次", timedelta(days=7): "每周一次"}


class Work(NamedTuple):
    """One such work: what it is called, what is left undone without it, where the log tells why; and how often it is done."""

    zh: str
    undone: str
    log: str
    every: timedelta = timedelta(hours=1)


UPKEEPS = {
    "ask-for-law-review": Work("提请法律核对", "到期的法律核对不会列入法制员待办", "工作进程日志 ask-for-law-review"),
    "draw-call-backs": Work("抽取警情回访", "昨日办结的警情没有抽取回访", "工作进程日志 draw-call-backs", timedelta(minutes=10)),
    "report-unusual-looks": Work(
        "查阅异常提示",
        "一小时内查阅大量非本人承办事项的，督察没有收到提示",
        "工作进程日志 report-unusual-looks",
        timedelta(minutes=5),
    ),
    "escalate-late-orders": Work(
        "整改逾期上报", "逾期的整改指令没有报法制员和局领导", "工作进程日志 escalate-late-orders", timedelta(minutes=10)
    ),
    "forget-readings": Work("清除查阅记录", "超过保存期的查阅记录没有清除", "工作进程日志 forget-readings"),
    "try-inspections": Work("巡查规则历史试跑", "历史试跑没有做完", "工作进程日志 try-inspections", timedelta(minutes=10)),
    "sum-up-canaries": Work("归并自检记录", "一周以前的自检记录没有归并，占用空间", "工作进程日志 sum-up-canaries"),
}
"""What is done at intervals besides inspections, by the names of `activities/upkeep/`."""
_INSPECTION = Work("巡查", "未结事项没有查完", "工作进程日志 inspection batch")
_EVERYTHING = Work("每日全面巡查", "近期办结的事项没有查完", "工作进程日志 inspection batch", timedelta(days=1))


class Seen(NamedTuple):
    """What Temporal tells of a Schedule: `paused` why (None: it is not), how often, and how the last round went; `ended` None: it still runs."""

    paused: str | None
    every: timedelta
    made: datetime
    began: datetime | None = None
    ended: datetime | None = None
    status: WorkflowExecutionStatus | None = None


def list_works(task_queue: str) -> dict[str, Work]:
    """Everything that a Schedule begins, by the id of the Schedule: inspections, every upkeep, every type of report."""
    reports = {build_activity_name(each.id): _build_report_work(each) for each in report_types().values()}
    inspections = {schedule_id(task_queue): _INSPECTION, build_daily_schedule_id(task_queue): _EVERYTHING}
    return inspections | {build_upkeep_id(name, task_queue): work for name, work in (UPKEEPS | reports).items()}


def _build_report_work(report: ReportType) -> Work:
    return Work(report.zh, f"{report.zh}没有生成", f"工作进程日志 {build_activity_name(report.id)}", report.times.every)


async def check_schedules(client: Client, task_queue: str, now: datetime) -> list[Finding]:
    """Whether each of them is begun when it should be, and ends well."""
    return list(await asyncio.gather(*(_look(client, id_, work, now) for id_, work in list_works(task_queue).items())))


async def _look(client: Client, id_: str, work: Work, now: datetime) -> Finding:
    try:
        found = await client.get_schedule_handle(id_).describe(rpc_timeout=_PATIENCE)
        return judge_work(work, await _load_seen(client, found, work), now)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            return Finding(work.zh, Level.UNKNOWN, f"Temporal 未能说明这项定时工作（{get_first_line(error)}）")
        remedy = "守望进程每十分钟补设；仍然没有的，查看其日志 keep-schedules"
        return Finding(work.zh, Level.LOOK, f"没有设定定时，{work.undone}", remedy)


def judge_work(work: Work, seen: Seen, now: datetime) -> Finding:
    """What is wrong with it, or when it was done last."""
    often = _OFTEN.get(seen.every, f"每{_format_span(seen.every)}一次")
    if seen.paused is not None:
        words = f"已暂停（{seen.paused or '未注明理由'}），{_describe_last(seen)}；其间{work.undone}"
        return Finding(work.zh, Level.LOOK, words, "不再需要暂停的，在 Temporal 中恢复")
    late = now - (seen.began or seen.made) - seen.every
    if seen.began and seen.ended is None and late > timedelta():
        words = f"{_describe_last(seen)}，至今没有完成；{work.undone}"
        return Finding(work.zh, Level.LOOK, words, f"看工作进程是否在运行；在运行的，查看{work.log}")
    if late > _GRACE:
        words = f"应当{often}，{_describe_last(seen)}，已迟{_format_span(late)}；{work.undone}"
        return Finding(work.zh, Level.LOOK, words, "看编排引擎和工作进程是否在运行；恢复后下一次照常进行，不必补做")
    if seen.status not in (None, WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.COMPLETED):
        words = f"{_describe_last(seen)}，没有办成；{work.undone}"
        return Finding(work.zh, Level.LOOK, words, f"下一次自动再试；仍不成的，查看{work.log}")
    return Finding(work.zh, Level.WELL, f"{often}，{_describe_last(seen)}{'完成' if seen.ended else ''}")


def _format_span(late: timedelta) -> str:
    hours, minutes = divmod(round(late.total_seconds()) // 60, 60)
    return f"{hours}小时{minutes}分钟" if hours else f"{minutes}分钟"


def _describe_last(seen: Seen) -> str:
    if seen.began is None:
        return "设定以来还没有进行过"
    if seen.ended is None:
        return f"上次{format_minute(seen.began)}开始"
    return f"上次{format_minute(seen.began)}开始、{format_minute(seen.ended)}结束"


async def _load_seen(client: Client, found: ScheduleDescription, work: Work) -> Seen:
    state, info = found.schedule.state, found.info
    seen = Seen((state.note or "") if state.paused else None, work.every, info.created_at)
    if not info.recent_actions:
        return seen
    last = info.recent_actions[-1]
    assert isinstance(last.action, ScheduleActionExecutionStartWorkflow)
    handle = client.get_workflow_handle(last.action.workflow_id, first_execution_run_id=last.action.first_execution_run_id)
    try:
        told = await handle.describe(rpc_timeout=_PATIENCE)
    except RPCError as error:
        # Temporal forgets what ended long ago.
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return seen._replace(began=last.started_at, ended=last.started_at)
    return seen._replace(began=last.started_at, ended=told.close_time, status=told.status)
