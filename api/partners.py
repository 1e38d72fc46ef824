"""Outside systems, and the deliveries to them. A delivery is sent again by a step of its own."""

import json
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import reads
from api.admin_terminals import FROM_A_TERMINAL
from api.administration import administering
from api.auth import Caller
from api.context import get_context
from api.http_io import Cursor, Limit, decode_cursor, page_response
from api.problems import documented
from api.untraced import untraced
from models.matter import Kind
from models.readmodel import partners as partnering
from models.readmodel.partners import DeliveriesTold, PartnersTold
from models.trace_shapes import Reading
from workflows.registry import stage_names

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

State = Literal["sending", "undeliverable", "delivered", "abandoned"]


@router.get("/partners", dependencies=untraced("connected systems"), summary="外部系统", responses=documented(401, 403))
async def partners(request: Request, person: Caller) -> PartnersTold:
    """Every system outside: whether it has an address, what waits for it, what was given up, the last receipt and the last error."""
    ctx = get_context(request)
    scope = (await administering(ctx, person)).scope(person)
    known = ctx.settings.partners
    hosts = {name: urlsplit(partner.address).netloc.rpartition("@")[2] for name, partner in known.items()}
    signing_in = frozenset(name for name, partner in known.items() if partner.client_secret.get_secret_value())
    async with ctx.pool.connection() as connection:
        return await partnering.partners(connection, scope, request.app.state.systems, hosts, signing_in)


@router.get(
    "/deliveries",
    dependencies=reads(Reading.DELIVERIES),
    summary="外部送达",
    response_model=DeliveriesTold,
    responses=documented(401, 403, 422),
)
async def deliveries(
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
    scope = (await administering(ctx, person)).scope(person)
    filters = {name: value for name, value in {"system": system, "state": state, "subject": subject}.items() if value}
    words = {
        "names": json.dumps({each.id: each.zh for each in request.app.state.systems.values()}, ensure_ascii=False),
        "stages": json.dumps(
            {stage: zh for (kind, stage), zh in stage_names().items() if kind == Kind.DELIVERY}, ensure_ascii=False
        ),
    }
    _, after = decode_cursor(cursor, int, str) or [0, None]
    async with ctx.pool.connection() as connection:
        return page_response(await partnering.deliveries(connection, scope, filters, words, after, limit))
