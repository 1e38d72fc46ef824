"""The sections of the reports on dossiers (电子卷宗 一日一报、一周一专报): which papers were scanned within a day, and what keeps a case from being sent.

A paper is judged once: when the day within which it is to be scanned has passed. Of sealed files papers are counted, and none is listed.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from models.dossier import find_missing, get_places
from models.forms.dossier import SCANNED
from models.matter import Kind
from models.readmodel.documents import load_holdings
from models.readmodel.pagination import build_visible_sql, fetch_planned
from models.readmodel.report_sections import Asked, build_column, build_section, format_minute
from models.reports import Cell, ReportSection
from models.store.connection import Query

WITHIN = timedelta(hours=24)
"""Within which a paper is scanned into the dossier once it is made."""

# Limits that run out so soon are spoken of while a paper can still be made.
_SOON = timedelta(hours=72)
_OLDEST = 10
# Drawn each week to be held against its paper: one in a hundred, and not fewer than ten.
_SPOT_CHECKED = 10


class _Owed(NamedTuple):
    """How many papers of a kind that a unit made were to be scanned by some day, and were."""

    unit_id: str
    kind: str
    type: str
    title: str
    day: date
    owed: int
    in_time: int
    late: int
    undeclared: int


# A scan answers for the paper of its title that was made before it.
_SCANNED_AT = "(SELECT min(i.uploaded_at) FROM dossier_item i WHERE (i.matter, i.title) = (d.matter, d.title) AND i.uploaded_at >= d.issued_at)"
_UNDECLARED = (
    "NOT EXISTS (SELECT FROM dossier_item i WHERE (i.matter, i.title) = (d.matter, d.title) AND i.declared_at >= d.issued_at)"
)
_OWED = Query[_Owed](f"""
SELECT unit_id, kind, type, title, ((issued_at + %(within)s) AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*)::int AS owed,
    count(*) FILTER (WHERE scanned_at <= issued_at + %(within)s)::int AS in_time,
    count(*) FILTER (WHERE scanned_at > issued_at + %(within)s)::int AS late,
    count(*) FILTER (WHERE scanned_at IS NOT NULL AND undeclared)::int AS undeclared
