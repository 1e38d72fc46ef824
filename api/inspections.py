"""Inspections (巡查规则): the catalogue of those that run, and a trial of one on a text."""

import anyio
from fastapi import APIRouter, Request

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.filters import scope_within
from api.http_io import Key, parse_form, read_body, request_body
from api.path_parameters import InspectionId
from api.problems import documented
from api.schemas.inspections import AskedRun, InspectionTold, RunBegun
from api.untraced import untraced
from inspections.inspection import Inspection, inspections
from inspections.trial import IncidentTold, Trial, try_on
from models.access.scope import Person
from models.forms.risk_alert import KEEPERS
from models.matter import Kind
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel.alerts import ask_to_inspect
from models.store.administrative_change import Change

router = APIRouter(tags=["巡查"])


@router.get(
    "/api/inspections", dependencies=untraced("the catalogue of inspections"), summary="巡查规则", responses=documented(401)
)
async def catalogue(_person: Caller) -> list[InspectionTold]:
    """Every inspection that runs: what it looks at, by which rule, how grave a finding is and what is then to be done."""
    return [_told(each) for each in inspections().values()]


@router.get(
    "/api/inspections/{inspection_id}",
    dependencies=untraced("the catalogue of inspections"),
    summary="一项巡查规则",
    responses=documented(401, 404),
)
async def one_inspection(inspection_id: InspectionId, _person: Caller) -> InspectionTold:
    """One inspection, as the catalogue tells it."""
    return _told(_known(inspection_id))


@router.post(
    "/api/inspections/{inspection_id}/try",
    summary="试跑巡查规则",
    openapi_extra=request_body(IncidentTold),
    responses={200: {"model": Trial}} | documented(401, 403, 404, 422),
    response_model=None,
)
async def try_one(request: Request, inspection_id: InspectionId, person: Caller) -> Trial:
    """What the inspection finds in an incident that ended some weeks ago, and how each risk word is said; nothing is written."""
    _check_keeps_rules(person)
    rule = _known(inspection_id)
    told = parse_form(IncidentTold, await read_body(request))
    tried = await anyio.to_thread.run_sync(try_on, told)
    return tried.model_copy(update={"findings": [each for each in tried.findings if each == rule.id]})


@router.post(
    "/api/inspections/run",
    summary="立即巡查",
    openapi_extra=request_body(AskedRun),
    responses=documented(401, 403, 404, 409, 415, 422),
)
async def run(request: Request, person: Caller, key: Key = None) -> RunBegun:
    """Have open matters inspected at once: one of them, those of a unit and below, or those at which a rule looks; journaled."""
    counted = 0

    async def make(change: Change, said: AskedRun) -> None:
        nonlocal counted
        kinds = _known(said.rule).kinds if said.rule else frozenset(Kind)
        scope = await scope_within(get_context(request), person, said.unit)
        counted = await ask_to_inspect(change.connection, scope, kinds, said.matter)
        office = next(each for each in KEEPERS if person.holds_in_bureau(each))
        await change.journal("run-inspections", {**said.model_dump(exclude_none=True), "rows": counted}, office)

    await make_change(request, person, "run-inspections", AskedRun, key, make, lambda: _check_keeps_rules(person))
    return RunBegun(waiting=counted)


def _check_keeps_rules(person: Person) -> None:
    if not any(person.holds_in_bureau(office) for office in KEEPERS):
        raise OfficeMayNotAct("巡查由案管员、法制员、督察试跑和发起", required=list(KEEPERS))


def _known(inspection_id: str) -> Inspection:
    if inspection_id not in inspections():
        raise NotFound("没有这一巡查规则")
    return inspections()[inspection_id]


def _told(rule: Inspection) -> InspectionTold:
    return InspectionTold(
        id=rule.id,
        label=rule.label,
        kinds=sorted(rule.kinds),
        severity=rule.severity,
        basis=[str(each) for each in rule.basis],
        demand=rule.demand,
        remedy=list(rule.remedy),
        edition=rule.edition,
    )
