"""The approval chain: turns that are signed, returned to an earlier signer, transferred, delegated, added to. Pure functions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from law.offices import Office
from models import naming
from models.forms.approval import AddSigner, Approve, Countersign, Delegate, Return, TakeOffSigner, Transfer
from models.forms.form import Form, get_forms
from models.messages import Actor, Request, Signer
from models.problems import DutiesNotSeparated, FormInvalid
from models.seat import Seat

_UNSIGNED = {"signed_by": "", "signed_for": "", "delegate": "", "delegator": ""}
_OFFICES = frozenset(map(str, Office))
Turns = tuple[tuple[Signer, ...], ...]


def format_basis(form: type[Form]) -> str:
    """The articles a step rests on, as an officer cites them."""
    return "、".join(str(article) for article in form.rule.basis)


def in_own_name(signer: Signer, actor: Actor) -> bool:
    """Whether this person may give that approval by an office of theirs, or because they are named; a delegate may not."""
    holds = not signer.office or signer.office in actor.offices
    sits = not signer.unit or str(Seat(signer.office, signer.unit)) in actor.seats
    return signer.person in ("", actor.person) and holds and sits


def for_another(signer: Signer, actor: Actor) -> bool:
    """Whether this person may give that approval in another's place: as the delegate, or for whoever is away, by an office of their own."""
    if signer.delegate and signer.delegate in (actor.person, *actor.stands_in_for):
        return True
    in_their_place = actor.model_copy(update={"person": signer.person})
    return signer.person in actor.stands_in_for and in_own_name(signer, in_their_place)


def list_returnable_to(request: Request) -> tuple[str, ...]:
    """To whom a request may be returned besides the asker: the offices and people that have approved it, the first first."""
    signed = [each for turn in request.chain for each in turn if each.signed_by]
    return tuple(dict.fromkeys(name for each in signed for name in (each.office, each.signed_by) if name))


def format_signer(name: str) -> str:
    """How a sentence calls an office, or the person of that user name."""
    return Office(name).label if name in _OFFICES else naming.mark_person(name)


def format_awaited(signer: Signer) -> str:
    """How a sentence calls whose approval is awaited: the person, where one is named, or else the office, at which unit if that is said."""
    if signer.person:
        return naming.mark_person(signer.person)
    return f"{naming.mark_unit(signer.unit) if signer.unit else ''}{Office(signer.office).label}"


def list_added_signers(request: Request, actor: Actor) -> tuple[Signer, ...]:
    """Those whom this person, or whoever they took over from, asked to approve as well and who have not yet."""
    waiting = (each for turn in request.chain for each in turn if each.added_by and not each.signed_by)
    return tuple(each for each in waiting if request.find_stand_in(each.added_by) == actor.person)


def remove_signer(request: Request, form: TakeOffSigner, who: Actor) -> tuple[Signer, Turns]:
    """Whom `who` takes off, and the turns that remain; FormInvalid where that is nobody whom they added."""
    theirs = list_added_signers(request, who)
    # Of a person who signs in an office, either is their name here.
    off = next((each for each in theirs if form.signer in (each.person, each.office)), None)
    if off is None:
        detail = f"只能撤销本人加签而尚未同意的审批人：{'、'.join(map(format_awaited, theirs))}"
        raise FormInvalid(errors=[{"field": "signer", "rule": "added-by-you", "detail": detail}])
    left = (tuple(each for each in turn if each is not off) for turn in request.turns)
    return off, tuple(turn for turn in left if turn)


def _sign(request: Request, form: Approve, place: Signer, who: Actor) -> Turns:
    lent = not in_own_name(place, who)
    signed = {**_UNSIGNED, "signed_by": who.person, "signed_for": (place.delegator or place.person) if lent else ""}
    return _replace_turn(request, place, signed)


