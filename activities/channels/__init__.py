"""The channels by which people are told outside the browser, one file each; who is not configured is not there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from activities.channels.dingtalk import DingTalkRobot
from activities.channels.feishu import FeishuRobot
from activities.channels.mail import MailServer
from activities.channels.message import Way
from activities.channels.sms import Sms
from activities.channels.webhook import OwnSystem
from activities.channels.wecom import WeComApplication
from models.channels import Channel
from runtime.channel_settings import ChannelSettings

_WAYS: dict[Channel, Callable[[Any, Path | None], Way]] = {
    Channel.SMS: Sms,
    Channel.WECOM: WeComApplication,
    Channel.DINGTALK: DingTalkRobot,
    Channel.FEISHU: FeishuRobot,
    Channel.MAIL: MailServer,
    Channel.WEBHOOK: OwnSystem,
}


def ways(settings: ChannelSettings, revoked: Path | None = None) -> Mapping[Channel, Way]:
    """The channels that are configured; `revoked` are lists of certificates that nobody believes any more."""
    return {Channel(name): _WAYS[Channel(name)](named, revoked) for name, named in settings.named().items()}
