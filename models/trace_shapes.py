"""Traces (留痕): who read what (查阅记录) — looked at it, searched for it, exported or printed it — and who came and went (登录记录); from where and when.

They stand beside the journal, which tells what was done: there are a hundred of them to each step, and they are kept for a term. Each is
hashed together with the one before it of the same day; the heads of the days are sealed with those of the journal.
"""

from datetime import UTC, date, datetime
from typing import NamedTuple

from law.labelled_enum import LabelledEnum
from models.journal import canonical

CHAIN = "READ/"
"""How the chain of a day is called in seals: `READ/2026-11-29`."""
FORGET_READINGS = "forget-readings"
"""The step of the entry that accounts for a day of traces which is forgotten."""


class Reading(LabelledEnum):
    """What a route lets somebody read; `zh` is what a supervisor calls it."""

    MATTER = "matter", "查看事项"
    JOURNAL = "journal", "查看案件日志"
    STEPS = "steps", "查看可办步骤"
    CLOCKS = "clocks", "查看期限"
    COURSE = "course", "查看办理经过"
    MEASURES = "measures", "查看强制措施"
    DOCUMENTS = "documents", "查看文书目录"
    DOCUMENT = "document", "下载法律文书"
    DOSSIER = "dossier", "查看电子卷宗"
    PAPER = "paper", "下载卷宗材料"
    PRINT = "print", "打印"
    LIST = "list", "查看列表"
    WORK = "work", "查看工作台"
    BOARD = "board", "查看看板"
    SEARCH = "search", "搜索"
    EXPORT = "export", "导出"
    STREAM = "stream", "接收实时消息"
    DELIVERIES = "deliveries", "查看外部送达与来文"
    TRACES = "traces", "查看查阅记录"
    BUREAU = "bureau", "查看本局日志"
    COMINGS = "comings", "查看登录记录"


class Coming(LabelledEnum):
    """What happens at the door (登录记录): somebody comes in, or not, or goes, or changes what they come in by."""

    ACCEPTED = "signed-in", "登录"
    WRONG = "wrong-password", "用户名或者口令不正确"
    NO_FACTOR = "no-second-factor", "未输入动态口令"
    WRONG_FACTOR = "wrong-second-factor", "动态口令不正确"
    TOO_OLD = "password-expired", "他人设置的口令已经过期"
    CLOSED = "account-closed", "账号已停用"
    LIMITED = "limited", "尝试过于频繁，未受理"
    ENDED = "signed-out", "退出登录"
    ENDED_ALL = "signed-out-everywhere", "在所有设备上退出登录"
    UNPROVED = "unproved", "核对口令未通过"
    PASSWORD = "password-changed", "修改口令"
    PASSWORD_SET = "password-set", "口令由他人设置"
    FACTOR = "second-factor-enrolled", "启用动态口令"
    FACTOR_VOUCHED = "second-factor-vouched", "动态口令经当面核实"
    FACTOR_DROPPED = "second-factor-dropped", "动态口令由他人停用"

    @property
    def status(self) -> int:
        """How whoever came was answered."""
        return 429 if self is Coming.LIMITED else 401 if self in _KEPT_OUT else 200


_KEPT_OUT = frozenset({Coming.WRONG, Coming.NO_FACTOR, Coming.WRONG_FACTOR, Coming.TOO_OLD, Coming.CLOSED, Coming.UNPROVED})


TAKEN_AWAY = frozenset({Reading.DOCUMENT, Reading.PAPER, Reading.PRINT, Reading.EXPORT, Reading.STREAM})
"""What leaves a trace each time; whoever reads the rest again within minutes has not stopped reading it."""


class Left(NamedTuple):
    """A trace as it is left, before it has its place in the chain."""

    at: datetime
    username: str
    offices: list[str]
    units: list[str]
    address: str
    sort: str
    matter: str
    status: int
    secret: bytes | None
    key_id: str | None


def left_of(row: object) -> Left:
    """A row of table `reading_trace` as it was left."""
    return Left(*(getattr(row, name) for name in Left._fields))


def content(day: date, position: int, left: Left) -> str:
    """What the hash of a trace is over, in its place in the chain of its day."""
    secret = left.secret.hex() if left.secret else None
    return canonical(left._asdict() | {"day": day, "position": position, "at": left.at.astimezone(UTC), "secret": secret})
