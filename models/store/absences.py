"""Absences and deputies (离岗代理): while somebody is away, what is theirs by name stands in their deputy's list too, and comes back by the clock.

A deputy acts in their own name, by offices of their own: they hold each that the absent one holds, in the same unit. What they approve where
the absent one is named they sign as themselves, and the request says for whom; whoever asked for something does not approve it, whoever is away.
"""

from datetime import datetime
from typing import NamedTuple

from models.access.scope import Person
from models.problems import NotFound, OfficeMayNotAct
from models.store.administrative_change import Change, build_form_invalid
from models.store.connection import Connection, Query, fetch_all, fetch_first

# Whose deputy somebody is at an instant: a table that a list joins.
STOOD_IN_FOR = """(SELECT username FROM absence
    WHERE deputy = %(username)s AND ended_at IS NULL AND begins <= %(now)s AND ends > %(now)s)"""

AWAY = Query[str](f"SELECT away.username FROM {STOOD_IN_FOR} away ORDER BY away.username")


class Absence(NamedTuple):
    """Somebody is away, from when until when, and who stands in for them."""

    id: int
    username: str
    zh: str
    deputy: str
    deputy_zh: str
    begins: datetime
    ends: datetime
    reason: str


# To come, or under way: of those whom this person may name a deputy for, and of those for whom they stand in.
ABSENCES = Query[Absence]("""
SELECT a.id, a.username, p.zh, a.deputy, d.zh AS deputy_zh, a.begins, a.ends, a.reason
FROM absence a JOIN person p USING (username) JOIN person d ON d.username = a.deputy
WHERE a.ended_at IS NULL AND a.ends > %(now)s AND (%(username)s IN (a.username, a.deputy) OR EXISTS (
    SELECT FROM holding h WHERE h.username = a.username AND h.unit_id = ANY(%(within)s)))
ORDER BY a.begins, a.id
""")


class _Person(NamedTuple):
    """Somebody, by user name and name."""

    username: str
    zh: str


# Whoever holds every office that somebody holds, each in the same unit.
DEPUTIES = Query[_Person]("""
SELECT p.username, p.zh FROM person p WHERE p.active AND p.username <> %(username)s
    AND EXISTS (SELECT FROM holding WHERE username = %(username)s) AND NOT EXISTS (
    SELECT FROM holding h WHERE h.username = %(username)s AND NOT EXISTS (
        SELECT FROM holding o WHERE o.username = p.username AND (o.unit_id, o.office) = (h.unit_id, h.office)))
ORDER BY p.username
""")
# Neither is away twice at once, nor does anybody stand in while they are away themselves.
_CROSSING = Query[str]("""
SELECT p.zh FROM absence a JOIN person p USING (username)
WHERE a.ended_at IS NULL AND a.username IN (%(username)s, %(deputy)s) AND a.begins < %(ends)s AND a.ends > %(begins)s LIMIT 1
""")
_SEATS = Query[str]("SELECT unit_id FROM holding WHERE username = %(username)s")
_NAME = """
INSERT INTO absence (username, deputy, begins, ends, reason, named_by, named_at)
VALUES (%(username)s, %(deputy)s, %(begins)s, %(ends)s, %(reason)s, %(by)s, %(now)s)
"""
_END = "UPDATE absence SET ended_at = %(now)s WHERE id = %(id)s"
_TELL = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
VALUES ('', '', 'none', '', '', %(person)s, %(words)s, %(now)s)
"""


async def list_absences(connection: Connection, person: Person, within: frozenset[str], now: datetime) -> list[Absence]:
    """Those that concern this person, who administers the units `within`."""
    return await fetch_all(connection, ABSENCES, {"username": person.username, "within": sorted(within), "now": now})


async def list_stood_in_for(connection: Connection, username: str, now: datetime) -> tuple[str, ...]:
    """Those who are away, and whose deputy this person is."""
    return tuple(await fetch_all(connection, AWAY, {"username": username, "now": now}))


async def list_deputies(connection: Connection, username: str) -> list[_Person]:
    """Who could stand in for that person."""
    return await fetch_all(connection, DEPUTIES, {"username": username})


async def appoint_deputy(change: Change, username: str, deputy: str, begins: datetime, ends: datetime, reason: str) -> None:
    """Say that somebody is away and who stands in; FormInvalid where that cannot be, OfficeMayNotAct where it is not the author's to say."""
    await _check_may_say(change, username)
    able = {each.username: each.zh for each in await list_deputies(change.connection, username)}
    if deputy not in able:
        who = "、".join(able.values()) or "暂无"
        raise build_form_invalid("deputy", "able", f"代理人须在同一单位任离岗人的全部职务，现有：{who}")
    spans = {"username": username, "deputy": deputy, "begins": begins, "ends": ends}
    if crossing := await fetch_first(change.connection, _CROSSING, spans):
        raise build_form_invalid("begins", "crossing", f"{crossing}在这段时间内已经登记离岗")
    await change.connection.execute(_NAME, spans | {"reason": reason, "by": change.author.username, "now": change.now})
    said = {"username": username, "deputy": deputy, "begins": begins, "ends": ends, "reason": reason}
    await change.journal_change("name-deputy", said)
    for person in {deputy, username} - {change.author.username}:
        whom = "您" if person == deputy else f"您的待办由{able[deputy]}"
        await _tell(change, person, f"{whom}代理办理：{begins:%Y-%m-%d %H:%M}至{ends:%Y-%m-%d %H:%M}（{reason}）")


async def end_absence(change: Change, absence: int) -> None:
    """Say that somebody is back; NotFound where no such absence is to come or under way."""
    rows = await list_absences(change.connection, change.author, change.within, change.now)
    found = next((each for each in rows if each.id == absence), None)
    if found is None:
        raise NotFound("没有这一离岗登记，或者已经结束")
    await _check_may_say(change, found.username)
    await change.connection.execute(_END, {"id": absence, "now": change.now})
    await change.journal_change("end-absence", {"username": found.username, "deputy": found.deputy})
    await _tell(change, found.deputy, f"{found.zh}已经返岗，不再由您代理")


async def _check_may_say(change: Change, username: str) -> None:
    """Oneself, or whoever administers a unit in which they hold an office."""
    seats = await fetch_all(change.connection, _SEATS, {"username": username})
    if username != change.author.username and not change.within & set(seats):
        raise OfficeMayNotAct("离岗由本人登记，或者由其单位的系统管理员登记", required=["administrator"])


async def _tell(change: Change, person: str, words: str) -> None:
    await change.connection.execute(_TELL, {"person": person, "words": words, "now": change.now})
