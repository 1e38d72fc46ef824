"""The board of searches for people (查找失联人员): what is open now, and how those came out that were reported in a period.

Whoever is counted was reported in the period, however late they are found: so a month is always of the same people, as far as they are found.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.forms.form import describe_code
from models.forms.missing_found import ConfirmClosure, FindPerson
from models.missing_grading import AGED, CHILD, MINOR
from models.readmodel.board_figures import Period
from models.readmodel.pagination import build_visible_sql, fetch_planned
from models.readmodel.six_elements import QueueBoard
from models.store.connection import Connection, Query

# As they are graded: a child, a minor, an adult, somebody old.
_AGES = (
    (f"不满{CHILD}周岁", 0, CHILD),
    (f"{CHILD}至{MINOR}周岁", CHILD, MINOR),
    (f"{MINOR}至{AGED}周岁", MINOR, AGED),
    (f"{AGED}周岁以上", AGED, 200),
)
_DAY, _THREE_DAYS, _WEEK = (timedelta(days=n) for n in (1, 3, 7))


class FoundBy(BaseModel):
    """How many were found in that way."""

    how: str
    zh: str
    count: int


class SearchFigures(BaseModel):
    """How the searches came out of whoever was reported in the period; minutes run from the report to the finding."""

    reported: int = Field(title="失联报告")
    found: int = Field(title="已找到")
    found_rate: float | None = Field(title="找到率（%）")
    within_day: int = Field(title="24小时内找到")
    within_three_days: int = Field(title="72小时内找到")
    within_week: int = Field(title="7日内找到")
    mean_minutes: int | None = Field(title="平均用时（分钟）", description="不含自行返回的")
    median_minutes: int | None = Field(title="用时中位数（分钟）", description="不含自行返回的")
    self_returned: int = Field(title="自行返回")
    dead: int = Field(title="死亡")
    cases: int = Field(title="立为案件")
    tasks: int = Field(title="下达的协同任务")
    by_how: list[FoundBy] = Field(title="如何找到")


GroupedBy = Literal["unit", "age", "cause"]
GROUPED_BY: Mapping[GroupedBy, str] = {"unit": "单位", "age": "年龄", "cause": "失联原因"}


class SearchGroup(BaseModel):
    """How the searches came out of those of one unit, one age, or one cause."""

    by: GroupedBy = Field(title="分组", description="、".join(f"{by} {zh}" for by, zh in GROUPED_BY.items()))
    zh: str = Field(title="名称")
    reported: int = Field(title="失联报告")
    found: int = Field(title="已找到")
    found_rate: float = Field(title="找到率（%）")
    mean_minutes: int | None = Field(title="平均用时（分钟）", description="不含自行返回的")


class SearchBoard(QueueBoard):
    """What is open of searches and tasks, unit by unit, and the figures of a period."""

    at: AwareDatetime = Field(title="统计时间")
    since: date = Field(title="本期自")
    until: date = Field(title="本期至")
    figures: SearchFigures
    groups: list[SearchGroup]


class Searched(NamedTuple):
    """A search that was reported in the period: whose, of whom, how long until they were found, if they were, how, and why they were gone."""

    took_s: float | None
    how: str
    state: str
    is_case: bool
    tasks: int
    unit_zh: str
    age: int
    cause: str


# What was found to be nobody's absence is none that could be found.
SEARCHES = Query[Searched]("""
SELECT CASE WHEN found.at IS NOT NULL THEN greatest(extract(epoch FROM found.at - r.at), 0)::float END AS took_s, coalesce(found.how, '') AS how, coalesce(found.state, '') AS state,
    EXISTS (SELECT FROM fact c WHERE c.matter = m.number AND c.fact = 'missing.crime-suspected') AS is_case,
    (SELECT count(*)::int FROM matter t WHERE t.parent = m.number AND t.kind = 'joint-task') AS tasks,
    u.zh AS unit_zh, coalesce((told.form ->> 'age')::int, -1) AS age, coalesce(closed.cause, '') AS cause
FROM matter m JOIN unit u ON u.id = m.unit_id JOIN fact r ON r.matter = m.number AND r.fact = 'missing.reported' LEFT JOIN LATERAL (
    SELECT f.at, e.content::json #>> '{{form,how}}' AS how, e.content::json #>> '{{form,state}}' AS state
    FROM fact f JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.sort = 'step'
    WHERE f.matter = m.number AND f.fact = 'missing.found' AND m.stage IN ('found', 'found_dead', 'closed', 'archived')
    ORDER BY f.seq DESC LIMIT 1) found ON true
