"""Outside systems, and the deliveries to them. A delivery is sent again by a step of its own."""

import json
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.admin_terminals import FROM_A_TERMINAL
from api.administration import get_realm
from api.auth import Caller
from api.context import get_context
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from api.untraced import declare_untraced
from models.matter import Kind
from models.readmodel import partners as partnering
from models.readmodel.partners import DeliveryList, PartnerList
from models.trace_shapes import Reading
from workflows.registry import get_stage_names

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

State = Literal["sending", "undeliverable", "delivered", "abandoned"]


@router.get(
    "/partners", dependencies=declare_untraced("connected systems"), summary="外部系统", responses=document_refusals(401, 403)
)
async def list_partners(request: Request, person: Caller) -> PartnerList:
    """Every system outside: whether it has an address, what waits for it, what was given up, the last receipt and the last error."""
    ctx = get_context(request)
    scope = (await get_realm(ctx, person)).build_scope(person)
    known = ctx.settings.partners
    hosts = {name: urlsplit(partner.address).netloc.rpartition("@")[2] for name, partner in known.items()}
    signing_in = frozenset(name for name, partner in known.items() if partner.client_secret.get_secret_value())
    async with ctx.pool.connection() as connection:
        return await partnering.list_partners(connection, scope, request.app.state.systems, hosts, signing_in)


@router.get(
    "/deliveries",
    dependencies=declare_reading(Reading.DELIVERIES),
    summary="外部送达",
    response_model=DeliveryList,
    responses=document_refusals(401, 403, 422),
)
async def list_deliveries(
    request: Request,
    person: Caller,
    system: Annotated[str | None, Query(title="对方系统", max_length=60)] = None,
    state: Annotated[State | None, Query(title="状态", description="送达中、送达失败、已签收、不再送达")] = None,
    subject: Annotated[str | None, Query(title="所涉事项", max_length=60)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Deliveries, the newest first. Send one again, record its receipt, or give it up by its steps: `repeat-delivery` and the others."""
    ctx = get_context(request)
    scope = (await get_realm(ctx, person)).build_scope(person)
    filters = {name: value for name, value in {"system": system, "state": state, "subject": subject}.items() if value}
    words = {
        "names": json.dumps({each.id: each.zh for each in request.app.state.systems.values()}, ensure_ascii=False),
        "stages": json.dumps(
            {stage: zh for (kind, stage), zh in get_stage_names().items() if kind == Kind.DELIVERY}, ensure_ascii=False
        ),
    }
    _, after = decode_cursor(cursor, int, str) or [0, None]
    async with ctx.pool.connection() as connection:
        return build_page_response(await partnering.list_deliveries(connection, scope, filters, words, after, limit))
