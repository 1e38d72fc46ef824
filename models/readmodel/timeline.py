"""What a matter has been through: the stages it passed, and for each of its people the measures taken and the limits that ran."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from law.measures import Period, count_days_held, list_periods
from models.access.scope import Person, build_scope
from models.party_ids import NUMBERED, SUSPECT, build_about, get_about_id, get_about_matter, is_numbered
from models.readmodel.pagination import (
    build_not_kept_sql,
    build_subject_shown_sql,
    build_unsealed_sql,
    format_iso_sql,
    parse_instant_sql,
)
from models.store.connection import Connection, Query, begin, fetch_all
from models.store.mappers import parse_fact

_DATED = parse_instant_sql("e.content::json #>> '{form,at}'")
CAME_AT = f"""least(e.recorded_at, coalesce(
    (SELECT f.at FROM fact f WHERE (f.matter, f.seq) = (e.chain, e.seq) AND NOT f.said ? 'told_by' ORDER BY f.n LIMIT 1),
    {_DATED}, e.recorded_at))"""
"""When what an entry `e` says happened: as its officer dated it, or the correction since, and not when it was typed."""
MOVED = "e.sort IN ('step', 'told') AND e.content::json #>> '{recorded,stage}' <> e.content::json ->> 'stage_before'"
"""The condition that an entry `e` led its matter to another stage."""


class _Passed(NamedTuple):
    """A step that led a matter to another stage."""

    step: str
    at: str
    by: str | None
    stage: str


COURSE = Query[_Passed](f"""
SELECT e.step, {format_iso_sql(CAME_AT)} AS at, p.zh AS by, e.content::json #>> '{{recorded,stage}}' AS stage
FROM entry e LEFT JOIN person p USING (username) WHERE e.chain = %(number)s AND {MOVED} ORDER BY e.position
""")
# Of a case the people are its suspects, each a matter of their own; of a sealed one whoever may not open it learns nothing.
_OWN = """
WITH own AS (
    SELECT m.number, m.kind FROM matter m
    WHERE m.number = %(number)s OR (m.parent = %(number)s AND m.kind = 'suspect' AND (%(sealed)s OR {unsealed} AND {told}) AND {known})
)
"""


class _Party(NamedTuple):
    """Somebody in a matter."""

    matter: str
    id: str
    role: str
    name: str


# Somebody who was in the matter before they got a number in it is known by both.
PEOPLE = Query[_Party](f"""
{{own}}
SELECT p.matter, coalesce(substring(concat_ws(' ', p.id, p.said ->> 'also') FROM '{NUMBERED}[0-9]+'), p.id) AS id, p.role, p.name
FROM party p JOIN own ON own.number = p.matter ORDER BY p.matter, p.id
""")


class _Fact(NamedTuple):
    """A fact of a matter."""

    matter: str
    fact: str
    at: datetime
    about: str
    seq: int
    said: dict[str, Any]


FACTS = Query[_Fact](
    """{own} SELECT f.matter, f.fact, f.at, f.about, f.seq, f.said FROM fact f JOIN own ON own.number = f.matter ORDER BY f.seq, f.n"""
)


class _Limit(NamedTuple):
    """A limit that ran for somebody."""

    about: str
    clock: str
    limit: str
    zh: str
    basis: str
    started_at: str | None
    due_at: str | None
    ended_at: str | None
    state: str
    colour: str
    liberty: bool


LIMITS = Query[_Limit](f"""
{{own}}
SELECT c.about, c.id AS clock, c.limit_id AS limit, c.zh, c.basis, {format_iso_sql("c.started_at")} AS started_at, {format_iso_sql("c.due_at")} AS due_at,
    {format_iso_sql("c.ended_at")} AS ended_at, c.state, c.colour, c.liberty
FROM clock c JOIN own ON own.number = c.matter ORDER BY c.started_at, c.id
""")


async def list_stages_passed(
    connection: Connection, number: str, stages: Mapping[str, str], steps: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The stages that a matter passed, in order: when it entered and left each, by which step and whose."""
    rows = await fetch_all(connection, COURSE, {"number": number})
    left = [*(row.at for row in rows[1:]), *(None for _ in rows[-1:])]
    return [
        {
            "stage": row.stage,
            "zh": stages.get(row.stage, row.stage),
            "entered_at": row.at,
            "left_at": until,
            "by_zh": row.by,
            "step": row.step,
            "step_zh": steps.get(row.step),
        }
        for row, until in zip(rows, left, strict=True)
    ]


async def list_measures(connection: Connection, number: str, person: Person, *, sealed: bool) -> list[dict[str, Any]]:
    """For each person of a matter, of a case for each suspect: the measures taken, and every limit that ran for them."""
    arguments: dict[str, Any] = {"number": number, "sealed": sealed}
    scope = build_scope(person)
    known = build_not_kept_sql(scope, arguments)
    own = _OWN.format(known=known, unsealed=build_unsealed_sql(scope, arguments), told=build_subject_shown_sql(scope, arguments))
    async with connection.pipeline():
        people = await begin(connection, PEOPLE.format(own=own), arguments)
        facts = await begin(connection, FACTS.format(own=own), arguments)
        limits = await begin(connection, LIMITS.format(own=own), arguments)
    return _of_each(number, await people.fetchall(), await facts.fetchall(), await limits.fetchall())


def _of_each(number: str, people: Sequence[_Party], facts: Sequence[_Fact], limits: Sequence[_Limit]) -> list[dict[str, Any]]:
    taken = list_periods(map(parse_fact, facts))
    names = {_get_about(row): row for row in people if row.role == SUSPECT or is_numbered(row.id)}
    # Somebody may have been put under a measure before anybody wrote down who they are.
    unnamed = {each.about for each in taken} | {row.about for row in limits}
    abouts = [*names, *sorted(each for each in unnamed - names.keys() if each.startswith(f"{number}/") and each[-1].isdigit())]
    return [
        {
            "person": names[about].id if about in names else get_about_id(about),
            "matter": get_about_matter(about),
            "name": names[about].name if about in names else "",
            "measures": [_build_period_view(each) for each in taken if each.about == about],
            "held_days": count_days_held(map(parse_fact, facts), about, datetime.now(SHANGHAI)),
            "limits": [
                {name: value for name, value in row._asdict().items() if name != "about"} for row in limits if row.about == about
            ],
        }
        for about in abouts
    ]


def _get_about(party: _Party) -> str:
    return party.matter if party.role == SUSPECT else build_about(party.matter, party.id)


def _build_period_view(period: Period) -> dict[str, Any]:
    return {
        "measure": period.measure.id,
        "zh": period.measure.zh,
        "from": _format_iso(period.begun_at),
        "to": _format_iso(period.ended_at),
        "held": period.measure.held,
    }


def _format_iso(instant: datetime | None) -> str | None:
    return instant.astimezone(SHANGHAI).isoformat(timespec="seconds") if instant else None
