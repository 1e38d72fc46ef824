"""Telling outside: what was said within is asked of the rules, and each message that comes of it is sent until it is taken.

A message is a row, a promise that stands until it is kept. Whoever sends claims it for the length of a lease, hands it over under the message's
own key, and notes what became of it; whoever dies in between leaves it to the next, which says the very same under the same key.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from activities.channels.message import LONGEST_RECEIPT, NotSent, Outgoing, Way
from law.offices import Office
from models.channels import Channel, Occasion, Own, Said, State, is_address, send_at, words_of, words_of_code, words_of_test
from models.store import channels as sql
from models.store.channels import Announced, Claimed, RuleFound, rule_of
from models.store.connection import Connection, execute, fetch_all
from runtime.database import Pool
from runtime.logging import log

# One statement's worth.
BATCH = 500
# As many messages as a channel is handed at once.
_AT_ONCE = 8
# Longer than any channel takes: whoever has not noted by then what became of a message is dead.
LEASE = timedelta(minutes=1)
# Whoever tries again so soon does not know whether it was taken, and says the very same.
_SAME = timedelta(minutes=10)
_FIRST, _LONGEST = timedelta(seconds=5), timedelta(minutes=10)
# What nobody took for so long is given up, and an operator's business.
GIVEN_UP_AFTER = timedelta(hours=6)


async def announce(connection: Connection) -> int:
    """Make messages of what was said within, as the rules have it; returns how much was asked about."""
    async with connection.transaction():
        said = await fetch_all(connection, sql.ANNOUNCED, {"most": BATCH})
        if not said:
            return 0
        rules = await fetch_all(connection, sql.RULES)
        rows = [row for each in said if each.occasion for row in _planned(each, rules)]
        if rows:
            await execute(connection, sql.PLAN, {"rows": Jsonb(rows)})
        await connection.execute(sql.ASKED, {"ids": [each.id for each in said]})
    return len(said)


def _planned(said: Announced, rules: Iterable[RuleFound]) -> Iterator[dict[str, Any]]:
    """Whom the rules tell of it, and when."""
    for found in rules:
        rule = rule_of(found)
        if rule.occasion != said.occasion or not said.path.startswith(found.path):
            continue
        at = send_at(rule, said.said_at, liberty=said.liberty)
        if at is None:
            continue
        own = rule.to is Office.CASE_OFFICER
        yield {
            "event": said.event,
            "occasion": said.occasion,
            "matter": said.matter,
            "clock_id": said.clock_id,
            "task_id": said.task_id,
            "unit_id": said.unit_id,
            "rule_id": found.id,
            "office": found.to_office or said.office,
            "username": said.officer if own else "" if rule.to else said.username,
            "channel": rule.channel,
            "said_at": said.said_at.isoformat(),
            "due_at": at.isoformat(),
            "escalate_at": (at + timedelta(minutes=rule.unread)).isoformat() if rule.unread else None,
            "then_office": rule.then or "",
        }


async def escalate(connection: Connection, now: datetime) -> int:
    """Tell the office above of what nobody has looked at in time; returns how many were told."""
    return len(await fetch_all(connection, sql.ESCALATE, {"now": now, "most": BATCH}))


class Sender:
    """Sends what is due by one channel."""

    def __init__(self, pool: Pool, channel: Channel, way: Way, public_address: str) -> None:
        """By that way, over that pool; links lead to the public address."""
        self._pool, self._channel, self._way, self._public_address = pool, channel, way, public_address

    async def send(self, now: datetime) -> int:
        """Send one batch of what is due; returns how many were claimed."""
        async with self._pool.connection() as connection, connection.transaction():
            claimed = await fetch_all(
                connection, sql.CLAIM, {"channel": self._channel, "now": now, "lease": LEASE, "most": _AT_ONCE}
            )
            texts = {each.id: self._text(each, now) for each in claimed}
            # A code is a secret of its own, and not kept here.
            told = {each.id: texts[each.id] for each in claimed if each.occasion != Own.CODE and texts[each.id] != each.words}
            if told:
                await connection.execute(sql.WORD, {"ids": list(told), "words": list(told.values()), "now": now})
        await asyncio.gather(*(self._sent(each, texts[each.id], now) for each in claimed))
        return len(claimed)

    def _text(self, claimed: Claimed, now: datetime) -> str:
        if claimed.occasion == Own.CODE:
            return words_of_code(claimed.code)
        if claimed.occasion == Own.TEST:
            return words_of_test(self._public_address)
        if claimed.worded_at and now - claimed.worded_at < _SAME:
            return claimed.words
        said = Said(Occasion(claimed.occasion), claimed.matter, claimed.limit_id, claimed.ends_at, claimed.gone_up)
        return words_of(said, now, self._public_address)

    async def _sent(self, claimed: Claimed, text: str, now: datetime) -> None:
        """Send one, if it is still wanted and there is where to, and note what became of it."""
        if not claimed.wanted:
            await self._note(claimed, State.NEEDLESS, now)
        elif self._channel is not Channel.WEBHOOK and not is_address(self._channel, claimed.address):
            await self._note(claimed, State.UNREACHABLE, now)
        else:
            message = Outgoing(claimed.key, claimed.username, claimed.address, text, claimed.matter, claimed.occasion)
            try:
                receipt = await self._way.send(message)
            except NotSent as why:
                await self._failed(claimed, why, now)
            else:
                await self._note(claimed, State.SENT, now, receipt=receipt)

    async def _failed(self, claimed: Claimed, why: NotSent, now: datetime) -> None:
        over = why.for_good or now - claimed.due_at > GIVEN_UP_AFTER
        log.warning("message.failed", system=self._channel, attempt=claimed.tries, outcome="given-up" if over else "again")
        again = now + min(_FIRST * 2 ** min(claimed.tries - 1, 10), _LONGEST)
        await self._note(claimed, State.GIVEN_UP if over else State.WAITING, now, error=why.words, try_at=again)

    async def _note(
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
            await connection.execute(sql.NOTE, arguments)
        if state is State.SENT:
            log.info("message.sent", system=self._channel, attempt=claimed.tries)


async def say_configured(connection: Connection, configured: Sequence[Channel]) -> None:
    """Let everybody who reads the database know by which channels messages are sent."""
    await connection.execute(sql.CONFIGURED, {"configured": list(configured), "channels": list(Channel)})