LEFT JOIN LATERAL (SELECT e.content::json -> 'form' AS form FROM entry e WHERE e.chain = m.number AND e.position = 1) told ON true
LEFT JOIN LATERAL (
    SELECT e.content::json #>> '{{form,cause}}' AS cause FROM entry e
    WHERE e.chain = m.number AND e.step = 'confirm-closure' AND e.sort = 'step' AND m.stage IN ('closed', 'archived')
    ORDER BY e.position DESC LIMIT 1) closed ON true
WHERE m.kind = 'missing-person' AND m.stage <> 'false_report' AND r.at >= %(since)s AND r.at < %(until)s AND {visible}
""")


async def read_searches(connection: Connection, scope: Scope, period: Period, open_: QueueBoard, now: datetime) -> SearchBoard:
    """The board of that period, beside what is open now."""
    since, until = (datetime.combine(day, time(), SHANGHAI) for day in (period.since, period.until + timedelta(days=1)))
    rows = await load_searches(connection, scope, since, until)
    return SearchBoard(
        elements=open_.elements,
        units=open_.units,
        at=now.astimezone(SHANGHAI),
        since=period.since,
        until=period.until,
        figures=count_searches(rows),
        groups=group_searches(rows),
    )


async def load_searches(connection: Connection, scope: Scope, since: datetime, until: datetime) -> list[Searched]:
    """The searches for whoever was reported in that time, as far as a person of that scope may know of them."""
    arguments: dict[str, Any] = {"since": since, "until": until}
    return await fetch_planned(connection, SEARCHES.format(visible=build_visible_sql(scope, arguments)), arguments)


def group_searches(rows: Sequence[Searched]) -> list[SearchGroup]:
    """The figures of these searches by unit, by age and, as far as they are closed, by cause; the largest first, ages by their order."""
    by_unit = Counter(each.unit_zh for each in rows).most_common()
    by_cause = Counter(each.cause for each in rows if each.cause).most_common()
    return [
        *(_build_group("unit", zh, [each for each in rows if each.unit_zh == zh]) for zh, _ in by_unit),
        *(
            _build_group("age", zh, among)
            for zh, low, high in _AGES
            if (among := [each for each in rows if low <= each.age < high])
        ),
        *(
            _build_group(
                "cause", describe_code(ConfirmClosure.model_fields["cause"], cause), [each for each in rows if each.cause == cause]
            )
            for cause, _ in by_cause
        ),
    ]


def _build_group(by: GroupedBy, zh: str, among: list[Searched]) -> SearchGroup:
    figures = count_searches(among)
    return SearchGroup(
        by=by,
        zh=zh,
        reported=figures.reported,
        found=figures.found,
        found_rate=figures.found_rate or 0.0,
        mean_minutes=figures.mean_minutes,
    )


def count_searches(rows: list[Searched]) -> SearchFigures:
    """The figures of these searches; who came back by themselves counts as found, and in no time."""
    found = [timedelta(seconds=each.took_s) for each in rows if each.took_s is not None]
    searched = sorted(each.took_s // 60 for each in rows if each.took_s is not None and each.how != "self-returned")
    ways = {each.how: sum(other.how == each.how for other in rows) for each in rows if each.how}
    middle = len(searched) // 2
    return SearchFigures(
        reported=len(rows),
        found=len(found),
        found_rate=round(100 * len(found) / len(rows), 1) if rows else None,
        within_day=sum(each <= _DAY for each in found),
        within_three_days=sum(each <= _THREE_DAYS for each in found),
        within_week=sum(each <= _WEEK for each in found),
        mean_minutes=round(sum(searched) / len(searched)) if searched else None,
        median_minutes=round((searched[middle] + searched[-middle - 1]) / 2) if searched else None,
        self_returned=ways.get("self-returned", 0),
        dead=sum(each.state == "dead" for each in rows),
        cases=sum(each.is_case for each in rows),
        tasks=sum(each.tasks for each in rows),
        by_how=[
            FoundBy(how=how, zh=describe_code(FindPerson.model_fields["how"], how), count=many)
            for how, many in sorted(ways.items(), key=lambda way: (-way[1], way[0]))
        ],
    )
