"""短信: a gateway that speaks the plain contract of docs/channels.md, by which the same id is sent once."""

from pathlib import Path

from activities.channels.message import Outgoing, asked
from runtime.channel_settings import SmsGateway


class Sms:
    """Telephones, by way of a gateway."""

    def __init__(self, settings: SmsGateway, revoked: Path | None) -> None:
        """Send through that gateway."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Hand it to the gateway; the gateway's receipt."""
        answer = await asked(
            "POST",
            self._settings.address,
            self._revoked,
            headers={"Authorization": f"Bearer {self._settings.secret.get_secret_value()}"},
            json={"id": message.key, "to": message.to, "text": message.text},
        )
        return str(answer.get("receipt", ""))
