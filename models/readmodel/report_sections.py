"""The sections of reports (报告): each a table of what a list or a board shows of a unit at that instant, read from the same tables.

Of sealed files a report lists nothing, since it is read by everybody who reads the unit.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from law.clock import Colour
from law.facts import Fact
from models.access.scope import Scope
from models.matter import Kind
from models.readmodel.alerts import list_alerts
from models.readmodel.board_calls import GROUPS, count_by_group, count_calls
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_figures import Period, read_supervision
from models.readmodel.board_shapes import Rate
from models.readmodel.board_tallies import RUNNING
from models.readmodel.pagination import build_visible_clocks_sql, build_visible_sql, fetch_planned
from models.reports import Cell, Correction, ReportColumn, ReportContent, ReportSection
from models.sensitivity import CRITERIA
from models.store.connection import Connection, Query
from models.store.marks import SENSITIVE
from models.store.sensitivity import build_marks_sql

# More than a meeting reads; the rest is told by its number, and stands in the lists.
MOST_ROWS = 200

_NUMBER, _TITLE = ReportColumn(heading="编号", width=18), ReportColumn(heading="标题", width=40)
_UNIT, _KIND = "单位", "种类"
_TURN = ReportColumn(heading="现在轮到", width=34)
_OPEN_TURNS = "(SELECT string_agg(DISTINCT t.words, '；') FROM task t WHERE t.matter = m.number AND t.done_at IS NULL AND t.sort IN ('turn', 'approval'))"


class Asked(NamedTuple):
    """Of which unit a report is, of which period, and as of when."""

    connection: Connection
    unit: str
    scope: Scope
    names: DisplayNames
    since: datetime
    until: datetime
    as_of: datetime

    def build_arguments(self, **more: Any) -> dict[str, Any]:
        """Its instants, for statements."""
        return {"since": self.since, "until": self.until, "as_of": self.as_of, "most": MOST_ROWS + 1, **more}


def build_made_up_section(asked: Asked) -> ReportSection:
    """That the report was not made in its time, and so does not say what then was open."""
    counts = f"应于{format_minute(asked.until)}制作，因停机于{format_minute(asked.as_of)}补制；当时未结、超期的情况已无法读取，以下只列期间内发生的事项"
    return build_section("made-up-for", "补制说明", counts, [], [])


def build_correction_section(told: ReportContent, of: Correction, *, latest: bool) -> ReportSection:
    """Why there is this edition, the digest of the one before, and each row in which they differ."""
    states = (
        f"未结、超期等情况为{format_minute(told.as_of)}的情况"
        if latest
        else "当时未结、超期的情况已无法读取，以下只列期间内发生的事项"
    )
    counts = f"第{of.edition}版更正第{of.edition - 1}版（摘要{of.sm3_before[:16]}，仍可查阅）。理由：{of.reason}。更正人：{of.by_zh}。{states}"
    columns = [build_column("章节", 16), build_column("变化", 10), build_column("内容", 100)]
    return build_section("correction", "更正说明", counts, columns, _list_differences(of.before.sections, told.sections))


def _list_differences(before: Sequence[ReportSection], now: Sequence[ReportSection]) -> list[list[Cell]]:
    """The rows that only one of two editions has, section by section."""
    former, found = {each.id: each.rows for each in before}, list[list[Cell]]()
    for section in now:
        rows = former.get(section.id, [])
        found.extend([section.zh, "原版所列", _join_cells(row)] for row in rows if row not in section.rows)
        found.extend([section.zh, "更正后", _join_cells(row)] for row in section.rows if row not in rows)
    return found


def _join_cells(row: Sequence[Cell]) -> str:
    return "；".join(str(cell) for cell in row if cell not in (None, ""))


class _Matter(NamedTuple):
    """A matter of a list; `turn`: what is awaited of whom, None where nothing is."""

    number: str
    kind: str
    title: str
    unit_id: str
    officer: str | None
    colour: str
    at: datetime
    turn: str | None


_MATTERS = Query[_Matter](f"""
SELECT m.number, m.kind, m.title, m.unit_id, p.zh AS officer, m.colour, {{at}} AS at, {_OPEN_TURNS} AS turn
FROM matter m LEFT JOIN person p ON p.username = m.officer
WHERE m.kind NOT IN ('canary', 'delivery') AND {{which}} AND {{visible}} ORDER BY {{order}}, m.number LIMIT %(most)s
""")


async def build_opened_section(asked: Asked) -> ReportSection:
    """What was opened in the period."""
    rows = await _list_matters(asked, "m.opened_at > %(since)s AND m.opened_at <= %(until)s", "m.opened_at")
    return _build_matters_section("opened", "新增事项", "期间内创建的事项", "创建时间", rows)


async def build_unfinished_section(asked: Asked) -> ReportSection:
    """Incidents of the period that are not done with."""
    which = "m.kind = 'incident' AND NOT m.final AND m.opened_at > %(since)s AND m.opened_at <= %(until)s"
    rows = await _list_matters(asked, which, "m.opened_at")
    return _build_matters_section(
        "unfinished-incidents", "未清零警情", "期间内接报、尚未办结的警情及其所欠的一步", "接警时间", rows
    )


async def open_orders(asked: Asked) -> ReportSection:
    """Orders that are not carried out, the oldest first."""
    rows = await _list_matters(asked, "m.kind = 'rectification-order' AND NOT m.final", "m.opened_at")
    return _build_matters_section("orders", "未销号整改指令", "尚未核查通过、也未撤销的整改指令单", "下达时间", rows)


async def build_supervisions_section(asked: Asked) -> ReportSection:
    """What several offices watch together."""
    rows = await _list_matters(asked, "m.kind = 'supervision' AND NOT m.final", "m.opened_at")
    return _build_matters_section("supervisions", "督办事项", "尚未解除的督办", "发起时间", rows)


class _Sensitive(NamedTuple):
    """A sensitive case: by which criteria and since when, whose turn it is, when superiors were told last, and how much was done in the period."""

    number: str
    kind: str
    title: str
    officer: str | None
    criteria: list[str]
    since: datetime
    turn: str | None
    reported_at: datetime | None
    steps: int


_SENSITIVE = Query[_Sensitive](f"""
SELECT m.number, m.kind, m.title, p.zh AS officer, marks.criteria, marks.since, {_OPEN_TURNS} AS turn,
    (SELECT max(f.at) FROM fact f WHERE f.matter = m.number AND f.fact = 'case.sensitive-reported' AND f.seq > marks.seq) AS reported_at,
    (SELECT count(*)::int FROM entry e WHERE e.chain = m.number AND e.sort = 'step' AND e.recorded_at > %(since)s) AS steps
