"""Outbound notifications: applying the rules to what happened, and sending each resulting message until a service has accepted it.

Messages are rows of an outbox. A sender claims a row for the length of a lease, sends it under the row's own idempotency key, and records the
result. If the sender dies in between, the next one sends the same text under the same key.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from activities.channels.message import LONGEST_RECEIPT, NotSent, Outgoing, Transport
from law.offices import Office
from models.channels import (
    Channel,
    MessageContent,
    Occasion,
    OwnMessage,
    State,
    build_code_text,
    build_message_text,
    is_address,
    send_at,
    test_text,
)
from models.store import channels as sql
from models.store.channels import Announced, Claimed, RuleFound, to_rule
from models.store.connection import Connection, execute, fetch_all
from runtime.database import Pool
from runtime.logging import log

# Rows of one statement.
BATCH = 500
# Messages sent through a channel concurrently.
_CONCURRENT = 8
# Longer than any timeout of a transport; a sender that has not recorded a result by then is dead.
LEASE = timedelta(minutes=1)
# A retry within this time may repeat a message that was accepted, so it keeps the text, by which services recognise it.
_TEXT_KEPT = timedelta(minutes=10)
_FIRST, _LONGEST = timedelta(seconds=5), timedelta(minutes=10)
# After this time of failures a message is given up, and left to an operator.
GIVEN_UP_AFTER = timedelta(hours=6)


async def announce(connection: Connection) -> int:
    """Turn announcements into messages as the rules say; returns the number of announcements handled."""
    async with connection.transaction():
        announced = await fetch_all(connection, sql.ANNOUNCED, {"most": BATCH})
        if not announced:
            return 0
        rules = await fetch_all(connection, sql.RULES)
        rows = [row for each in announced if each.occasion for row in _plan(each, rules)]
        if rows:
            await execute(connection, sql.PLAN, {"rows": Jsonb(rows)})
        await connection.execute(sql.DELETE_ANNOUNCED, {"ids": [each.id for each in announced]})
    return len(announced)


def _plan(announced: Announced, rules: Iterable[RuleFound]) -> Iterator[dict[str, Any]]:
    """The messages that the rules require for an announcement."""
    for found in rules:
        rule = to_rule(found)
        if rule.occasion != announced.occasion or not announced.path.startswith(found.path):
            continue
        at = send_at(rule, announced.said_at, liberty=announced.liberty)
        if at is None:
            continue
        own = rule.to is Office.CASE_OFFICER
        yield {
            "event": announced.event,
            "occasion": announced.occasion,
            "matter": announced.matter,
            "clock_id": announced.clock_id,
            "task_id": announced.task_id,
            "unit_id": announced.unit_id,
            "rule_id": found.id,
            "office": found.to_office or announced.office,
            "username": announced.officer if own else "" if rule.to else announced.username,
            "channel": rule.channel,
            "said_at": announced.said_at.isoformat(),
            "due_at": at.isoformat(),
            "escalate_at": (at + timedelta(minutes=rule.unread)).isoformat() if rule.unread else None,
            "then_office": rule.then or "",
        }


async def escalate(connection: Connection, now: datetime) -> int:
    """Create escalation messages for what nobody has looked at in time; returns how many."""
    return len(await fetch_all(connection, sql.ESCALATE, {"now": now, "most": BATCH}))


class Sender:
    """Sends the due messages of one channel."""

    def __init__(self, pool: Pool, channel: Channel, transport: Transport, public_address: str) -> None:
        """Send through that transport; `public_address` is the base of links."""
        self._pool, self._channel, self._transport, self._public_address = pool, channel, transport, public_address

    async def send(self, now: datetime) -> int:
        """Send one batch of due messages; returns how many were claimed."""
        async with self._pool.connection() as connection, connection.transaction():
            claimed = await fetch_all(
                connection, sql.CLAIM, {"channel": self._channel, "now": now, "lease": LEASE, "most": _CONCURRENT}
            )
            texts = {each.id: self._build_text(each, now) for each in claimed}
            # Confirmation codes are secrets, so their texts are not stored.
            kept = {
                each.id: texts[each.id] for each in claimed if each.occasion != OwnMessage.CODE and texts[each.id] != each.words
            }
            if kept:
                await connection.execute(sql.KEEP_TEXT, {"ids": list(kept), "words": list(kept.values()), "now": now})
        await asyncio.gather(*(self._send_one(each, texts[each.id], now) for each in claimed))
        return len(claimed)

    def _build_text(self, claimed: Claimed, now: datetime) -> str:
        if claimed.occasion == OwnMessage.CODE:
            return build_code_text(claimed.code)
        if claimed.occasion == OwnMessage.TEST:
            return test_text(self._public_address)
        if claimed.worded_at and now - claimed.worded_at < _TEXT_KEPT:
            return claimed.words
        said = (claimed.limit_id, claimed.ends_at, claimed.gone_up, claimed.urgent, claimed.untaken)
        content = MessageContent(Occasion(claimed.occasion), claimed.matter, *said)
        return build_message_text(content, now, self._public_address)

    async def _send_one(self, claimed: Claimed, text: str, now: datetime) -> None:
        """Send one message, if it is still wanted and has an address, and record the result."""
        if not claimed.wanted:
            await self._record(claimed, State.NEEDLESS, now)
        elif self._channel is not Channel.WEBHOOK and not is_address(self._channel, claimed.address):
            await self._record(claimed, State.UNREACHABLE, now)
        else:
            message = Outgoing(claimed.key, claimed.username, claimed.address, text, claimed.matter, claimed.occasion)
            try:
                receipt = await self._transport.send(message)
            except NotSent as why:
                await self._record_failure(claimed, why, now)
            else:
                await self._record(claimed, State.SENT, now, receipt=receipt)

    async def _record_failure(self, claimed: Claimed, why: NotSent, now: datetime) -> None:
        given_up = why.for_good or now - claimed.due_at > GIVEN_UP_AFTER
        log.warning("message.failed", system=self._channel, attempt=claimed.tries, outcome="given-up" if given_up else "again")
        again = now + min(_FIRST * 2 ** min(claimed.tries - 1, 10), _LONGEST)
        await self._record(claimed, State.GIVEN_UP if given_up else State.WAITING, now, error=why.words, try_at=again)

    async def _record(
        self, claimed: Claimed, state: State, now: datetime, *, receipt: str = "", error: str = "", try_at: datetime | None = None
    ) -> None:
        arguments: Mapping[str, Any] = {
            "id": claimed.id,
            "tries": claimed.tries,
            "state": state,
            "receipt": receipt[:LONGEST_RECEIPT],
            "error": error,
            "try_at": try_at or now,
            "now": now,
        }
        async with self._pool.connection() as connection:
            await connection.execute(sql.RECORD, arguments)
        if state is State.SENT:
            log.info("message.sent", system=self._channel, attempt=claimed.tries)


async def record_configured(connection: Connection, configured: Sequence[Channel]) -> None:
    """Record which channels are configured here, for processes that read the database."""
    await connection.execute(sql.CONFIGURED, {"configured": list(configured), "channels": list(Channel)})
