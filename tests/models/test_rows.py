"""What queries find is what their rows declare: column by column, asked of PostgreSQL without running anything."""

import importlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from types import NoneType
from typing import Any, LiteralString, NamedTuple, cast, get_args, get_origin, get_type_hints

import psycopg
import pytest
from psycopg import pq

from models.store.connection import Query, list_fields
from models.store.two_people import Register
from verification.verification import ATTESTED, ATTESTED_FAST, PROMISES

ROOMS = ("models", "activities", "verification", "watchdog", "api", "operations")
ROOT = Path(__file__).parents[2]
# What is filled in by who asks, in place of conditions and of what is counted.
FILLED = {
    "at": "m.opened_at",
    "by_number": "",
    "counted": "SELECT '' AS unit_id, '' AS kind, '' AS stage, '' AS figure, current_date AS since_on, current_date AS on_day, 1 AS n, 1 AS good, "
    "1 AS late, now() AS oldest, ARRAY[1] AS took",
    "items": "SELECT '' AS unit_id, '' AS indicator, '' AS matter, '' AS clock, now() AS at, true AS above, true AS below",
    "known": "true",
    "limits": "",
    "matters": "SELECT '' AS queue, number, unit_id, stage_since AS since FROM matter",
    "narrowed": "",
    "order": "m.opened_at",
    "own": "WITH own AS (SELECT number, kind FROM matter)",
    "sql": "SELECT 1 AS n",
    "title": "m.title",
    "told": "true",
    "visible": "true",
    "where": "true",
    "which": "true",
    "whose": "true",
}
TYPES: dict[int, object] = {
    16: bool,
    17: bytes,
    20: int,
    21: int,
    23: int,
    19: str,
    25: str,
    705: str,
    1043: str,
    2278: str,  # void
    701: float,
    1082: date,
    1184: datetime,
    1186: timedelta,
    1005: list[int],
    1007: list[int],
    1016: list[int],
    1009: list[str],
    1015: list[str],
    1182: list[date],
}
JSON = (114, 3802)
# Where a join may find nothing, columns may be NULL that their tables never leave so.
_OUTER = re.compile(r"\b(LEFT|RIGHT|FULL)\b")
# Columns that may be NULL, in statements whose conditions leave those rows out; and those of views and temporary tables, which promise nothing.
NEVER_NULL_HERE = frozenset(
    {
        "models.readmodel.calendar_feed.DEADLINES.due_at",
        "models.readmodel.case_ledgers.BROUGHT_OVER.key",
        "models.readmodel.case_ledgers.NAMED_HERE.key",
        "models.readmodel.clocks.UNACKNOWLEDGED.due_at",
        "models.readmodel.matter_status.OPENED_UNDER.key",
        "models.readmodel.report_sections._CLOCKS.due_at",
        "models.readmodel.same_person.ELSEWHERE.parent",
        "models.store.findings.NUMBER.alert",
        "models.store.findings.OWED.alert",
        "models.store.outbox.OWED.seq",
        "models.store.outbox.OWED.item",
        "models.store.password_binding.HASHES.password_hash",
        "models.store.second_factor_vouching.FACTORS.enrolled_at",
        "activities.deliveries.MESSAGE.seq",
        "activities.inspecting.CHILDREN.matter",
        "activities.inspecting.CHILDREN_FACTS.matter",
        "activities.press.UNCONVERTED.hash",
        "verification.verification.UNATTESTED.chain",
        "verification.verification.UNATTESTED.position",
        "watchdog.duties.open_orders.TO_ORDER.number",
        "watchdog.duties.report_stalled_messages.OVERDUE.after",
        "api.health_checks.secrets.STORED.stored",
        "operations.database_roles._TABLES.tablename",
        "operations.rekey.OLD_TRACES.key_id",
    }
)
# What PostgreSQL cannot tell from where it stands, and the driver says with the value.
INSTANT, LENGTH = 1184, 1186
ARGUMENTS = {
    "first": INSTANT,
    "last": INSTANT,
    "now": INSTANT,
    "hair": LENGTH,
    "idle": LENGTH,
    "patience": LENGTH,
    "seldom": LENGTH,
}


def queries() -> Iterator[tuple[str, Query[Any]]]:
    """Every query that a module of ours declares, by the first that does or imports it."""
    seen = set[int]()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
            declared = dict(vars(module))
            for name, register in vars(module).items():
                if isinstance(register, Register):
                    declared |= {f"{name}.{of}": value for of, value in vars(register).items()}
            for name, value in declared.items():
                if isinstance(value, Query) and id(value) not in seen:
                    seen.add(id(value))
                    yield f"{module.__name__}.{name}", value


