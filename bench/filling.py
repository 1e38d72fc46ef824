"""A bureau: one desk for the measurements; and after years of work, a million matters, three million clocks, a million entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MATTERS = 1_000_000
CLOCKS_EACH = 3
STATIONS = 50
# The unit, and the one person in it, that everything measured belongs to.
DESK = "bench"

_SETTLE = (
    f"INSERT INTO unit (id, path, zh, kind) VALUES ('{DESK}', '/{DESK}/', '测量大队', 'bureau')",
    f"INSERT INTO person (username, zh, badge, active) VALUES ('{DESK}', '测量员', '', true)",
    f"""INSERT INTO holding SELECT '{DESK}', '{DESK}', office
    FROM unnest(ARRAY['reporting-desk', 'case-officer', 'station-head', 'supervisor']) office""",
)


_KINDS = "(ARRAY['邻里纠纷', '盗窃', '交通事故', '电信诈骗', '求助', '噪声扰民', '走失', '酒后滋事', '家庭纠纷', '财物丢失'])[1 + n % 10]"
_STREETS = "(ARRAY['东街', '人民路', '河滨路', '长宁街', '解放路', '建设巷', '青年路', '西关', '南门', '文化路'])[1 + n / 10 % 10]"
PLACE = f"{_STREETS} || n % 997 || '号'"


def _filling(matters: int) -> tuple[str, ...]:
    # They lie three years back and their clocks are due over a year, half of them still running; every unit has its share.
    return (
        f"""INSERT INTO unit (id, parent_id, path, zh, kind) SELECT 'station-' || n, '{DESK}', '/{DESK}/station-' || n || '/', n || '派出所', 'station'
        FROM generate_series(1, {STATIONS}) n""",
        f"""INSERT INTO chain (chain, position, hash, sealed) SELECT 'JQ2019' || lpad(n::text, 8, '0'), 1, sha256(n::text::bytea), 1
        FROM generate_series(1, {matters}) n""",
        f"""INSERT INTO entry (chain, position, seq, sort, step, key, username, recorded_at, content, previous, hash)
        SELECT 'JQ2019' || lpad(n::text, 8, '0'), 1, 1, 'step', 'open-incident', 'old/' || n, '{DESK}', now() - n * interval '90 seconds',
               json_build_object('chain', n, 'key', 'old/' || n, 'form', repeat('报警内容', 100))::text, sha256(n::text::bytea), sha256(n::text::bytea)
        FROM generate_series(1, {matters}) n""",
        f"""INSERT INTO fact (matter, seq, n, fact, at, about) SELECT 'JQ2019' || lpad(n::text, 8, '0'), 1, 0, 'incident.received',
               now() - n * interval '90 seconds', 'JQ2019' || lpad(n::text, 8, '0')
        FROM generate_series(1, {matters}) n""",
        f"""INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at, stage_since)
        SELECT 'JQ2019' || lpad(n::text, 8, '0'), 'incident', 'on_scene', false, 1, 'station-' || 1 + n % {STATIONS}, {_KINDS} || ' ' || {PLACE},
               'officer-' || n % 2000, (ARRAY['none', 'blue', 'yellow', 'orange', 'red', 'overdue'])[1 + n % 6],
               now() - n * interval '90 seconds', now() - n * interval '90 seconds', now() - n * interval '90 seconds'
        FROM generate_series(1, {matters}) n""",
        f"""INSERT INTO clock (id, matter, kind, unit_id, officer, limit_id, zh, edition, basis, about, started_at, due_at, date_only, liberty, state,
                               colour, calendar, answerable, at_expiry, reasons)
        SELECT 'limit-' || c || '@' || n, 'JQ2019' || lpad(n::text, 8, '0'), 'incident', 'station-' || 1 + n % {STATIONS}, 'officer-' || n % 2000, 'limit-' || c,
               '接报案登记', '2018-10-26', '公安机关办理刑事案件程序规定第一百六十九条', 'JQ2019' || lpad(n::text, 8, '0'),
               now() - n * interval '90 seconds', now() + interval '1 day' + (n::bigint * 7919 + c * 104729) % 31536000 * interval '1 second',
               false, c = 1, CASE WHEN (n + c) % 2 = 0 THEN 'running' ELSE 'met' END,
               (ARRAY['none', 'blue', 'yellow', 'orange', 'red', 'overdue'])[1 + (n + c) % 6], 'final', 'case-officer', 'escalate',
               ARRAY['自2026-09-28 10:00接报起算,每满24小时为一日,共3日']
        FROM generate_series(1, {matters}) n, generate_series(1, {CLOCKS_EACH}) c""",
    )


def settle(connection: Any) -> None:
    """Found the desk."""
    for statement in _SETTLE:
        connection.execute(statement)


def fill(connection: Any, matters: int = MATTERS) -> None:
    """Put so many of each into the record, a million in a few minutes."""
    connection.execute("SET synchronous_commit = off")
    connection.execute("SET maintenance_work_mem = '512MB'")
    with _without_indexes(connection):
        for statement in _filling(matters):
            connection.execute(statement)
    connection.execute("VACUUM ANALYZE")


@contextmanager
def _without_indexes(connection: Any) -> Iterator[None]:
    """Indexes that no constraint needs are built at the end, which is quicker than growing them row by row."""
    found = connection.execute("""
        SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid
        WHERE i.tablename IN ('matter', 'heading', 'clock', 'entry') AND NOT x.indisunique""").fetchall()
    for index in found:
        connection.execute(f"DROP INDEX {index.indexname}")
    yield
    for index in found:
        connection.execute(index.indexdef)
