"""The history of a matter in time: the stages it passed, and its people's measures with their limits."""

from typing import Any

from fastapi import APIRouter, Request

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.matter_access import get_readable_matter
from api.problems import document_refusals
from api.schemas.matters import PersonsMeasures, StagePassed
from models.forms.form import get_forms
from models.matter import Kind
from models.readmodel import timeline
from models.trace_shapes import Reading
from workflows.registry import get_lifecycles

router = APIRouter(tags=["事项"])


@router.get(
    "/api/matters/{number}/course",
    name="course",
    dependencies=declare_reading(Reading.COURSE),
    summary="经过的阶段",
    responses={200: {"model": list[StagePassed]}} | document_refusals(401, 403, 404),
    response_model=None,
)
async def list_stages_passed(request: Request, number: str, person: Caller) -> list[dict[str, Any]]:
    """The stages that the matter really passed, from its journal; the last, not left, is where it stands."""
    matter = await get_readable_matter(request, number, person)
    stages = {name: each.zh for name, each in get_lifecycles()[Kind(matter.kind)].stages.items()}
    steps = {step: form.rule.title for step, form in get_forms().items()}
    async with get_context(request).pool.connection() as connection:
        return await timeline.list_stages_passed(connection, number, stages, steps)


@router.get(
    "/api/matters/{number}/measures",
    name="measures",
    dependencies=declare_reading(Reading.MEASURES),
    summary="对人的措施与期限",
    responses={200: {"model": list[PersonsMeasures]}} | document_refusals(401, 403, 404),
    response_model=None,
)
async def list_measures(request: Request, number: str, person: Caller) -> list[dict[str, Any]]:
    """For a suspect, for each suspect of a criminal case, or each person of another matter: measures taken, and the limits that ran."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        return await timeline.list_measures(connection, number, person, sealed=matter.sealed)
