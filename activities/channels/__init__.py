"""Transports of outbound notifications, one file for each channel."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from activities.channels.dingtalk import DingTalkRobot
from activities.channels.feishu import FeishuRobot
from activities.channels.mail import MailServer
from activities.channels.message import Transport
from activities.channels.sms import Sms
from activities.channels.webhook import OwnSystem
from activities.channels.wecom import WeComApplication
from models.channels import Channel
from runtime.channel_settings import ChannelSettings

_TRANSPORTS: dict[Channel, Callable[[Any, Path | None], Transport]] = {
    Channel.SMS: Sms,
    Channel.WECOM: WeComApplication,
    Channel.DINGTALK: DingTalkRobot,
    Channel.FEISHU: FeishuRobot,
    Channel.MAIL: MailServer,
    Channel.WEBHOOK: OwnSystem,
}


def open_transports(settings: ChannelSettings, revoked: Path | None = None) -> Mapping[Channel, Transport]:
    """The transports of the configured channels; `revoked` is a file of certificate revocation lists."""
    return {Channel(name): _TRANSPORTS[Channel(name)](named, revoked) for name, named in settings.list_named().items()}
