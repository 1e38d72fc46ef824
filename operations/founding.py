"""`louke found`: the first administrator of a bureau, who enrols everybody else, with its first unit where there is none.

And its first supervisor, who confirms what the administrator proposes (`models/store/appointment_confirmations.py`), so that nobody
appoints alone.
"""

import asyncio
import getpass
import secrets
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ValidationError

from activities.recording.epochs import journal_upkeep
from law.offices import Office
from models.administration import Badge, Id, Named, Username
from models.store.connection import Connection, Query, fetch_first, fetch_one
from models.store.founding import APPOINT, ENROL, FOUND_UNIT
from models.store.org_units import may_be_held
from models.unit_paths import build_path
from models.validation_messages import list_faults
from operations.archives import Refused
from operations.postgres_for_command import run_postgres
from runtime.database import open_pool
from runtime.passwords import load_passwords
from runtime.settings import Settings


class _Living(NamedTuple):
    """Somebody who holds the office already, and where."""

    zh: str
    unit: str


LIVING = Query[_Living]("""
SELECT p.zh, u.zh AS unit FROM holding h JOIN person p USING (username) JOIN unit u ON u.id = h.unit_id
WHERE h.office = %(office)s AND p.active AND NOT p.demo AND (p.password_hash IS NOT NULL OR %(provider)s) ORDER BY h.unit_id LIMIT 1
""")


class _There(NamedTuple):
    """Whether the unit is new, and whether the bureau was empty."""

    new_unit: bool
    whole: bool


# Where nobody and no unit was, whatever is there later has come by an entry.
THERE = Query[_There]("""
SELECT NOT EXISTS (SELECT FROM unit WHERE id = %(unit)s) AS new_unit,
    NOT EXISTS (SELECT FROM unit) AND NOT EXISTS (SELECT FROM person) AS whole
""")


class _Unit(NamedTuple):
    """A unit that is there."""

    zh: str
    kind: str


UNIT = Query[_Unit]("SELECT zh, kind FROM unit WHERE id = %(unit)s")
PERSON = Query[str]("SELECT zh FROM person WHERE username = %(username)s")
STEP = "found-bureau"
# 96 bits; typed once.
_BYTES = 12


class Founder(BaseModel):
    """Who is to administer or supervise which unit; `unit_zh` names a new unit."""

    username: Username
    zh: Named
    badge: Badge = ""
    unit: Id
    unit_zh: Named | None = None
    office: Literal[Office.ADMINISTRATOR, Office.SUPERVISOR] = Office.ADMINISTRATOR


class Founded(NamedTuple):
    """The name of the unit, and the password for the first sign-in; None where an identity provider has the passwords."""

    unit: str
    password: str | None


def found_bureau(settings: Settings, values: dict[str, Any], *, besides: bool = False) -> Founded:
    """Enrol the first administrator or supervisor; Refused where there is one already, unless this is another one `besides`."""
    try:
        asked = Founder.model_validate(values)
    except ValidationError as error:
        raise Refused("；".join(f"{each['field']}：{each['detail']}" for each in list_faults(error.errors()))) from None
    with run_postgres(settings) as there:
        return asyncio.run(_found_in(there, asked, besides=besides))


async def _found_in(settings: Settings, asked: Founder, *, besides: bool) -> Founded:
    password = None if settings.oidc_issuer else secrets.token_urlsafe(_BYTES)
    hashed = await load_passwords(settings).hash(asked.username, password) if password else None
    pool = await open_pool(settings.database_url, 1, "found")
    try:
        async with pool.connection() as connection, connection.transaction():
            before = await fetch_one(connection, THERE, asked.model_dump(mode="json"))
            unit = await _enrol(connection, asked, hashed, provider=bool(settings.oidc_issuer), besides=besides)
            content = asked.model_dump(mode="json") | {"password": bool(password), "account": getpass.getuser()}
            content |= before._asdict()
            await journal_upkeep(connection, STEP, content, datetime.now(UTC))
    finally:
        await pool.close()
    return Founded(unit, password)


async def _enrol(connection: Connection, asked: Founder, hashed: str | None, *, provider: bool, besides: bool) -> str:
    living = await fetch_first(connection, LIVING, {"provider": provider, "office": asked.office})
    if living and not besides:
        raise Refused(f"{living.unit}已有{asked.office.label}{living.zh}，由其任免、确认；确要另设一名，加 --besides")
    given = asked.model_dump(mode="json") | {"hash": hashed, "path": build_path("", asked.unit)}
    taken = await fetch_first(connection, PERSON, given)
    if taken:
        raise Refused(f"用户名“{asked.username}”已被{taken}使用，请换一个")
    unit = await fetch_first(connection, UNIT, given)
    if unit is None and not asked.unit_zh:
        raise Refused(f"没有代号为“{asked.unit}”的单位；要新设，请以 --unit-named 指明名称")
    if unit and not may_be_held(asked.office, unit.kind):
        raise Refused(f"{unit.zh}不设{asked.office.label}一职")
    if unit is None:
        await connection.execute(FOUND_UNIT, given)
    await connection.execute(ENROL, given)
    await connection.execute(APPOINT, given)
    return unit.zh if unit else str(asked.unit_zh)
