"""Delivering: one attempt to hand a message to a system outside, signed, under a key by which it is received once."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import httpx
from standardwebhooks import Webhook
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.attachments import list_enclosed_papers, list_enclosed_things
from activities.receipt_answers import take_answer
from law.facts import Fact
from law.offences import get_charges
from models.forms.delivery import AbandonDelivery, ConfirmDelivery, OpenDelivery
from models.forms.form import get_forms
from models.instants import AS_STORED
from models.journal import hash_sm3
from models.messages import Submission
from models.outside import Envelope, Happening, System
from models.proofs import Speaker
from models.store.connection import Query, fetch_one
from models.store.deliveries import COUNT_ATTEMPT
from runtime.credentials import parse_webhook_key
from runtime.database import Pool
from runtime.logging import log
from runtime.settings import Partner
from runtime.tls_trust import build_trust

R = TypeVar("R")

# A partner that takes longer than this to say that it has a message gets it again.
_PATIENCE = httpx.Timeout(20, connect=5)
# What is before this message in line needs about so long; where it needs much longer, it is asked after less and less often.
_TURN, _LONGEST_TURN = timedelta(seconds=2), timedelta(minutes=1)
# Nothing that a receipt says is longer; what a broken partner sends instead need not be kept whole.
_LONGEST_RECEIPT = 2000
# Refusals that pass: a timeout, a conflict with an earlier attempt, too early, too many.
_TRANSIENT = frozenset({408, 409, 425, 429})


class _Message(NamedTuple):
    """A delivery: the form by which it was opened, about which matter and step, and whether one before it is still on its way."""

    form: dict[str, Any]
    subject: str
    subject_kind: str
    seq: int
    must_wait: bool


MESSAGE = Query[_Message]("""
SELECT e.content::jsonb -> 'form' AS form, d.subject, (SELECT kind FROM matter WHERE number = d.subject) AS subject_kind,
    e.origin_seq AS seq,
    EXISTS (SELECT FROM delivery earlier LEFT JOIN matter m ON m.number = earlier.number
            WHERE (earlier.subject, earlier.system) = (d.subject, d.system) AND earlier.number < d.number AND m.final IS NOT TRUE)
        AS must_wait
FROM delivery d JOIN entry e ON e.chain = d.number AND e.position = 1 WHERE d.number = %(number)s
""")


class _Circumstances(NamedTuple):
    """What a message says besides: the form filled in, people in JSON, the criminal case with its charge, the matter's number elsewhere, how it came, who has it."""

    form: dict[str, Any] | None
    people: list[dict[str, Any]]
    case_number: str | None
    charge: str | None
    outside: str | None
    channel: str | None
    came_at: datetime | None
    unit_zh: str | None


# What was filled in where it happened: directly, or in the request that was approved there. The people: those of the matter, first the
# one whom it is about, and of a case its suspects. The charge: of the case, as it was last accepted or filed.
CIRCUMSTANCES = Query[_Circumstances]("""
SELECT (SELECT content::jsonb -> 'form' FROM entry
        WHERE chain = %(subject)s AND sort = 'step' AND step = ANY(%(steps)s) AND seq <= %(seq)s ORDER BY seq DESC LIMIT 1) AS form,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('matter', p.matter, 'id', id, 'role', role, 'name', name, 'citizen_id', citizen_id,
                                                       'phone', coalesce(p.said ->> 'phone', ''))
                               ORDER BY p.matter = %(about)s DESC, p.matter = %(subject)s DESC, p.matter, id), '[]')
     FROM party p JOIN matter of ON of.number = p.matter
     WHERE p.matter IN (%(about)s, %(subject)s) OR (of.parent = %(subject)s AND of.kind = 'suspect')) AS people,
    of_case.number AS case_number,
    (SELECT content::jsonb #>> '{form,charge}' FROM entry
     WHERE chain = of_case.number AND sort = 'step' AND content::jsonb #>> '{form,charge}' = ANY(%(charges)s)
     ORDER BY position DESC LIMIT 1) AS charge,
    (SELECT content::jsonb #>> '{form,channel_number}' FROM entry WHERE chain = %(subject)s AND position = 1) AS outside,
    (SELECT content::jsonb #>> '{form,channel}' FROM entry WHERE chain = %(subject)s AND position = 1) AS channel,
    m.opened_at AS came_at, own.zh AS unit_zh
FROM (SELECT) AS always LEFT JOIN matter m ON m.number = %(subject)s LEFT JOIN unit own ON own.id = m.unit_id
LEFT JOIN matter of_case ON of_case.number IN (m.number, m.parent) AND of_case.kind = 'criminal-case'
""")


# A text that waits for the morning, or for the platform: the file is sealed meanwhile, or its writer wants to hear no more.
NEEDLESS = Query[str]("""
SELECT CASE WHEN m.sealed THEN '案卷已经封存，不再发送' WHEN w.matter IS NOT NULL THEN '来信人已经撤回，不再发送'
    WHEN coalesce(p.said ->> 'phone', '') = '' THEN '没有可以发送的电话' ELSE '' END AS why
FROM matter m LEFT JOIN party p ON p.matter = m.number AND p.id = %(role)s
LEFT JOIN (SELECT DISTINCT matter FROM fact WHERE fact = 'letter.withdrawn') w ON w.matter = m.number WHERE m.number = %(number)s
""")


