"""Inspections (巡查规则): the catalogue of those that run, and a trial of one on a text."""

import anyio
from fastapi import APIRouter, Request

from api.auth import Caller
from api.http_io import parse_form, read_body, request_body
from api.path_parameters import InspectionId
from api.problems import documented
from api.schemas.inspections import InspectionTold
from api.untraced import untraced
from inspections.inspection import Inspection, inspections
from inspections.trial import IncidentTold, Trial, try_on
from law.offices import Office
from models.access.scope import Person
from models.problems import NotFound, OfficeMayNotAct

router = APIRouter(tags=["巡查"])

# Who looks after the rules, and gets what they find.
_KEEPERS = (Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR)


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


def _check_keeps_rules(person: Person) -> None:
    if not any(person.holds_in_bureau(office) for office in _KEEPERS):
        raise OfficeMayNotAct("巡查规则由案管员、法制员、督察试跑", required=list(_KEEPERS))


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
    )
