"""By which ways people are told outside the browser: each with its address and secrets, which keep a process from starting where they cannot be meant.

The addresses are those of the services themselves unless another is named, as that of a gateway within the bureau's network.
"""

from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from runtime.credentials import WebhookSecret
from runtime.transport_security import leads_here, over_tls

# Fewer random characters are nobody's secret; services hand out at least so many.
_LEAST = 16


def _check_given(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if len(text) < _LEAST or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(f"must be at least {_LEAST} characters of ASCII, as the service handed it out")
    return value


Secret = Annotated[SecretStr, AfterValidator(_check_given)]


class Named(BaseModel):
    """A channel that is named in the settings."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    def reveal(self) -> dict[str, Any]:
        """What is said of it, secrets included: for whoever stands in for its service."""
        told = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in told.items()}


class _Web(Named):
    """A service that is reached over HTTP."""

    address: str
    # Said where the address is http:// on another machine: something else encrypts the line.
    in_clear: bool = False

    @model_validator(mode="after")
    def _is_encrypted(self) -> Self:
        said = urlsplit(self.address)
        if said.scheme not in ("http", "https") or not said.hostname:
            raise ValueError("address must be one that begins with https://")
        if not (self.in_clear or over_tls(self.address)):
            raise ValueError("address must begin with https:// (or say in_clear where something else encrypts the line)")
        return self


class SmsGateway(_Web):
    """An SMS gateway that takes `{"id", "to", "text"}` at its address, with the secret as a bearer token (docs/channels.md)."""

    secret: Secret


class WeCom(_Web):
    """An application of WeCom (企业微信应用消息)."""

    address: str = "https://qyapi.weixin.qq.com"
    corp_id: str = Field(min_length=1)
    agent_id: int
    secret: Secret


class DingTalk(_Web):
    """A robot of a DingTalk group (钉钉自定义机器人) whose messages are signed."""

    address: str = "https://oapi.dingtalk.com"
    access_token: Secret
    secret: Secret


class Feishu(_Web):
    """A robot of a Feishu group (飞书自定义机器人) whose messages are signed; `hook` is the last part of its address."""

    address: str = "https://open.feishu.cn"
    hook: Secret
    secret: Secret


class SignedWebhook(_Web):
    """A system of the bureau's own that takes messages signed by the Standard Webhooks."""

    secret: WebhookSecret


class Mail(Named):
    """A mail server: `smtps://host:465` (TLS at once) or `smtp://host:587` (STARTTLS, without which nothing is said)."""

    address: str
    in_clear: bool = False
    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    username: str = ""
    password: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        said = urlsplit(self.address)
        if said.scheme not in ("smtp", "smtps") or not said.hostname or not said.port:
            raise ValueError("address must be smtps://host:port or smtp://host:port")
        if bool(self.username) != bool(self.password.get_secret_value()):
            raise ValueError("username and password must be named together, or neither")
        return self

    @property
    def starts_tls(self) -> bool:
        """Whether TLS begins once the server has been greeted; a server of this machine needs none."""
        return self.address.startswith("smtp://") and not (self.in_clear or leads_here(self.address))


class ChannelSettings(BaseModel):
    """The channels that a bureau has; who is not named tells nobody."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    sms: SmsGateway | None = None
    wecom: WeCom | None = None
    dingtalk: DingTalk | None = None
    feishu: Feishu | None = None
    mail: Mail | None = None
    webhook: SignedWebhook | None = None

    def list_named(self) -> dict[str, Named]:
        """Those that are named, by their ids."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}