def _return(request: Request, form: Return, place: Signer, who: Actor) -> Turns:
    hands = [(n, each) for n, turn in enumerate(request.turns) for each in turn if each.signed_by]
    found = [(n, each) for n, each in hands if form.to in (each.office, each.signed_by)]
    if not found:
        detail = f"退回至须为已经同意的职务或者人员：{'、'.join(map(format_signer, list_returnable_to(request))) or '尚无'}"
        raise FormInvalid(errors=[{"field": "to", "rule": "earlier-hand", "detail": detail}])
    back, hand = found[-1]
    again = [tuple(_clear_signature(each) for each in turn) if n > back else turn for n, turn in enumerate(request.turns)]
    again[back] = tuple(_clear_signature(each) if each is hand else each for each in again[back])
    return tuple(again)


def _transfer(request: Request, form: Transfer, place: Signer, who: Actor) -> Turns:
    if form.unit and not place.office:
        raise FormInvalid(errors=[{"field": "unit", "rule": "no-office", "detail": "指名审批的事项只能转办给人员"}])
    if form.person:
        _check_free(request, who, "person", form.person)
    return _replace_turn(request, place, {**_UNSIGNED, "person": form.person, "unit": form.unit})


def _delegate(request: Request, form: Delegate, place: Signer, who: Actor) -> Turns:
    _check_free(request, who, "person", form.person)
    return _replace_turn(request, place, {"delegate": form.person, "delegator": who.person})


def _add_signer(request: Request, form: AddSigner, place: Signer, who: Actor) -> Turns:
    if form.person:
        _check_free(request, who, "person", form.person)
    added = Signer(office=form.office or "", person=form.person, added_by=who.person)
    at = _turn_of(request, place) + (form.place == "after")
    return (*request.turns[:at], (added,), *request.turns[at:])


def _countersign(request: Request, form: Countersign, place: Signer, who: Actor) -> Turns:
    for person in form.persons:
        _check_free(request, who, "persons", person)
    at = _turn_of(request, place)
    asked = {each.office for each in request.turns[at] if not each.person}
    if asked & set(form.offices):
        raise FormInvalid(errors=[{"field": "offices", "rule": "already-awaited", "detail": "该职务已在本次会签之列"}])
    named = [Signer(office=each, added_by=who.person) for each in dict.fromkeys(form.offices)]
    named += [Signer(person=each, added_by=who.person) for each in dict.fromkeys(form.persons)]
    return (*request.turns[:at], (*request.turns[at], *named), *request.turns[at + 1 :])


_CHANGES: Mapping[type[Form], Callable[[Request, Any, Signer, Actor], Turns]] = {
    Approve: _sign,
    Return: _return,
    Transfer: _transfer,
    Delegate: _delegate,
    AddSigner: _add_signer,
    Countersign: _countersign,
}


def _clear_signature(signer: Signer) -> Signer:
    return signer.model_copy(update=_UNSIGNED)


def _replace_turn(request: Request, place: Signer, changes: Mapping[str, str]) -> Turns:
    put = partial(_put, place, place.model_copy(update=dict(changes)))
    return tuple(tuple(map(put, turn)) for turn in request.turns)


def _put(place: Signer, instead: Signer, each: Signer) -> Signer:
    return instead if each is place else each


def _turn_of(request: Request, place: Signer) -> int:
    return next(n for n, turn in enumerate(request.turns) if any(each is place for each in turn))


def _check_free(request: Request, who: Actor, field: str, person: str) -> None:
    """Refuse a person who may not approve this request, or already does: nobody approves their own, and nobody counts twice."""
    if person in (request.asked_by.person, request.asker):
        raise DutiesNotSeparated(field=field, conflicting_entry=request.seq, basis=format_basis(get_forms()[request.step]))
    waiting = {name for turn in request.turns for each in turn for name in (each.person, each.delegate)}
    if person in {who.person, *request.approved_by, *request.spent, *waiting}:
        detail = f"{naming.mark_person(person)}已在审批人之列"
        raise FormInvalid(errors=[{"field": field, "rule": "already-a-hand", "detail": detail}])


def compute_next_turns(request: Request, form: Form, place: Signer, who: Actor) -> Turns:
    """The turns after `who`, whose approval `place` is, has said this; FormInvalid or DutiesNotSeparated where it names a wrong hand."""
    return _CHANGES[type(form)](request, form, place, who)
