"""Accounts: what a sign-in is checked against, how it ends, passwords and second factors. Changes are journaled in the bureau's chain.

A token is valid while its generation is its person's, nobody has signed out with it, and it was used recently.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg import DatabaseError

from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Person
from models.journal import BUREAU
from models.problems import NotFound
from models.second_factors import FactorStep
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one


class Account(NamedTuple):
    """An active person who may sign in, with the hash of their password and, once `confirmed_at`, a second factor.

    `age` is that of a password that somebody else set, while it `must_change`; None: it is older than ages were kept.
    """

    zh: str
    password_hash: str | None
    demo: bool
    generation: int
    must_change: bool
    age: timedelta | None
    secret: bytes | None
    key_id: str | None
    confirmed_at: datetime | None
    last_step: int


ACCOUNT = Query[Account]("""
SELECT p.zh, p.password_hash, p.demo, p.generation, p.must_change, now() - p.signed_out_at AS age,
    f.secret, f.key_id, f.confirmed_at, coalesce(f.last_step, 0) AS last_step
FROM person p LEFT JOIN second_factor f USING (username)
WHERE p.username = %(username)s AND p.active AND NOT p.machine
""")


class _Found(NamedTuple):
    """The person of a sign-in, and what is kept of it: `seen_at` and `ended` None where nobody was at the keyboard with it yet."""

    demo: bool
    generation: int
    must_change: bool
    signed_out_at: datetime | None
    second_factor: bool
    vouched: str | None
    seen_at: datetime | None
    ended: bool | None
    now: datetime


SIGN_IN = Query[_Found]("""
SELECT p.demo, p.generation, p.must_change, p.signed_out_at, f.confirmed_at IS NOT NULL AS second_factor, f.vouched,
    s.seen_at, s.ended, now() AS now
FROM person p LEFT JOIN second_factor f USING (username) LEFT JOIN session s ON s.sid = %(sid)s
WHERE p.username = %(username)s
""")
# What expired is of no use to anybody.
SEEN = """
WITH gone AS (DELETE FROM session WHERE expires_at < now() AND sid <> %(sid)s)
INSERT INTO session (sid, username, began_at, seen_at, expires_at) VALUES (%(sid)s, %(username)s, %(issued_at)s, now(), %(expires_at)s)
ON CONFLICT (sid) DO UPDATE SET seen_at = now()
"""
END = """
INSERT INTO session (sid, username, began_at, seen_at, expires_at, ended)
VALUES (%(sid)s, %(username)s, %(issued_at)s, now(), %(expires_at)s, true) ON CONFLICT (sid) DO UPDATE SET ended = true
"""
END_ALL = "UPDATE person SET generation = generation + 1, signed_out_at = now() WHERE username = %(username)s RETURNING generation"
SET_PASSWORD = Query[int]("""
UPDATE person SET password_hash = %(hash)s, demo = false, must_change = %(must_change)s, generation = generation + 1, signed_out_at = now()
WHERE username = %(username)s RETURNING generation
""")
# Of the same password: nothing else of the account changes, and whoever set another one meanwhile came first.
RENEW = "UPDATE person SET password_hash = %(new)s WHERE username = %(username)s AND password_hash = %(old)s"
# Whoever knows what others choose knows it as well: it is changed before anything else is done by it.
MUST_CHANGE = "UPDATE person SET must_change = true, signed_out_at = now() WHERE username = %(username)s AND NOT must_change"


class Used(NamedTuple):
    """A valid sign-in: since when, and when it was last used."""

    sid: str
    began_at: datetime
    seen_at: datetime


SIGN_INS = Query[Used]("""
SELECT s.sid, s.began_at, s.seen_at FROM session s JOIN person p USING (username)
WHERE s.username = %(username)s AND NOT s.ended AND s.expires_at > now() AND s.seen_at > now() - %(idle)s
    AND (p.signed_out_at IS NULL OR s.began_at >= date_trunc('second', p.signed_out_at))
