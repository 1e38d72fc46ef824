"""Inspecting (巡查): reads snapshots of matters, has every inspection look at them, and keeps what is found."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from temporalio import activity

from activities.making_way import make_way
from activities.series import keep_agreements
from activities.unit_settings import UnitSettings, load_settings
from inspections.inspection import Finding, Inspection, get_inspections
from inspections.settings import HOUSE, Settings
from inspections.snapshot import Beside, Kindred, KnownClock, RecordedStep, Snapshot
from law.calendar import SHANGHAI
from law.clock import Colour
from law.legal_fact import LegalFact
from models.inspection_messages import Batch
from models.matter import Kind, build_number_prefix
from models.store.connection import Connection, Query, fetch_all, fetch_one
from models.store.findings import ALERTING, ALONE, CLOSE_ENDED_TASKS, CLOSE_TASKS, FORGET_RULES, HELD, KEEP, NUMBER, OWES, TAKE_DUE
from models.store.mappers import RUNNING, parse_fact
from runtime.database import Pool
from runtime.database_time import read
from runtime.logging import log

# Matters in one batch: a second's work, and the memory of some megabytes.
_BATCH = 200


class MatterRow(NamedTuple):
    """An open matter."""

    number: str
    kind: str
    unit_id: str
    officer: str
    stage: str
    stage_since: datetime
    opened_at: datetime


OPEN_MATTERS = Query[MatterRow]("""
SELECT number, kind, unit_id, officer, stage, stage_since, opened_at FROM matter
WHERE NOT final AND kind = ANY(%(kinds)s) AND number > %(after)s ORDER BY number LIMIT %(most)s
""")


OPEN_AND_ENDED_MATTERS = Query[MatterRow]("""
SELECT number, kind, unit_id, officer, stage, stage_since, opened_at FROM matter
WHERE (NOT final OR stage_since > now() - interval '90 days') AND kind = ANY(%(kinds)s) AND number > %(after)s ORDER BY number LIMIT %(most)s
""")
THESE_MATTERS = Query[MatterRow]("""
SELECT number, kind, unit_id, officer, stage, stage_since, opened_at FROM matter
WHERE number = ANY(%(numbers)s) AND kind = ANY(%(kinds)s) ORDER BY number
""")


class _Step(NamedTuple):
    """A step that a matter has recorded; `form` None: there was none."""

    chain: str
    step: str
    seq: int
    recorded_at: datetime
    username: str
    form: dict[str, Any] | None


STEPS = Query[_Step]("""
SELECT chain, step, seq, recorded_at, coalesce(username, '') AS username, content::json -> 'form' AS form FROM entry
WHERE chain = ANY(%(numbers)s) AND sort = 'step' ORDER BY chain, position
""")


class _Fact(NamedTuple):
    """A fact of a matter, or of one under it."""

    matter: str
    seq: int
    fact: str
    at: datetime
    about: str
    said: dict[str, Any]


FACTS = Query[_Fact]("SELECT matter, seq, fact, at, about, said FROM fact WHERE matter = ANY(%(numbers)s) ORDER BY matter, seq, n")
CHILDREN_FACTS = Query[_Fact]("""
SELECT m.parent AS matter, f.seq, f.fact, f.at, f.about, f.said FROM matter m JOIN fact f ON f.matter = m.number
WHERE m.parent = ANY(%(numbers)s) ORDER BY m.parent, m.number, f.seq, f.n
""")

PARENT_FACTS = Query[_Fact]("""
SELECT m.number AS matter, f.seq, f.fact, f.at, f.about, f.said FROM matter m JOIN fact f ON f.matter = m.parent
WHERE m.number = ANY(%(numbers)s) ORDER BY m.number, f.seq, f.n
""")


class _Child(NamedTuple):
    """A matter that was opened from one, by its kind."""

    matter: str
    kind: str


CHILDREN = Query[_Child]("SELECT parent AS matter, kind FROM matter WHERE parent = ANY(%(numbers)s) ORDER BY parent, number")


class _Clock(NamedTuple):
    """A limit of a matter; `due_at` None: it has no end yet."""

    matter: str
    limit: str
    label: str
    about: str
    due_at: datetime | None
    overdue: bool
    liberty: bool


CLOCKS = Query[_Clock]("""
SELECT matter, limit_id AS limit, zh AS label, about, due_at, state = ANY(%(running)s) AND colour = %(overdue)s AS overdue, liberty
FROM clock
WHERE matter = ANY(%(numbers)s) ORDER BY matter, due_at, id
""")


class _Paper(NamedTuple):
    """A document that was issued in a matter or in one under it, or what was scanned there, by its title."""

    matter: str
    title: str


PAPERS = Query[_Paper]("""
WITH own AS (
    SELECT number, number AS matter FROM matter WHERE number = ANY(%(numbers)s)
    UNION ALL SELECT number, parent FROM matter WHERE parent = ANY(%(numbers)s)
)
SELECT own.matter, d.title FROM own JOIN document d ON d.matter = own.number
UNION ALL SELECT own.matter, i.title FROM own JOIN dossier_item i ON i.matter = own.number
ORDER BY 1, 2
""")


class _Kin(NamedTuple):
    """Another incident of somebody who takes part in an incident, or wrote a letter."""

    matter: str
    number: str
    unit_id: str
    stage: str
    opened_at: datetime
    classification: str


# Who takes part is told by telephone and by number, each by its own index.
KIN = Query[_Kin]("""
WITH known AS (
    SELECT m.number AS matter, m.opened_at, p.citizen_id, telephone(p.said ->> 'phone') AS phone
    FROM matter m JOIN party p ON p.matter = m.number WHERE m.number = ANY(%(numbers)s) AND m.kind IN ('incident', 'letter')
), met AS (
    SELECT k.matter, k.opened_at, p.matter AS other FROM known k JOIN party p ON p.citizen_id = k.citizen_id AND p.citizen_id <> ''
    UNION SELECT k.matter, k.opened_at, p.matter FROM known k
    JOIN party p ON telephone(p.said ->> 'phone') = k.phone AND k.phone <> ''
)
SELECT DISTINCT met.matter, o.number, o.unit_id, o.stage, o.opened_at, coalesce((
    SELECT e.content::json -> 'form' ->> 'classification' FROM entry e
    WHERE e.chain = o.number AND e.sort = 'step' AND e.step IN ('classify-incident', 'reclassify-incident')
    ORDER BY e.position DESC LIMIT 1
), '') AS classification
FROM met JOIN matter o ON o.number = met.other
WHERE o.kind = 'incident' AND o.number <> met.matter AND o.opened_at BETWEEN met.opened_at - interval '365 days' AND met.opened_at + interval '3 days'
ORDER BY met.matter, o.opened_at, o.number
""")


class _Beside(NamedTuple):
    """What a letter is linked with, or what else was written of the same to the same unit."""

    matter: str
    number: str
    kind: str
    officer: str
    linked: bool


# Of what is for few to read no other letter's finding tells.
BESIDE = Query[_Beside]("""
SELECT m.number AS matter, o.number, o.kind, o.officer, true AS linked
FROM matter m JOIN link k ON k.matter = m.number AND k.relation IN ('about', 'led-to') JOIN matter o ON o.number = k.other
WHERE m.number = ANY(%(numbers)s) AND m.kind = 'letter'
UNION ALL
SELECT m.number, o.number, o.kind, o.officer, false
FROM matter m JOIN fact f ON f.matter = m.number AND f.fact = 'letter.classified'
JOIN matter o ON o.unit_id = m.unit_id AND o.kind = 'letter' AND o.number <> m.number AND NOT o.sealed AND cardinality(o.kept_from) = 0
    AND o.opened_at BETWEEN m.opened_at - interval '30 days' AND m.opened_at
