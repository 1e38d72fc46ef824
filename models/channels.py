"""Outbound notifications (外发通知): channels, occasions, rules, and the texts of messages. Pure.

A rule says who is notified in which unit, of what, by which channel, when, and to whom it escalates if nobody looks. A text contains the
matter's number, the name of the limit, the time left and a link, and never anything that somebody wrote.
"""

import re
from datetime import datetime, time, timedelta
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from law.calendar import SHANGHAI
from law.clock import PROMISES, Colour
from law.labelled_enum import LabelledEnum
from law.offices import Office
from law.time_limits import TimeLimit, get_limits


class Channel(LabelledEnum):
    """A channel that reaches people who have no page open."""

    SMS = "sms", "短信"
    WECOM = "wecom", "企业微信"
    DINGTALK = "dingtalk", "钉钉"
    FEISHU = "feishu", "飞书"
    MAIL = "mail", "邮件"
    WEBHOOK = "webhook", "Webhook"


class Occasion(LabelledEnum):
    """The occasion of a notification."""

    ORANGE = "orange", "橙色预警"
    RED = "red", "红色预警"
    OVERDUE = "overdue", "超期"
    DISPATCH = "dispatch", "新警情待签收"
    TURN = "turn", "轮到办理、催办"
    APPROVAL = "approval", "待审批"
    RETURNED = "returned", "呈请被退回"


class OwnMessage(LabelledEnum):
    """Messages that a person requests for themselves, about no matter."""

    CODE = "code", "确认码"
    TEST = "test", "测试"


class State(LabelledEnum):
    """The delivery state of a message."""

    WAITING = "waiting", "待发送"
    SENT = "sent", "已发送"
    NEEDLESS = "needless", "无需发送"
    UNREACHABLE = "unreachable", "没有地址"
    GIVEN_UP = "given-up", "发送失败"


class Outside(LabelledEnum):
    """What a rule does with an occasion outside its hours."""

    WAIT = "wait", "等到时段开始再发"
    DROP = "drop", "不按本规则发"


class Address(NamedTuple):
    """The format of a channel's addresses: display name, regular expression, example."""

    zh: str
    pattern: str
    example: str


_MOBILE = Address("手机号码", r"1[3-9]\d{9}", "13900001234")
ADDRESSES = {
    Channel.SMS: _MOBILE,
    Channel.WECOM: Address("企业微信账号", r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}", "liusiyuan"),
    Channel.DINGTALK: _MOBILE,
    Channel.FEISHU: Address("飞书 Open ID", r"ou_[A-Za-z0-9]{8,60}", "ou_7d8a6e6df7621556ce0d21922b676706"),
    Channel.MAIL: Address("邮箱", r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+){1,8}", "liusiyuan@police.example.cn"),
}
"""By channel. The webhook has none: the receiving system knows people by user name."""


def is_address(channel: Channel, text: str) -> bool:
    """Whether a text has the format of the channel's addresses."""
    return channel in ADDRESSES and re.fullmatch(ADDRESSES[channel].pattern, text) is not None


