"""Operations: verifications of the journal and health checks, in the same words as the commands."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request

from api.admin_terminals import FROM_A_TERMINAL
from api.administration import Realm, administering
from api.attempts import attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.health_checks.finding import Level
from api.health_checks.report import room
from api.problems import documented
from api.untraced import untraced
from law.offices import Office
from models.access.scope import Person, Scope
from models.problems import OfficeMayNotAct
from models.readmodel import operations
from models.readmodel.board_screen import last_canary
from models.readmodel.operations import FaultTold, FindingTold, HealthTold, VerdictTold, VerificationsTold, VerificationTold, local
from models.store import api_writes
from verification.rules.report_words import list_verdicts, summarise

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

_LATEST = 20
_STATES = {"waiting": "等待核对", "running": "正在核对", "done": "已核对", "failed": "未能核对"}
_LEVELS = {Level.WELL: "正常", Level.UNKNOWN: "未检查", Level.LOOK: "请关注", Level.BROKEN: "故障"}


async def _keeping(ctx: AppContext, person: Person) -> Realm:
    """What somebody administers who administers the whole bureau; OfficeMayNotAct for anybody else."""
    realm = await administering(ctx, person)
    if not person.holds_over_bureau(Office.ADMINISTRATOR, realm.tree):
        raise OfficeMayNotAct("全系统的核对和运行状况由管理全局的系统管理员办理", required=[Office.ADMINISTRATOR])
    return realm


@router.get(
    "/verification",
    dependencies=untraced("results of verification, by chain"),
    summary="日志核对结果",
    responses=documented(401, 403),
)
async def verification(request: Request, person: Caller) -> VerificationsTold:
    """The verifications of the journal that were asked for, the newest first, each with its verdicts in words."""
    ctx = get_context(request)
    return await _verifications(ctx, (await _keeping(ctx, person)).scope(person))


@router.post("/verification", summary="核对日志", status_code=202, responses=documented(401, 403))
async def verify(request: Request, person: Caller) -> VerificationsTold:
    """Ask for a verification of the whole journal; the watchdog carries it out. While one is under way, that one is meant."""
    ctx = get_context(request)
    async with attempt(ctx, person, "verify-journal"):
        realm = await _keeping(ctx, person)
        async with ctx.pool.connection() as connection:
            await api_writes.ask_verification(connection, person.username, datetime.now(UTC))
    return await _verifications(ctx, realm.scope(person))


@router.get("/health", dependencies=untraced("the state of the system"), summary="运行状况", responses=documented(401, 403))
async def health(request: Request, person: Caller) -> HealthTold:
    """What the doctor finds and advises, and how long ago the canary rang."""
    ctx = get_context(request)
    await _keeping(ctx, person)
    at, findings = await ctx.health_checks.latest(ctx.settings)
    # A full disk is named at once, however fresh the rest is.
    now = await asyncio.to_thread(room, ctx.settings)
    findings = [now if each.check == now.check else each for each in findings]
    async with ctx.pool.connection() as connection:
        sang = await last_canary(connection, datetime.now(UTC))
    worst = max((finding.level for finding in findings), key=list(_LEVELS).index)
    told = [
        FindingTold(check=each.check, level=each.level.value, level_zh=_LEVELS[each.level], words=each.words, remedy=each.remedy)
        for each in findings
    ]
    return HealthTold(at=at, level=worst.value, level_zh=_LEVELS[worst], findings=told, canary=sang)


async def _verifications(ctx: AppContext, scope: Scope) -> VerificationsTold:
    async with ctx.pool.connection() as connection:
        rows = await operations.verifications(connection, _LATEST)
        reports = {row.id: json.loads(row.report) for row in rows if row.report}
        chains = {fault["chain"] for report in reports.values() for fault in report["faults"]}
        closed = await operations.hidden(connection, scope, chains)
    return VerificationsTold(items=[_told(row, reports.get(row.id), closed) for row in rows])


def _told(row: operations.AskedVerification, report: dict[str, Any] | None, closed: frozenset[str]) -> VerificationTold:
    state = "done" if report else "failed" if row.ended_at else "running" if row.begun_at else "waiting"
    found = list_verdicts(report) if report else []
    faults = report["faults"] if report else []
    return VerificationTold(
        id=row.id,
        state=state,
        state_zh=_STATES[state],
        asked_by=row.asked_by,
        asked_by_zh=row.asked_by_zh,
        asked_at=local(row.asked_at),
        begun_at=row.begun_at and local(row.begun_at),
        ended_at=row.ended_at and local(row.ended_at),
        holds=all(each.holds for each in found) if report else None,
        summary=summarise(report) if report else "",
        verdicts=[VerdictTold(question=each.question.value, name=each.name, holds=each.holds, words=each.words) for each in found],
        faults=[FaultTold(**fault | {"chain": "" if fault["chain"] in closed else fault["chain"]}) for fault in faults],
        faults_total=report["faults_total"] if report else 0,
        newest_seal=report["newest_seal"] if report else "",
        failure=row.failure or "",
    )
