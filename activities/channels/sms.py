"""SMS (短信) through a gateway with the contract of docs/channels.md: it sends a message once for each id."""

from pathlib import Path

from activities.channels.message import Outgoing, request_json
from runtime.channel_settings import SmsGateway


class Sms:
    """Addresses people by mobile number."""

    def __init__(self, settings: SmsGateway, revoked: Path | None) -> None:
        """Send through the gateway of the settings."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Send the message; returns the gateway's receipt."""
        answer = await request_json(
            "POST",
            self._settings.address,
            self._revoked,
            headers={"Authorization": f"Bearer {self._settings.secret.get_secret_value()}"},
            json={"id": message.key, "to": message.to, "text": message.text},
        )
        return str(answer.get("receipt", ""))
