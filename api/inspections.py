"""Inspections (巡查规则): the catalogue of those that run, and a trial of one on a text."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import anyio
from fastapi import APIRouter, Request

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.filters import narrow_scope
from api.http_io import Key, parse_form, read_body, request_body
from api.path_parameters import InspectionId
from api.problems import document_refusals
from api.proposed_settings import BUREAUS
from api.schemas.inspections import AskedRun, InspectionView, ParameterView, RunBegun
from api.untraced import declare_untraced
from inspections.inspection import Inspection, get_inspections
from inspections.settings import Settings, describe_figures, get_settings
from inspections.trial import IncidentReport, Trial, try_on
from inspections.waiting import WAITING, Waiting
from law.calendar import SHANGHAI
from models.access.scope import Person
from models.forms.form import get_forms
from models.forms.risk_alert import KEEPERS
from models.matter import Kind
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel.alerts import ask_to_inspect
from models.store.administrative_change import Change
from models.store.connection import fetch_all
from models.store.inspection_settings import EDITIONS, Edition

router = APIRouter(tags=["巡查"])


@router.get(
    "/api/inspections",
    dependencies=declare_untraced("the catalogue of inspections"),
    summary="巡查规则",
    responses=document_refusals(401),
)
async def list_catalogue(request: Request, person: Caller) -> list[InspectionView]:
    """Every inspection of the catalogue: what it looks at, by which rule and figures, how grave a finding is and what is then to be done.

    Those that wait to be built stand last, with what they wait for. Figures and whether it is off are those of the caller's bureau.
    """
    holds = await _load_holding(request, person)
    return [*(_build_inspection_view(each, holds) for each in get_inspections().values()), *map(_build_waiting_view, WAITING)]


@router.get(
    "/api/inspections/{inspection_id}",
    dependencies=declare_untraced("the catalogue of inspections"),
    summary="一项巡查规则",
    responses=document_refusals(401, 404),
)
async def get_one_inspection(request: Request, inspection_id: InspectionId, person: Caller) -> InspectionView:
    """One inspection, as the catalogue tells it."""
    if waiting := next((each for each in WAITING if each.id == inspection_id), None):
        return _build_waiting_view(waiting)
    return _build_inspection_view(find_inspection(inspection_id), await _load_holding(request, person))


@router.post(
    "/api/inspections/{inspection_id}/try",
    summary="试跑巡查规则",
    openapi_extra=request_body(IncidentReport),
    responses={200: {"model": Trial}} | document_refusals(401, 403, 404, 422),
    response_model=None,
)
async def try_one(request: Request, inspection_id: InspectionId, person: Caller) -> Trial:
    """What the inspection finds in an incident that ended some weeks ago, by the figures and words of the caller's bureau; nothing is written."""
    check_keeps_rules(person)
    rule = find_inspection(inspection_id)
    told = parse_form(IncidentReport, await read_body(request))
    settings = (await _load_holding(request, person)).settings
    tried = await anyio.to_thread.run_sync(try_on, told, settings)
    return tried.model_copy(update={"findings": [each for each in tried.findings if each == rule.id]})


@router.post(
    "/api/inspections/run",
    summary="立即巡查",
    openapi_extra=request_body(AskedRun),
    responses=document_refusals(401, 403, 404, 409, 415, 422),
)
async def run(request: Request, person: Caller, key: Key = None) -> RunBegun:
    """Have open matters inspected at once: one of them, those of a unit and below, or those at which a rule looks; journaled."""
    counted = 0

    async def make(change: Change, said: AskedRun) -> None:
        nonlocal counted
        kinds = find_inspection(said.rule).kinds if said.rule else frozenset(Kind)
        scope = await narrow_scope(get_context(request), person, said.unit)
        counted = await ask_to_inspect(change.connection, scope, kinds, said.matter)
        office = next(each for each in KEEPERS if person.holds_in_bureau(each))
        await change.journal_change("run-inspections", {**said.model_dump(exclude_none=True), "rows": counted}, office)

    await make_change(request, person, "run-inspections", AskedRun, key, make, lambda: check_keeps_rules(person))
    return RunBegun(waiting=counted)


def check_keeps_rules(person: Person) -> None:
    """OfficeMayNotAct unless that person keeps the rules of a bureau."""
    if not any(person.holds_in_bureau(office) for office in KEEPERS):
        raise OfficeMayNotAct("巡查由案管员、法制员、督察试跑和发起", required=list(KEEPERS))


def find_inspection(inspection_id: str) -> Inspection:
    """That inspection; NotFound where there is none."""
    if inspection_id not in get_inspections():
        raise NotFound("没有这一巡查规则")
    return get_inspections()[inspection_id]


class _Holds(NamedTuple):
    """What holds in a bureau, and every edition of what was set."""

    settings: Settings
    editions: Sequence[Edition]
    now: datetime


async def _load_holding(request: Request, person: Person) -> _Holds:
    """What holds in the bureau of the caller's first office."""
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        editions = await fetch_all(connection, EDITIONS)
    unit = person.offices[0].unit if person.offices else None
    while unit and unit.kind not in BUREAUS and unit.parent:
        unit = tree[unit.parent]
    return _Holds(get_settings(unit.path if unit else "", editions), editions, datetime.now(UTC))


def _build_inspection_view(rule: Inspection, holds: _Holds) -> InspectionView:
    settings = holds.settings
    return InspectionView(
        id=rule.id,
        label=rule.label,
        kinds=sorted(rule.kinds),
        severity=rule.severity,
        basis=[str(each) for each in rule.basis],
        demand=rule.demand,
        remedy=list(rule.remedy),
        edition=rule.edition,
        remedy_zh=[get_forms()[each].rule.title for each in rule.remedy],
        parameters=[
            ParameterView(
                id=each.id,
                label=each.label,
                figure=settings.get_figure(each),
                words=words,
                default=each.default,
                measure=each.measure,
                least=each.least,
                most=each.most,
                by_unit=each.by_unit,
                basis=str(each.basis),
            )
            for each, words in zip(rule.uses, describe_figures(rule.uses, settings, holds.editions), strict=True)
        ],
        off_until=settings.off[rule.id].astimezone(SHANGHAI) if settings.is_off(rule.id, holds.now) else None,
        waiting="",
    )


def _build_waiting_view(waits: Waiting) -> InspectionView:
    return InspectionView(
        id=waits.id,
        label=waits.label,
        kinds=[],
        severity=waits.severity,
        basis=[str(waits.basis)],
        demand="",
        remedy=[],
        edition=0,
        remedy_zh=[],
        parameters=[],
        off_until=None,
        waiting=waits.why,
    )
