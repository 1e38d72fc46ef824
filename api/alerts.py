"""Risk alerts (风险提示): what inspections find in a matter, and the list of those who see to it."""

import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.filters import Alone, InUnit, narrow_scope
from api.http_io import Cursor, Limit, build_json_response, build_page_response, decode_cursor
from api.matter_access import get_readable_matter
from api.problems import document_refusals
from api.schemas.inspections import AlertList, FindingItem
from inspections.inspection import get_inspections
from inspections.settings import describe_figures, get_settings
from models.evidence import Pointer
from models.forms.risk_alert import Severity
from models.readmodel import alerts
from models.store.connection import fetch_all
from models.store.inspection_settings import EDITIONS, Edition
from models.trace_shapes import Reading

router = APIRouter(tags=["风险提示"])

_LINE = 60


@router.get(
    "/api/matters/{number}/findings",
    name="findings",
    dependencies=declare_reading(Reading.MATTER),
    summary="巡查发现",
    responses={200: {"model": list[FindingItem]}} | document_refusals(401, 403, 404),
)
async def list_findings(request: Request, number: str, person: Caller) -> Response:
    """What inspections find in a matter now, the gravest first: on what it rests, what would clear it, and the alert that is open over it."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        found = await alerts.list_findings(connection, number)
        editions = await fetch_all(connection, EDITIONS) if found else []
    return build_json_response(f"[{','.join(_build_finding_view(each, editions) for each in found)}]", matter.seq)


@router.get(
    "/api/alerts",
    dependencies=declare_reading(Reading.LIST),
    summary="风险提示清单",
    responses={200: {"model": AlertList}} | document_refusals(401, 422),
)
async def list_alerts(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    severity: Annotated[Severity | None, Query(title="风险等级")] = None,
    stage: Annotated[str | None, Query(title="阶段", max_length=_LINE)] = None,
    rule: Annotated[str | None, Query(title="巡查规则编号", max_length=_LINE)] = None,
    subject: Annotated[str | None, Query(title="所涉事项", max_length=_LINE)] = None,
    alone: Alone = False,
    overdue: Annotated[bool, Query(title="只看超期")] = False,
    by_hand: Annotated[bool, Query(title="只看人工发现")] = False,
    only_open: Annotated[bool, Query(alias="open", title="只看未结")] = True,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Risk alerts of the caller's units, the gravest first, of these the oldest; with what they rest on and until when they are dealt with."""
    ctx, after = get_context(request), decode_cursor(cursor, str, int, str)
    only = {"overdue": overdue, "by_hand": by_hand, "open": only_open}
    asked = {"severity": severity, "stage": stage, "rule": rule, "subject": subject}
    asked |= {name: "yes" for name, on in only.items() if on}
    scope = await narrow_scope(ctx, person, unit, alone)
    async with ctx.pool.connection() as connection:
        filters = {name: said for name, said in asked.items() if said}
        return build_page_response(await alerts.list_alerts(connection, scope, filters, after, limit))


def _build_finding_view(found: str, editions: Sequence[Edition]) -> str:
    """A finding with what its inspection says, and by which figures it was found; of an inspection that there is no more nothing."""
    values = json.loads(found)
    rule = get_inspections().get(values["rule"])
    settings = get_settings(values.pop("path"), editions, values.pop("edition"))
    said = {
        "label": rule.label if rule else values["rule"],
        "demand": rule.demand if rule else "",
        "basis": [str(each) for each in rule.basis] if rule else [],
        "remedy": list(rule.remedy) if rule else [],
        "figures": describe_figures(rule.uses, settings, editions) if rule else [],
    }
    values["evidence"] = [Pointer.model_validate(each).model_dump() for each in values["evidence"]]
    return json.dumps(values | said, ensure_ascii=False)
