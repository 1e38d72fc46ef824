"""Signatures by the Standard Webhooks: HMAC-SHA256 over id, time and body, under a secret that both sides have."""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Mapping

# A message older than this was caught and sent again by somebody else.
REPLAY_S = 300
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def compute_signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """The signature of one message, with its version; `secret` is `whsec_` and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, b".".join((message_id.encode(), timestamp.encode(), body)), hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def sign_message(secret: str, message_id: str, body: bytes) -> dict[str, str]:
    """The headers of a message sent now."""
    timestamp = str(int(time.time()))
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": compute_signature(secret, message_id, timestamp, body),
    }


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a message was signed with that secret, within the last minutes; of several signatures one suffices."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not _TIMESTAMP.fullmatch(timestamp) or abs(time.time() - int(timestamp)) > REPLAY_S:
        return False
    wanted = compute_signature(secret, message_id, timestamp, body)
    return any(hmac.compare_digest(wanted, each) for each in headers.get("webhook-signature", "").split(" "))
