"""A person's own channels (通知方式): addresses confirmed by a code, what they have looked at, and their calendar feed."""

from datetime import datetime, timedelta
from typing import NamedTuple

from models.channels import Channel, OwnMessage
from models.store.channels import SEEN
from models.store.connection import Connection, Query, fetch_all, fetch_first

# Attempts for each code of six digits: the chance of guessing one is 1 in 200,000.
_TRIES = 5
_HOLDS = timedelta(minutes=10)
# Between two codes or two tests for one person and channel: each costs the bureau a message.
MIN_INTERVAL = timedelta(minutes=1)


class OwnChannel(NamedTuple):
    """A channel for one person: whether it is configured, the confirmed address, and the one awaiting its code."""

    channel: str
    configured: bool
    address: str
    confirmed_at: datetime | None
    pending: str


OWN_CHANNELS = Query[OwnChannel]("""
SELECT each.channel, coalesce(c.configured, false) AS configured, coalesce(a.address, '') AS address, a.confirmed_at,
    coalesce(a.pending, '') AS pending
FROM unnest(%(channels)s::text[]) WITH ORDINALITY AS each (channel, n) LEFT JOIN channel_state c ON c.channel = each.channel
LEFT JOIN channel_address a ON (a.username, a.channel) = (%(username)s, each.channel) ORDER BY each.n
""")
# Refused within MIN_INTERVAL of the last code.
PROPOSE = Query[bool]("""
INSERT INTO channel_address AS a (username, channel, address, pending, code, code_at, tries)
VALUES (%(username)s, %(channel)s, '', %(address)s, %(code)s, %(now)s, 0)
ON CONFLICT (username, channel) DO UPDATE SET pending = excluded.pending, code = excluded.code, code_at = excluded.code_at, tries = 0
    WHERE a.code_at IS NULL OR a.code_at <= excluded.code_at - %(apart)s::interval
RETURNING true AS proposed
""")
# Wrong codes count as attempts too.
CONFIRM = Query[bool]("""
UPDATE channel_address SET tries = tries + 1, address = CASE code WHEN %(code)s THEN pending ELSE address END,
    confirmed_at = CASE code WHEN %(code)s THEN %(now)s ELSE confirmed_at END, pending = CASE code WHEN %(code)s THEN '' ELSE pending END,
    code = CASE code WHEN %(code)s THEN '' ELSE code END
WHERE username = %(username)s AND channel = %(channel)s AND pending <> '' AND tries < %(most)s
    AND code_at > %(now)s::timestamptz - %(holds)s::interval
RETURNING pending = '' AS is_right
""")
FORGET = "DELETE FROM channel_address WHERE username = %(username)s AND channel = %(channel)s"
OWN = Query[bool]("""
INSERT INTO sending (event, occasion, matter, clock_id, unit_id, username, channel, said_at, due_at, try_at)
SELECT each.occasion || '/' || gen_random_uuid(), each.occasion, '', '', '', each.username, each.channel, each.now, each.now, each.now
FROM (SELECT %(occasion)s::text AS occasion, %(username)s::text AS username, %(channel)s::text AS channel, %(now)s::timestamptz AS now) each
WHERE NOT EXISTS (SELECT FROM sending s WHERE (s.username, s.channel, s.occasion) = (each.username, each.channel, each.occasion)
    AND s.said_at > each.now - %(apart)s::interval)
RETURNING true AS kept
""")
FEED = Query[datetime]("SELECT made_at FROM calendar_feed WHERE username = %(username)s")
KEEP_FEED = """
INSERT INTO calendar_feed (username, digest, made_at) VALUES (%(username)s, %(digest)s, %(now)s)
ON CONFLICT (username) DO UPDATE SET digest = excluded.digest, made_at = excluded.made_at
"""
END_FEED = "DELETE FROM calendar_feed WHERE username = %(username)s"
# Feeds of closed accounts do not open, nor those of demo users outside a demo.
WHOSE_FEED = Query[str]("""
SELECT p.username FROM calendar_feed f JOIN person p ON p.username = f.username
WHERE f.digest = %(digest)s AND p.active AND (NOT p.demo OR %(demo)s)
""")


async def read_own_channels(connection: Connection, username: str) -> list[OwnChannel]:
    """Every channel, as it is set up for a person."""
    return await fetch_all(connection, OWN_CHANNELS, {"username": username, "channels": list(Channel)})


async def propose(connection: Connection, username: str, channel: Channel, address: str, code: str, now: datetime) -> bool:
    """Store an address to confirm, and send the code there. False within MIN_INTERVAL of the last code."""
    arguments = {"username": username, "channel": channel, "address": address, "code": code, "now": now, "apart": MIN_INTERVAL}
    async with connection.transaction():
        return bool(await fetch_first(connection, PROPOSE, arguments)) and await send_own(
            connection, username, channel, OwnMessage.CODE, now
        )


async def confirm(connection: Connection, username: str, channel: Channel, code: str, now: datetime) -> bool:
    """Confirm the pending address, which replaces the old one. False for a wrong or expired code, or after too many attempts."""
    arguments = {"username": username, "channel": channel, "code": code, "now": now, "most": _TRIES, "holds": _HOLDS}
    return bool(await fetch_first(connection, CONFIRM, arguments))


async def forget(connection: Connection, username: str, channel: Channel) -> None:
    """Delete a person's address of a channel."""
    await connection.execute(FORGET, {"username": username, "channel": channel})


async def send_own(connection: Connection, username: str, channel: Channel, what: OwnMessage, now: datetime) -> bool:
    """Queue a code or a test message to a person. False within MIN_INTERVAL of the last one."""
    arguments = {"username": username, "channel": channel, "occasion": what, "now": now, "apart": MIN_INTERVAL}
    return bool(await fetch_first(connection, OWN, arguments))


async def mark_seen(connection: Connection, username: str, matter: str, now: datetime) -> None:
    """Record that a person has looked at a matter (empty: at everything), so that its messages are not escalated."""
    await connection.execute(SEEN, {"username": username, "matter": matter, "now": now})


async def find_feed_time(connection: Connection, username: str) -> datetime | None:
    """When a person's calendar feed was made; None without one."""
    return await fetch_first(connection, FEED, {"username": username})


async def store_feed(connection: Connection, username: str, digest: bytes, now: datetime) -> None:
    """Give a person a feed whose token has this digest, replacing the old one."""
    await connection.execute(KEEP_FEED, {"username": username, "digest": digest, "now": now})


async def end_feed(connection: Connection, username: str) -> None:
    """Delete a person's feed."""
    await connection.execute(END_FEED, {"username": username})


async def find_feed_owner(connection: Connection, digest: bytes, *, demo: bool) -> str | None:
    """The user name of a feed's owner, by the digest of its token; None where it is unknown or closed."""
    return await fetch_first(connection, WHOSE_FEED, {"digest": digest, "demo": demo})
