"""Each channel speaks its protocol to the stand-in of its service, and says what became of a message."""

from collections.abc import AsyncIterator, Mapping

import pytest
from pydantic import SecretStr

from activities.channels import open_transports
from activities.channels.message import NotSent, Outgoing, Transport
from models.channels import ADDRESSES, Channel
from partners.channels import Mood
from runtime.channel_settings import ChannelSettings
from tests.channels import StandIns, stand_ins

TEXT = "【漏刻】XS202611000012 提请审查批准逮捕 红色预警，还有5小时。https://louke.example.cn/matters/XS202611000012"
# These know a message again; the robots give no receipt and know nothing.
KNOW_AGAIN = {Channel.SMS, Channel.WECOM, Channel.MAIL, Channel.WEBHOOK}
every_channel = pytest.mark.parametrize("channel", [*Channel])


@pytest.fixture
async def services() -> AsyncIterator[StandIns]:
    async with stand_ins() as these:
        yield these


def at_work(services: StandIns) -> Mapping[Channel, Transport]:
    return open_transports(services.settings)


def message(channel: Channel, key: str = "3f1c") -> Outgoing:
    to = ADDRESSES[channel].example if channel in ADDRESSES else ""
    return Outgoing(key, "liusiyuan", to, TEXT, "XS202611000012", "red")


@every_channel
async def test_a_message_arrives_with_whom_it_is_for_and_what_it_says(services: StandIns, channel: Channel) -> None:
    receipt = await at_work(services)[channel].send(message(channel))
    (arrived,) = services.services.list_received(channel)
    assert arrived.to == (message(channel).to or "liusiyuan")
    assert arrived.text.endswith(TEXT)
    assert bool(receipt) is (channel in KNOW_AGAIN)


@every_channel
async def test_the_same_message_again_is_received_once_where_the_service_can_know_it(services: StandIns, channel: Channel) -> None:
    way = at_work(services)[channel]
    for _ in range(2):
        await way.send(message(channel))
    assert [each.times for each in services.services.list_received(channel)] == ([2] if channel in KNOW_AGAIN else [1, 1])


@every_channel
async def test_a_service_that_is_away_may_take_it_later_and_one_that_refuses_never(services: StandIns, channel: Channel) -> None:
    way = at_work(services)[channel]
    for mood, for_good in ((Mood.DOWN, False), (Mood.SILENT, False), (Mood.REFUSING, True)):
        services.services.moods[channel] = mood
        with pytest.raises(NotSent) as refused:
            await way.send(message(channel, key=mood))
        assert refused.value.for_good is for_good, mood
        # What is kept of it names codes, and no address.
        assert message(channel).to not in refused.value.words or not message(channel).to


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WECOM, Channel.DINGTALK, Channel.FEISHU, Channel.WEBHOOK])
async def test_whoever_does_not_know_the_secret_is_refused(services: StandIns, channel: Channel) -> None:
    named = getattr(services.settings, channel)
    other = (
        SecretStr("whsec_" + "b3RoZXIgc2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMu")
        if channel is Channel.WEBHOOK
        else SecretStr("another-secret-altogether")
    )
    settings = ChannelSettings.model_validate({channel: {**named.reveal(), "secret": other}})
    with pytest.raises(NotSent) as refused:
        await open_transports(settings)[channel].send(message(channel))
    assert refused.value.for_good
    assert services.services.list_received(channel) == []


async def test_wecom_is_asked_for_a_token_once_and_anew_when_it_is_over(services: StandIns) -> None:
    way = at_work(services)[Channel.WECOM]
    for key in ("a", "b"):
        await way.send(message(Channel.WECOM, key)._replace(text=key))
    assert len(services.services.tokens) == 1
    services.services.tokens = dict.fromkeys(services.services.tokens, 0.0)
    await way.send(message(Channel.WECOM, "c")._replace(text="c"))
    assert [each.text for each in services.services.list_received(Channel.WECOM)] == ["a", "b", "c"]
    assert len(services.services.tokens) == 2


def test_a_channel_that_nobody_names_is_not_there() -> None:
    assert open_transports(ChannelSettings()) == {}
