"""The weekly report on looks (查阅周报): for the head of each unit, who of its people looked at how much, was refused, took away, and read what is veiled."""

from datetime import time
from typing import NamedTuple

from law.offices import Office
from models.readmodel.report_sections import MOST_ROWS, Asked, build_column, build_section
from models.readmodel.report_types import report
from models.reports import Cell, ReportSection, Times
from models.store.connection import Query, fetch_all
from models.trace_shapes import TAKEN_AWAY, Reading

_MONDAY = 0
# More matters within an hour than anybody handles: somebody looks for something.
_MANY_AN_HOUR = 40
READERS = (Office.STATION_HEAD, Office.COUNTY_HEAD, Office.CITY_HEAD, Office.SUPERVISOR)


class _Looks(NamedTuple):
    """What somebody of the unit looked at in the period; `most` are the matters of their fullest hour."""

    name: str
    unit: str
    looks: int
    matters: int
    refused: int
    taken: int
    unveiled: int
    most: int


LOOKS = Query[_Looks]("""
WITH seen AS (
    SELECT t.username, t.units[1] AS unit, t.sort, t.status, t.matter, date_trunc('hour', t.at) AS hour FROM reading_trace t
    WHERE t.at > %(since)s AND t.at <= %(until)s AND t.units && %(units)s::text[] AND t.sort = ANY(%(sorts)s)
), fullest AS (
    SELECT username, max(n)::int AS most FROM (SELECT username, count(DISTINCT matter) AS n FROM seen WHERE matter <> '' GROUP BY username, hour) h
    GROUP BY username
)
SELECT coalesce(p.zh, s.username) AS name, min(s.unit) AS unit, count(*)::int AS looks,
    count(DISTINCT s.matter) FILTER (WHERE s.matter <> '')::int AS matters, count(*) FILTER (WHERE s.status >= 400)::int AS refused,
    count(*) FILTER (WHERE s.sort = ANY(%(taken)s) AND s.status < 400)::int AS taken,
    count(*) FILTER (WHERE s.sort = %(veiled)s AND s.status < 400)::int AS unveiled, coalesce(f.most, 0) AS most
FROM seen s LEFT JOIN person p USING (username) LEFT JOIN fullest f USING (username)
GROUP BY s.username, p.zh, f.most ORDER BY coalesce(f.most, 0) DESC, count(*) DESC, s.username LIMIT %(most)s
""")


@report("weekly-looks", "查阅周报", Times(time(8), weekday=_MONDAY), readers=READERS)
async def weekly_looks(asked: Asked) -> list[ReportSection]:
    """Whoever looked at anything, those with the fullest hour first."""
    arguments = asked.build_arguments(
        units=list(asked.scope.units),
        sorts=list(Reading),
        taken=[str(each) for each in TAKEN_AWAY - {Reading.STREAM, Reading.VEILED}],
        veiled=str(Reading.VEILED),
    )
    rows = await fetch_all(asked.connection, LOOKS, arguments)
    counts = (
        f"期间内本单位及下属单位人员的查阅记录；十分钟内重复的查看只计一次；一小时内查阅超过{_MANY_AN_HOUR}件的标明，由负责人核实。"
        "查阅的事项、条件和理由由督察在查阅记录中查看"
    )
    columns = [
        *(build_column("人员", 12), build_column("单位", 20), build_column("查阅次数", 10), build_column("事项数", 10)),
        *(build_column("未予查阅", 10), build_column("导出、打印、下载", 16), build_column("查看密级字段", 12)),
        *(build_column("一小时最多事项数", 16), build_column("提示", 24)),
    ]
    return [build_section("looks", "查阅情况", counts, columns, [_build_row(asked, each) for each in rows[: MOST_ROWS + 1]])]


def _build_row(asked: Asked, row: _Looks) -> list[Cell]:
    unit = asked.names.tree[row.unit].zh if row.unit in asked.names.tree else row.unit
    hint = f"一小时内查阅{row.most}件，请核实" if row.most > _MANY_AN_HOUR else ""
    return [row.name, unit, row.looks, row.matters, row.refused, row.taken, row.unveiled, row.most, hint]
