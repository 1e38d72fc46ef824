"""Many rectification orders at once (批量下达整改指令): each row is opened as any order is, or joins the one that is open over the same problem."""

from collections import Counter
from datetime import datetime

from fastapi import APIRouter, Request

from api.attempts import open_attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.http_io import Key, parse_form, read_body, request_body
from api.matter_access import get_actable_matter
from api.matters import open_by
from api.problems import document_refusals
from api.schemas.order_batches import BatchRow, BatchView, OrderBatch, OrderOfRow, RowRefused
from api.submission import build_first_receipt, build_scoped_key, make_actor, submit_update
from law.calendar import SHANGHAI, start_of
from law.offices import Office
from models.access.scope import Person
from models.forms.rectification_order import JoinProblem, OpenRectificationOrder
from models.journal import format_canonical, hash_body, hash_sm3
from models.messages import Submission
from models.problems import OfficeMayNotAct, Problem
from models.readmodel.matter_status import find_entry
from models.readmodel.orders import count_of_today, open_over

router = APIRouter(tags=["整改指令"])
_STEP = OpenRectificationOrder.rule.step
# More in a day than anybody can put right is no order, and somebody has to mean it.
_MOST_A_DAY = 10
_SHORT = 12
_NOT_NOW = (429, 503)


@router.post(
    "/api/rectification-orders/batch",
    summary="批量下达整改指令",
    openapi_extra=request_body(OrderBatch),
    responses={200: {"model": BatchView}} | document_refusals(401, 403, 413, 415, 422),
)
async def issue(request: Request, person: Caller, idempotency_key: Key = None) -> BatchView:
    """Issue up to five hundred orders of one kind. Under the same Idempotency-Key, and with the same rows, nothing is issued twice.

    Where an order of the same category is open over a matter, the problem joins it. A row that is refused says why, and the others go on.
    Over ten new orders of one officer in a day are issued where a case manager says `confirmed`.
    """
    ctx = get_context(request)
    async with open_attempt(ctx, person, _STEP) as this:
        asked = parse_form(OrderBatch, this.fill_in(await read_body(request)))
        _check_office(person, asked)
        batch = hash_sm3(
            format_canonical([build_scoped_key(person, idempotency_key), asked.model_dump(mode="json")]).encode()
        ).hex()[:_SHORT]
    told = BatchView(batch=batch, opened=[], joined=[], refused=[])
    given = await _count_given_today(ctx, asked)
    for n, row in enumerate(asked.rows, 1):
        try:
            await _open_one(ctx, person, asked, row, n, told, given)
        except Problem as problem:
            if problem.status in _NOT_NOW:  # whoever asks again under the same key goes on where this ended
                raise
            errors = problem.members.get("errors", [])
            told.refused.append(RowRefused(row=n, subject=row.subject, type=problem.slug, detail=problem.detail, errors=errors))
    return told


def _check_office(person: Person, asked: OrderBatch) -> None:
    held = {each.office for each in person.offices}
    by = {Office.CASE_MANAGEMENT_OFFICER} if asked.confirmed else set(OpenRectificationOrder.rule.by)
    if by.isdisjoint(held):
        names = "、".join(Office(each).label for each in sorted(by))
        raise OfficeMayNotAct(f"应由{names}办理", required=sorted(by), held=sorted(held))


async def _count_given_today(ctx: AppContext, asked: OrderBatch) -> Counter[str]:
    officers = [each.officer or str(asked.template.get("officer", "")) for each in asked.rows]
    today = start_of(datetime.now(SHANGHAI).date())
    async with ctx.pool.connection() as connection:
        return Counter(await count_of_today(connection, [each for each in officers if each], today))


async def _open_one(
    ctx: AppContext, person: Person, asked: OrderBatch, row: BatchRow, n: int, told: BatchView, given: Counter[str]
) -> None:
    """Open the order of a row, or let its problem join one; Problem where neither can be."""
    key = f"{person.username}:batch/{told.batch}/{n}"
    values = asked.template | row.model_dump(exclude_defaults=True) | {"batch": told.batch}
    form = parse_form(OpenRectificationOrder, format_canonical(values).encode())
    async with ctx.pool.connection() as connection:
        first = await find_entry(connection, key)
        other = await open_over(connection, form.subject, form.category) if form.category and not first else ""
    joins = first["step"] == JoinProblem.rule.step if first else bool(other)
    if joins:
        number = first["chain"] if first else other
        await _join(ctx, person, number, form, key)
        told.joined.append(OrderOfRow(row=n, subject=form.subject, number=number))
        return
    if not first and form.officer and given[form.officer] >= _MOST_A_DAY and not asked.confirmed:
        detail = f"该民警今日已有{given[form.officer]}件新的整改指令，须由案管员确认后下达"
        raise OfficeMayNotAct(detail, required=[str(Office.CASE_MANAGEMENT_OFFICER)])
    async with open_attempt(ctx, person, _STEP):
        receipt = await open_by(ctx, person, form, key)
    given[form.officer] += not first
    told.opened.append(OrderOfRow(row=n, subject=form.subject, number=receipt.number))


async def _join(ctx: AppContext, person: Person, number: str, form: OpenRectificationOrder, key: str) -> None:
    """Add the problem of a row to that order, once under that key."""
    step = JoinProblem.rule.step
    async with open_attempt(ctx, person, step) as this:
        matter, offices, recorded = await get_actable_matter(ctx, this, number, person, key)
        values = {"problem": form.problem}
        hashed = hash_body(f"{number}/{step}", values)
        if recorded:
            await build_first_receipt(ctx, recorded, hashed)
            return
        actor = make_actor(person, offices)
        submission = Submission(key=key, body_hash=hashed, step=step, form=values, actor=actor, journal=matter.seq)
        await submit_update(ctx, matter, submission)