ORDER BY s.seen_at DESC, s.sid
""")
END_ONE = Query[str]("UPDATE session SET ended = true WHERE username = %(username)s AND sid = %(sid)s AND NOT ended RETURNING sid")
BEGIN_FACTOR = Query[str]("""
INSERT INTO second_factor (username, secret, key_id, begun_at) VALUES (%(username)s, %(secret)s, %(key_id)s, %(now)s)
ON CONFLICT (username) DO UPDATE SET secret = excluded.secret, key_id = excluded.key_id, begun_at = excluded.begun_at
WHERE second_factor.confirmed_at IS NULL RETURNING username
""")
CONFIRM_FACTOR = Query[str]("""
UPDATE second_factor SET confirmed_at = %(now)s, last_step = %(step)s WHERE username = %(username)s AND confirmed_at IS NULL
RETURNING username
""")
# A password of the moment is used once: whoever comes second with it comes too late.
USE_FACTOR = Query[str]("""
UPDATE second_factor SET last_step = %(step)s WHERE username = %(username)s AND confirmed_at IS NOT NULL AND last_step < %(step)s
RETURNING username
""")
DROP_FACTOR = Query[str]("DELETE FROM second_factor WHERE username = %(username)s RETURNING username")
HELD = Query[str]("SELECT unit_id FROM holding WHERE username = %(username)s")
TELL = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
VALUES ('', '', 'none', '', '', %(username)s, %(words)s, %(now)s)
"""


class Demonstrated(NamedTuple):
    """A person invented for a demonstration."""

    username: str
    zh: str


LIVING_DEMO = Query[Demonstrated]("SELECT username, zh FROM person WHERE demo AND active AND NOT machine ORDER BY username")
NOT_THERE = "您监督的范围内没有启用动态口令的这一人员"
# Seen once a minute is seen.
_SEEN_EVERY = timedelta(minutes=1)


class SignIn(NamedTuple):
    """A sign-in as its token describes it; `generation` None: it was made by the identity provider or a system's secret, not by a password."""

    sid: str
    username: str
    issued_at: datetime
    expires_at: datetime
    generation: int | None


class SignInStatus(NamedTuple):
    """The status of a sign-in: what must be done first, whether there is a second factor, and who vouched for it.

    `first`: the identity provider signed them in, and this is the first request with that token.
    """

    must_change: bool
    second_factor: bool
    vouched: str | None
    first: bool


async def find_account(connection: Connection, username: str) -> Account | None:
    """The account of an active person who is no machine."""
    return await fetch_first(connection, ACCOUNT, {"username": username})


async def use_sign_in(
    connection: Connection, sign_in: SignIn, idle: timedelta, *, demo: bool, attended: bool
) -> SignInStatus | str:
    """Use a sign-in and return its status, or a word that says why it is over. Without somebody `attended`, it is not extended."""
    given = sign_in._asdict()
    row = await fetch_first(connection, SIGN_IN, given)
    if row is None:
        return "unknown"
    if over := _describe_sign_in_end(row, sign_in, idle, demo=demo):
        return over
    if attended and (row.seen_at is None or row.now - row.seen_at > _SEEN_EVERY):
        with suppress(DatabaseError):  # where nothing can be written now, whoever reads goes on reading
            async with connection.transaction():
                await connection.execute(SEEN, given)
    ours = sign_in.generation is not None
    return SignInStatus(row.must_change and ours, row.second_factor, row.vouched, attended and not ours and row.seen_at is None)


def _describe_sign_in_end(row: _Found, sign_in: SignIn, idle: timedelta, *, demo: bool) -> str:
    if row.demo and not demo:
        return "demonstration"
    if row.ended:
        return "signed-out"
    if sign_in.generation is None and row.signed_out_at and sign_in.issued_at <= row.signed_out_at:
        return "signed-out"
    if sign_in.generation is not None and sign_in.generation != row.generation:
        return "superseded"
    return "idle" if row.now - (row.seen_at or sign_in.issued_at) > idle else ""


async def sign_out(connection: Connection, sign_in: SignIn) -> None:
    """End one sign-in."""
    await connection.execute(END, sign_in._asdict())


async def sign_out_everywhere(connection: Connection, username: str, now: datetime) -> None:
    """End every sign-in of somebody, and journal it."""
    async with connection.transaction():
        await connection.execute(END_ALL, {"username": username})
        await journal_account_act(connection, "sign-out-everywhere", username, username, now)


async def sign_ins(connection: Connection, username: str, idle: timedelta) -> list[Used]:
    """Every valid sign-in of somebody, the last used first."""
    return await fetch_all(connection, SIGN_INS, {"username": username, "idle": idle})


async def end_one(connection: Connection, username: str, sid: str) -> None:
    """End one of somebody's sign-ins; NotFound where they have none of that id."""
    if not await fetch_first(connection, END_ONE, {"username": username, "sid": sid}):
        raise NotFound("没有这一登录，或者已经结束")


async def must_change(connection: Connection, username: str) -> None:
    """Require somebody to change their password before anything else."""
    await connection.execute(MUST_CHANGE, {"username": username})


async def renew_hash(connection: Connection, username: str, old: str, new: str) -> None:
    """Store another hash of the same password."""
    await connection.execute(RENEW, {"username": username, "old": old, "new": new})


