"""Webhook: a system of the bureau's own, which knows people by their user names; signed by the Standard Webhooks, as deliveries are."""

import json
from datetime import UTC, datetime
from pathlib import Path

from activities.channels.message import Outgoing, asked
from activities.deliveries import signed
from runtime.channel_settings import SignedWebhook


class OwnSystem:
    """A system that passes messages on by ways of its own."""

    def __init__(self, settings: SignedWebhook, revoked: Path | None) -> None:
        """Send to that system."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Hand it to the system; the receipt that it gives, if any. Under the same `webhook-id` it is received once."""
        now = datetime.now(UTC)
        data = {"to": message.username, "text": message.text, "number": message.number, "occasion": message.occasion}
        body = json.dumps({"type": "notice", "timestamp": now.isoformat(), "data": data}, ensure_ascii=False).encode()
        headers = {"content-type": "application/json", **signed(self._settings.secret.get_secret_value(), message.key, now, body)}
        answer = await asked("POST", self._settings.address, self._revoked, headers=headers, content=body)
        return str(answer.get("receipt", ""))
