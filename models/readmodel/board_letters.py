"""The board of letters from the public (群众来信): how many came in a period, by what way and about what, and whether what was promised was kept.

Whoever wrote is counted in the period in which the letter came, however late it is answered. What is for few to read is counted for those
few; who may know that there is such a letter, and not what it says, finds it under no channel and no label.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, get_args

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import SHANGHAI
from law.time_limits import get_limits
from models.access.scope import Scope
from models.catalogues.editions import load_catalogue
from models.forms.form import describe_code
from models.forms.letter import Channel, EvaluateLetter, OpenLetter, Sort
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_figures import Period
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned
from models.readmodel.six_elements import QueueBoard
from models.store.connection import Connection, Query

NOBODY_SAID = "none"
"""How those are called that are not labelled, not evaluated, or not for the reader to know of."""
PROMISED = (
    *("sla-mailbox-sign", "sla-mailbox-respond", "sla-mailbox-first-feedback", "letter-hotline-conclude"),
    *("letter-conduct-accept", "letter-conduct-conclude", "letter-rating-call", "letter-tip-accept", "tip-verify"),
    *("letter-evaluate", "letter-dissatisfied-call", "letter-conclude-again"),
    *("petition-acceptance-notice", "petition-conclude"),
)
"""The limits that the board tells apart: what is promised to those who write, and what the regulation gives a petition."""
REPEATED_WITHIN = timedelta(days=30)


class LetterCount(BaseModel):
    """How many letters are of one sort in some respect, and what became of them; `change` against the period before in percent."""

    code: str
    zh: str
    count: int = Field(title="来信")
    before: int = Field(title="上期来信")
    open: int = Field(title="尚未办结")
    satisfied: int = Field(title="评价满意")
    evaluated: int = Field(title="已评价")
    repeated: int = Field(title="重复来信")
    reopened: int = Field(title="重办")


class PromiseCount(BaseModel):
    """Of how many letters of the period a promise was kept, or what a unit promised, and how long what was done took."""

    code: str = Field(description="时限的代码，或者单位")
    zh: str
    kept: int = Field(title="按期")
    late: int = Field(title="逾期完成")
    broken: int = Field(title="届满未完成")
    running: int = Field(title="尚未届满")
    mean_minutes: int | None = Field(title="平均用时（分钟）", description="已经完成的；没有的为空")


class LetterBoard(QueueBoard):
    """What waits of letters, and the figures of those that came in a period."""

    at: AwareDatetime = Field(title="统计时间")
    since: date = Field(title="本期自")
    until: date = Field(title="本期至")
    total: LetterCount
    channels: list[LetterCount] = Field(title="按来信渠道")
    sorts: list[LetterCount] = Field(title="按来信性质")
    classes: list[LetterCount] = Field(title="按主标签的小类")
    of_units: list[LetterCount] = Field(title="按单位")
    scores: list[LetterCount] = Field(title="按评价")
    promises: list[PromiseCount] = Field(title="按时限")
    promises_of_units: list[PromiseCount] = Field(title="各单位全部时限", description="一件来信有几项时限的，各种结果分别计一件")


class _Letters(NamedTuple):
    """How many letters of the period, or of the one before, agree in all of this."""

    before: bool
    unit_id: str
    channel: str
    sort: str
    subclass: str
    score: str
    is_open: bool
    repeated: bool
    reopened: bool
    n: int


_SAID = """LEFT JOIN LATERAL (
    SELECT (array_agg(x.content::json #>> '{{form,labels,0}}' ORDER BY x.position DESC) FILTER (WHERE x.step = 'classify-letter'))[1] AS label,
        (array_agg(x.content::json #>> '{{form,score}}' ORDER BY x.position DESC) FILTER (WHERE x.step = 'evaluate-letter'))[1] AS score
    FROM entry x WHERE x.chain = m.number AND x.sort = 'step' AND x.step IN ('classify-letter', 'evaluate-letter')) s ON true"""
_WRITTEN = f"""
SELECT m.number, m.unit_id, m.stage, m.opened_at, {{known}} AS known,
    CASE WHEN {{known}} THEN o.channel ELSE '{NOBODY_SAID}' END AS channel, CASE WHEN {{known}} THEN o.sort ELSE '{NOBODY_SAID}' END AS sort,
    CASE WHEN {{known}} THEN coalesce(s.label, '{NOBODY_SAID}') ELSE '{NOBODY_SAID}' END AS label, coalesce(s.score, '{NOBODY_SAID}') AS score,
    m.stage IN ('received', 'signed', 'handling', 'handling_again') AS is_open,
    CASE WHEN {{known}} THEN coalesce(nullif(w.citizen_id, ''), w.said ->> 'phone') END AS writer
FROM matter m JOIN entry e ON e.chain = m.number AND e.position = 1
CROSS JOIN LATERAL json_to_record(e.content::json -> 'form') AS o (channel text, sort text)
{_SAID} LEFT JOIN party w ON w.matter = m.number AND w.id = 'writer'
WHERE m.kind = 'letter' AND m.opened_at >= %(written_since)s AND m.opened_at < %(written_until)s AND {{visible}}"""
TOLD = f"""
WITH written AS MATERIALIZED ({_WRITTEN}), after AS (
    SELECT w.*, CASE WHEN w.writer <> '' AND w.opened_at - lag(w.opened_at) OVER same <= %(within)s THEN lag(w.number) OVER same END AS repeats
    FROM written w WINDOW same AS (PARTITION BY w.writer ORDER BY w.opened_at, w.number)
), told AS (
    SELECT a.*, CASE a.label WHEN '{NOBODY_SAID}' THEN a.label ELSE left(a.label, 4) END AS subclass,
        a.repeats IS NOT NULL OR EXISTS (SELECT FROM link k WHERE k.matter = a.number AND k.relation = 'duplicates') AS repeated,
        EXISTS (SELECT FROM fact f WHERE f.matter = a.number AND f.fact = 'letter.reopened') AS reopened
    FROM after a
)"""
"""Letters that came in a time, each by what the board counts, as far as whoever looks may know it; whoever wrote within the month before repeats."""
COUNTED = Query[_Letters](f"""{TOLD}
SELECT t.opened_at < %(since)s AS before, t.unit_id, t.channel, t.sort, t.subclass, t.score, t.is_open, t.repeated, t.reopened, count(*)::int AS n
FROM told t WHERE t.opened_at >= %(first)s GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
""")


class _Promises(NamedTuple):
    """Of how many letters a limit was kept, or any limit of a unit's letters (the other of the two is empty); `took_s` is the mean over what was done."""

    unit_id: str
    limit_id: str
    kept: int
    late: int
    broken: int
    running: int
    took_s: float | None


OUTCOMES: Mapping[str, str] = {
    "kept": "c.state = 'met'",
    "late": "c.state = 'met-late'",
    "broken": "(c.state = 'overrun' OR c.state = 'running' AND c.due_at <= now())",
    "running": "(c.state = 'running' AND c.due_at > now())",
}
"""SQL conditions: what became of what a clock `c` promised."""
KEPT = Query[_Promises](f"""
SELECT coalesce(m.unit_id, '') AS unit_id, coalesce(c.limit_id, '') AS limit_id, {", ".join(f"count(DISTINCT m.number) FILTER (WHERE {which})::int AS {name}" for name, which in OUTCOMES.items())},
    avg(extract(epoch FROM c.ended_at - c.started_at)) FILTER (WHERE c.state IN ('met', 'met-late'))::float AS took_s
FROM matter m JOIN clock c ON c.matter = m.number AND c.limit_id = ANY(%(limits)s)
WHERE m.kind = 'letter' AND m.opened_at >= %(since)s AND m.opened_at < %(written_until)s AND {{visible}}
GROUP BY GROUPING SETS ((m.unit_id), (c.limit_id))
""")


class Span(NamedTuple):
    """From when on letters came, and until when."""

    since: datetime
    until: datetime


def build_span(period: Period) -> Span:
    """The span of a period of whole days."""
    return Span(*(datetime.combine(each, time(), SHANGHAI) for each in (period.since, period.until + timedelta(days=1))))


def build_instants(span: Span, first: datetime) -> dict[str, Any]:
    """The instants of these statements: of the letters, of those from the first on beside which they are counted, and which they may repeat."""
    return {
        "since": span.since,
        "first": first,
        "written_since": first - REPEATED_WITHIN,
        "written_until": span.until,
        "within": REPEATED_WITHIN,
    }


async def read_letters(
    connection: Connection, scope: Scope, period: Period, open_: QueueBoard, names: DisplayNames, now: datetime
) -> LetterBoard:
    """The board of that period, beside what waits now."""
    span = build_span(period)
    rows, promises = await count_letters(connection, scope, span), await count_promises(connection, scope, span)
    units = sorted({row.unit_id for row in rows}, key=names.get_unit_path)
    called = {unit: names.get_unit_name(unit) for unit in units}
    of_limits = {row.limit_id: row for row in promises if row.limit_id}
    of_units = {row.unit_id: row for row in promises if row.unit_id}
    return LetterBoard(
        elements=open_.elements,
        units=open_.units,
        at=now.astimezone(SHANGHAI),
        since=period.since,
        until=period.until,
        total=build_total(rows),
        channels=_count_by(rows, lambda row: row.channel, CHANNELS),
        sorts=_count_by(rows, lambda row: row.sort, SORTS),
        classes=list_largest_subclasses(rows),
        of_units=_count_by(rows, lambda row: row.unit_id, called),
        scores=_count_by(rows, lambda row: row.score, SCORES),
        promises=[_tell_promise(limit, get_limits()[limit].zh, of_limits[limit]) for limit in PROMISED if limit in of_limits],
        promises_of_units=[_tell_promise(unit, zh, of_units[unit]) for unit, zh in called.items() if unit in of_units],
    )


async def count_letters(connection: Connection, scope: Scope, span: Span) -> list[_Letters]:
    """The letters of a span and of the one of the same length before it, by all that the board tells apart."""
    arguments = build_instants(span, span.since - (span.until - span.since))
    visible, known = build_visible_sql(scope, arguments), build_subject_shown_sql(scope, arguments)
    return await fetch_planned(connection, COUNTED.format(visible=visible, known=known), arguments)


async def count_promises(connection: Connection, scope: Scope, span: Span) -> list[_Promises]:
    """How each promise was kept for the letters of a span, and how each unit kept all of them."""
    arguments = {**build_instants(span, span.since), "limits": [*PROMISED]}
    return await fetch_planned(connection, KEPT.format(visible=build_visible_sql(scope, arguments)), arguments)


def build_total(rows: Sequence[_Letters]) -> LetterCount:
    """All of these letters together."""
    return _count("", "全部来信", rows)


def list_largest_subclasses(rows: Sequence[_Letters]) -> list[LetterCount]:
    """What most of these letters are about, that of which there are most first."""
    return sorted(_count_by(rows, lambda row: row.subclass, list_subclasses()), key=lambda each: -each.count)


def list_subclasses() -> dict[str, str]:
    """What labels are about, by the first part of their codes: 1.03 执法办案·案件进展."""
    labels = load_catalogue("letter-labels").values()
    return {each.code[:4]: f"{each.further['class']}·{each.further['subclass']}" for each in labels} | {NOBODY_SAID: "未标注"}


def _list_called(form: type[OpenLetter | EvaluateLetter], name: str, codes: Iterable[str], nothing: str) -> dict[str, str]:
    return {code: describe_code(form.model_fields[name], code) for code in codes} | {NOBODY_SAID: nothing}


CHANNELS: Mapping[str, str] = _list_called(OpenLetter, "channel", get_args(Channel), "封存")
SORTS: Mapping[str, str] = _list_called(OpenLetter, "sort", get_args(Sort), "封存")
SCORES: Mapping[str, str] = _list_called(
    EvaluateLetter, "score", get_args(EvaluateLetter.model_fields["score"].annotation), "未评价"
)
"""What people call channels, sorts and evaluations."""
_SATISFIED = frozenset({"very", "satisfied", "basic"})


def _count_by(rows: Sequence[_Letters], key: Callable[[_Letters], str], called: Mapping[str, str]) -> list[LetterCount]:
    """The letters by what `key` says of each, in the order in which that is `called`; of what nobody wrote nothing."""
    found: dict[str, list[_Letters]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return [_count(code, zh, found[code]) for code, zh in called.items() if code in found]


def _count(code: str, zh: str, rows: Sequence[_Letters]) -> LetterCount:
    now = [row for row in rows if not row.before]
    return LetterCount(
        code=code,
        zh=zh,
        count=sum(row.n for row in now),
        before=sum(row.n for row in rows if row.before),
        open=sum(row.n for row in now if row.is_open),
        satisfied=sum(row.n for row in now if row.score in _SATISFIED),
        evaluated=sum(row.n for row in now if row.score != NOBODY_SAID),
        repeated=sum(row.n for row in now if row.repeated),
        reopened=sum(row.n for row in now if row.reopened),
    )


def _tell_promise(code: str, zh: str, row: _Promises) -> PromiseCount:
    mean = None if row.took_s is None else round(row.took_s / 60)
    return PromiseCount(code=code, zh=zh, kept=row.kept, late=row.late, broken=row.broken, running=row.running, mean_minutes=mean)