async def change_own_password(connection: Connection, username: str, hashed: str, now: datetime) -> int:
    """Set somebody's password as they chose it; returns the new generation."""
    async with connection.transaction():
        generation = await set_password(connection, username, hashed, must_change=False)
        await tell(connection, username, f"您于{format_notice_time(now)}修改了登录口令，此前的登录都已失效；{_NOT_YOU}", now)
        await journal_account_act(connection, "change-own-password", username, username, now)
    return generation


async def set_password(connection: Connection, username: str, hashed: str, *, must_change: bool) -> int:
    """Set somebody's password, which ends all their sign-ins."""
    given = {"username": username, "hash": hashed, "must_change": must_change}
    return await fetch_one(connection, SET_PASSWORD, given)


async def begin_factor(connection: Connection, username: str, secret: bytes, key_id: str, now: datetime) -> bool:
    """Store the secret of a second factor that is not confirmed yet; False where somebody has one already."""
    given = {"username": username, "secret": secret, "key_id": key_id, "now": now}
    return bool(await fetch_first(connection, BEGIN_FACTOR, given))


async def confirm_factor(connection: Connection, username: str, step: int, now: datetime) -> bool:
    """Confirm the second factor, which sign-ins ask for from now on; False where there was none to confirm."""
    async with connection.transaction():
        given = {"username": username, "step": step, "now": now}
        if not await fetch_first(connection, CONFIRM_FACTOR, given):
            return False
        await tell(connection, username, f"您于{format_notice_time(now)}启用了动态口令；{_NOT_YOU}", now)
        await journal_account_act(connection, FactorStep.ENROL, username, username, now)
    return True


async def use_factor(connection: Connection, username: str, step: int) -> bool:
    """Use the one-time password of that step of time; False where that or a later one was used already."""
    return bool(await fetch_first(connection, USE_FACTOR, {"username": username, "step": step}))


async def drop_factor(connection: Connection, by: Person, username: str, now: datetime) -> None:
    """Delete a second factor whose device is lost, journal it, and tell its owner; NotFound where this person supervises none such.

    Administrators set passwords and supervisors delete second factors: neither takes over an account alone.
    """
    async with connection.transaction():
        if not await supervises(connection, by, username) or not await fetch_first(connection, DROP_FACTOR, {"username": username}):
            raise NotFound(NOT_THERE)
        await connection.execute(END_ALL, {"username": username})
        words = f"督察{by.zh}停用了您的动态口令，此前的登录都已失效，请重新登录并启用；如果不是您本人要求的，请立即告知系统管理员"
        await tell(connection, username, words, now)
        await journal_account_act(connection, FactorStep.DROP, by.username, username, now)


async def supervises(connection: Connection, by: Person, username: str) -> bool:
    """Whether this person supervises everything that somebody else holds."""
    held = await fetch_all(connection, HELD, {"username": username})
    within = list_supervised_units(by)
    return username != by.username and bool(held) and within.issuperset(held)


def list_supervised_units(by: Person) -> frozenset[str]:
    """The units that this person supervises."""
    return frozenset[str]().union(*(each.own for each in by.offices if each.office == Office.SUPERVISOR))


async def warn_of_reused_code(connection: Connection, username: str, now: datetime) -> None:
    """Warn somebody that a one-time password was used a second time with their correct password: somebody may have seen both."""
    words = f"{format_notice_time(now)}有人以您的口令和一个已经用过的动态口令登录，未获准许；如果不是您本人，请立即修改口令并告知系统管理员"
    await tell(connection, username, words, now)


async def notify_of_new_device(connection: Connection, username: str, now: datetime) -> None:
    """Tell somebody that they signed in on a new device."""
    words = f"您的账号于{format_notice_time(now)}在一台此前没有登录过的设备上登录；{_NOT_YOU}"
    await tell(connection, username, words, now)


async def tell(connection: Connection, username: str, words: str, now: datetime) -> None:
    """Send somebody a notice that concerns their account and no matter."""
    await connection.execute(TELL, {"username": username, "words": words, "now": now})


_NOT_YOU = "如果不是您本人，请立即告知系统管理员和督察部门"


def format_notice_time(now: datetime) -> str:
    """An instant as notices show it."""
    return f"{now.astimezone(SHANGHAI):%Y年%m月%d日 %H:%M}"


async def journal_account_act(connection: Connection, step: str, by: str, username: str, now: datetime) -> None:
    """Journal what was done to an account, and by whom, in the bureau's chain."""
    content = {"actor": {"person": by, "offices": []}, "username": username}
    await append(connection, BUREAU, "account", step, by, content, now)
