"""Upkeep (运行维护): verifications of the journal that were asked for, and what an examination of the house found, as they are shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.readmodel.board_shapes import CanaryAge
from models.readmodel.pagination import build_visible_sql, fetch_planned
from models.store.connection import Connection, Query, fetch_all


class AskedVerification(NamedTuple):
    """A verification that was asked for; `report` as it was kept, in JSON."""

    id: int
    asked_by: str
    asked_by_zh: str | None
    asked_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    report: str | None
    failure: str | None


VERIFICATIONS = Query[AskedVerification]("""
SELECT v.id, v.asked_by, p.zh AS asked_by_zh, v.asked_at, v.begun_at, v.ended_at, v.report, v.failure
FROM verification v LEFT JOIN person p ON p.username = v.asked_by ORDER BY v.id DESC LIMIT %(limit)s
""")
HIDDEN = Query[str]("SELECT m.number FROM matter m WHERE m.number = ANY(%(numbers)s) AND NOT {visible}")


class VerdictView(BaseModel):
    """What was found on one question."""

    question: Literal["integrity", "completeness", "projection"]
    name: str = Field(examples=["完整无改"])
    holds: bool
    words: str


class FaultView(BaseModel):
    """One thing that is wrong with the journal; the chain is empty where the caller may not know of the matter."""

    question: str
    chain: str
    position: int | None
    words: str


class VerificationView(BaseModel):
    """A verification of the journal: who asked when, how far it is, and what it found."""

    id: int
    state: Literal["waiting", "running", "done", "failed"]
    state_zh: str
    asked_by: str
    asked_by_zh: str | None
    asked_at: AwareDatetime
    begun_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    holds: bool | None = Field(title="是否一切相符；空为尚无结果")
    summary: str
    verdicts: list[VerdictView]
    faults: list[FaultView]
    faults_total: int
    newest_seal: str = Field(title="最新封存摘要", description="请另行保管，下次以 louke verify --anchor 核对")
    failure: str = Field(title="未能核对的原因")


class VerificationList(BaseModel):
    """The verifications that were asked for, the newest first."""

    items: list[VerificationView]


class FindingView(BaseModel):
    """What one check of the doctor found, and what to do about it."""

    check: str = Field(title="检查项目")
    level: Literal["well", "look", "broken", "unknown"]
    level_zh: str
    words: str
    remedy: str = Field(title="怎么办")


class HealthView(BaseModel):
    """What the doctor found, in the words of `louke doctor`, and when the canary last rang."""

    at: AwareDatetime
    level: Literal["well", "look", "broken", "unknown"] = Field(title="最重的一项")
    level_zh: str
    findings: list[FindingView]
    canary: CanaryAge | None


async def list_verifications(connection: Connection, limit: int) -> list[AskedVerification]:
    """The verifications that were asked for, the newest first."""
    return await fetch_all(connection, VERIFICATIONS, {"limit": limit})


async def find_hidden(connection: Connection, scope: Scope, numbers: Iterable[str]) -> frozenset[str]:
    """Those of these matters of which this person may not know."""
    arguments: dict[str, Any] = {"numbers": list(numbers)}
    return frozenset(await fetch_planned(connection, HIDDEN.format(visible=build_visible_sql(scope, arguments)), arguments))


def to_local(at: datetime) -> datetime:
    """An instant as people here read it."""
    return at.astimezone(SHANGHAI)
