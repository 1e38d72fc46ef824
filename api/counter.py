"""The counter (窗口查询): citizens without accounts ask how their matter stands, by a code that was given to them once."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request
from pydantic import AwareDatetime, BaseModel, Field

from api.attempts import open_attempt
from api.auth import Caller, get_address
from api.context import AppContext, get_context
from api.http_io import Key
from api.matter_access import get_actable_matter
from api.problems import document_refusals
from api.submission import build_scoped_key
from api.untraced import declare_untraced
from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Person
from models.counter import PROMISED, Running, check_given, tell_citizen
from models.matter import Kind
from models.problems import KeyReused, LawForbids, NotFound, OfficeMayNotAct, TooManyRequests
from models.readmodel.counter import Asked, find_asked
from models.store import query_codes, sign_in_attempts
from models.store.sign_in_attempts import Most
from runtime.logging import log
from runtime.query_codes import QueryCodes, fold_code

router = APIRouter(tags=["窗口查询"])

GIVES = (
    Office.LETTER_OFFICER,
    Office.REPORTING_DESK,
    Office.CASE_OFFICER,
    Office.AUXILIARY_OFFICER,
    Office.STATION_HEAD,
    Office.DUTY_COMMANDER,
)
"""Who gives whoever brought a matter the code by which they ask for it."""
# One person mistypes five times; a whole hall that shares an address fails oftener; and of all who guess at one number few come through.
_OF_NUMBER_AND_ADDRESS, _OF_NUMBER, _OF_ADDRESS = Most(5, 5), Most(20, 20), Most(30, 60)
_LONGEST = 40
# The same for a number that is none, for one of which nobody may ask, and for whoever says the wrong code or telephone.
_WRONG = "编号、查询码或者电话后四位不正确"

CounterNumber = Annotated[str, Path(title="事项编号", max_length=_LONGEST)]
Code = Annotated[str, Header(alias="X-Query-Code", title="查询码", description="登记时发给本人的八位查询码", max_length=_LONGEST)]
Tail = Annotated[str, Header(alias="X-Phone-Tail", title="登记电话后四位", description="没有登记电话的不填", max_length=_LONGEST)]


class GivenCode(BaseModel):
    """A code, said once: whoever loses it gets another, and the one before is void."""

    number: str = Field(title="事项编号")
    code: str = Field(title="查询码")
    needs_phone: bool = Field(title="查询时须填登记电话后四位")


class CounterPromise(BaseModel):
    """What is promised, by when, and whether that is over."""

    what: str = Field(title="承诺事项")
    due_at: AwareDatetime = Field(title="承诺期限")
    date_only: bool = Field(title="只到日")
    overdue: bool = Field(title="已经超过")


class CounterAnswer(BaseModel):
    """How a matter stands, in words for whoever brought it."""

    number: str = Field(title="事项编号")
    kind_zh: str = Field(title="种类")
    said: str = Field(title="办理情况")
    promises: list[CounterPromise] = Field(title="承诺")
    needed: list[str] = Field(title="需要您做的")
    as_of: AwareDatetime = Field(title="截至")


@router.get(
    "/api/counter/{number}",
    dependencies=declare_untraced("what whoever brought a matter is told by its code; nobody is signed in"),
    summary="凭查询码查询办理情况",
    responses=document_refusals(404, 429),
)
async def ask_counter(request: Request, number: CounterNumber, code: Code = "", tail: Tail = "") -> CounterAnswer:
    """How a matter stands, for whoever has its code: no name, nothing that was found, of a sealed file only whether it goes on.

    Five tries within an hour; the same answer for a number that is none as for a wrong code.
    """
    ctx, asked_for = get_context(request), number.strip().upper()
    doors = _list_doors(asked_for, get_address(request))
    async with ctx.pool.connection() as connection:
        if wait := await sign_in_attempts.enter(connection, doors):
            log.info("sign-in.limited", retry_after=int(wait) + 1)
            raise TooManyRequests("查询次数过多，请稍后再试，或者到窗口查询", retry_after=int(wait) + 1)
        asked = await find_asked(connection, asked_for)
        if not _is_theirs(ctx.query_codes, asked_for, asked, code, tail) or asked is None:
            raise NotFound(_WRONG)
        await sign_in_attempts.forgive(connection, [], list(doors))
    now = datetime.now(UTC)
    told = tell_citizen(asked.found)
    return CounterAnswer(
        number=asked_for,
        kind_zh=asked.found.kind.zh,
        said=told.said,
        promises=[_build_promise(each, now) for each in told.promises],
        needed=list(told.needed),
        as_of=now.astimezone(SHANGHAI),
    )


@router.post(
    "/api/matters/{number}/query-code",
    name="query_code",
    summary="发给查询码",
    status_code=201,
    responses=document_refusals(401, 403, 404, 409, 422),
)
async def give_code(request: Request, number: str, person: Caller, key: Key = None) -> GivenCode:
    """Give whoever brought a matter the code by which they ask for it, having met them; it is said once, and voids the one before."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, query_codes.GIVE_CODE) as this:
        matter, held, _ = await get_actable_matter(ctx, this, number, person, "")
        offices = sorted({each.office for each in held} & {*GIVES})
        if not offices:
            raise OfficeMayNotAct("查询码由受理、办理的单位发给", required=list(GIVES))
        if why := check_given(Kind(matter.kind), sealed=matter.sealed):
            raise LawForbids(why)
        code = ctx.query_codes.make_code(number, build_scoped_key(person, key))
        async with ctx.pool.connection() as connection:
            if not ctx.query_codes.is_code(number, code, await query_codes.find_hash(connection, number)):
                if any(ctx.query_codes.is_code(number, code, each) for each in await query_codes.list_void(connection, number)):
                    raise KeyReused("这次发给的查询码已经作废，此后另发了一个；再发请换一个幂等键", field="Idempotency-Key")
                hashed = ctx.query_codes.compute_hash(number, code)
                await query_codes.give(connection, number, hashed, person.username, offices, datetime.now(UTC))
            found = await find_asked(connection, number)
    return GivenCode(number=number, code=code, needs_phone=bool(found and found.tails))


