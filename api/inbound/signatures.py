"""Authenticity of inbound messages: the Standard Webhooks signature over the body as it came."""

import re
from collections.abc import Mapping
from datetime import datetime

from standardwebhooks import Webhook, WebhookVerificationError

from models.problems import NotSignedIn
from runtime.credentials import parse_webhook_key
from runtime.logging import log
from runtime.settings import Partner

# A message whose time differs from ours by more was caught and sent again by somebody else, or its clock is wrong.
REPLAY_S = 300
_VERSION = "v1,"
# Seconds since 1970, until long after everybody here.
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def check_signature(partner: Partner, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a message that this partner has signed within the last minutes; NotSignedIn with a `reason` for any other.

    The reason is `unsigned`, `expired` or `forged`. Of several signatures, and of several secrets that we accept, one that fits suffices.
    """
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    # Signatures of other versions are for whoever knows them: the library would stumble over their form.
    given = " ".join(each for each in headers.get("webhook-signature", "").split(" ") if each.startswith(_VERSION))
    if not (message_id and given and _TIMESTAMP.fullmatch(timestamp)):
        raise _build_refusal("unsigned", "报文没有签名")
    if abs(now.timestamp() - int(timestamp)) > REPLAY_S:
        raise _build_refusal("expired", "报文的时间与本机相差五分钟以上")
    signed = {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": given}
    if not any(_is_signed(secret.get_secret_value(), signed, body) for secret in partner.accepts or [partner.secret]):
        raise _build_refusal("forged", "报文的签名不符")
    return message_id


def _is_signed(secret: str, signed: dict[str, str], body: bytes) -> bool:
    try:
        Webhook(parse_webhook_key(secret)).verify(body, signed, json_parse=False)
    except (WebhookVerificationError, ValueError):  # the library raises the latter for what is no base64, or no UTF-8
        return False
    return True


def _build_refusal(reason: str, words: str) -> NotSignedIn:
    log.info("token.refused", outcome=reason, operation="inbound")
    return NotSignedIn(words, reason=reason)
