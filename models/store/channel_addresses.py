"""Where a person is reached outside (通知方式): addresses that they confirm by a code, what they have looked at, and their calendar feed."""

from datetime import datetime, timedelta
from typing import NamedTuple

from models.channels import Channel, Own
from models.store.channels import SEEN
from models.store.connection import Connection, Query, fetch_all, fetch_first

# A code is guessed once in two hundred thousand times then.
_TRIES = 5
_HOLDS = timedelta(minutes=10)
# So seldom somebody is sent a code, or a test: each costs the bureau a message.
APART = timedelta(minutes=1)


class Way(NamedTuple):
    """A channel for one person: whether it is configured, and where they are reached by it."""

    channel: str
    configured: bool
    address: str
    confirmed_at: datetime | None
    pending: str


WAYS = Query[Way]("""
SELECT each.channel, coalesce(c.configured, false) AS configured, coalesce(a.address, '') AS address, a.confirmed_at,
    coalesce(a.pending, '') AS pending
FROM unnest(%(channels)s::text[]) WITH ORDINALITY AS each (channel, n) LEFT JOIN channel_state c ON c.channel = each.channel
LEFT JOIN channel_address a ON (a.username, a.channel) = (%(username)s, each.channel) ORDER BY each.n
""")
# Not again within the minute.
PROPOSE = Query[bool]("""
INSERT INTO channel_address AS a (username, channel, address, pending, code, code_at, tries)
VALUES (%(username)s, %(channel)s, '', %(address)s, %(code)s, %(now)s, 0)
ON CONFLICT (username, channel) DO UPDATE SET pending = excluded.pending, code = excluded.code, code_at = excluded.code_at, tries = 0
    WHERE a.code_at IS NULL OR a.code_at <= excluded.code_at - %(apart)s::interval
RETURNING true AS proposed
""")
# Each try counts, whatever it says.
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
# Nobody's whose account is closed, or who was invented where there is no demonstration.
WHOSE_FEED = Query[str]("""
SELECT p.username FROM calendar_feed f JOIN person p ON p.username = f.username
WHERE f.digest = %(digest)s AND p.active AND (NOT p.demo OR %(demo)s)
""")


async def ways_of(connection: Connection, username: str) -> list[Way]:
    """Every channel, as it stands with that person."""
    return await fetch_all(connection, WAYS, {"username": username, "channels": list(Channel)})


async def propose(connection: Connection, username: str, channel: Channel, address: str, code: str, now: datetime) -> bool:
    """Note an address that is to be confirmed by that code, and send the code there; whether the last one is long enough ago."""
    arguments = {"username": username, "channel": channel, "address": address, "code": code, "now": now, "apart": APART}
    async with connection.transaction():
        return bool(await fetch_first(connection, PROPOSE, arguments)) and await keep_own(
            connection, username, channel, Own.CODE, now
        )


async def confirm(connection: Connection, username: str, channel: Channel, code: str, now: datetime) -> bool:
    """Whether that is the code that was sent; the address then holds in the place of the one before."""
    arguments = {"username": username, "channel": channel, "code": code, "now": now, "most": _TRIES, "holds": _HOLDS}
    return bool(await fetch_first(connection, CONFIRM, arguments))


async def forget(connection: Connection, username: str, channel: Channel) -> None:
    """Reach that person by this channel no more."""
    await connection.execute(FORGET, {"username": username, "channel": channel})


async def keep_own(connection: Connection, username: str, channel: Channel, what: Own, now: datetime) -> bool:
    """Send that person a code or a test; whether the last one is long enough ago."""
    arguments = {"username": username, "channel": channel, "occasion": what, "now": now, "apart": APART}
    return bool(await fetch_first(connection, OWN, arguments))


async def seen(connection: Connection, username: str, matter: str, now: datetime) -> None:
    """Note that they have looked at that matter, or at everything: what was sent of it goes up no more."""
    await connection.execute(SEEN, {"username": username, "matter": matter, "now": now})


async def feed_made_at(connection: Connection, username: str) -> datetime | None:
    """Since when somebody has a calendar feed."""
    return await fetch_first(connection, FEED, {"username": username})


async def keep_feed(connection: Connection, username: str, digest: bytes, now: datetime) -> None:
    """Give somebody a feed whose token has that digest; the one before ends."""
    await connection.execute(KEEP_FEED, {"username": username, "digest": digest, "now": now})


async def end_feed(connection: Connection, username: str) -> None:
    """End somebody's feed."""
    await connection.execute(END_FEED, {"username": username})


async def whose_feed(connection: Connection, digest: bytes, *, demo: bool) -> str | None:
    """Whose feed it is, by the digest of its token."""
    return await fetch_first(connection, WHOSE_FEED, {"digest": digest, "demo": demo})
