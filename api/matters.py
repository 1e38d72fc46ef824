"""Matters: kinds, opening one, finding some, and everything about one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.approvers import get_pending_requests
from api.assignees import check_assignees
from api.attempts import open_attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.filters import FIND_MATTERS, OfMatters, SoughtMatters, narrow_scope
from api.http_io import (
    Cursor,
    Key,
    Limit,
    build_form_invalid,
    build_json_response,
    build_page_response,
    decode_cursor,
    parse_form,
    read_body,
    request_body,
)
from api.labels import build_labels_json
from api.matter_access import check_links, get_readable_ancestors, get_readable_matter, get_referenced_matter
from api.problems import RETRY_AFTER_S, document_refusals
from api.schemas.matters import ClockWithReasons, JournalList, KindView, MatterCard, MatterList, Summary
from api.submission import build_first_receipt, build_scoped_key, make_actor, prove, submit_opening
from api.untraced import declare_untraced
from api.veiling import hash_form, is_same_body
from law.calendar import SHANGHAI
from models.access.scope import Held, Person
from models.access.succession import Reaching
from models.bulk_intake import build_unit_key, compute_row_key
from models.forms.dossier import SCANNED
from models.forms.form import Form, get_forms
from models.forms.incident import OpenIncident
from models.forms.veil import hide_tokens
from models.matter import UNOPENED, Kind, get_opening_step
from models.messages import Actor, Opening, Receipt, State, Submission
from models.messages import Request as Requested
from models.problems import KeyReused, NotFound, OrchestratorUnavailable, Problem, build_problem
from models.readmodel.clocks import read_clocks_of
from models.readmodel.journal import read_journal
from models.readmodel.matter_status import find_entry
from models.readmodel.matters import list_matters, read_card
from models.readmodel.summary import load_summary as read_summary
from models.store import api_writes
from models.store.origins import claim_origin
from models.trace_shapes import Reading
from workflows.approval.chain import format_basis
from workflows.decision import check_submission
from workflows.registry import get_lifecycles
from workflows.stages import Stage, get_usual_path

router = APIRouter(tags=["事项"])


@cache
def get_opening_forms() -> Mapping[Kind, type[Form]]:
    """The form by which a person opens a matter, by kind; kinds that only another matter opens have none."""
    found = {form.rule.opens: form for form in get_forms().values() if form.rule.opens}
    return {kind: found[kind] for kind in Kind if kind in found and kind is not Kind.CANARY}


@cache
def _build_kinds_json() -> str:
    every = [_build_kind(each, get_opening_forms().get(each)) for each in get_lifecycles() if each is not Kind.CANARY]
    return json.dumps(every, ensure_ascii=False)


def _build_kind(kind: Kind, form: type[Form] | None) -> dict[str, Any]:
    stages = get_lifecycles()[kind].stages
    steps = {form.rule.step: form.rule.title for stage in stages.values() for form in stage.open_steps}
    opens = form and {
        "step": form.rule.step,
        "title": form.rule.title,
        "by": [{"office": each, "zh": each.label} for each in form.rule.by],
        "basis": format_basis(form),
        "form": form.model_json_schema(),
    }
    return {
        "kind": kind.value,
        "zh": kind.zh,
        "stages": {name: stage.zh for name, stage in stages.items()},
        "graph": [_build_stage_node(each) for each in stages.values() if each.name != UNOPENED],
        "main": list(get_usual_path(stages)),
        "steps": steps,
        "dossier": kind in SCANNED,
        "opens": opens,
    }


def _build_stage_node(stage: Stage) -> dict[str, Any]:
    return {"stage": stage.name, "zh": stage.zh, "final": stage.final, "leads_to": list(stage.leads_to)}


@router.get(
    "/api/kinds",
    dependencies=declare_untraced("kinds of matters, not matters"),
    summary="事项种类",
    responses={200: {"model": list[KindView]}},
    response_model=None,
)
async def list_kinds() -> Response:
    """The kinds of matter, each with its stages, the titles of its steps, and the form that opens it (null where only another matter does)."""
    return Response(_build_kinds_json(), media_type="application/json")


# Finding some


@router.get(
    "/api/matters",
    dependencies=declare_reading(Reading.LIST),
    summary="事项列表",
    responses={200: {"model": MatterList}} | document_refusals(401, 422),
)
@router.post(
    FIND_MATTERS,
    dependencies=declare_reading(Reading.LIST),
    summary="查找事项",
    openapi_extra=request_body(SoughtMatters),
    responses={200: {"model": MatterList}} | document_refusals(401, 415, 422),
)
async def get_matters(
    request: Request,
    person: Caller,
    filters: OfMatters,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The matters that the caller may know of, the newest first; of those narrowed by words the words stand in the body."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        return build_page_response(await list_matters(connection, scope, filters.chosen, decode_cursor(cursor, str, str), limit))


# Opening


@dataclass(frozen=True)
class _Unopened:
    """A matter that is not open yet, with what the checks of its opening need."""

    kind: Kind
    stages: Mapping[str, Stage]
    number: str = ""
    state: State = field(default_factory=State)


@router.post("/api/matters/{kind}", include_in_schema=False, response_model=Receipt)
async def open_matter(request: Request, kind: str, person: Caller, idempotency_key: Key = None) -> Response:
    """Open a matter; the receipt bears its number."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, get_opening_step(kind)) as this:
        if kind not in get_opening_forms():
            raise NotFound(f"没有可以直接创建的事项种类“{kind[:60]}”", near=list(get_opening_forms()))
        form_type = get_opening_forms()[Kind(kind)]
        this.step = form_type.rule.step
        form = parse_form(form_type, this.fill_in(await read_body(request)))
        receipt = await open_by(ctx, person, form, _build_key(person, form, idempotency_key))
    return build_json_response(receipt.model_dump_json(), receipt.seq, 201)


