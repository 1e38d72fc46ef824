"""Whether a matter may end, and whether its case still stands: asked in the transaction that records it, with what is asked held still.

A matter that ends holds its own row before it looks at what hangs on it, and a measure on a person holds the row of their case until it
is recorded: so no measure slips in while its case ends, and no case ends beside it. Rows of matters are held in the order of their
numbers, after the rungs of the matter itself, as by whoever rings.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.clock import Consequence
from law.ends import BARRED_BY_AN_END, build_end_violation
from law.facts import Fact
from law.instruments import MPSC
from law.legal_fact import LegalFact
from law.measures import list_periods
from law.time_limits import get_limits
from models.ends import Hanging, Hangs, build_still_open_refusal, can_still_at_rest, end_of, get_ends, list_unsettled
from models.forms.form import get_forms
from models.matter import Kind
from models.messages import Proposal, Refusal
from models.problems import LawForbids
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.mappers import FactFound, parse_fact

feature = Feature(__name__, Concern.END)

STAND_STILL = "SELECT FROM matter WHERE number = ANY(%(numbers)s) ORDER BY number FOR UPDATE"


class _Hanging(NamedTuple):
    """What hangs on a matter, and where it stands."""

    type: str
    number: str
    name: str
    stage: str


# What hangs on a matter besides its duties and those who are under a measure: what came under it, what is ordered over it, what is told outside of it.
HANGING = Query[_Hanging]("""
SELECT below.type, below.number, below.name, below.stage FROM (
    SELECT CASE m.kind WHEN 'suspect' THEN 'person' WHEN 'exhibit' THEN 'exhibit' ELSE 'order' END AS type,
           m.number, m.title AS name, m.stage
    FROM matter m WHERE m.parent = %(number)s AND m.kind IN ('suspect', 'exhibit', 'rectification-order') AND NOT m.final
    UNION ALL
    SELECT 'request', m.number, request ->> 'step', '' FROM matter m, jsonb_array_elements(m.requests) AS request
    WHERE m.number = %(number)s AND request ->> 'step' <> %(step)s OR m.parent = %(number)s AND m.kind IN ('suspect', 'exhibit')
    UNION ALL
    SELECT 'delivery', d.number, d.system, coalesce(told.stage, 'sending')
    FROM delivery d LEFT JOIN matter told ON told.number = d.number
    WHERE NOT coalesce(told.final, false) AND (d.subject = %(number)s OR d.subject IN (
        SELECT number FROM matter WHERE parent = %(number)s AND kind IN ('suspect', 'exhibit')))
) below ORDER BY below.type, below.number
""")


class _Duty(NamedTuple):
    """A limit that still runs."""

    matter: str
    limit_id: str
    zh: str
    due_at: datetime | None
    basis: str
    stage: str


DUTIES = Query[_Duty]("""
SELECT c.matter, c.limit_id, c.zh, c.due_at, c.basis, m.stage FROM clock c JOIN matter m ON m.number = c.matter
WHERE c.state IN ('running', 'suspended', 'not-started')
    AND (m.number = %(number)s OR m.parent = %(number)s AND m.kind = 'suspect' AND NOT m.final)
