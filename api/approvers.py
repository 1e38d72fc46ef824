"""Approvers (审批人): checked before a request is made or its signers change, so that no request waits for nobody."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from api.context import AppContext
from api.http_io import build_form_invalid
from models import naming
from models.access import succession
from models.access.approvers import get_deciding_offices
from models.access.read_rights import SIGNING
from models.access.request_hands import replace_departed
from models.access.scope import Person, Tree, Unit, may_open_file, may_read
from models.forms.approval import AddSigner, Approve, CopyTo, Countersign, Delegate, Return, Transfer
from models.forms.form import Form, get_forms
from models.messages import Actor, Participant, Request, Signer
from models.problems import DutiesNotSeparated, OfficeMayNotAct
from models.readmodel.matter_status import MatterStatus
from models.readmodel.offices import Holder, find_holders
from models.seat import Seat
from models.store import absences
from models.unit_paths import list_ids
from workflows.approval.actions import apply_action, find_signer, get_title
from workflows.approval.chain import format_awaited, format_basis, in_own_name

_TURNING = (Return, Transfer, Delegate, AddSigner, Countersign)
# What whoever signs must hold: in another's name, or in their own.
_NEEDED = ("担任审批职务", "办理、审核、审批本事项")


class PendingRequests(NamedTuple):
    """The requests of a matter that await approval, without their forms, as they stand after people left; and who takes part in them."""

    requests: tuple[Request, ...] = ()
    participants: tuple[Participant, ...] = ()


async def get_pending_requests(ctx: AppContext, matter: MatterStatus) -> PendingRequests:
    """The requests that await approval in a matter, and who takes part in them."""
    requests = [Request.model_validate({**each, "form": {}}) for each in matter.requests]
    if not requests:
        return PendingRequests()
    async with ctx.pool.connection() as connection:
        participants = await succession.find_participants_of(connection, matter, requests)
    return PendingRequests(tuple(replace_departed(each, participants) for each in requests), participants)


async def add_seats(ctx: AppContext, who: Actor, person: Person, matter: MatterStatus) -> Actor:
    """The actor, with the seats by which they reach the matter, and those who are away and whose deputy they are."""
    async with ctx.pool.connection() as connection:
        away = await absences.list_stood_in_for(connection, person.username, datetime.now(UTC))
    held = tuple(sorted(str(Seat(each.office, each.unit.id)) for each in person.list_reaching_offices(matter)))
    return who.model_copy(update={"seats": held, "stands_in_for": away})


async def check_approvers(ctx: AppContext, matter: MatterStatus, form: Form, who: Actor, requests: Sequence[Request]) -> None:
    """Refuse a request, or an action on one, that asks somebody to approve who is absent, may not know of the matter, or may not approve.

    OfficeMayNotAct names the office that nobody holds, DutiesNotSeparated the one that only the asker holds.
    """
    if isinstance(form, Approve | Return):
        _check_hand(form, who, requests)
    if isinstance(form, CopyTo):
        await _check_copies(ctx, matter, form)
    elif isinstance(form, _TURNING):
        await _check_turns(ctx, matter, form, who, requests)
    elif form.rule.approved_by and set(form.rule.by) & set(who.offices):
        signers = [Signer(office=office) for office in form.rule.approved_by]
        await _check_staff(ctx, matter, signers, form.rule.step, {who.person}, ())


def _check_hand(form: Approve | Return, who: Actor, requests: Sequence[Request]) -> None:
    """OfficeMayNotAct for somebody who takes part in a request and no longer holds, or never held, an office for that."""
    request = next((each for each in requests if each.step == form.request), None)
    place = find_signer(request, who) if request else None
    if place is None:
        return  # the workflow says whose turn it is
    is_delegate = not in_own_name(place, who) and bool(place.delegate)
    needed = get_deciding_offices() if is_delegate else SIGNING
    if needed.isdisjoint(who.offices):
        detail = f"“{get_title(form.request)}”只能由{_NEEDED[needed is SIGNING]}的人员审批，请交办人另行指定"
        raise OfficeMayNotAct(detail, required=sorted(needed), basis=_format_basis(form.request))


async def _check_turns(
    ctx: AppContext,
    matter: MatterStatus,
    form: Return | Transfer | Delegate | AddSigner | Countersign,
    who: Actor,
    requests: Sequence[Request],
) -> None:
    request = next((each for each in requests if each.step == form.request), None)
    if request is None:
        return  # the workflow says what is open instead
    after = apply_action(request, form, who).request
    if isinstance(form, Transfer) and form.unit:
        await _check_above(ctx, matter, request, form.unit, who)
    if after is not None:
        _check_offices(form)
        signers = [each for turn in after.chain for each in turn if not each.signed_by]
        await _check_staff(ctx, matter, signers, after.step, {after.asked_by.person, after.asker}, after.spent)


def _check_offices(form: Form) -> None:
    """Refuse an additional signer's office that signs in no case."""
    asked = {"office": (form.office,)} if isinstance(form, AddSigner) else {}
    asked |= {"offices": form.offices} if isinstance(form, Countersign) else {}
    for field, offices in asked.items():
        for office in offices:
            if office and office not in SIGNING:
                raise build_form_invalid(field, "signs-in-no-case", f"{office.label}不办理、审核、审批事项，不能请其审批")


