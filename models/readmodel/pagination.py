"""What every list has in common: pages and their cursors, instants as people read them, and who may see which row."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from psycopg import AsyncClientCursor
from psycopg.rows import RowMaker
from psycopg.types.string import TextLoader

from law.instants import EARLIEST, LATEST
from law.offices import Office
from models.access.scope import Scope
from models.access.sealing import KEPT_BY
from models.store.connection import Connection, Query

# As our forms write instants. PostgreSQL knows no zone further from Greenwich than this, and refuses the whole statement.
_INSTANT = r"^\d\d\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.]\d+)?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)$"

MASKED = "封存案卷"
"""How a sealed file is called before whoever must know that it is there, and may not open it."""


R = TypeVar("R")


class Page(NamedTuple):
    """One page of a list: JSON objects, and what the last is sorted by if more follow."""

    items: list[str]
    after: tuple[Any, ...] | None


async def fetch_planned(connection: Connection, query: Query[R], arguments: Mapping[str, Any]) -> list[R]:
    """Rows of a query that is planned for what is asked: the plan for a unit that has everything is a bad one for a unit that has little.

    The arguments are written into it, since our connections plan those that come apart from it without looking at them.
    """
    async with AsyncClientCursor(connection, row_factory=query.make_rows) as cursor:
        await cursor.execute(query.sql.encode(), arguments)
        return await cursor.fetchall()


async def load_page(connection: Connection, sql: str, arguments: dict[str, Any], limit: int) -> Page:
    """Rows are a JSON object and what they are sorted by; one more than `limit` is asked for, to know whether more follow.

    An instant by which they are sorted stays the text that PostgreSQL wrote: a page begins after just that row, whatever stands in it.
    """
    async with AsyncClientCursor(connection, row_factory=_make_listed) as cursor:
        cursor.adapters.register_loader("timestamptz", TextLoader)
        await cursor.execute(sql.encode(), arguments | {"limit": limit + 1})
        rows = await cursor.fetchall()
    return Page([row.json for row in rows[:limit]], rows[limit - 1].place if len(rows) > limit else None)


class _Listed(NamedTuple):
    json: str
    place: tuple[Any, ...]


def _make_listed(_cursor: Any) -> RowMaker[_Listed]:
    return lambda values: _Listed(values[0], tuple(values[1:]))


def format_iso_sql(instant: str) -> str:
    """An instant as people in China read it, in ISO form; one that no calendar of ours has as the nearest that can be."""
    return f"""CASE WHEN {instant} IS NOT NULL THEN to_char({bound_sql(instant)} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') END"""


def bound_sql(instant: str) -> str:
    """An instant that is not NULL, or the nearest that can be: with one without end nothing can be reckoned."""
    return f"greatest(least({instant}, '{LATEST.isoformat()}'), '{EARLIEST.isoformat()}')"


def parse_instant_sql(text: str) -> str:
    """The instant that a form tells in an expression that is text; NULL where PostgreSQL could not read it."""
    return f"(CASE WHEN {text} ~ '{_INSTANT}' THEN ({text})::timestamptz END)"


OWN_SHEET = "(m.kind = 'review-sheet' AND m.officer = %(username)s)"
"""The condition that a matter `m` is a sheet of that person's: no unit reaches it, and no list shows it but that of what they have to do."""


def build_visible_sql(scope: Scope, arguments: dict[str, Any], alias: str = "m") -> str:
    """The condition that a matter `m`, or another row that bears its unit, is within the scope."""
    own = f"({' OR '.join(_list_own_conditions(scope, arguments, alias))})"
    unsealed = build_unsealed_sql(scope, arguments)
    if alias == "m":
        either = [f"{own} AND {unsealed}"]
    else:  # sealed files are few: those that are closed to this person are left out by number
        either = [f"{own} AND {alias}.matter NOT IN (SELECT m.number FROM matter m WHERE m.sealed AND NOT {unsealed})"]
    for i, (office, served) in enumerate(scope.shared):
        arguments |= {f"office{i}": [office], f"served{i}": list(served)}
        either.append(f"(m.unit_id = ANY(%(served{i})s) AND m.shared_with @> %(office{i})s)")
    return f"(({' OR '.join(either)}) AND {build_not_kept_sql(scope, arguments, alias)})"


def build_not_kept_sql(scope: Scope, arguments: dict[str, Any], alias: str = "m") -> str:
    """The condition that a matter `m`, or that of another row, is not kept from the person; true as well where there is no matter."""
    arguments["kept_by"] = None if scope.kept_by is None else list(scope.kept_by)
    kept = "cardinality(m.kept_from) > 0" + ("" if scope.kept_by is None else " AND m.kept_from && %(kept_by)s::text[]")
    if alias == "m":
        return f"({kept}) IS NOT TRUE"
    return f"{alias}.matter NOT IN (SELECT m.number FROM matter m WHERE {kept})"


def _list_own_conditions(scope: Scope, arguments: dict[str, Any], alias: str) -> Iterator[str]:
    """The conditions by which a row is of a unit that the person reads: whole, of some kinds, or where they take part."""
    if len(scope.units) == 1:  # an equality lets the index by unit give the order as well
        arguments["unit_id"] = scope.units[0]
        yield f"{alias}.unit_id = %(unit_id)s"
    elif scope.units or scope.whole:
        arguments["units"] = list(scope.units)
        yield f"{alias}.unit_id = ANY(%(units)s)"
    for i, (kind, units) in enumerate(scope.of_kinds):
        arguments |= {f"of_kind{i}": kind, f"units_of{i}": list(units)}
        yield f"({alias}.kind = %(of_kind{i})s AND {alias}.unit_id = ANY(%(units_of{i})s))"
    under_way, units = scope.taking_part
    if units:
        arguments |= {"part": list(units), "under_way": list(under_way), "handler": scope.username, "handled": [scope.username]}
        part = "m.kind = ANY(%(under_way)s) AND NOT m.final OR m.officer = %(handler)s OR m.handlers @> %(handled)s"
        if alias == "m":
            yield f"(m.unit_id = ANY(%(part)s) AND ({part}))"
        else:
            yield f"{alias}.matter = ANY(ARRAY(SELECT m.number FROM matter m WHERE m.unit_id = ANY(%(part)s) AND ({part})))"
    if scope.shared and not (scope.units or scope.of_kinds or units):
        yield "false"


def build_unsealed_sql(scope: Scope, arguments: dict[str, Any]) -> str:
    """The condition that the file of a matter `m` of the person's own units is not sealed, or open to them."""
    arguments |= {"handler": scope.username, "handled": [scope.username], "opens_sealed": list(scope.opens_sealed)}
    mine = "m.officer = %(handler)s OR m.handlers @> %(handled)s OR m.unit_id = ANY(%(opens_sealed)s)"
    for i, (kind, units) in enumerate(scope.keeping):
        arguments |= {f"kept{i}": kind, f"keeping{i}": list(units)}
        mine += f" OR m.kind = %(kept{i})s AND m.unit_id = ANY(%(keeping{i})s)"
    return f"(NOT m.sealed OR {mine})"


def build_subject_shown_sql(scope: Scope, arguments: dict[str, Any]) -> str:
    """The condition that somebody is told what a matter `m` within their scope is about: of a sealed file whoever owes no reason.

    `Person.owes_reason` says the same of one matter.
    """
    if scope.reasoned or not (scope.opens_sealed or scope.keeping):
        return "true"
    arguments |= {"handler": scope.username, "handled": [scope.username]}
    either = ["m.officer = %(handler)s", "m.handlers @> %(handled)s"]
    for i, (kind, units) in enumerate(scope.keeping):
        if (kind, Office.SUPERVISOR) in KEPT_BY:
            arguments |= {f"kept{i}": kind, f"supervised{i}": sorted({*units} & {*scope.supervising})}
            either.append(f"m.kind = %(kept{i})s AND m.unit_id = ANY(%(supervised{i})s)")
    for i, (office, served) in enumerate(scope.shared):
        arguments |= {f"office{i}": [office], f"served{i}": list(served)}
        either.append(f"m.unit_id = ANY(%(served{i})s) AND m.shared_with @> %(office{i})s")
    return f"(m.sealed IS NOT TRUE OR {' OR '.join(either)})"


def build_title_sql(scope: Scope, arguments: dict[str, Any]) -> str:
    """How a matter `m` within the scope is called before that person."""
    known = build_subject_shown_sql(scope, arguments)
    return "m.title" if known == "true" else f"CASE WHEN {known} THEN m.title ELSE '{MASKED}' END"


def build_visible_clocks_sql(scope: Scope, arguments: dict[str, Any]) -> str:
    """The condition that a clock `c` is within the scope; an outside organ's clocks are found by way of its few matters."""
    if not scope.shared:
        return build_visible_sql(scope, arguments, "c")
    return f"c.matter = ANY(ARRAY(SELECT m.number FROM matter m WHERE {build_visible_sql(scope, arguments)}))"


def build_visible_cards_sql(scope: Scope, arguments: dict[str, Any]) -> str:
    """The condition that a clock `c` that has run out is within the scope: of those on liberty whoever supervises knows, sealed file or not."""
    if not scope.supervising:
        return build_visible_clocks_sql(scope, arguments)
    arguments["supervised"] = list(scope.supervising)
    supervised = "c.liberty AND c.unit_id = ANY(%(supervised)s)"
    return f"({build_visible_clocks_sql(scope, arguments)} OR {supervised} AND {build_not_kept_sql(scope, arguments, 'c')})"