def asked(sql: str) -> tuple[bytes, list[int]]:
    """A query as PostgreSQL takes it, with its arguments numbered, and their types; 0: it knows."""
    if any(f"{{{name}}}" in sql for name in FILLED):
        sql = sql.format(**FILLED)
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    for n, name in enumerate(names, start=1):
        sql = sql.replace(f"%({name})s", f"${n}")
    plain = sql.replace("%%", "%") if names else sql.replace("%s", "$1")
    return plain.encode(), [ARGUMENTS.get(name, 0) for name in names]


class Column(NamedTuple):
    """A column that a query finds: its name and type, and the table and column that it is, if it is one and no expression (else 0)."""

    name: str
    oid: int
    table: int
    number: int


def columns(connection: psycopg.Connection[Any], sql: str) -> list[Column]:
    """The columns that a query finds."""
    query, types = asked(sql)
    result = connection.pgconn.prepare(b"", query)
    if result.status != pq.ExecStatus.COMMAND_OK:
        result = connection.pgconn.prepare(b"", query, types)
    assert result.status == pq.ExecStatus.COMMAND_OK, result.error_message.decode()
    result = connection.pgconn.describe_prepared(b"")
    return [
        Column(str(result.fname(n) or b"", "utf-8"), result.ftype(n), result.ftable(n), result.ftablecol(n))
        for n in range(result.nfields)
    ]


def is_read_as(oid: int, declared: object) -> bool:
    """Whether the driver reads a column of that type as what is declared, leaving aside whether it may be NULL."""
    if get_origin(declared) is list and get_origin(get_args(declared)[0]) is list:
        (declared,) = get_args(declared)  # PostgreSQL does not tell how many dimensions an array has
    options = [each for each in get_args(declared) or (declared,) if each is not NoneType]
    if get_origin(declared) in (list, dict, Mapping) or (get_origin(declared) is not None and NoneType not in get_args(declared)):
        options = [declared]
    if oid in JSON:
        return all(get_origin(each) is not None or each is Any for each in options)
    known = TYPES[oid]
    return all(each == known or (get_args(each) == get_args(known) != ()) for each in options)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as opened:
        # Those of a verification, which it lays beside the others.
        for statement in (PROMISES, ATTESTED, ATTESTED_FAST):
            opened.execute(cast("LiteralString", statement))
        yield opened


def test_every_query_finds_the_columns_that_its_row_declares(connection: psycopg.Connection[Any]) -> None:
    wrong = []
    for name, query in queries():
        (row,) = get_args(query.__orig_class__)
        found = columns(connection, query.sql)
        declared = get_type_hints(row) if list_fields(row) else {found[0][0]: row}
        if list(declared) != [each.name for each in found]:
            wrong.append(f"{name}: {[each.name for each in found]}, declared {list(declared)}")
            continue
        wrong += [
            f"{name}.{each.name}: {each.oid}, declared {declared[each.name]}"
            for each in found
            if not is_read_as(each.oid, declared[each.name])
        ]
    assert not wrong, "\n".join(wrong)


def test_every_row_says_which_of_its_columns_may_be_null(connection: psycopg.Connection[Any]) -> None:
    never = set(connection.execute("SELECT attrelid, attnum FROM pg_attribute WHERE attnotnull AND attnum > 0").fetchall())
    wrong, needless = [], set(NEVER_NULL_HERE)
    for name, query in queries():
        (row,) = get_args(query.__orig_class__)
        found = columns(connection, query.sql)
        declared = get_type_hints(row) if list_fields(row) else {found[0].name: row}
        for each in found:
            if not each.table or declared[each.name] is Any:
                continue  # an expression: only whoever wrote it knows
            optional = NoneType in get_args(declared[each.name])
            place = f"{name}.{each.name}"
            if (each.table, each.number) not in never and not optional:
                needless.discard(place)
                if place not in NEVER_NULL_HERE:
                    wrong.append(f"{place} may be NULL, declared {declared[each.name]}")
            elif (each.table, each.number) in never and optional and not _OUTER.search(query.sql):
                wrong.append(f"{place} is never NULL, declared {declared[each.name]}")
    assert not wrong, "\n".join(wrong)
    assert not needless, f"no exceptions: {needless}"