class Deliveries:
    """The activity that delivers, over a pool of connections to what is to be delivered."""

    def __init__(
        self,
        pool: Pool,
        systems: Mapping[str, System],
        partners: Mapping[str, Partner],
        speaker: Speaker,
        revoked: Path | None = None,
    ) -> None:
        """Deliver to those systems, at the addresses of those partners; what they answer is handed in as that speaker's.

        Whose certificate is `revoked`, by the lists in that file, is told nothing.
        """
        self._pool, self._systems, self._partners, self._speaker = pool, systems, partners, speaker
        self._revoked = revoked

    @activity.defn(name="send")
    async def send(self, number: str) -> Submission:
        """Hand the message of that delivery over; the step that keeps the receipt. ApplicationError when it was not received.

        An answer that came with the receipt has by then been taken as a step of the matter that asked. What waited until its reader must not
        hear of it any more is sent to nobody.
        """
        row = await self._query_one(MESSAGE, number=number)
        if row.must_wait:
            raise ApplicationError("此前的送达尚未签收", type="waits-its-turn", next_retry_delay=_get_time_until_turn())
        opened = OpenDelivery.model_validate(row.form, context=AS_STORED)
        system, partner = self._systems.get(opened.system), self._partners.get(opened.system)
        if system is None or partner is None:
            raise ApplicationError(f"没有配置{opened.system_zh}的地址", type="not-connected", non_retryable=True)
        if system.carries_to and (over := await self._query_one(NEEDLESS, number=row.subject, role=system.carries_to)):
            return Submission(key="", body_hash="", step=AbandonDelivery.rule.step, form={"reason": over}, actor=None)
        happening = await self._build_happening(opened, number, row)
        if held := system.holds(happening, datetime.now(UTC)):
            raise ApplicationError("夜间不送达，早晨送达", type="held-back", next_retry_delay=held)
        body = build_message(system, happening)
        try:
            receipt = await _hand_over(partner, number, body, self._revoked)
        except ApplicationError as error:
            await self._record_attempt(number, error.message)
            raise
        await self._record_attempt(number, "")
        form = {
            "receipt": receipt[:_LONGEST_RECEIPT],
            "message_hash": hash_sm3(body).hex(),
            **await take_answer(system, opened, row.subject_kind, number, receipt, self._speaker),
        }
        return Submission(key="", body_hash="", step=ConfirmDelivery.rule.step, form=form, actor=None)

    async def _build_happening(self, opened: OpenDelivery, number: str, row: _Message) -> Happening:
        around = await self._query_one(
            CIRCUMSTANCES,
            subject=row.subject,
            about=opened.about,
            seq=row.seq,
            steps=_list_steps_for(opened.fact),
            charges=list(get_charges()),
        )
        form = around.form or {}
        async with self._pool.connection() as connection:
            things = await list_enclosed_things(connection, row.subject, form)
            papers = await list_enclosed_papers(connection, row.subject, opened.fact, number)
        return Happening(
            delivery=number,
            matter=opened.matter,
            fact=opened.fact,
            at=opened.happened_at,
            about=opened.about,
            values=opened.said,
            form=form,
            people=around.people,
            order=around.outside or "",
            channel=around.channel or "",
            came_at=around.came_at,
            unit_zh=around.unit_zh or "",
            exhibits=things,
            papers=papers,
            case=around.case_number or "",
            charge=around.charge or "",
        )

    async def _record_attempt(self, number: str, error: str) -> None:
        attempts = await self._query_one(COUNT_ATTEMPT, number=number, now=datetime.now(UTC), error=error)
        if error:
            log.warning("delivery.failed", delivery=number, attempt=attempts)
        else:
            log.info("delivery.acknowledged", delivery=number, attempt=attempts)

    async def _query_one(self, query: Query[R], **arguments: Any) -> R:
        async with self._pool.connection() as connection:
            return await fetch_one(connection, query, arguments)


async def _hand_over(partner: Partner, number: str, body: bytes, revoked: Path | None) -> str:
    headers = {
        "content-type": "application/json",
        **sign_message(partner.secret.get_secret_value(), number, datetime.now(UTC), body),
    }
    try:
        async with httpx.AsyncClient(verify=build_trust(revoked), timeout=_PATIENCE) as http:
            answer = await http.post(partner.address, content=body, headers=headers)
    except (httpx.TransportError, OSError) as error:  # or nobody can say who is believed
        raise ApplicationError(f"对方系统没有应答（{type(error).__name__}）", type="no-answer") from None
    if not answer.is_success:
        passes = answer.is_server_error or answer.status_code in _TRANSIENT
        raise ApplicationError(f"对方系统答复{answer.status_code}", type="refused", non_retryable=not passes)
    return answer.text


def _get_time_until_turn() -> timedelta:
    return min(_TURN * activity.info().attempt, _LONGEST_TURN)


def _list_steps_for(fact: Fact) -> list[str]:
    return [step for step, form in get_forms().items() if fact in form.rule.may_bring]


def build_message(system: System, happening: Happening) -> bytes:
    """The message as it travels; the same for every attempt."""
    envelope = Envelope(type=happening.fact, timestamp=happening.at, data=system.says(happening).model_dump(mode="json"))
    return json.dumps(envelope.model_dump(mode="json"), ensure_ascii=False).encode()


def sign_message(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers by which whoever shares the secret (`whsec_` and base64) knows that the message is ours, by the Standard Webhooks."""
    at = at.astimezone(UTC)  # the library takes any other zone's clock for that of UTC
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(parse_webhook_key(secret)).sign(message_id, at, body.decode()),
    }
