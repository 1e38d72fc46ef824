"""Vouching for second factors (当面核实).

Whoever sets a password can sign in with it and enrol a device of their own. So a second factor that is needed counts only once a supervisor
has seen, face to face, whose it is: one who supervises that person, is not that person, and does not administer. Before any factor counts in a
bureau there is nobody to do so: that of the supervisor who was founded at the machine counts by their own word, and so do those of administrators
till then. Nobody's does once an administrator has set their password.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from law.offices import Office
from models.access.scope import Person
from models.journal import BUREAU
from models.problems import NotFound, OfficeMayNotAct, Superseded
from models.second_factors import SELF_VOUCHING, FactorStep, Voucher
from models.store import accounts
from models.store.connection import Connection, Query, fetch_all, fetch_first

# Of several at once one is the first: each holds the bureau's chain. Whose password an administrator set may be that administrator.
COUNT_OWN = Query[str]("""
UPDATE second_factor SET vouched = %(voucher)s WHERE username = %(username)s
    AND NOT EXISTS (SELECT FROM second_factor WHERE vouched <> 'founding')
    AND NOT EXISTS (SELECT FROM entry WHERE chain = %(chain)s AND step IN ('enrol-person', 'change-person') AND sort = 'administration'
        AND username <> %(username)s AND content::json ->> 'username' = %(username)s AND content::json ->> 'password' = 'true')
RETURNING username
""")
# Of the device that was seen, and of none that came in its place.
VOUCH = Query[str]("""
UPDATE second_factor SET vouched = 'met'
WHERE username = %(username)s AND confirmed_at = coalesce(%(enrolled_at)s, confirmed_at) AND vouched IS DISTINCT FROM 'met'
RETURNING username
""")
ENROLLED_ANEW = Query[str]("SELECT username FROM second_factor WHERE username = %(username)s AND confirmed_at <> %(enrolled_at)s")
# Who supervises all that somebody else holds, and administers nothing.
SUPERVISORS = Query[str]("""
SELECT p.username FROM person p WHERE p.active AND p.username <> %(username)s
    AND EXISTS (SELECT FROM holding s WHERE s.username = p.username AND s.office = 'supervisor')
    AND NOT EXISTS (SELECT FROM holding a WHERE a.username = p.username AND a.office = 'administrator')
    AND NOT EXISTS (
        SELECT FROM holding h JOIN unit u ON u.id = h.unit_id WHERE h.username = %(username)s AND NOT EXISTS (
            SELECT FROM holding s JOIN unit over ON over.id = s.unit_id
            WHERE s.username = p.username AND s.office = 'supervisor' AND starts_with(u.path, over.path)))
ORDER BY p.username
""")


class Factor(NamedTuple):
    """A second factor in use: whose, since when, who vouched for it (None: nobody yet), and their offices with units."""

    username: str
    zh: str
    badge: str
    enrolled_at: datetime
    vouched: str | None
    offices: list[str]
    units_zh: list[str]


FACTORS = Query[Factor]("""
SELECT p.username, p.zh, p.badge, f.confirmed_at AS enrolled_at, f.vouched,
    array_agg(h.office ORDER BY u.path, h.office) AS offices, array_agg(u.zh ORDER BY u.path, h.office) AS units_zh
FROM second_factor f JOIN person p USING (username) JOIN holding h USING (username) JOIN unit u ON u.id = h.unit_id
WHERE f.confirmed_at IS NOT NULL AND p.active AND p.username <> %(username)s
GROUP BY p.username, f.username HAVING bool_and(h.unit_id = ANY(%(within)s)) ORDER BY p.username
""")


def counts(vouched: str | None, needing: Collection[str]) -> bool:
    """Whether a second factor counts for these offices, given who vouched for it; an administrator's own serves to administer and for nothing else."""
    return _administers_alone(needing) if vouched == Voucher.FOUNDING else vouched is not None


def _administers_alone(needing: Collection[str]) -> bool:
    return set(needing) == {Office.ADMINISTRATOR}


def _may_vouch_for_self(needing: Collection[str]) -> Voucher | None:
    """As what somebody may vouch for their own factor, as long as no supervisor could; None: as nothing."""
    if Office.SUPERVISOR in needing and Office.ADMINISTRATOR not in needing:
        return Voucher.FIRST
    return Voucher.FOUNDING if _administers_alone(needing) else None


async def confirm(connection: Connection, person: Person, step: int, needing: Collection[str], now: datetime) -> bool:
    """Confirm a second factor, and ask supervisors to vouch for it where one is needed; False where there was none to confirm."""
    async with connection.transaction():
        if not await accounts.confirm_factor(connection, person.username, step, now):
            return False
        if needing and not await _counts_at_once(connection, person.username, needing, now):
            words = f"{person.zh}于{accounts.format_notice_time(now)}启用了动态口令，请当面核实身份后确认（看板—登录记录）；不是其本人启用的，请予停用"
            for each in await fetch_all(connection, SUPERVISORS, {"username": person.username}):
                await accounts.tell(connection, each, words, now)
    return True


async def _counts_at_once(connection: Connection, username: str, needing: Collection[str], now: datetime) -> bool:
    voucher = _may_vouch_for_self(needing)
    given = {"username": username, "voucher": voucher, "chain": BUREAU}
    if not voucher or not await fetch_first(connection, COUNT_OWN, given):
        return False
    await accounts.journal_account_act(connection, SELF_VOUCHING[voucher], username, username, now)
    return True


async def vouch(connection: Connection, by: Person, username: str, enrolled_at: datetime, now: datetime) -> None:
    """Vouch for the second factor that somebody enrolled at that instant, journal it, and tell its owner.

    NotFound where this person supervises none such; Superseded where another has been enrolled since: nobody vouches for a device that they
    have not seen.
    """
    if by.holds(Office.ADMINISTRATOR):
        raise OfficeMayNotAct("兼任系统管理员的，不得核实动态口令；请由另一名督察核实", required=[Office.SUPERVISOR])
    async with connection.transaction():
        if not await accounts.supervises(connection, by, username):
            raise NotFound(accounts.NOT_THERE)
        if await fetch_first(connection, ENROLLED_ANEW, {"username": username, "enrolled_at": enrolled_at}):
            raise Superseded("动态口令已经重新启用，请再次当面核实后确认")
        await count(connection, username, f"督察{by.zh}", now, enrolled_at)
        await accounts.journal_account_act(connection, FactorStep.VOUCH, by.username, username, now)


async def count(connection: Connection, username: str, by: str, now: datetime, enrolled_at: datetime | None = None) -> None:
    """Mark somebody's second factor as vouched for (that of `enrolled_at`, where given), and tell them; NotFound where none awaits it."""
    if not await fetch_first(connection, VOUCH, {"username": username, "enrolled_at": enrolled_at}):
        raise NotFound("没有待核实的动态口令：尚未启用，或者已经核实")
    words = (
        f"{by}于{accounts.format_notice_time(now)}确认当面核实了您的身份，您的动态口令可以使用；没有当面核实的，请立即告知督察部门"
    )
    await accounts.tell(connection, username, words, now)


async def list_factors(connection: Connection, by: Person) -> list[Factor]:
    """The second factors in use of those whom this person supervises."""
    given = {"username": by.username, "within": sorted(accounts.list_supervised_units(by))}
    return await fetch_all(connection, FACTORS, given)
