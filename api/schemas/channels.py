"""Answers and bodies about outbound notifications: own channels, the calendar feed, rules and sent messages."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Instant, Listed, Shape
from models.channels import Channel, Occasion, Rule, State


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProposedAddress(_Asked):
    """A new address to confirm."""

    address: str = Field(title="地址", min_length=1, max_length=200)


class AddressCode(_Asked):
    """The code that was sent to the new address."""

    code: str = Field(title="确认码", pattern=r"^\d{6}$")


class Looked(_Asked):
    """The matter that the caller has looked at; empty: everything."""

    matter: str = Field(default="", title="事项编号", max_length=60)


class OwnWay(Shape):
    """A channel, as it is set up for the caller."""

    channel: Channel
    zh: str = Field(title="方式")
    configured: bool = Field(title="本单位已开通")
    address_zh: str = Field(title="地址的名称", description="空为不需要地址")
    example: str = Field(title="地址示例")
    address: str = Field(title="已确认的地址")
    confirmed_at: Instant | None
    pending: str = Field(title="待确认的地址")


class OwnWays(Shape):
    """The caller's channels, and when their calendar feed was made."""

    items: list[OwnWay]
    feed_made_at: Instant | None


class FeedMade(Shape):
    """The address of a new calendar feed, shown only once."""

    path: str = Field(title="地址", description="只显示这一次；在日历软件中按网址订阅")


class Choice(Shape):
    """An option: its value and its display name."""

    value: str
    zh: str


class RuleView(Shape):
    """A notification rule."""

    id: int
    rule: Rule
    zh: str = Field(title="规则")
    mine: bool = Field(title="在本人管理范围内")


class ChannelFares(Shape):
    """The status of a channel."""

    channel: Channel
    zh: str
    configured: bool
    failing: bool
    last_error: str


class RuleList(Shape):
    """The rules, the options of their fields, and the status of each channel."""

    rules: list[RuleView]
    channels: list[ChannelFares]
    occasions: list[Choice]
    offices: list[Choice]
    outside: list[Choice]


class MessageItem(Shape):
    """A message that was sent or is waiting."""

    id: int
    occasion: Occasion
    matter: str
    unit: str
    username: str
    person_zh: str
    channel: Channel
    gone_up: bool = Field(title="无人查看而上报的")
    state: State
    tries: int
    words: str
    receipt: str
    last_error: str
    said_at: Instant
    due_at: Instant
    sent_at: Instant | None
    read_at: Instant | None


class MessageList(Listed[MessageItem]):
    """A page of messages, the newest first."""