FROM (
    SELECT m.unit_id, m.kind, d.type, d.title, d.issued_at, {_SCANNED_AT} AS scanned_at, {_UNDECLARED} AS undeclared
    FROM document d JOIN matter m ON m.number = d.matter
    WHERE m.kind = ANY(%(kinds)s) AND m.unit_id = ANY(%(units)s) AND m.updated_at > %(since)s::timestamptz - %(within)s::interval
        AND d.issued_at > %(since)s::timestamptz - %(within)s::interval AND d.issued_at <= %(until)s::timestamptz - %(within)s::interval
) made GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
""")


class _Replaced(NamedTuple):
    """How many scans of a unit were replaced by a new version."""

    unit_id: str
    n: int


_REPLACED = Query[_Replaced]("""
SELECT m.unit_id, count(*)::int AS n FROM dossier_item i JOIN matter m ON m.number = i.matter
WHERE i.version > 1 AND m.unit_id = ANY(%(units)s) AND i.uploaded_at > %(since)s AND i.uploaded_at <= %(until)s GROUP BY 1
""")
_TOLD = (("应扫描", 8), ("按时", 8), ("超时", 8), ("未扫描", 8), ("随案率%", 10), ("未声明一致", 10), ("一致率%", 10))
_COUNTS = "文书制作后24小时内应当扫描入卷，按这24小时在期间内届满的文书计算；封存案卷只计数"


async def build_units_section(asked: Asked) -> ReportSection:
    """How far each unit scans what it makes, and how many scans it replaced."""
    owed = await _list_owed(asked)
    replaced = {row.unit_id: row.n for row in await fetch_planned(asked.connection, _REPLACED, _build_arguments(asked))}
    units = sorted({row.unit_id for row in owed} | replaced.keys(), key=asked.names.get_unit_path)
    rows: list[list[Cell]] = [
        [asked.names.get_unit_name(unit), *_sum_up([row for row in owed if row.unit_id == unit]), replaced.get(unit, 0)]
        for unit in units
    ]
    columns = [build_column("单位", 20), *(build_column(*each) for each in _TOLD), build_column("替换", 8)]
    counts = f"{_COUNTS}；重新扫描的为替换，不重复计算"
    return build_section("scanned", "随案扫描情况", counts, columns, rows)


async def build_days_section(asked: Asked) -> ReportSection:
    """The same day by day."""
    return await _group(asked, "by-day", "逐日走势", "日期", lambda row: f"{row.day:%Y-%m-%d}")


async def build_places_section(asked: Asked) -> ReportSection:
    """The same by the places of the catalogue."""
    return await _group(asked, "by-place", "按卷宗目录", "目录位置", _place_of)


async def build_titles_section(asked: Asked) -> ReportSection:
    """The same by what the papers are called."""
    return await _group(asked, "by-title", "按文书", "文书", lambda row: row.title)


class _Absent(NamedTuple):
    """A paper that was made more than a day ago and is not scanned."""

    matter: str
    title: str
    of_matter: str
    unit_id: str
    officer: str | None
    issued_at: datetime


_ABSENT = Query[_Absent](f"""
SELECT d.matter, d.title, m.title AS of_matter, m.unit_id, p.zh AS officer, d.issued_at
FROM document d JOIN matter m ON m.number = d.matter LEFT JOIN person p ON p.username = m.officer
WHERE m.kind = ANY(%(kinds)s) AND NOT m.final AND d.issued_at <= %(as_of)s::timestamptz - %(within)s::interval AND {_SCANNED_AT} IS NULL AND {{visible}}
ORDER BY d.issued_at, d.id LIMIT %(oldest)s
""")


async def build_oldest_absent_section(asked: Asked) -> ReportSection:
    """The papers that have waited longest to be scanned."""
    arguments = _build_arguments(asked) | {"oldest": _OLDEST}
    found = await fetch_planned(asked.connection, _ABSENT.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    rows: list[list[Cell]] = [
        [
            row.matter,
            row.of_matter,
            row.title,
            asked.names.get_unit_name(row.unit_id),
            row.officer or "",
            format_minute(row.issued_at),
            days,
        ]
        for row in found
        for days in [(asked.as_of - row.issued_at).days]
    ]
    columns = [
        *(
            build_column("编号", 18),
            build_column("标题", 40),
            build_column("文书", 24),
            build_column("单位", 20),
            build_column("办案民警", 10),
        ),
        *(build_column("制作时间", 16), build_column("日数", 8)),
    ]
    return build_section("absent", "最久未扫描", "尚未办结的事项中，制作已满24小时仍未扫描入卷的，最久的十件", columns, rows)


class _Due(NamedTuple):
    """A case under investigation, one of whose limits on liberty runs out soon."""

    number: str
    title: str
    unit_id: str
    officer: str | None
    due_at: datetime


_DUE = Query[_Due]("""
SELECT m.number, m.title, m.unit_id, p.zh AS officer, min(c.due_at) AS due_at
FROM clock c JOIN matter of ON of.number = c.matter JOIN matter m ON m.number IN (of.number, of.parent) AND m.kind = 'criminal-case'
LEFT JOIN person p ON p.username = m.officer
WHERE c.state IN ('running', 'suspended') AND c.liberty AND c.due_at < %(soon)s AND NOT m.final
    AND m.stage IN ('investigation', 'supplementary_investigation') AND {visible}
