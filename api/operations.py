"""Operations: verifications of the journal and health checks, in the same words as the commands."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request

from api.admin_terminals import FROM_A_TERMINAL
from api.administration import Realm, get_realm
from api.attempts import open_attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.health_checks.finding import Level
from api.health_checks.report import check_room
from api.problems import document_refusals
from api.untraced import declare_untraced
from law.offices import Office
from models.access.scope import Person, Scope
from models.problems import OfficeMayNotAct
from models.readmodel import operations
from models.readmodel.board_screen import find_last_canary
from models.readmodel.operations import (
    FaultView,
    FindingView,
    HealthView,
    VerdictView,
    VerificationList,
    VerificationView,
    to_local,
)
from models.store import api_writes
from verification.rules.report_words import list_verdicts, summarise

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

_LATEST = 20
_STATES = {"waiting": "等待核对", "running": "正在核对", "done": "已核对", "failed": "未能核对"}
_LEVELS = {Level.WELL: "正常", Level.UNKNOWN: "未检查", Level.LOOK: "请关注", Level.BROKEN: "故障"}


async def _get_bureau_realm(ctx: AppContext, person: Person) -> Realm:
    """What somebody administers who administers the whole bureau; OfficeMayNotAct for anybody else."""
    realm = await get_realm(ctx, person)
    if not person.holds_over_bureau(Office.ADMINISTRATOR, realm.tree):
        raise OfficeMayNotAct("全系统的核对和运行状况由管理全局的系统管理员办理", required=[Office.ADMINISTRATOR])
    return realm


@router.get(
    "/verification",
    dependencies=declare_untraced("results of verification, by chain"),
    summary="日志核对结果",
    responses=document_refusals(401, 403),
)
async def list_verifications(request: Request, person: Caller) -> VerificationList:
    """The verifications of the journal that were asked for, the newest first, each with its verdicts in words."""
    ctx = get_context(request)
    return await _load_verifications(ctx, (await _get_bureau_realm(ctx, person)).build_scope(person))


@router.post("/verification", summary="核对日志", status_code=202, responses=document_refusals(401, 403))
async def verify(request: Request, person: Caller) -> VerificationList:
    """Ask for a verification of the whole journal; the watchdog carries it out. While one is under way, that one is meant."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "verify-journal"):
        realm = await _get_bureau_realm(ctx, person)
        async with ctx.pool.connection() as connection:
            await api_writes.ask_verification(connection, person.username, datetime.now(UTC))
    return await _load_verifications(ctx, realm.build_scope(person))


@router.get(
    "/health", dependencies=declare_untraced("the state of the system"), summary="运行状况", responses=document_refusals(401, 403)
)
async def get_health(request: Request, person: Caller) -> HealthView:
    """What the doctor finds and advises, and how long ago the canary rang."""
    ctx = get_context(request)
    await _get_bureau_realm(ctx, person)
    at, findings = await ctx.health_checks.get_latest(ctx.settings)
    # A full disk is named at once, however fresh the rest is.
    now = await asyncio.to_thread(check_room, ctx.settings)
    findings = [now if each.check == now.check else each for each in findings]
    async with ctx.pool.connection() as connection:
        sang = await find_last_canary(connection, datetime.now(UTC))
    worst = max((finding.level for finding in findings), key=list(_LEVELS).index)
    told = [
        FindingView(check=each.check, level=each.level.value, level_zh=_LEVELS[each.level], words=each.words, remedy=each.remedy)
        for each in findings
    ]
    return HealthView(at=at, level=worst.value, level_zh=_LEVELS[worst], findings=told, canary=sang)


async def _load_verifications(ctx: AppContext, scope: Scope) -> VerificationList:
    async with ctx.pool.connection() as connection:
        rows = await operations.list_verifications(connection, _LATEST)
        reports = {row.id: json.loads(row.report) for row in rows if row.report}
        chains = {fault["chain"] for report in reports.values() for fault in report["faults"]}
        closed = await operations.find_hidden(connection, scope, chains)
    return VerificationList(items=[_build_verification_view(row, reports.get(row.id), closed) for row in rows])


def _build_verification_view(
    row: operations.AskedVerification, report: dict[str, Any] | None, closed: frozenset[str]
) -> VerificationView:
    state = "done" if report else "failed" if row.ended_at else "running" if row.begun_at else "waiting"
    found = list_verdicts(report) if report else []
    faults = report["faults"] if report else []
    return VerificationView(
        id=row.id,
        state=state,
        state_zh=_STATES[state],
        asked_by=row.asked_by,
        asked_by_zh=row.asked_by_zh,
        asked_at=to_local(row.asked_at),
        begun_at=row.begun_at and to_local(row.begun_at),
        ended_at=row.ended_at and to_local(row.ended_at),
        holds=all(each.holds for each in found) if report else None,
        summary=summarise(report) if report else "",
        verdicts=[VerdictView(question=each.question.value, name=each.name, holds=each.holds, words=each.words) for each in found],
        faults=[FaultView(**fault | {"chain": "" if fault["chain"] in closed else fault["chain"]}) for fault in faults],
        faults_total=report["faults_total"] if report else 0,
        newest_seal=report["newest_seal"] if report else "",
        failure=row.failure or "",
    )
