"""Whether people are told outside the browser: which channels fail, and what was given up."""

from datetime import timedelta
from typing import NamedTuple

from api.health_checks.finding import Finding, Level, join_names
from models.channels import Channel
from models.store.connection import BlockingConnection, Query, read_all, read_one

# A message is taken within seconds; so late, its channel is away.
_LATE = timedelta(minutes=2)
_NAME = "外发通知"


class _Fares(NamedTuple):
    """A channel that is configured, whether it fails, and how much was given up lately."""

    channel: str
    failing: bool
    last_error: str
    given_up: int


FARES = Query[_Fares]("""
SELECT c.channel, c.failing_since IS NOT NULL AS failing, c.last_error,
    (SELECT count(*) FROM sending s WHERE s.state = 'given-up' AND s.channel = c.channel)::int AS given_up
FROM channel_state c WHERE c.configured ORDER BY c.channel
""")


class _Owed(NamedTuple):
    """How many messages are late, and how many rules there are, some of channels that nobody configured."""

    late: int
    rules: int
    idle: int


OWED = Query[_Owed]("""
SELECT (SELECT count(*) FROM sending WHERE state = 'waiting' AND due_at < now() - %(late)s::interval)::int AS late,
    (SELECT count(*) FROM channel_rule)::int AS rules,
    (SELECT count(*) FROM channel_rule r WHERE NOT EXISTS (SELECT FROM channel_state c WHERE c.channel = r.channel AND c.configured))::int AS idle
""")


def check_channels(connection: BlockingConnection) -> Finding:
    """Whether every channel takes what it is handed."""
    fares = read_all(connection, FARES)
    owed = read_one(connection, OWED, {"late": _LATE})
    if not fares and not owed.rules:
        return Finding(_NAME, Level.WELL, "没有开通外发通知，没有打开页面的人得不到提醒")
    down = [f"{Channel(each.channel).label}（{each.last_error}）" for each in fares if each.failing]
    dead = [f"{Channel(each.channel).label}{each.given_up}条" for each in fares if each.given_up]
    if down or dead or owed.late:
        parts = [
            f"不通：{join_names(down)}" if down else "",
            f"发送失败：{join_names(dead)}" if dead else "",
            f"{owed.late}条迟迟没有发出" if owed.late else "",
        ]
        remedy = "核对 LOUKE_CHANNELS 和对方服务；修复后在系统管理的发送记录中重新发送"
        return Finding(_NAME, Level.BROKEN, "；".join(filter(None, parts)), remedy)
    if owed.idle:
        return Finding(_NAME, Level.LOOK, f"{owed.idle}条通知规则所用的方式没有开通", "在 LOUKE_CHANNELS 中配置，或者修改规则")
    if not owed.rules:
        return Finding(_NAME, Level.LOOK, "已开通外发通知，但没有通知规则，什么也不会发", "由系统管理员在通知规则中设定")
    return Finding(_NAME, Level.WELL, f"{'、'.join(Channel(each.channel).label for each in fares)}可以发送，{owed.rules}条规则")