async def _check_above(ctx: AppContext, matter: MatterStatus, request: Request, unit: str, who: Actor) -> None:
    line, place = _list_units_above(await ctx.directory.load_units(), matter.unit), find_signer(request, who)
    own = next((n for n, each in enumerate(line) if place and str(Seat(place.office, each)) in who.seats), 0)
    if unit not in line[:own]:
        raise build_form_invalid("unit", "unit-above", f"{naming.mark_unit(unit)}不是您所在单位的上级单位")


async def _check_staff(
    ctx: AppContext, matter: MatterStatus, signers: Sequence[Signer], step: str, askers: set[str], spent: Iterable[str]
) -> None:
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        holders = await find_holders(
            connection,
            _list_units_above(tree, matter.unit),
            [each.office for each in signers],
            [name for each in signers for name in (each.person, each.delegate) if name],
        )
        kept = await succession.list_kept_people(connection, matter.kept_from, [each.username for each in holders])
    holders = [each for each in holders if each.username not in kept and _may_sign(matter, each)]
    candidates = [_list_candidates(each, holders) for each in signers]
    for each, able in zip(signers, candidates, strict=True):
        _check_one(each, able, step, askers)
    if not _enough([able - askers - set(spent) for able in candidates]):
        names = "、".join(dict.fromkeys(format_awaited(each) for each in signers))
        raise OfficeMayNotAct(
            f"“{get_title(step)}”尚需{names}审批，可以审批的人员不足：每人只能审批一次",
            required=[each.office or each.person for each in signers],
        )


def _may_sign(matter: MatterStatus, held: Holder) -> bool:
    """Whether somebody may approve there by that office: it reads the matter, its file is open to them, and the office signs in cases."""
    known = may_read(matter, held.username, held.office) and may_open_file(matter, held.username, held.office)
    return known and held.office in SIGNING


def _check_one(signer: Signer, able: set[str], step: str, askers: set[str]) -> None:
    named = signer.delegate or signer.person
    if able - askers:
        return
    if signer.delegate:
        detail = f"受委派人须知悉本事项并担任审批职务，{naming.mark_person(signer.delegate)}不是"
        raise build_form_invalid("person", "approving-office", detail)
    if named:
        raise build_form_invalid("person", "out-of-reach", f"{naming.mark_person(named)}不是可以审批本事项的人员")
    if able:
        detail = f"“{get_title(step)}”应由{format_awaited(signer)}审批，可以审批的只有呈请人本人"
        raise DutiesNotSeparated(detail, required=[signer.office], basis=_format_basis(step))
    raise OfficeMayNotAct(
        f"“{get_title(step)}”应由{format_awaited(signer)}审批，可以知悉本事项的人员中无人担任该职务",
        required=[signer.office],
        basis=_format_basis(step),
    )


def _format_basis(step: str) -> str:
    form = get_forms().get(step)
    return format_basis(form) if form else ""


def _list_candidates(signer: Signer, holders: Iterable[Holder]) -> set[str]:
    if signer.delegate:
        return {each.username for each in holders if each.username == signer.delegate and each.office in get_deciding_offices()}
    return {
        each.username
        for each in holders
        if signer.office in ("", each.office) and signer.person in ("", each.username) and signer.unit in ("", each.unit)
    }


def _enough(candidates: Sequence[set[str]]) -> bool:
    """Whether the approvals can be given by different people."""
    given: dict[str, int] = {}

    def found(n: int, tried: set[str]) -> bool:
        for name in sorted(candidates[n] - tried):
            tried.add(name)
            if name not in given or found(given[name], tried):
                given[name] = n
                return True
        return False

    return all(found(n, set()) for n in range(len(candidates)))


def _list_units_above(tree: Tree, unit: str) -> list[str]:
    """The ids of a unit and those above it, the topmost first."""
    return list_ids(tree[unit].path) if unit in tree else []


async def _check_copies(ctx: AppContext, matter: MatterStatus, form: CopyTo) -> None:
    tree = await ctx.directory.load_units()
    bureau = _list_organisation(tree, matter.unit)
    if form.unit and form.unit not in {each.id for each in bureau}:
        raise build_form_invalid("unit", "unknown-unit", f"没有代号为“{form.unit}”的单位")
    async with ctx.pool.connection() as connection:
        holders = await find_holders(connection, [each.id for each in bureau], form.offices, form.persons)
    for person in form.persons:
        if person not in {each.username for each in holders}:
            raise build_form_invalid("persons", "unknown-officer", f"没有用户名为“{person}”的民警")
    where = {form.unit} if form.unit else set(_list_units_above(tree, matter.unit))
    for office in form.offices:
        if not any(each.office == office and each.unit in where for each in holders):
            raise build_form_invalid("offices", "vacant", f"抄送的单位中无人担任{office.label}")


def _list_organisation(tree: Tree, unit: str) -> list[Unit]:
    """The units of the organisation to which a unit belongs: copies are not sent to outside organs."""
    top = _list_units_above(tree, unit)[:1]
    return [each for each in tree.values() if _list_units_above(tree, each.id)[:1] == top]