async def find_code_of_message(ctx: AppContext, person: Person, message_id: str, number: str) -> str | None:
    """The code of a matter that a system outside has opened by that message, for it to say to the citizen: the same each time.

    None where another was given since, which voids it.
    """
    code = ctx.query_codes.make_code(number, build_scoped_key(person, message_id))
    async with ctx.pool.connection() as connection:
        kept = await query_codes.find_hash(connection, number)
        if kept is None:
            hashed = ctx.query_codes.compute_hash(number, code)
            await query_codes.give(connection, number, hashed, person.username, [Office.PARTY], datetime.now(UTC))
            return code
    return code if ctx.query_codes.is_code(number, code, kept) else None


def _list_doors(number: str, address: str) -> dict[str, Most]:
    return {
        _build_door("counter", f"{number}\0{address}"): _OF_NUMBER_AND_ADDRESS,
        _build_door("counter-number", number): _OF_NUMBER,
        _build_door("counter-address", address): _OF_ADDRESS,
    }


def _build_door(whose: str, said: str) -> str:
    return f"{whose}:{hashlib.sha256(said.encode(errors='surrogatepass')).hexdigest()[:32]}"


def _is_theirs(codes: QueryCodes, number: str, asked: Asked | None, code: str, tail: str) -> bool:
    """Whether that code, and a telephone of whoever brought it where one is known, are right; it takes as long for what is none."""
    known = codes.is_code(number, fold_code(code), asked.code_hash if asked else None)
    return known and (not asked or not asked.tails or tail.strip() in asked.tails)


def _build_promise(running: Running, now: datetime) -> CounterPromise:
    return CounterPromise(
        what=PROMISED[running.limit],
        due_at=running.due_at.astimezone(SHANGHAI),
        date_only=running.date_only,
        overdue=running.due_at <= now,
    )