GROUP BY m.number, m.title, m.unit_id, p.zh ORDER BY 5, 1 LIMIT %(most)s
""")


async def build_blocked_section(asked: Asked) -> ReportSection:
    """Cases that cannot be sent for want of a paper, while somebody's limit runs out within three days (缺卷阻断)."""
    arguments = asked.build_arguments(soon=asked.as_of + _SOON)
    cases = await fetch_planned(asked.connection, _DUE.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    rows: list[list[Cell]] = []
    for case in cases:
        missing = [each for each in find_missing(json.loads(await load_holdings(asked.connection, case.number))) if each["blocks"]]
        if missing:
            titles = "、".join(dict.fromkeys(each["title"] for each in missing))
            rows.append(
                [
                    case.number,
                    case.title,
                    asked.names.get_unit_name(case.unit_id),
                    case.officer or "",
                    format_minute(case.due_at),
                    titles,
                ]
            )
    columns = [
        *(build_column("编号", 18), build_column("标题", 40), build_column("单位", 20), build_column("办案民警", 10)),
        *(build_column("期限届满", 16), build_column("所缺文书", 40)),
    ]
    return build_section("blocked", "缺卷阻断移送", "人身自由期限72小时内届满、因缺少文书不能移送的案件", columns, rows)


class _Overturned(NamedTuple):
    """A scan that was declared identical to its paper, and replaced after that."""

    matter: str
    of_matter: str
    title: str
    version: int
    unit_id: str
    declared_by: str
    uploaded_by: str
    uploaded_at: datetime


_OVERTURNED = Query[_Overturned]("""
SELECT i.matter, m.title AS of_matter, i.title, i.version, m.unit_id, coalesce(d.zh, before.declared_by) AS declared_by,
    coalesce(u.zh, i.uploaded_by) AS uploaded_by, i.uploaded_at
FROM dossier_item i JOIN dossier_item before ON (before.matter, before.title, before.version) = (i.matter, i.title, i.version - 1)
    AND before.declared_at <= i.uploaded_at
JOIN matter m ON m.number = i.matter LEFT JOIN person d ON d.username = before.declared_by LEFT JOIN person u ON u.username = i.uploaded_by
WHERE i.uploaded_at > %(since)s AND i.uploaded_at <= %(until)s AND {visible} ORDER BY i.uploaded_at, i.id LIMIT %(most)s
""")


async def build_overturned_section(asked: Asked) -> ReportSection:
    """Scans that were replaced though somebody had declared them identical to their papers."""
    arguments = asked.build_arguments()
    found = await fetch_planned(asked.connection, _OVERTURNED.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    rows: list[list[Cell]] = [
        [
            *(row.matter, row.of_matter, row.title, row.version, asked.names.get_unit_name(row.unit_id)),
            *(row.declared_by, row.uploaded_by, format_minute(row.uploaded_at)),
        ]
        for row in found
    ]
    columns = [
        *(
            build_column("编号", 18),
            build_column("标题", 40),
            build_column("材料", 24),
            build_column("版本", 6),
            build_column("单位", 20),
        ),
        *(build_column("原声明人", 10), build_column("替换人", 10), build_column("替换时间", 16)),
    ]
    return build_section("overturned", "声明一致后又替换", "已经声明与纸质一致、期间内又替换的扫描件；原版本仍在卷", columns, rows)


class _Drawn(NamedTuple):
    """A scan that is to be held against its paper."""

    matter: str
    of_matter: str
    title: str
    version: int
    unit_id: str
    declared_by: str | None


_DRAWN = Query[_Drawn]("""
SELECT i.matter, m.title AS of_matter, i.title, i.version, m.unit_id, d.zh AS declared_by
FROM dossier_item i JOIN matter m ON m.number = i.matter LEFT JOIN person d ON d.username = i.declared_by
WHERE i.uploaded_at > %(since)s AND i.uploaded_at <= %(until)s AND {visible}
ORDER BY md5(i.id || %(period)s), i.id
LIMIT greatest(%(spot)s, (SELECT count(*) / 100 FROM dossier_item i JOIN matter m ON m.number = i.matter
    WHERE i.uploaded_at > %(since)s AND i.uploaded_at <= %(until)s AND {visible}))
""")


async def build_spot_check_section(asked: Asked) -> ReportSection:
    """Which scans of the week somebody is to hold against their papers."""
    arguments = asked.build_arguments(spot=_SPOT_CHECKED, period=f"{asked.until:%Y-%m-%d}")
    found = await fetch_planned(asked.connection, _DRAWN.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    rows: list[list[Cell]] = [
        [row.matter, row.of_matter, row.title, row.version, asked.names.get_unit_name(row.unit_id), row.declared_by or "", ""]
        for row in found
    ]
    columns = [
        *(
            build_column("编号", 18),
            build_column("标题", 40),
            build_column("材料", 24),
            build_column("版本", 6),
            build_column("单位", 20),
        ),
        *(build_column("声明人", 10), build_column("核对结果（手填）", 20)),
    ]
    return build_section(
        "spot-check", "抽查名单", "期间内入卷的扫描件按次序随机抽取百分之一，至少十件，与纸质逐一核对", columns, rows
    )


async def _list_owed(asked: Asked) -> Sequence[_Owed]:
    return await fetch_planned(asked.connection, _OWED, _build_arguments(asked))


def _build_arguments(asked: Asked) -> dict[str, object]:
    return asked.build_arguments(within=WITHIN, kinds=[str(each) for each in SCANNED], units=list(asked.scope.units))


async def _group(asked: Asked, id_: str, zh: str, heading: str, group: Callable[[_Owed], str]) -> ReportSection:
    groups = defaultdict[str, list[_Owed]](list)
    for row in await _list_owed(asked):
        groups[group(row)].append(row)
    rows: list[list[Cell]] = [[name, *_sum_up(groups[name])] for name in sorted(groups)]
    return build_section(id_, zh, _COUNTS, [build_column(heading, 24), *(build_column(*each) for each in _TOLD)], rows)


def _sum_up(rows: Sequence[_Owed]) -> list[Cell]:
    owed, in_time, late, undeclared = (
        sum(getattr(row, name) for row in rows) for name in ("owed", "in_time", "late", "undeclared")
    )
    scanned = in_time + late
    return [owed, in_time, late, owed - scanned, _share(in_time, owed), undeclared, _share(scanned - undeclared, scanned)]


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _place_of(row: _Owed) -> str:
    """Where papers of that type lie in the dossier."""
    of: Mapping[str, str] = {type_: place.zh for place in get_places(row.kind) for type_ in place.documents}
    return f"{Kind(row.kind).zh}·{of.get(row.type, '其他材料')}"