class Opened(NamedTuple):
    """The receipt of an opening; `duplicate`: of an earlier one, of what bears the same number where it comes from."""

    receipt: Receipt
    duplicate: bool


async def open_by(ctx: AppContext, person: Person, form: Form, key: str) -> Receipt:
    """Open a matter as that person, once under that key; the first receipt for a repeat, which says so of what bears a number elsewhere."""
    receipt, duplicate = await open_once(ctx, person, None, "", form, key)
    if not duplicate:
        return receipt
    # A number that was mistyped, or that two writers share, must not make another letter seem to be entered.
    said = f"此前已经登记为{receipt.number}，本次填写的内容没有登记；不是同一来文的，请核对来文编号"
    return receipt.model_copy(update={"notes": (*receipt.notes, said)})


async def open_once(ctx: AppContext, person: Person, who: Actor | None, unit: str, form: Form, key: str) -> Opened:
    """Open a matter, once under that key, and once of what bears one number elsewhere; the first receipt for a repeat.

    A system acts as `who`, in that `unit` where the form names none; a person by the seats that reach it.
    """
    kind, step, values = cast("Kind", form.rule.opens), form.rule.step, form.model_dump(mode="json", exclude_unset=True)
    hashed = await hash_form(ctx, f"{kind}/{step}", form, values)
    try:
        who = who or make_actor(person, _list_seats_held(person, form))
        submission = Submission(key=key, body_hash=hashed, step=step, form=values, actor=who)
        opening = await _check_opening(ctx, kind, form, submission, person, unit or who.unit)
    except Problem:
        # A repeat gets the first receipt, whatever may have changed since.
        async with ctx.pool.connection() as connection:
            first = await find_entry(connection, key)
        if first is None:
            raise
        return Opened(await build_first_receipt(ctx, first, hashed), duplicate=False)
    if origin := form.get_origin():
        async with ctx.pool.connection() as connection:
            claimed = await claim_origin(connection, origin, key, datetime.now(UTC))
            first = await find_entry(connection, claimed) if claimed != key else None
        if first:
            return Opened(Receipt.model_validate(first["recorded"]["receipt"]), duplicate=True)
        if claimed != key:  # the first is on its way
            raise OrchestratorUnavailable(engine="temporal", retry_after=RETRY_AFTER_S)
    return Opened(await _open(ctx, kind, submission, opening), duplicate=False)


def _build_key(person: Person, form: Form, key: str | None) -> str:
    """The key under which an opening is recorded: the person's own; that of a row of a sheet is shared by all who report in the unit."""
    if (
        key is None
        or not isinstance(form, OpenIncident)
        or key != compute_row_key(form.model_dump(mode="json", exclude_unset=True))
    ):
        return build_scoped_key(person, key)
    return build_unit_key(form.get_target_unit() or get_seat_unit(person, OpenIncident), key)


def get_seat_unit(person: Person, form: type[Form]) -> str:
    """The unit in which this person opens a matter by that form where it names none."""
    return next((each for each in person.offices if each.office in form.rule.by), person.offices[0]).unit.id