_Of = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Rule(BaseModel):
    """A notification rule (通知规则). Where `begins` equals `ends` it holds at any hour."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", description="含其下属单位", min_length=1, max_length=60)
    occasion: Occasion = Field(title="何事")
    to: Office | None = Field(default=None, title="通知谁", description="空为该通知本来的对象")
    channel: Channel = Field(title="方式")
    begins: _Of = Field(default="00:00", title="时段自")
    ends: _Of = Field(default="00:00", title="时段至", description="与起点相同为全天；早于起点为次日")
    outside: Outside = Field(default=Outside.WAIT, title="时段之外", description="限制人身自由的期限不受时段限制")
    delay: int = Field(default=0, ge=0, le=1440, title="延后（分钟）", description="其间已经查看或者办理的，不再发送")
    unread: int | None = Field(default=None, ge=1, le=1440, title="多久未查看即上报（分钟）", description="空为不上报")
    then: Office | None = Field(default=None, title="上报给谁")

    @model_validator(mode="after")
    def _check_escalation(self) -> Self:
        if (self.unread is None) != (self.then is None):
            raise ValueError("上报须同时写明多久未查看和上报给谁")
        return self


def send_at(rule: Rule, said_at: datetime, *, liberty: bool) -> datetime | None:
    """When the rule sends what occurred at `said_at`; None: not at all. Limits on liberty (`liberty`) ignore the hours."""
    at = said_at + timedelta(minutes=rule.delay)
    begins, ends = time.fromisoformat(rule.begins), time.fromisoformat(rule.ends)
    local = at.astimezone(SHANGHAI)
    if liberty or begins == ends or _lies_within(local.time(), begins, ends):
        return at
    if rule.outside is Outside.DROP:
        return None
    opens = datetime.combine(local.date(), begins, SHANGHAI)
    return opens if opens > local else opens + timedelta(days=1)


def _lies_within(now: time, begins: time, ends: time) -> bool:
    return begins <= now < ends if begins < ends else now >= begins or now < ends


class MessageContent(NamedTuple):
    """What a text may contain: occasion, number of the matter, id and end of the limit, whether nobody looked (`gone_up`), whether it is urgent.

    `untaken`: the turn itself went up, since whoever it is did not take it in time.
    """

    occasion: Occasion
    number: str
    limit: str = ""
    due_at: datetime | None = None
    gone_up: bool = False
    urgent: bool = False
    untaken: bool = False


_DEMANDS = {
    Occasion.DISPATCH: "新警情待签收",
    Occasion.TURN: "有一步轮到您办理",
    Occasion.APPROVAL: "有呈请待您审批",
    Occasion.RETURNED: "您的呈请被退回",
}
_URGENT_DISPATCH = "紧急警情待签收"
# The same said to whoever it went up to: it is neither new, nor theirs to take.
_UNTAKEN = {Occasion.DISPATCH: "警情无人签收", Occasion.TURN: "有一步无人办理"}
_URGENT_UNTAKEN = "紧急警情无人签收"
SIGNED = "【漏刻】"
GONE_UP = "无人查看，已上报："
WENT_UP = "逾时未办，已上报："


def build_message_text(content: MessageContent, now: datetime, public_address: str) -> str:
    """The text of a message: number, name of the limit, time left or exceeded, link."""
    known = get_limits().get(content.limit)
    what = (
        f"{known.zh} {_describe_colour(content, known)}{_describe_time_left(content.due_at, now)}"
        if known
        else _describe_demand(content)
    )
    upwards = WENT_UP if content.untaken else GONE_UP if content.gone_up else ""
    return f"{SIGNED}{upwards}{content.number} {what}。{public_address}/matters/{content.number}"


def _describe_colour(content: MessageContent, limit: TimeLimit) -> str:
    unkept = content.occasion is Occasion.OVERDUE and limit.at_expiry in PROMISES
    return (Colour.UNKEPT if unkept else content.occasion).label


def _describe_demand(content: MessageContent) -> str:
    if content.urgent and content.occasion is Occasion.DISPATCH:
        return _URGENT_UNTAKEN if content.untaken else _URGENT_DISPATCH
    said = _UNTAKEN.get(content.occasion) if content.untaken else None
    return said or _DEMANDS.get(content.occasion, content.occasion.label)


def _describe_time_left(due_at: datetime | None, now: datetime) -> str:
    if due_at is None:
        return ""
    minutes = int(abs(due_at - now).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    parts = ((days, "天"), (rest // 60, "小时"), (0 if days else rest % 60, "分钟"))
    length = "".join(f"{many}{zh}" for many, zh in parts if many) or "不足1分钟"
    return f"，还有{length}" if due_at > now else f"，已超{length}"


def build_code_text(code: str) -> str:
    """The text with the code that confirms an address."""
    return f"{SIGNED}确认码 {code}，10分钟内有效。非本人操作的，请勿转告他人。"


def test_text(public_address: str) -> str:
    """The text of a test message."""
    return f"{SIGNED}这是一条测试通知，您的通知方式可以使用。{public_address}/account"


def describe_rule(rule: Rule) -> str:
    """A rule as a Chinese sentence, for pages and the journal."""
    whom = rule.to.label if rule.to else "通知对象"
    hours = "全天" if rule.begins == rule.ends else f"{rule.begins}至{'次日' if rule.ends < rule.begins else ''}{rule.ends}"
    parts = [f"{rule.occasion.label}以{rule.channel.label}告知{whom}", hours]
    if rule.begins != rule.ends:
        parts.append(f"时段之外{rule.outside.label}")
    if rule.delay:
        parts.append(f"延后{rule.delay}分钟")
    if rule.unread and rule.then:
        parts.append(f"{rule.unread}分钟未查看的上报{rule.then.label}")
    return "，".join(parts)