ORDER BY c.due_at NULLS LAST, c.id
""")
# The facts of those who have a matter of their own below this one, and of this one itself.
OF_PEOPLE = Query[FactFound]("""
SELECT fact, at, about, seq, said FROM fact
WHERE matter = %(number)s OR matter IN (SELECT number FROM matter WHERE parent = %(number)s AND kind = 'suspect')
ORDER BY matter, seq, n
""")


class _Named(NamedTuple):
    """How a matter or somebody in it is called."""

    about: str
    name: str


NAMED = Query[_Named]("""
SELECT number AS about, title AS name FROM matter WHERE number = ANY(%(people)s)
UNION ALL SELECT id, name FROM party WHERE matter = %(number)s AND id = ANY(%(people)s)
""")


class _Case(NamedTuple):
    """A case, and where it stands."""

    number: str
    stage: str


# A person of a merged case goes along with it, though they may not have been told yet.
CASE_OF = Query[_Case]("""
WITH RECURSIVE goes_with AS (
    SELECT number, stage FROM matter WHERE number = %(parent)s
    UNION SELECT m.number, m.stage FROM goes_with g
    JOIN fact f ON f.matter = g.number AND f.fact = %(merged)s AND NOT f.said ? 'told_by' JOIN matter m ON m.number = f.about
    WHERE g.stage = 'merged'
)
SELECT number, stage FROM matter WHERE number IN (SELECT number FROM goes_with WHERE stage <> 'merged') ORDER BY number FOR SHARE
""")
STANDS = Query[str]("SELECT stage FROM matter WHERE number = %(parent)s FOR SHARE")
# By these somebody or something goes to the police to whom the case was transferred.
GO_ALONG = ("hand-over-suspect", "hand-over-exhibit")
HOW_IT_ENDED = Query[FactFound]("""
SELECT fact, at, about, seq, said FROM fact WHERE matter = %(number)s AND fact = ANY(%(by)s) ORDER BY at DESC, seq DESC LIMIT 1
""")


# What a case that has ended bars below it: a measure on a person, and holding on to property after there is nothing to prosecute.
_BARRED = {Kind.SUSPECT: BARRED_BY_AN_END, Kind.EXHIBIT: frozenset({Fact.FREEZE_RENEWED})}
_LETS_GO = {"cancelled": "已撤销", "turned_administrative": "已转行政处理"}


@feature.hook(Phase.CHECK, steps=GO_ALONG)
async def check_case_transferred(draft: Draft) -> Refusal | None:
    """Why nothing may be handed over to other police: the case was not transferred to them."""
    proposal = draft.proposal
    if await fetch_first(draft.connection, STANDS, {"parent": proposal.parent}) == "transferred":
        return None
    detail = f"案件{proposal.parent}没有移送其他公安机关管辖，不能{get_forms()[proposal.step].rule.title}"
    return LawForbids(detail, basis=str(MPSC.article(23))).to_refusal()


@feature.hook(Phase.CHECK, kinds=_BARRED, facts=frozenset[Fact]().union(*_BARRED.values()))
async def check_case_stands(draft: Draft) -> Refusal | None:
    """Why a measure may not be taken: how the case stands, though the matter itself may not have been told yet."""
    proposal = draft.proposal
    bars = _BARRED[Kind(proposal.kind)]
    taken = next((each.fact for each in draft.brought if each.fact in bars and not each.told_by), None)
    if taken is None or not proposal.parent:
        return None
    for row in await fetch_all(draft.connection, CASE_OF, {"parent": proposal.parent, "merged": Fact.CASE_MERGED}):
        if proposal.kind == Kind.EXHIBIT and row.stage in _LETS_GO:
            detail = f"案件{row.number}{_LETS_GO[row.stage]}，应当解除冻结并通知当事人，不能{taken.label}"
            return LawForbids(detail, basis=str(MPSC.article(187))).to_refusal()
        if proposal.kind == Kind.SUSPECT and _bars_measures(row.stage):
            return await _build_case_over_refusal(draft.connection, row.number, taken)
    return None


@feature.hook(Phase.CHECK, type="step")
async def check_nothing_hangs(draft: Draft) -> Refusal | None:
    """What must be settled before the matter comes to the end to which the step leads, or would lead once it is approved."""
    connection, proposal = draft.connection, draft.proposal
    target = proposal.foreseen_stage or proposal.stage
    if target == proposal.stage_before or not end_of(proposal.kind, target).before:
        return None
    await connection.execute(STAND_STILL, {"numbers": [proposal.number]})
    hanging = [each async for each in _list_hanging(connection, proposal)]
    found = list_unsettled(proposal.kind, target, hanging)
    return build_still_open_refusal(found, get_forms()[_get_ending_step(proposal)].rule.title) if found else None


def _bars_measures(stage: str) -> bool:
    """Whether a criminal case has ended there, for its people; from the archive nothing goes on."""
    return stage == "archived" or bool(end_of(Kind.CRIMINAL_CASE, stage).by)


def _get_ending_facts() -> list[Fact]:
    return [fact for end in get_ends()[Kind.CRIMINAL_CASE].values() for fact in end.by]


async def _build_case_over_refusal(connection: Connection, case: str, taken: Fact) -> Refusal:
    row = await fetch_first(connection, HOW_IT_ENDED, {"number": case, "by": _get_ending_facts()})
    if row is None:
        return LawForbids(f"案件{case}已归档，不能{taken.label}").to_refusal()
    against = build_end_violation(taken, case, parse_fact(row))
    return LawForbids(against.detail, field=against.field, basis=against.basis).to_refusal()


def _get_ending_step(proposal: Proposal) -> str:
    """The step that leads to the end: the one handed in, or the request that it approves."""
    return proposal.ended.step if proposal.ended else proposal.step


async def _list_hanging(connection: Connection, proposal: Proposal) -> AsyncIterator[Hanging]:
    number = {"number": proposal.number}
    people = await fetch_all(connection, OF_PEOPLE, number)
    for each in await _list_measures(connection, proposal, [parse_fact(row) for row in people]):
        yield each
    for row in await fetch_all(connection, HANGING, number | {"step": _get_ending_step(proposal)}):
        if row.type == "person" and row.stage in get_ends()[Kind.SUSPECT]:
            continue
        name = get_forms()[row.name].rule.title if row.type == "request" and row.name in get_forms() else row.name
        yield Hanging(Hangs(row.type), row.number, name)
    for row in await fetch_all(connection, DUTIES, number):
        can_still = proposal.can_still if row.matter == proposal.number else can_still_at_rest(row.stage)
        limit = get_limits().get(row.limit_id)
        if limit and limit.at_expiry is not Consequence.RIGHT_LAPSES and set(limit.met_by) & set(can_still):
            due = f"至{row.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if row.due_at else ""
            yield Hanging(Hangs.DUTY, row.matter, row.zh, due, row.limit_id, row.basis)


async def _list_measures(connection: Connection, proposal: Proposal, facts: list[LegalFact]) -> list[Hanging]:
    lasting = [each for each in list_periods(facts) if each.ended_at is None]
    arguments = {"number": proposal.number, "people": [each.about for each in lasting]}
    rows = await fetch_all(connection, NAMED, arguments) if lasting else []
    names = dict(rows)
    return [
        Hanging(Hangs.HELD if each.measure.held else Hangs.MEASURE, each.about, names.get(each.about, ""), each.measure.zh)
        for each in lasting
    ]
