"""Traces (留痕): who read what (查阅记录) — looked at it, searched for it, exported or printed it — and who signed in and out (登录记录); from where and when.

The journal records what was done; traces are kept beside it, because there are a hundred of them to each step and their retention is limited.
Each is hashed together with the one before it of the same day; the heads of the days are sealed with those of the journal.
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from operator import attrgetter

from law.labelled_enum import LabelledEnum
from models.journal import format_canonical

CHAIN = "READ/"
"""Prefix of the chain of a day in seals: `READ/2026-11-29`."""
FORGET_READINGS = "forget-readings"
"""The step of the journal entry that is written when a day of traces is deleted at the end of its retention."""


class Reading(LabelledEnum):
    """What a route lets somebody read; `zh` is what a supervisor calls it."""

    MATTER = "matter", "查看事项"
    JOURNAL = "journal", "查看案件日志"
    STEPS = "steps", "查看可办步骤"
    CLOCKS = "clocks", "查看期限"
    COURSE = "course", "查看办理经过"
    MEASURES = "measures", "查看强制措施"
    DOCUMENTS = "documents", "查看文书目录"
    DOCUMENT_TEXT = "document-text", "查看法律文书"
    DOCUMENT = "document", "下载法律文书"
    DOSSIER = "dossier", "查看电子卷宗"
    PAPER = "paper", "下载卷宗材料"
    PRINT = "print", "打印"
    LIST = "list", "查看列表"
    WORK = "work", "查看工作台"
    BOARD = "board", "查看看板"
    REPORT = "report", "查看报告"
    PERSONAL_INDEX = "personal-index", "查看民警健康指数"
    SEARCH = "search", "搜索"
    EXPORT = "export", "导出"
    STREAM = "stream", "接收实时消息"
    VEILED = "veiled", "查看密级字段"
    DELIVERIES = "deliveries", "查看外部送达与来文"
    TRACES = "traces", "查看查阅记录"
    BUREAU = "bureau", "查看本局日志"
    COMINGS = "comings", "查看登录记录"


class AccountEvent(LabelledEnum):
    """What happened to an account (登录记录): a sign-in, accepted or refused, a sign-out, or a change of password or second factor."""

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
        """The HTTP status it was answered with."""
        return 429 if self is AccountEvent.LIMITED else 401 if self in _REFUSED else 200


_REFUSED = frozenset(
    {
        AccountEvent.WRONG,
        AccountEvent.NO_FACTOR,
        AccountEvent.WRONG_FACTOR,
        AccountEvent.TOO_OLD,
        AccountEvent.CLOSED,
        AccountEvent.UNPROVED,
    }
)


TAKEN_AWAY = frozenset({Reading.DOCUMENT, Reading.PAPER, Reading.PRINT, Reading.EXPORT, Reading.STREAM, Reading.VEILED})
"""What leaves a trace each time; of anything else, reading it again within minutes is the same reading."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a trace says, before it has its place in the chain of its day. The fields are columns of table `reading_trace`."""

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


COLUMNS = tuple(field.name for field in fields(Trace))
values_of = attrgetter(*COLUMNS)
"""The values of a trace in the order of `COLUMNS`."""


def build_trace_content(day: date, position: int, trace: Trace) -> str:
    """What the hash of a trace is computed over, in its place in the chain of its day."""
    values = dict(zip(COLUMNS, values_of(trace), strict=True))
    secret = trace.secret.hex() if trace.secret else None
    return format_canonical(values | {"day": day, "position": position, "at": trace.at.astimezone(UTC), "secret": secret})
