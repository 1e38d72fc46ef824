"""Steps: which the caller may take, and taking one. The OpenAPI document has one operation for each form."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.approvers import PendingRequests, add_seats, check_approvers, get_pending_requests
from api.assignees import check_assignees
from api.attempts import open_attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.http_io import Key, Match, build_json_response, parse_form, parse_if_match, read_body
from api.labels import build_labels_json
from api.matter_access import check_links, get_actable_matter, get_readable_matter, get_referenced_matter, list_overseeing_offices
from api.opened_requests import check_seen
from api.problems import document_refusals
from api.schemas.matters import StepOpen
from api.step_descriptions import describe_acknowledgement, describe_open_steps, find_form
from api.submission import build_first_receipt, build_scoped_key, make_actor, submit_update
from api.veiling import hash_form
from models.access.scope import Person
from models.forms.form import Form
from models.messages import Actor, Participant, Receipt, Submission
from models.readmodel.clocks import list_unacknowledged
from models.readmodel.known_values import load_known
from models.readmodel.matter_status import MatterStatus, find_matter
from models.readmodel.same_person import describe_suspect_elsewhere
from models.trace_shapes import Reading
from workflows.decision import ACTIONS

router = APIRouter(tags=["步骤"])


@router.post("/api/matters/{number}/steps/{step}", include_in_schema=False, response_model=Receipt)
async def take_step(
    request: Request, number: str, step: str, person: Caller, idempotency_key: Key = None, if_match: Match = None
) -> Response:
    """Take a step; the receipt says where the matter stands after it."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, step) as this:
        key = build_scoped_key(person, idempotency_key)
        matter, offices, recorded = await get_actable_matter(ctx, this, number, person, key)
        form = parse_form(find_form(step), this.fill_in(await read_body(request)))
        values = form.model_dump(mode="json", exclude_unset=True)
        # The matter is hashed with the form: the same form under the same key elsewhere is another submission.
        hashed = await hash_form(ctx, f"{number}/{step}", form, values)
        if recorded:
            receipt = await build_first_receipt(ctx, recorded, hashed)
        else:
            actor, participants = await _check_people(ctx, person, matter, form, make_actor(person, offices))
            submission = Submission(
                key=key,
                body_hash=hashed,
                step=step,
                form=values,
                actor=actor,
                seen=parse_if_match(if_match),
                journal=matter.seq,
                participants=participants,
            )
            receipt = await submit_update(ctx, matter, submission)
        async with ctx.pool.connection() as connection:
            elsewhere = await describe_suspect_elsewhere(connection, person, build_labels_json(), number, form)
    told = receipt.model_copy(update={"notes": (*receipt.notes, *elsewhere)}) if elsewhere else receipt
    return build_json_response(told.model_dump_json(), receipt.seq)


async def _check_people(
    ctx: AppContext, person: Person, matter: MatterStatus, form: Form, actor: Actor
) -> tuple[Actor, tuple[Participant, ...]]:
    """Refuse a form that names, or asks to approve, somebody who cannot; gives the actor, and who takes part in the request it is about."""
    await check_assignees(ctx, form, matter)
    await check_links(ctx, person, form)
    if parent := form.build_effects().parent:
        await get_referenced_matter(ctx, person, _find_field_naming(form, parent), parent)
    pending = PendingRequests()
    if type(form) in ACTIONS:
        actor, pending = await add_seats(ctx, actor, person, matter), await get_pending_requests(ctx, matter)
    await check_approvers(ctx, matter, form, actor, pending.requests)
    await check_seen(ctx, matter, form, actor, pending.requests)
    return actor, pending.participants


def _find_field_naming(form: Form, name: str) -> str:
    """The field that names somebody, or another matter."""
    return next((field for field, value in form if value == name or (isinstance(value, tuple) and name in value)), "")


@router.get(
    "/api/matters/{number}/steps",
    name="open_steps",
    dependencies=declare_reading(Reading.STEPS),
    summary="现在可以办理的步骤",
    responses={200: {"model": list[StepOpen]}} | document_refusals(401, 403, 404),
)
async def open_steps(request: Request, number: str, person: Caller) -> Response:
    """What the caller may do now: each step with its form, the office by which they may, its basis, and how it would stand."""
    if closed := await _list_steps_of_closed_file(request, number, person):
        return closed
    matter, overrun = await get_readable_matter(request, number, person), ()
    pending = await get_pending_requests(get_context(request), matter)
    async with get_context(request).pool.connection() as connection:
        known = await load_known(connection, number)
        if person.list_supervising_offices(matter):
            overrun = await list_unacknowledged(connection, number)
    who = make_actor(person, person.list_reaching_offices(matter))
    if pending.requests:
        who = await add_seats(get_context(request), who, person, matter)
    steps = (*describe_open_steps(person, who, matter, pending.requests, known), *describe_acknowledgement(overrun))
    return build_json_response(f"[{','.join(steps)}]", matter.seq)


async def _list_steps_of_closed_file(request: Request, number: str, person: Person) -> Response | None:
    """What a supervisor may do in a sealed file that is closed to them: acknowledge overruns, which name nobody."""
    async with get_context(request).pool.connection() as connection:
        matter, _ = await find_matter(connection, number)
        if not matter or person.may_read(matter) or not await list_overseeing_offices(connection, person, matter):
            return None
        overrun = await list_unacknowledged(connection, number)
    steps = describe_acknowledgement([each._replace(name=None) for each in overrun])
    return build_json_response(f"[{','.join(steps)}]", matter.seq)
