"""Notification rules (通知规则) and the log of sent messages (发送记录), for administrators."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from api.access_tracking import declare_reading
from api.admin_terminals import FROM_A_TERMINAL
from api.administration import get_realm, make_account_change
from api.auth import Caller
from api.context import get_context
from api.http_io import Cursor, Key, Limit, build_page_response, decode_cursor, request_body
from api.problems import document_refusals
from api.schemas.channels import ChannelFares, Choice, MessageList, RuleList, RuleView
from api.untraced import declare_untraced
from law.labelled_enum import LabelledEnum
from law.offices import Office
from models.access.read_rights import is_outside
from models.channels import Channel, Occasion, Outside, Rule, State, describe_rule
from models.store import channel_rules
from models.store.administrative_change import Change
from models.store.channels import RuleFound, to_rule
from models.trace_shapes import Reading

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)
_NEWEST = 2**63 - 1


class EmptyBody(BaseModel):
    """An empty body."""

    model_config = ConfigDict(extra="forbid")


@router.get(
    "/channel-rules", dependencies=declare_untraced("notification rules"), summary="通知规则", responses=document_refusals(401, 403)
)
async def list_rules(request: Request, person: Caller) -> RuleList:
    """All notification rules and the status of each channel. The caller may change the rules of units that they administer (`mine`)."""
    ctx = get_context(request)
    realm = await get_realm(ctx, person)
    async with ctx.pool.connection() as connection:
        found = await channel_rules.list_rules(connection)
        status = {each.channel: each for each in await channel_rules.list_channel_status(connection)}
    return RuleList(
        rules=[_describe(each, mine=each.unit_id in realm.within) for each in found],
        channels=[
            ChannelFares(
                channel=each,
                zh=each.label,
                configured=each in status and status[each].configured,
                failing=each in status and status[each].failing,
                last_error=status[each].last_error if each in status else "",
            )
            for each in Channel
        ],
        occasions=_list_choices(Occasion),
        offices=[Choice(value=each, zh=each.label) for each in Office if not is_outside(each)],
        outside=_list_choices(Outside),
    )


def _list_choices(of: type[LabelledEnum]) -> list[Choice]:
    return [Choice(value=each.value, zh=each.label) for each in of]


def _describe(found: RuleFound, *, mine: bool) -> RuleView:
    rule = to_rule(found)
    return RuleView(id=found.id, rule=rule, zh=describe_rule(rule), mine=mine)


@router.post("/channel-rules", summary="新设通知规则", status_code=204, openapi_extra=request_body(Rule), responses=_REFUSALS)
async def add_rule(request: Request, person: Caller, key: Key = None) -> Response:
    """Add a rule."""
    await make_account_change(request, person, "set-channel-rule", Rule, key, channel_rules.add)
    return Response(status_code=204)


@router.put("/channel-rules/{rule}", summary="修改通知规则", status_code=204, openapi_extra=request_body(Rule), responses=_REFUSALS)
async def replace_rule(request: Request, rule: int, person: Caller, key: Key = None) -> Response:
    """Replace a rule."""

    async def replace(change: Change, asked: Rule) -> None:
        await channel_rules.replace(change, rule, asked)

    await make_account_change(request, person, "set-channel-rule", Rule, key, replace, str(rule))
    return Response(status_code=204)


@router.delete("/channel-rules/{rule}", summary="撤销通知规则", status_code=204, responses=_REFUSALS)
async def drop_rule(request: Request, rule: int, person: Caller, key: Key = None) -> Response:
    """Delete a rule."""

    async def drop(change: Change, _: EmptyBody) -> None:
        await channel_rules.drop(change, rule)

    await make_account_change(request, person, "drop-channel-rule", EmptyBody, key, drop, str(rule))
    return Response(status_code=204)


@router.get(
    "/messages",
    dependencies=declare_reading(Reading.DELIVERIES),
    summary="发送记录",
    responses={200: {"model": MessageList}} | document_refusals(401, 403, 422),
)
async def list_messages(
    request: Request,
    person: Caller,
    state: Annotated[State | None, Query(title="状态")] = None,
    channel: Annotated[Channel | None, Query(title="方式")] = None,
    matter: Annotated[str | None, Query(title="事项编号", max_length=60)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Messages about matters of the units that the caller administers, with their states, newest first."""
    ctx = get_context(request)
    scope = (await get_realm(ctx, person)).build_scope(person)
    given = {"state": state, "channel": channel, "matter": matter}
    filters = {name: str(value) for name, value in given.items() if value}
    (before,) = decode_cursor(cursor, int) or [_NEWEST]
    async with ctx.pool.connection() as connection:
        return build_page_response(await channel_rules.list_messages(connection, scope, filters, before, limit))


@router.post("/messages/{message}/repeat", summary="重新发送", status_code=204, responses=_REFUSALS)
async def repeat_message(request: Request, message: int, person: Caller, key: Key = None) -> Response:
    """Send a message again that was given up or had no address."""

    async def repeat(change: Change, _: EmptyBody) -> None:
        await channel_rules.repeat(change, message)

    await make_account_change(request, person, "repeat-message", EmptyBody, key, repeat, str(message))
    return Response(status_code=204)
