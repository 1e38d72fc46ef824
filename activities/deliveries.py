"""Delivering: one attempt to hand a message to a system outside, signed, under a key by which it is received once."""

import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
from temporalio import activity
from temporalio.exceptions import ApplicationError

from models.forms.delivery import ConfirmDelivery, OpenDelivery
from models.journal import sm3
from models.messages import Submission
from models.outside import Envelope, Happening, System
from runtime.database import Pool
from runtime.logging import log
from runtime.settings import Partner

# A partner that takes longer than this to say that it has a message gets it again.
_PATIENCE = httpx.Timeout(20, connect=5)
# What is before this message in line needs about so long.
_TURN = timedelta(seconds=2)
# Nothing that a receipt says is longer; what a broken partner sends instead need not be kept whole.
_LONGEST_RECEIPT = 2000
# Refusals that pass: a timeout, a conflict with an earlier attempt, too early, too many.
_TRANSIENT = frozenset({408, 409, 425, 429})

MESSAGE = """
SELECT e.content::jsonb -> 'form' AS form,
    EXISTS (SELECT FROM delivery earlier LEFT JOIN matter m ON m.number = earlier.number
            WHERE (earlier.subject, earlier.system) = (d.subject, d.system) AND earlier.number < d.number AND m.final IS NOT TRUE)
        AS must_wait,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'role', role, 'name', name, 'citizen_id', citizen_id)), '[]') FROM party
     WHERE matter IN (e.content::jsonb -> 'form' ->> 'about', d.subject)) AS people
FROM delivery d JOIN entry e ON e.chain = d.number AND e.position = 1 WHERE d.number = %(number)s
"""
TRIED = """
UPDATE delivery SET attempts = attempts + 1, tried_at = %(now)s, last_error = %(error)s WHERE number = %(number)s RETURNING attempts
"""


class Deliveries:
    """The activity that delivers, over a pool of connections to what is to be delivered."""

    def __init__(self, pool: Pool, systems: Mapping[str, System], partners: Mapping[str, Partner]) -> None:
        """Deliver to those systems, at the addresses of those partners."""
        self._pool, self._systems, self._partners = pool, systems, partners

    @activity.defn(name="send")
    async def send(self, number: str) -> Submission:
        """Hand the message of that delivery over; the step that keeps the receipt. ApplicationError when it was not received."""
        row = await self._asked(MESSAGE, number=number)
        if row.must_wait:
            raise ApplicationError("此前的送达尚未签收", type="waits-its-turn", next_retry_delay=_TURN)
        opened = OpenDelivery.model_validate(row.form)
        system, partner = self._systems.get(opened.system), self._partners.get(opened.system)
        if system is None or partner is None:
            raise ApplicationError(f"没有配置{opened.system_zh}的地址", type="not-connected", non_retryable=True)
        body = message(system, opened, number, row.people)
        try:
            receipt = await _handed_over(partner, number, body)
        except ApplicationError as error:
            await self._tried(number, error.message)
            raise
        await self._tried(number, "")
        form = {"receipt": receipt, "message_hash": sm3(body).hex()}
        return Submission(key="", body_hash="", step=ConfirmDelivery.rule.step, form=form, actor=None)

    async def _tried(self, number: str, error: str) -> None:
        row = await self._asked(TRIED, number=number, now=datetime.now(UTC), error=error)
        if error:
            log.warning("delivery.failed", delivery=number, attempt=row.attempts)
        else:
            log.info("delivery.acknowledged", delivery=number, attempt=row.attempts)

    async def _asked(self, statement: str, **arguments: Any) -> Any:
        connection: Any
        async with self._pool.connection() as connection:
            return await (await connection.execute(statement, arguments)).fetchone()


async def _handed_over(partner: Partner, number: str, body: bytes) -> str:
    headers = {"content-type": "application/json", **signed(partner.secret.get_secret_value(), number, datetime.now(UTC), body)}
    try:
        async with httpx.AsyncClient(verify=_trust(), timeout=_PATIENCE) as http:
            answer = await http.post(partner.address, content=body, headers=headers)
    except httpx.TransportError as error:
        raise ApplicationError(f"对方系统没有应答({type(error).__name__})", type="no-answer") from None
    if not answer.is_success:
        passes = answer.is_server_error or answer.status_code in _TRANSIENT
        raise ApplicationError(f"对方系统答复{answer.status_code}", type="refused", non_retryable=not passes)
    return answer.text[:_LONGEST_RECEIPT]


@cache
def _trust() -> ssl.SSLContext:
    """Whom we believe to be who they say; read once, since it takes longer than a message."""
    return ssl.create_default_context()


def message(system: System, opened: OpenDelivery, number: str, people: list[dict[str, str]]) -> bytes:
    """The message as it travels; the same for every attempt."""
    happening = Happening(
        delivery=number,
        matter=opened.matter,
        fact=opened.fact,
        at=opened.happened_at,
        about=opened.about,
        said=opened.said,
        people=people,
    )
    envelope = Envelope(type=opened.fact, timestamp=opened.happened_at, data=system.says(happening).model_dump(mode="json"))
    return json.dumps(envelope.model_dump(mode="json"), ensure_ascii=False).encode()


def signed(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers by which whoever shares the secret (`whsec_` and base64) knows that the message is ours, by the Standard Webhooks."""
    timestamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