async def _check_opening(ctx: AppContext, kind: Kind, form: Form, submission: Submission, person: Person, unit: str) -> Opening:
    """The opening but for its number: in which unit, under which matter; refused where it may not be opened."""
    refusal = check_submission(_Unopened(kind, get_lifecycles()[kind].stages), submission, datetime.now(UTC))
    if refusal:
        raise build_problem(refusal)
    parent = form.build_effects().parent
    above = await get_referenced_matter(ctx, person, "subject", parent) if parent else None
    unit = above.unit if above else unit
    await check_assignees(ctx, form, Reaching(kind, unit))
    await check_links(ctx, person, form)
    if above is None:
        return Opening(number="", unit=unit)
    return Opening(number="", unit=unit, parent=above.number, parent_kind=above.kind)


def _list_seats_held(person: Person, form: Form) -> Sequence[Held]:
    """The offices by which this person opens a matter, that of its unit first."""
    able = [each for each in person.offices if each.office in form.rule.by]
    if not able:
        return person.offices
    target = "" if form.reaches_out() else form.get_target_unit()
    within = [each for each in able if not target or target in each.own]
    if not within:
        raise build_form_invalid("unit", "within-reach", f"“{target}”不在您的管辖范围内")
    return [within[0], *(each for each in person.offices if each is not within[0] and within[0].unit.id in each.own)]


async def _open(ctx: AppContext, kind: Kind, submission: Submission, opening: Opening) -> Receipt:
    year = datetime.now(SHANGHAI).year
    async with ctx.pool.connection() as connection:
        kept = await api_writes.reserve(connection, submission.key, kind, year, submission.body_hash)
    if kept.first:
        return await build_first_receipt(ctx, kept.first, submission.body_hash)
    if not await is_same_body(ctx, kept.body_hash, submission.body_hash):
        raise KeyReused(field="Idempotency-Key")
    number = kept.number
    opening = opening.model_copy(update={"number": number})
    return await submit_opening(ctx, kind, opening, await prove(ctx, number, submission))


# Reading one


@router.get(
    "/api/matters/{number}",
    name="card",
    dependencies=declare_reading(Reading.MATTER),
    summary="事项详情",
    responses={200: {"model": MatterCard}} | document_refusals(401, 403, 404),
)
async def get_card(request: Request, number: str, person: Caller) -> Response:
    """Where a matter stands: stage, people, clocks, links, open tasks, and requests that await approval."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        told = await read_card(connection, number, person, build_labels_json()["meets"], datetime.now(UTC))
    asked = await get_pending_requests(get_context(request), matter)
    return build_json_response(_update_requests(told, asked.requests) if asked.requests else told, matter.seq)


def _update_requests(told: str, requests: Sequence[Requested]) -> str:
    """The card with each request as it stands after people left, and its present asker."""
    card = json.loads(told)
    now = {
        each.seq: {"asker": each.asker} | each.model_dump(mode="json", include={"turns", "successors", "vacant"})
        for each in requests
    }
    for each in card["requests"]:
        each.update(now.get(each["seq"], {}))
    return json.dumps(card, ensure_ascii=False)


@router.get(
    "/api/matters/{number}/summary",
    name="summary",
    dependencies=declare_reading(Reading.MATTER),
    summary="基本情况",
    responses={200: {"model": Summary}} | document_refusals(401, 403, 404),
)
async def get_summary(request: Request, number: str, person: Caller) -> Response:
    """What happened, as people told it: also in the matters that this one came of, as far as the caller may read them."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        above = await get_readable_ancestors(connection, person, matter)
        read = [(each.number, person.find_first_readable_entry(each, each.shared_at)) for each in (*above, matter)]
        return build_json_response(await read_summary(connection, number, matter.kind, read), matter.seq)


@router.get(
    "/api/matters/{number}/journal",
    name="journal",
    dependencies=declare_reading(Reading.JOURNAL),
    summary="案件日志",
    responses={200: {"model": JournalList}} | document_refusals(401, 403, 404),
)
async def list_journal(request: Request, number: str, person: Caller, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Everything that was done and tried in a matter, the oldest first, hash-chained; an organ outside reads it from when it was shared."""
    after = decode_cursor(cursor, int) or [0]
    matter = await get_readable_matter(request, number, person)
    begins = max(after[0], person.find_first_readable_entry(matter, matter.shared_at) - 1)
    async with get_context(request).pool.connection() as connection:
        page = await read_journal(connection, number, begins, limit)
    return build_page_response(page._replace(items=[hide_tokens(each) for each in page.items]))


@router.get(
    "/api/matters/{number}/clocks",
    name="clocks",
    dependencies=declare_reading(Reading.CLOCKS),
    summary="事项的期限",
    responses={200: {"model": list[ClockWithReasons]}} | document_refusals(401, 403, 404),
)
async def get_clocks(request: Request, number: str, person: Caller) -> Response:
    """Every clock of a matter, running or ended, with its reasons."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        return build_json_response(await read_clocks_of(connection, number), matter.seq)
