"""Webhook to a system of the bureau, signed by Standard Webhooks like deliveries."""

import json
from datetime import UTC, datetime
from pathlib import Path

from activities.channels.message import Outgoing, request_json
from activities.deliveries import sign_message
from runtime.channel_settings import SignedWebhook


class OwnSystem:
    """Addresses people by user name; the receiving system decides how to reach them."""

    def __init__(self, settings: SignedWebhook, revoked: Path | None) -> None:
        """Send to the system of the settings."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Send the message; returns the receipt, if any. The system receives it once for each `webhook-id`."""
        now = datetime.now(UTC)
        data = {"to": message.username, "text": message.text, "number": message.number, "occasion": message.occasion}
        body = json.dumps({"type": "notice", "timestamp": now.isoformat(), "data": data}, ensure_ascii=False).encode()
        headers = {
            "content-type": "application/json",
            **sign_message(self._settings.secret.get_secret_value(), message.key, now, body),
        }
        answer = await request_json("POST", self._settings.address, self._revoked, headers=headers, content=body)
        return str(answer.get("receipt", ""))
