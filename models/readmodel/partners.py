"""Partners and their deliveries, as an administrator looks after them: what waits, what was given up, what was last received."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import SHANGHAI
from law.facts import Fact
from models.access.scope import Scope
from models.outside import System
from models.readmodel.pagination import (
    Page,
    build_not_kept_sql,
    build_unsealed_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.store.connection import Connection, Query


class PartnerView(BaseModel):
    """A system outside: whether it has an address, and how what it is told fares."""

    system: str
    zh: str
    office: str
    office_zh: str
    wants: list[str] = Field(title="所通知的法律事实")
    configured: bool = Field(title="是否已经配置地址")
    host: str = Field(title="所在主机", description="地址的其余部分和密钥不示人")
    signs_in: bool = Field(title="能否凭密钥换取令牌")
    waiting: int = Field(title="等待送达")
    given_up: int = Field(title="送达失败，待人工处理")
    oldest_waiting_at: AwareDatetime | None
    last_receipt_at: AwareDatetime | None = Field(title="最近一次签收")
    last_error: str = Field(title="等待送达的最近一次失败")
    last_error_at: AwareDatetime | None
    last_heard_at: AwareDatetime | None = Field(title="最近一次来文")


class PartnerList(BaseModel):
    """Every system outside that the house knows."""

    partners: list[PartnerView]


class DeliveryView(BaseModel):
    """A delivery: about which matter to whom, how often it was tried, and why it was not received; what it tells is not for who administers."""

    number: str
    system: str
    system_zh: str
    subject: str = Field(title="所涉事项")
    title: str
    stage: str
    stage_zh: str
    seq: int = Field(title="顺序号，作 If-Match")
    attempts: int
    tried_at: AwareDatetime | None
    last_error: str
    opened_at: AwareDatetime
    final: bool


class DeliveryList(BaseModel):
    """A page of deliveries, the newest first."""

    items: list[DeliveryView]
    next: str | None


class _Open(NamedTuple):
    """What of a system is not delivered yet."""

    system: str
    waiting: int
    given_up: int
    oldest: datetime | None
    last_error: str | None
    last_error_at: datetime | None


# What is open is few, and found by its stage; of what was received only the newest is looked for.
OPEN = Query[_Open]("""
SELECT d.system, count(*) FILTER (WHERE m.stage <> 'undeliverable')::int AS waiting,
    count(*) FILTER (WHERE m.stage = 'undeliverable')::int AS given_up, min(m.opened_at) AS oldest,
    (array_agg(d.last_error ORDER BY d.tried_at DESC) FILTER (WHERE d.last_error <> ''))[1] AS last_error,
    max(d.tried_at) FILTER (WHERE d.last_error <> '') AS last_error_at
FROM matter m JOIN delivery d USING (number) WHERE NOT m.final AND m.kind = 'delivery' AND {visible} GROUP BY d.system
""")


class _Last(NamedTuple):
    """When a system last received something, or sent it."""

    system: str
    at: datetime


RECEIVED = Query[_Last]("""
SELECT said.system, last.at FROM unnest(%(systems)s::text[]) AS said (system), LATERAL (
    SELECT m.updated_at AS at FROM delivery d JOIN matter m USING (number)
    WHERE d.system = said.system AND m.stage = 'delivered' AND {visible} ORDER BY d.number DESC LIMIT 1
) last
""")
HEARD = Query[_Last]("SELECT system, max(received_at) AS at FROM inbound GROUP BY system")
DELIVERIES = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT d.number, d.system, coalesce(%(names)s::jsonb ->> d.system, d.system) AS system_zh, d.subject,
    '送达' || coalesce(%(names)s::jsonb ->> d.system, d.system) AS title, m.stage, coalesce(%(stages)s::jsonb ->> m.stage, m.stage) AS stage_zh, m.seq, d.attempts, {format_iso_sql("d.tried_at")} AS tried_at,
    d.last_error, {format_iso_sql("m.opened_at")} AS opened_at, m.final) j)::text, 0, d.number
FROM delivery d JOIN matter m USING (number) WHERE {{where}} ORDER BY d.number DESC LIMIT %(limit)s
"""
_FILTERS = {"system": "d.system = %(system)s", "state": "m.stage = %(state)s", "subject": "d.subject = %(subject)s"}


async def list_partners(
    connection: Connection, scope: Scope, systems: Mapping[str, System], hosts: Mapping[str, str], signing_in: frozenset[str]
) -> PartnerList:
    """Each of these systems; `hosts` are those that have an address, `signing_in` those that may fetch a token."""
    arguments: dict[str, Any] = {"systems": list(systems)}
    seen = build_visible_sql(scope, arguments)
    waiting = {row.system: row for row in await fetch_planned(connection, OPEN.format(visible=seen), arguments)}
    received = dict(await fetch_planned(connection, RECEIVED.format(visible=seen), arguments))
    heard = dict(await fetch_planned(connection, HEARD, {}))

    def told(system: System) -> PartnerView:
        row = waiting.get(system.id)
        return PartnerView(
            system=system.id,
            zh=system.zh,
            office=system.office.value,
            office_zh=system.office.label,
            wants=[Fact(fact).label for fact in system.wants],
            configured=system.id in hosts,
            host=hosts.get(system.id, ""),
            signs_in=system.id in signing_in,
            waiting=row.waiting if row else 0,
            given_up=row.given_up if row else 0,
            oldest_waiting_at=_to_local(row.oldest) if row else None,
            last_receipt_at=_to_local(received.get(system.id)),
            last_error=(row.last_error or "") if row else "",
            last_error_at=_to_local(row.last_error_at) if row else None,
            last_heard_at=_to_local(heard.get(system.id)),
        )

    return PartnerList(partners=[told(system) for system in systems.values()])


async def list_deliveries(
    connection: Connection, scope: Scope, filters: Mapping[str, str], words: Mapping[str, str], after: str | None, limit: int
) -> Page:
    """Deliveries, the newest first; `filters` by system, state, subject, `words` the names of systems and stages, in JSON."""
    arguments: dict[str, Any] = {**filters, **words}
    # Of a sealed file is not even told what happened in it.
    closed = f"SELECT m.number FROM matter m WHERE m.sealed AND NOT {build_unsealed_sql(scope, arguments)}"
    closed += f" OR NOT ({build_not_kept_sql(scope, arguments)})"
    where = [build_visible_sql(scope, arguments), f"d.subject NOT IN ({closed})", *(_FILTERS[name] for name in filters)]
    if after:
        arguments["after"] = after
        where.append("d.number < %(after)s")
    return await load_page(connection, DELIVERIES.format(where=" AND ".join(where)), arguments, limit)


def _to_local(at: datetime | None) -> datetime | None:
    return at.astimezone(SHANGHAI) if at else None
