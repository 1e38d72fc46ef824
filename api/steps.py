"""Steps: what the caller may do now, and doing it. One operation for each form; the OpenAPI page is the list of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import noted, reads
from api.approvers import Asked, check_signers, requests_of, with_desks
from api.assignees import check_names
from api.auth import Caller
from api.context import get_context
from api.http_io import Key, Match, json_response, parse_form, parse_if_match, read_body
from api.problems import documented
from api.schemas.matters import StepOpen
from api.submission import actor, attempt, field_of, first_receipt, known, scoped, take
from api.words import words
from law.calendar import SHANGHAI
from law.facts import Fact
from law.offices import Office
from law.time_limits import limits
from models.access.scope import Held, Person
from models.forms.approval import Return, TakeOffSigner
from models.forms.form import Form, forms
from models.forms.overrun import AcknowledgeOverrun
from models.journal import body_hash
from models.matter import Kind
from models.messages import Actor, Submission
from models.messages import Request as Requested
from models.problems import MatterNotFound, NotFound, OrchestratorUnavailable
from models.readmodel import queries
from models.readmodel.known_values import Known, changes, filled, known_of
from models.readmodel.queries import Standing
from models.readmodel.same_person import suspect_elsewhere
from models.store import api_writes
from models.trace_shapes import Reading
from workflows.approval import place_of, verbs_of
from workflows.decision import VERBS
from workflows.registry import lifecycles
from workflows.turns import added_by, basis_of, earlier_hands

router = APIRouter(tags=["步骤"])

# The field in which a verb names somebody who has a hand in the request already: by user name or office.
_NAMING_A_HAND: dict[type[Form], str] = {Return: "to", TakeOffSigner: "signer"}


@router.post("/api/matters/{number}/steps/{step}", include_in_schema=False)
async def take_step(
    request: Request, number: str, step: str, person: Caller, idempotency_key: Key = None, if_match: Match = None
) -> Response:
    """Take a step; the receipt says where the matter stands after it."""
    ctx = get_context(request)
    async with attempt(ctx, person, step) as this:
        key = scoped(person, idempotency_key)
        async with ctx.pool.connection() as connection:
            here, first = await queries.standing(connection, number, key)
            await _not_yet(connection, here, number, person)
            unread = await _acting_unread(connection, person, here, step)
        if here:
            this.chain = number
        if not here or not (unread or person.may_read(here)):
            raise MatterNotFound()
        offices = tuple(dict.fromkeys((*person.reaching(here), *unread)))
        kind = form_of(step)
        form = parse_form(kind, this.fills_in(await read_body(request)))
        said = form.model_dump(mode="json", exclude_unset=True)
        # The matter is hashed with the form: the same form under the same key elsewhere is another submission.
        hashed = body_hash(f"{number}/{step}", said)
        if first:
            receipt = await first_receipt(ctx, first, hashed)
        else:
            await check_names(ctx, form, here)
            if above := form.new_parent():
                await known(ctx, person, field_of(form, above), above)
            who, seen = actor(person, offices), parse_if_match(if_match)
            asked = Asked()
            if kind in VERBS:
                who, asked = with_desks(who, person, here), await requests_of(ctx, here)
            await check_signers(ctx, here, form, who, asked.requests)
            submission = Submission(
                key=key,
                body_hash=hashed,
                step=step,
                form=said,
                actor=who,
                seen=seen,
                journal=here.seq,
                participants=asked.participants,
            )
            receipt = await take(ctx, here, submission)
        async with ctx.pool.connection() as connection:
            elsewhere = await suspect_elsewhere(connection, person, words(), number, form)
    told = receipt.model_copy(update={"notes": (*receipt.notes, *elsewhere)}) if elsewhere else receipt
    return json_response(told.model_dump_json(), receipt.seq)


def form_of(step: str) -> type[Form]:
    """The form of a step; NotFound with steps of similar name."""
    kind = forms().get(step)
    if kind is None or kind.rule.opens:
        raise NotFound(f"没有名为“{step[:60]}”的步骤", near=get_close_matches(step, forms(), n=5, cutoff=0.4))
    return kind


async def _acting_unread(connection: Any, person: Person, here: Standing | None, step: str) -> tuple[Held, ...]:
    """The offices by which this person may take that step, or find out that they may not, though they may not read the matter."""
    supervising = await _supervising(connection, person, here) if step == AcknowledgeOverrun.rule.step else ()
    return (*supervising, *(person.minding(here) if here else ()))


async def _supervising(connection: Any, person: Person, here: Standing | None) -> tuple[Held, ...]:
    """The offices by which this person may take note of an overrun there, though the file may be closed to them; none: there is none."""
    offices = person.supervising(here) if here else ()
    return offices if here and offices and await queries.has_red_card(connection, here.number) else ()


async def seen(request: Request, number: str, person: Person) -> Standing:
    """Where a matter stands that this person may know of; MatterNotFound for any other. A look at a sealed file is journaled."""
    async with get_context(request).pool.connection() as connection:
        here, _ = await queries.standing(connection, number)
        await _not_yet(connection, here, number, person)
        if not here or not person.may_read(here):
            raise MatterNotFound()
        noted(request, here, person)
        if here.sealed:
            offices = sorted({each.office for each in person.reaching(here)})
            what = request.scope["route"].name
            await api_writes.looked(connection, number, person.username, offices, what, datetime.now(UTC))
    return here


async def _not_yet(connection: Any, here: Standing | None, number: str, person: Person) -> None:
    """Tell whoever has a receipt that names a matter, and is quicker than its opening, to come back: it is promised, and will be there."""
    promised_by = "" if here else await queries.promised_by(connection, number)
    promising, _ = await queries.standing(connection, promised_by) if promised_by else (None, None)
    if promising and person.may_read(promising):
        raise OrchestratorUnavailable("该事项已经登记，正在开立，请稍候再查", engine="temporal", retry_after=1)


@router.get(
    "/api/matters/{number}/steps",
    dependencies=reads(Reading.STEPS),
    summary="现在可以办理的步骤",
    responses={200: {"model": list[StepOpen]}} | documented(401, 403, 404),
)
async def open_steps(request: Request, number: str, person: Caller) -> Response:
    """What the caller may do now: each step with its form, the office by which they may, its basis, and how it would stand."""
    if closed := await _of_closed_file(request, number, person):
        return closed
    here, overrun = await seen(request, number, person), ()
    asked = await requests_of(get_context(request), here)
    async with get_context(request).pool.connection() as connection:
        known = await known_of(connection, number)
        if person.supervising(here):
            overrun = await queries.unacknowledged(connection, number)
    return json_response(f"[{','.join((*_open_to(person, here, asked.requests, known), *_to_acknowledge(overrun)))}]", here.seq)


async def _of_closed_file(request: Request, number: str, person: Person) -> Response | None:
    """What whoever supervises may do in a sealed file that they may not open: acknowledge its overruns, which tell no name."""
    async with get_context(request).pool.connection() as connection:
        here, _ = await queries.standing(connection, number)
        if not here or person.may_read(here) or not await _supervising(connection, person, here):
            return None
        overrun = await queries.unacknowledged(connection, number)
    return json_response(f"[{','.join(_to_acknowledge([each._replace(name=None) for each in overrun]))}]", here.seq)


def _open_to(person: Person, here: Standing, requests: Sequence[Requested], known: Known) -> Iterator[str]:
    held = person.reaching(here)
    offices = tuple(each.office for each in held)
    pending = {request.step for request in requests}
    stage = lifecycles()[Kind(here.kind)].stages.get(here.stage)
    awaits, may_come = (stage.awaits, stage.open_steps) if stage else ((), ())
    for form in may_come:
        office = _first_of(form.rule.by, offices)
        if office and form.rule.step not in pending:
            plain = described(form, office, awaited=form in awaits)
            yield _filled(plain, form, known) if changes(form, known) else plain
    who = with_desks(actor(person, held), person, here)
    for request in requests if offices else ():
        yield from _about(request, who, offices)


def _to_acknowledge(overrun: Sequence[queries.Overrun]) -> Iterator[str]:
    """The step by which whoever supervises acknowledges one of these clocks, or all; `x-names` has what people call each."""
    if overrun:
        said = json.loads(described(AcknowledgeOverrun, Office.SUPERVISOR, awaited=False))
        names = {"": "全部待确认的"} | {each.id: _called(each) for each in overrun}
        said["form"]["properties"]["clock"] |= {"enum": list(names), "x-names": names}
        yield json.dumps(said, ensure_ascii=False)


def _called(overrun: queries.Overrun) -> str:
    whose = f"{overrun.name}，" if overrun.name else ""
    return f"{overrun.zh}（{whose}{overrun.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}届满）"


def _filled(plain: str, form: type[Form], known: Known) -> str:
    """A step with what the matter knows put into its form."""
    said = json.loads(plain)
    return json.dumps(said | {"form": filled(said["form"], form, known)}, ensure_ascii=False)


def _about(request: Requested, who: Actor, offices: Sequence[str]) -> Iterator[str]:
    """The verbs by which this person may deal with a request that awaits approval."""
    place = place_of(request, who)
    asked = request.asked_by
    # Who asked acts as such; a delegate in the office of the one who sent them.
    office = asked.offices[0] if who.person == asked.person else (place and place.office) or offices[0]
    hands: Mapping[type[Form], tuple[str, ...]] = {
        Return: ("", *earlier_hands(request)),
        TakeOffSigner: tuple(each.person or each.office for each in added_by(request, who)),
    }
    for verb in verbs_of(request, who):
        yield described(verb, office, request.step, hands.get(verb, ()))


def _first_of(wanted: Sequence[Office], offices: Sequence[str]) -> str:
    return next((each for each in offices if each in wanted), "")


@cache
def met_by(form: type[Form]) -> tuple[str, ...]:
    """The limits that a step may meet."""
    return tuple(each.id for each in limits().values() if set(each.met_by) & set(form.rule.may_bring))


@cache
def led_to_by(form: type[Form]) -> tuple[str, ...]:
    """The limits that other steps may meet only after this one, as the law orders them."""
    brings, own = set(form.rule.may_bring), met_by(form)
    after = [other for other in forms().values() if other is not form and _follows(other, brings)]
    return tuple(dict.fromkeys(limit for other in after for limit in met_by(other) if limit not in own))


def _follows(form: type[Form], earlier: set[Fact]) -> bool:
    """Whether something that a step brings about may happen only after one of these facts."""
    return any(earlier & set(fact.after) for fact in form.rule.may_bring)


@cache
def described(form: type[Form], office: str, request: str = "", hands: Sequence[str] = (), *, awaited: bool = True) -> str:
    """A step as the list shows it, in JSON; a verb of approval speaks of one `request`, and may name these hands of it.

    `awaited` is what the stage waits for; the rest may come meanwhile.
    """
    rule, about = form.rule, forms()[request] if request else form
    schema = form.model_json_schema()
    if request:
        schema["properties"]["request"] |= {"const": request, "default": request}
    for verb, field in _NAMING_A_HAND.items():
        if form is verb:
            schema["properties"][field] |= {"enum": list(hands)}
    return json.dumps(
        {
            "step": rule.step,
            "title": f"{rule.title}：{about.rule.title}" if request else rule.title,
            "request": request or None,
            "awaited": awaited,
            "office": office,
            "office_zh": Office(office).label,
            "basis": basis_of(about),
            "document": rule.document,
            "form": schema,
            # What the receipt will say.
            "standing": "awaiting-approval" if rule.approved_by else "done",
            "approved_by": list(rule.approved_by),
            "meets": [] if request else list(met_by(form)),
            "requires": [] if request else [each for each in met_by(form) if limits()[each].demands],
            "leads_to": [] if request else list(led_to_by(form)),
        },
        ensure_ascii=False,
    )