FROM matter m LEFT JOIN person p ON p.username = m.officer JOIN LATERAL (
    SELECT min(e.recorded_at) AS since, min(e.seq) AS seq, array_agg(DISTINCT each.code) AS criteria
    FROM {build_marks_sql("m.number")}, json_array_elements_text(e.content::json #> '{{{{form,criteria}}}}') each (code)
) marks ON true
WHERE {SENSITIVE} AND {{visible}}
ORDER BY marks.since, m.number LIMIT %(most)s
""")


async def build_sensitive_section(asked: Asked) -> ReportSection:
    """Sensitive cases until they are unmarked, whatever their size: how each stands, and what comes next by whom."""
    arguments = asked.build_arguments()
    rows = await fetch_planned(asked.connection, _SENSITIVE.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    columns = [
        *(_NUMBER, build_column(_KIND, 12), _TITLE, build_column("办案民警", 10), build_column("敏感情形", 40)),
        *(build_column("列为敏感的时间", 16), build_column("最近报备", 16), build_column("本期办理步骤", 12), _TURN),
    ]
    cells: list[list[Cell]] = [
        [
            *(
                m.number,
                Kind(m.kind).zh,
                m.title,
                m.officer or "",
                "；".join(zh for code, zh in CRITERIA.items() if code in m.criteria),
            ),
            *(format_minute(m.since), format_minute(m.reported_at) if m.reported_at else "尚未报备", m.steps, m.turn or ""),
        ]
        for m in rows
    ]
    counts = "现在列为敏感的警情和案件，不论大小，逐件听取进展、确定下一步和责任人；经法制部门和局领导解除后不再列出"
    return build_section("sensitive", "敏感案件", counts, columns, cells)


# How long a request waits before a meeting asks why.
_WAITS = "2 hours"
_WAITING = f"""EXISTS (SELECT FROM task t WHERE t.matter = m.number AND t.sort = 'approval' AND t.done_at IS NULL
    AND t.opened_at < %(as_of)s - interval '{_WAITS}')"""
_STANDS_STILL = "EXISTS (SELECT FROM finding g WHERE g.subject = m.number AND g.rule IN ('case-hanging', 'case-standing-still') AND g.gone_at IS NULL)"


async def build_waiting_section(asked: Asked) -> ReportSection:
    """Matters in which a request has waited for its approval for more than two hours."""
    rows = await _list_matters(asked, _WAITING, "m.updated_at")
    return _build_matters_section("waiting-requests", "待批超过两小时", "有呈请待审批超过两小时的事项", "最近办理时间", rows)


async def build_stalled_section(asked: Asked) -> ReportSection:
    """Cases on which nobody works, or that have hung for years, as inspections find them."""
    rows = await _list_matters(asked, _STANDS_STILL, "m.stage_since")
    return _build_matters_section("standing-still", "停滞和挂案", "巡查发现停滞、挂案，尚未消除的案件", "进入本阶段的时间", rows)


async def _list_matters(asked: Asked, which: str, at: str) -> list[_Matter]:
    arguments = asked.build_arguments()
    sql = _MATTERS.format(at=at, which=which, visible=build_visible_sql(asked.scope, arguments), order=at)
    return await fetch_planned(asked.connection, sql, arguments)


def _build_matters_section(id_: str, zh: str, counts: str, at: str, rows: list[_Matter]) -> ReportSection:
    columns = [
        _NUMBER,
        build_column(_KIND, 12),
        _TITLE,
        build_column("办案民警", 10),
        build_column(at, 16),
        build_column("预警", 10),
        _TURN,
    ]
    return build_section(
        id_,
        zh,
        counts,
        columns,
        [
            [m.number, Kind(m.kind).zh, m.title, m.officer or "", format_minute(m.at), Colour(m.colour).label, m.turn or ""]
            for m in rows
        ],
    )


class _Clock(NamedTuple):
    """A running limit of a list, with the matter it is of."""

    matter: str
    zh: str
    title: str
    unit_id: str
    officer: str | None
    due_at: datetime
    liberty: bool
    colour: str
    order_number: str | None
    order_turn: str | None


_CLOCKS = Query[_Clock](f"""
SELECT c.matter, c.zh, own.title, c.unit_id, p.zh AS officer, c.due_at, c.liberty, c.colour, m.number AS order_number,
    CASE WHEN m.number IS NOT NULL THEN {_OPEN_TURNS} END AS order_turn
FROM clock c JOIN matter own ON own.number = c.matter LEFT JOIN person p ON p.username = c.officer
LEFT JOIN LATERAL (
    SELECT number FROM matter o WHERE o.parent = c.matter AND o.kind = 'rectification-order' AND NOT o.final AND NOT o.sealed
        AND cardinality(o.kept_from) = 0
    ORDER BY number DESC LIMIT 1
) m ON true
WHERE {RUNNING} AND {{which}} AND {{visible}}
ORDER BY c.liberty DESC, c.due_at, c.id LIMIT %(most)s
""")


async def build_due_section(asked: Asked, within: timedelta) -> ReportSection:
    """Limits that end within so long, those on liberty first."""
    rows = await _list_clocks(asked, "c.due_at >= %(as_of)s AND c.due_at < %(soon)s", soon=asked.as_of + within)
    hours = int(within / timedelta(hours=1))
    return _build_clocks_section(
        "due-soon", f"{hours}小时内届满", f"数据时间起{hours}小时内届满的期限，人身自由的在前", asked, rows, left="剩余"
    )


async def build_overdue_section(asked: Asked) -> ReportSection:
    """Limits that have run out and still run, with the order over each."""
    rows = await _list_clocks(asked, "c.due_at < %(as_of)s")
    return _build_clocks_section(
        "overdue", "已经超期", "已经届满、仍未办结的期限，人身自由的（红牌）在前", asked, rows, left="已超"
    )


async def build_custody_section(asked: Asked) -> ReportSection:
    """Who is held or under a measure, by the limit that ends next."""
    rows = await _list_clocks(asked, "c.liberty AND c.due_at >= %(as_of)s")
    counts = "正在计算的人身自由期限，一人有几项的分别列出"
    return _build_clocks_section("held", "在办案区、羁押和强制措施中的人员", counts, asked, rows, left="剩余")


async def _list_clocks(asked: Asked, which: str, **more: datetime) -> list[_Clock]:
    arguments = asked.build_arguments(**more)
    sql = _CLOCKS.format(which=which, visible=build_visible_clocks_sql(asked.scope, arguments))
    return await fetch_planned(asked.connection, sql, arguments)


def _build_clocks_section(id_: str, zh: str, counts: str, asked: Asked, rows: list[_Clock], left: str) -> ReportSection:
    columns = [
        *(build_column("期限", 30), build_column("届满时间", 16), build_column(left, 14), _NUMBER, _TITLE),
        *(build_column("办案民警", 10), build_column("人身自由", 8), build_column("整改指令", 18), build_column("整改所处", 24)),
    ]
    return build_section(
        id_,
        zh,
        counts,
        columns,
        [
            [
                *(c.zh, format_minute(c.due_at), _format_span(abs(c.due_at - asked.as_of)), c.matter, c.title, c.officer or ""),
                *("是" if c.liberty else "", c.order_number or "", c.order_turn or ""),
            ]
            for c in rows
        ],
    )


async def build_alerts_section(asked: Asked) -> ReportSection:
    """Risk alerts that nobody has settled yet, as their desk lists them."""
    page = await list_alerts(asked.connection, asked.scope, {"open": "true"}, None, MOST_ROWS)
    columns = [
        *(
            build_column("等级", 8),
            _NUMBER,
            build_column("规则或者问题", 34),
            build_column("涉及事项", 30),
            build_column("主要依据", 46),
        ),
        *(build_column("承办民警", 10), build_column("提示时间", 16), build_column("处置期限", 16)),
    ]
    rows = [_build_alert_cells(json.loads(item)) for item in page.items]
    counts = "巡查和人工发现、尚未办结、排除或者自行消除的"
    return ReportSection(id="alerts", zh="未处置风险提示", counts=counts, columns=columns, rows=rows, more=page.after is not None)


def _build_alert_cells(alert: Mapping[str, Any]) -> list[Cell]:
    raised, due = (alert[name] and format_minute(datetime.fromisoformat(alert[name])) for name in ("opened_at", "due_at"))
    return [
        *(Colour(alert["severity"]).label, alert["number"], alert["title"], alert["subject_title"] or ""),
        *("；".join(alert["evidence"] or ()), alert["officer_zh"] or "", raised, due or ""),
    ]


# What a meeting counts of a period, and the facts by which it is counted.
_COUNTED: Sequence[tuple[str, tuple[Fact, ...]]] = (
    ("刑事立案", (Fact.CASE_FILED,)),
    ("不予立案", (Fact.CASE_NOT_FILED,)),
    ("行政立案", (Fact.PUBLIC_ORDER_CASE_FILED, Fact.OTHER_LAW_CASE_FILED)),
    ("传唤、拘传到案", (Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED, Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW)),
    ("刑事拘留", (Fact.DETENTION_EXECUTED,)),
    ("逮捕", (Fact.ARREST_EXECUTED,)),
    ("取保候审", (Fact.BAIL_DECIDED,)),
    ("监视居住", (Fact.SURVEILLANCE_DECIDED,)),
    ("行政处罚决定", (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED)),
    ("移送审查起诉", (Fact.CASE_SENT_TO_PROCURATORATE,)),
)


class _Count(NamedTuple):
    """How many facts of that name happened in the period."""

    fact: str
    n: int


_FACTS = Query[_Count]("""
SELECT f.fact, count(*)::int AS n FROM fact f JOIN matter m ON m.number = f.matter
WHERE f.at > %(since)s AND f.at <= %(until)s AND f.fact = ANY(%(facts)s) AND NOT f.said ? 'told_by' AND {visible} GROUP BY 1
""")
_INCIDENTS = Query[int]("""
SELECT count(*)::int FROM matter m WHERE m.kind = 'incident' AND m.opened_at > %(since)s AND m.opened_at <= %(until)s AND {visible}
""")


async def build_figures_section(asked: Asked) -> ReportSection:
    """What happened in the period, in figures, beside the period before. None of them is a target."""
    before = asked._replace(since=asked.since - (asked.until - asked.since), until=asked.since)
    now, then = await _load_counts(asked), await _load_counts(before)
    columns = [build_column("指标", 20), build_column("本期", 8), build_column("上期", 8)]
    counts = "期间内发生的事项，按事实发生的时间；仅供掌握情况，不作为考核指标"
    return build_section("figures", "数字概览", counts, columns, [[zh, now[zh], then[zh]] for zh in now])


async def _load_counts(asked: Asked) -> dict[str, int]:
    arguments = asked.build_arguments(facts=[str(fact) for _, facts in _COUNTED for fact in facts])
    shown = build_visible_sql(asked.scope, arguments)
    (incidents,) = await fetch_planned(asked.connection, _INCIDENTS.format(visible=shown), arguments)
    found = {row.fact: row.n for row in await fetch_planned(asked.connection, _FACTS.format(visible=shown), arguments)}
    return {"接报警情": incidents, **{zh: sum(found.get(fact, 0) for fact in facts) for zh, facts in _COUNTED}}


async def build_calls_section(asked: Asked) -> ReportSection:
    """The incidents of the period by their groups, beside the period before."""
    first = asked.since - (asked.until - asked.since)
    # A period ends with its last instant, which a board counts to what follows.
    rows = await count_calls(
        asked.connection, asked.scope, *(each + timedelta(microseconds=1) for each in (first, asked.since, asked.until))
    )
    zh = {"": "全部警情", **GROUPS}
    columns = [build_column("警情大类", 16), build_column("本期", 8), build_column("上期", 8), build_column("环比%", 10)]
    cells: list[list[Cell]] = [
        [zh[of.category], of.count, of.before, of.change] for of in count_by_group(rows) if of.count or of.before or not of.category
    ]
    return build_section("calls", "警情分类", "期间内接报的警情，按接警时所定的大类；上期不足十起的不比较", columns, cells)


async def build_rates_section(asked: Asked) -> ReportSection:
    """The rates of the supervision board, of each unit, for the days of the period."""
    first, last = (each.astimezone(SHANGHAI).date() for each in (asked.since, asked.until - timedelta(microseconds=1)))
    board = await read_supervision(asked.connection, asked.scope, Period(first, last), asked.names, asked.as_of)
    zh = {each.figure: each.zh for each in board.figures}
    columns = [build_column(_UNIT, 20), *(build_column(name, width) for name, width in _OF_RATES)]
    cells = [[unit.zh, zh[rate.figure], *_build_rate_cells(rate)] for unit in board.units for rate in unit.rates]
    return build_section("rates", "执法监督指标", "与“执法监督”看板同一时间的数字相同；分母不足五的只列分子分母", columns, cells)


_OF_RATES = (("指标", 16), ("分子", 8), ("分母", 8), ("占比%或每百件", 14), ("上期", 10), ("环比", 8))


def _build_rate_cells(rate: Rate) -> list[Cell]:
    return [rate.above, rate.below, rate.rate, rate.before_rate, rate.change]


# Days since a matter was opened, and what its band is called.
_BANDS = ((30, "30日以内"), (90, "31至90日"), (180, "91至180日"), (730, "181日至两年"), (None, "两年以上"))


class _Age(NamedTuple):
    """How many open matters of a kind in a unit were opened so long ago."""

    unit_id: str
    kind: str
    band: int
    n: int


_AGES = Query[_Age]("""
SELECT m.unit_id, m.kind, width_bucket(extract(epoch FROM %(as_of)s - m.opened_at)::float / 86400, ARRAY[30, 90, 180, 730]::float[]) AS band,
    count(*)::int AS n
FROM matter m WHERE NOT m.final AND m.kind IN ('criminal-case', 'public-order-case') AND m.kind || '/' || m.stage <> ALL(%(settled)s) AND {visible}
GROUP BY 1, 2, 3
""")


async def build_stock_section(asked: Asked) -> ReportSection:
    """Open cases of each unit by their age."""
    arguments = asked.build_arguments(settled=[f"{kind}/{stage}" for kind, stage in asked.names.settled])
    rows = await fetch_planned(asked.connection, _AGES.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    found = {(row.unit_id, row.kind, row.band): row.n for row in rows}
    of = sorted({(row.unit_id, row.kind) for row in rows}, key=lambda each: (asked.names.get_unit_path(each[0]), each[1]))
    columns = [build_column(_UNIT, 20), build_column(_KIND, 12), *(build_column(zh, 12) for _, zh in _BANDS)]
    cells: list[list[Cell]] = [
        [asked.names.get_unit_name(unit), Kind(kind).zh, *(found.get((unit, kind, band), 0) for band in range(len(_BANDS)))]
        for unit, kind in of
    ]
    return build_section("stock", "未结案件存量", "尚未办结的刑事案件和行政案件，按受理以来的日数", columns, cells)


def build_section(id_: str, zh: str, counts: str, columns: list[ReportColumn], rows: list[list[Cell]]) -> ReportSection:
    """A section of these rows, as many as a meeting reads."""
    # One more than is listed was asked for, to know whether more follow.
    return ReportSection(id=id_, zh=zh, counts=counts, columns=columns, rows=rows[:MOST_ROWS], more=len(rows) > MOST_ROWS)


def build_column(heading: str, width: int) -> ReportColumn:
    """A column of a section."""
    return ReportColumn(heading=heading, width=width)


def format_minute(at: datetime) -> str:
    """An instant as reports write it."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _format_span(length: timedelta) -> str:
    minutes = int(length / timedelta(minutes=1))
    days, hours = divmod(minutes // 60, 24)
    return f"{days}天{hours}小时" if days else f"{hours}小时{minutes % 60}分"