JOIN fact g ON g.matter = o.number AND g.fact = 'letter.classified' AND g.said ->> 'item' = f.said ->> 'item'
WHERE m.number = ANY(%(numbers)s) AND m.kind = 'letter' AND NOT m.sealed
    AND f.seq = (SELECT max(seq) FROM fact WHERE matter = m.number AND fact = 'letter.classified')
    AND g.seq = (SELECT max(seq) FROM fact WHERE matter = o.number AND fact = 'letter.classified')
ORDER BY 1, 2
""")


class _Look(NamedTuple):
    """One inspection of one matter, and what it finds as rows; None where it failed."""

    inspection: str
    number: str
    found: list[dict[str, Any]] | None


_HeldFindings = Mapping[tuple[str, str], Mapping[str, Settings]]
"""By inspection and matter, of what an alert is open by other figures than hold now, and what held then."""


class Inspecting:
    """The activities that inspect, over one pool of connections."""

    def __init__(self, pool: Pool, rules: Mapping[str, Inspection] | None = None) -> None:
        """Inspect by these rules, or by all there are."""
        self._pool = pool
        self._rules = get_inspections() if rules is None else rules

    @activity.defn(name="inspect")
    async def inspect(self, after: str) -> Batch:
        """Inspect the open matters whose numbers follow that one, as many as make a batch."""
        return await self._inspect(OPEN_MATTERS, after)

    @activity.defn(name="inspect-all")
    async def inspect_all(self, after: str) -> Batch:
        """Likewise, and with them those that have ended in the last ninety days."""
        return await self._inspect(OPEN_AND_ENDED_MATTERS, after)

    async def _inspect(self, query: Query[MatterRow], after: str) -> Batch:
        async with make_way(), self._pool.connection() as connection, connection.transaction():
            await connection.execute(ALONE)
            now = (await read(connection)).now
            matters = await fetch_all(connection, query, _build_next_batch(self._list_kinds(), after))
            batch = await self._look_at(connection, matters, now)
            if not after:
                await connection.execute(FORGET_RULES, {"rules": [*self._rules], "now": now})
                await connection.execute(CLOSE_ENDED_TASKS, {"now": now})
        return batch.model_copy(update={"after": matters[-1].number if len(matters) == _BATCH else None})

    @activity.defn(name="inspect-due")
    async def inspect_due(self) -> Batch:
        """Inspect the matters in which something has happened since they were inspected, as many as make a batch; `after`: there are more."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(ALONE)
            now = (await read(connection)).now
            due = await fetch_all(connection, TAKE_DUE, {"most": _BATCH})
            matters = await fetch_all(connection, THESE_MATTERS, {"numbers": due, "kinds": sorted(self._list_kinds())})
            batch = await self._look_at(connection, matters, now)
        return batch.model_copy(update={"after": due[-1] if len(due) == _BATCH else None})

    async def _look_at(self, connection: Connection, matters: Sequence[MatterRow], now: datetime) -> Batch:
        settings = await load_settings(connection, {each.unit_id for each in matters})
        known_of = await keep_agreements(connection, await load_snapshots(connection, matters, now, settings), now)
        held = await _load_findings(connection, matters, settings)
        # Whoever waits for a step is answered meanwhile.
        looks = await asyncio.to_thread(lambda: [look for each in known_of for look in self._look(each, held)])
        known = [look for look in looks if look.found is not None]
        arguments = {
            "rules": [look.inspection for look in known],
            "subjects": [look.number for look in known],
            "found": json.dumps([row for look in known for row in look.found or ()]),
            "now": now,
        }
        await connection.execute(KEEP, arguments)
        year = now.astimezone(SHANGHAI).year
        numbers = {"subjects": [each.number for each in matters], "alerting": [*ALERTING], "now": now}
        opened = await fetch_all(connection, NUMBER, {**numbers, "beginning": build_number_prefix(Kind.RISK_ALERT, year)})
        closed = await connection.execute(CLOSE_TASKS, numbers)
        return Batch(
            after=None,
            inspected=len(matters),
            opened=len(opened),
            closed=closed.rowcount,
            failed=sum(each.found is None for each in looks),
            owing=await fetch_one(connection, OWES),
        )

    @activity.defn(name="pass-over")
    async def pass_over(self, after: str) -> Batch:
        """Leave out the batch that follows that number, which could not be inspected; the log says from which matter to which."""
        async with self._pool.connection() as connection:
            rows = await fetch_all(connection, OPEN_MATTERS, _build_next_batch(self._list_kinds(), after))
        if rows:
            log.error("process.failed", operation="inspection batch", matter=f"{rows[0].number}–{rows[-1].number}", count=len(rows))
        return Batch(after=rows[-1].number if len(rows) == _BATCH else None, passed_over=len(rows))

    @activity.defn(name="pass-over-due")
    async def pass_over_due(self) -> Batch:
        """Leave the matters that wait, and could not be inspected, to the next round; the log says which they are."""
        async with self._pool.connection() as connection:
            due = await fetch_all(connection, TAKE_DUE, {"most": _BATCH})
        if due:
            log.error("process.failed", operation="inspection on entry", matter=f"{due[0]}–{due[-1]}", count=len(due))
        return Batch(after=due[-1] if len(due) == _BATCH else None, passed_over=len(due))

    def _list_kinds(self) -> set[Kind]:
        return {kind for rule in self._rules.values() for kind in rule.kinds}

    def _look(self, matter: Snapshot, held: _HeldFindings) -> Iterator[_Look]:
        for rule in self._rules.values():
            if matter.kind not in rule.kinds:
                continue
            try:
                found = {} if matter.settings.is_off(rule.id, matter.now) else _build_rows(rule, matter)
                for about, then in held.get((rule.id, matter.number), {}).items():
                    if about in (as_then := _build_rows(rule, replace(matter, settings=then))):
                        found[about] = as_then[about]
            except Exception as error:  # noqa: BLE001 - one inspection's fault must not keep the others from looking
                log.error("process.failed", operation=f"inspection {rule.id}", matter=matter.number, error=error)
                yield _Look(rule.id, matter.number, None)
            else:
                yield _Look(rule.id, matter.number, [*found.values()])


async def _load_findings(connection: Connection, matters: Sequence[MatterRow], settings: UnitSettings) -> _HeldFindings:
    found = defaultdict[tuple[str, str], dict[str, Settings]](dict)
    if settings.are_the_house_s:
        return found
    units = {each.number: each.unit_id for each in matters}
    for each in await fetch_all(connection, HELD, {"subjects": [*units]}):
        unit = units[each.subject]
        if each.edition != settings.get_current(unit).edition:
            found[each.rule, each.subject][each.about] = settings.get_edition(unit, each.edition)
    return found


def _build_rows(rule: Inspection, matter: Snapshot) -> dict[str, dict[str, Any]]:
    return {each.about: _build_row(rule, matter, each) for each in rule.look(matter)}


def _build_row(rule: Inspection, matter: Snapshot, found: Finding) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "subject": matter.number,
        "about": found.about,
        "severity": rule.get_severity(found),
        "fingerprint": rule.compute_fingerprint(found),
        "evidence": [each.build_pointer().model_dump(exclude_defaults=True) for each in found.evidence],
        "words": rule.describe_finding(found),
        "edition": matter.settings.edition,
    }


async def load_snapshots(
    connection: Connection, matters: Sequence[MatterRow], now: datetime, settings: UnitSettings | None = None
) -> list[Snapshot]:
    """What is known of these matters, in nine statements; with what holds in their units, or what the house has."""
    numbers = {"numbers": [row.number for row in matters]}
    steps = defaultdict[str, list[RecordedStep]](list)
    for row in await fetch_all(connection, STEPS, numbers):
        steps[row.chain].append(RecordedStep(row.step, row.seq, row.recorded_at, row.username, row.form or {}))
    facts, children = await _load_facts(connection, FACTS, numbers), await _load_facts(connection, CHILDREN_FACTS, numbers)
    parents, kin = await _load_facts(connection, PARENT_FACTS, numbers), defaultdict[str, list[Kindred]](list)
    for each in await fetch_all(connection, KIN, numbers):
        kin[each.matter].append(Kindred(each.number, each.unit_id, each.stage, each.opened_at, each.classification))
    beside = await _load_beside(connection, numbers)
    kinds_under, papers = defaultdict[str, list[Kind]](list), defaultdict[str, list[str]](list)
    for child in await fetch_all(connection, CHILDREN, numbers):
        kinds_under[child.matter].append(Kind(child.kind))
    for paper in await fetch_all(connection, PAPERS, numbers):
        papers[paper.matter].append(paper.title)
    clocks = defaultdict[str, list[KnownClock]](list)
    for row in await fetch_all(connection, CLOCKS, {**numbers, "running": sorted(RUNNING), "overdue": Colour.OVERDUE}):
        clocks[row.matter].append(KnownClock(*row[1:]))
    return [
        Snapshot(
            number=row.number,
            kind=Kind(row.kind),
            unit=row.unit_id,
            officer=row.officer,
            stage=row.stage,
            stage_since=row.stage_since,
            opened_at=row.opened_at,
            now=now,
            steps=tuple(steps[row.number]),
            facts=tuple(facts[row.number]),
            children_facts=tuple(children[row.number]),
            parent_facts=tuple(parents[row.number]),
            kin=tuple(kin[row.number]),
            beside=tuple(beside[row.number]),
            children=tuple(kinds_under[row.number]),
            papers=tuple(papers[row.number]),
            clocks=tuple(clocks[row.number]),
            settings=settings.get_current(row.unit_id) if settings else HOUSE,
        )
        for row in matters
    ]


def _build_next_batch(kinds: Iterable[Kind], after: str) -> dict[str, Any]:
    return {"kinds": sorted(kinds), "after": after, "most": _BATCH}


async def _load_facts(connection: Connection, query: Query[_Fact], numbers: Mapping[str, Any]) -> defaultdict[str, list[LegalFact]]:
    found = defaultdict[str, list[LegalFact]](list)
    for row in await fetch_all(connection, query, numbers):
        found[row.matter].append(parse_fact(row))
    return found


async def _load_beside(connection: Connection, numbers: Mapping[str, Any]) -> defaultdict[str, list[Beside]]:
    found = defaultdict[str, list[Beside]](list)
    for row in await fetch_all(connection, BESIDE, numbers):
        found[row.matter].append(Beside(row.number, Kind(row.kind), row.officer, row.linked))
    return found
