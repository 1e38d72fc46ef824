"""What becomes of a request for approval (呈请审批): whose turn it is, what each may do about it, how it stands after. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from law.calendar import SHANGHAI
from law.instants import SKEW
from law.offices import Office
from models.forms.approval import AddSigner, Approve, CopyTo, Countersign, Delegate, Return, Transfer, Urge, Withdraw
from models.forms.dossier import KINDS
from models.forms.form import forms
from models.matter import Kind
from models.messages import Actor, Request, Signer, Word
from models.problems import DutiesNotSeparated, FormInvalid, OfficeMayNotAct
from workflows.turns import Turns, basis_of, changed, in_own_name

Verb = Approve | Return | Withdraw | Urge | Transfer | Delegate | AddSigner | Countersign | CopyTo
_THE_ASKERS: tuple[type[Verb], ...] = (Withdraw, Urge, CopyTo)
_A_DELEGATES: tuple[type[Verb], ...] = (Approve, Return)
_A_SIGNERS: tuple[type[Verb], ...] = (*_A_DELEGATES, Transfer, Delegate, AddSigner, Countersign, CopyTo)
VERBS = (*_A_SIGNERS[:-1], *_THE_ASKERS)
_NOBODY = Actor(person="", unit="", offices=())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb comes to: the request as it goes on, or as it `ended`; the office by which it was `approved`; who is told; who may read."""

    request: Request | None = None
    ended: Request | None = None
    approved: str = ""
    words: tuple[Word, ...] = ()
    share_with: tuple[str, ...] = ()


def title_of(step: str) -> str:
    """How people call a step."""
    form = forms().get(step)
    return form.rule.title if form else step


def place_of(request: Request, actor: Actor) -> Signer | None:
    """The approval of the present turn that is this person's to give, in their own name before another's; None: it is not their turn."""
    own = sorted((each for each in request.present if in_own_name(each, actor)), key=lambda each: not each.person)
    lent = [each for each in request.present if each.delegate and each.delegate == actor.person]
    return next(iter([*own, *lent]), None)


def verbs_of(request: Request, actor: Actor) -> tuple[type[Verb], ...]:
    """What this person may do about a request."""
    if actor.person == request.asked_by.person:
        return _THE_ASKERS
    place = place_of(request, actor)
    if place is None or actor.person in request.approved_by:
        return ()
    return _A_SIGNERS if in_own_name(place, actor) else _A_DELEGATES


def outcome(request: Request, form: Verb, actor: Actor | None) -> Outcome:
    """What comes of a verb; OfficeMayNotAct or DutiesNotSeparated where it is not theirs to say, FormInvalid where it names a wrong hand."""
    who = actor or _NOBODY
    if type(form) not in verbs_of(request, who):
        raise _not_theirs(request, form, who)
    request = request.model_copy(update={"turns": request.chain})
    place = place_of(request, who)
    match form:
        case Withdraw():
            return Outcome(ended=request)
        case Urge():
            said = f"催办“{title_of(request.step)}”：{form.words}"
            return Outcome(request, words=tuple(_to_awaited(request, said)))
        case CopyTo():
            return _copied(request, form)
        case Return() if not form.to:
            said = f"“{title_of(request.step)}”被退回：{form.reason}"
            return Outcome(ended=request, words=(Word(words=said, person=request.asked_by.person, step=request.step),))
        case _:
            assert place is not None  # else the verb would not have been theirs
            return _going_on(request, changed(request, form, place, who))


def check_dated(request: Request, form: Verb, kind: Kind) -> None:
    """Refuse an approval that is dated before its request was entered, unless it was given on a paper that is named and scanned."""
    known_at = request.recorded_at or request.asked_at
    if not isinstance(form, Approve) or form.at is None or form.at >= known_at - SKEW:
        return
    if not form.paper_number:
        entered = f"{known_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        detail = f"同意的时间不得早于呈请录入的时间（{entered}）；此前已经在纸上批准的，填写纸质审批文书号并附扫描件，按补录处理"
        raise FormInvalid(errors=[{"field": "at", "rule": "before-its-request", "detail": detail}])
    if kind in KINDS and not form.paper_scan:
        detail = "补录纸质审批，须先将其扫描件上传电子卷宗，并填写扫描件的名称"
        raise FormInvalid(errors=[{"field": "paper_scan", "rule": "missing", "detail": detail}])


def _not_theirs(request: Request, form: Verb, who: Actor) -> OfficeMayNotAct | DutiesNotSeparated:
    basis, place = basis_of(forms()[request.step]), place_of(request, who)
    if isinstance(form, (Withdraw, Urge)):
        return OfficeMayNotAct("只有呈请人可以撤回或者催办", required=["呈请人"])
    if place and (who.person == request.asked_by.person or who.person in request.approved_by):
        return DutiesNotSeparated(conflicting_entry=request.seq, basis=basis)
    if place:
        return OfficeMayNotAct("受委派人只能同意或者退回，不得再行转交", required=[place.office or place.person], basis=basis)
    required = [each.office or each.person for each in request.present]
    names = "、".join(Office(each.office).zh if each.office else each.person for each in request.present)
    return OfficeMayNotAct(f"“{title_of(request.step)}”应由{names}审批", required=required, held=list(who.offices), basis=basis)


def _going_on(request: Request, turns: Turns) -> Outcome:
    every = [each for turn in turns for each in turn]
    after = request.model_copy(
        update={
            "turns": turns,
            "awaiting": tuple(each.office for each in every if each.office and not each.signed_by),
            "approved_by": tuple(name for each in every for name in (each.signed_for, each.signed_by) if name),
        }
    )
    if after.present:
        return Outcome(after)
    # Whoever was asked to sign besides does not decide: the law asks for the office that the form names.
    asked_for = [each.office for each in every if each.office and not each.added_by]
    return Outcome(ended=after, approved=asked_for[-1] if asked_for else str(forms()[request.step].rule.approved_by[-1]))


# Who is told


def _to_awaited(request: Request, said: str) -> Iterable[Word]:
    for each in request.present:
        yield Word(words=said, person=each.person) if each.person else Word(words=said, office=each.office, unit=each.unit)
        if each.delegate:
            yield Word(words=said, person=each.delegate)


def _copied(request: Request, form: CopyTo) -> Outcome:
    said = f"抄送“{title_of(request.step)}”：{form.words}"
    to_people = [Word(words=said, person=each) for each in dict.fromkeys(form.persons)]
    to_offices = [Word(words=said, office=each, unit=form.unit) for each in dict.fromkeys(form.offices)]
    desks = [f"{each.office}@{each.unit}" for each in to_offices if each.unit]
    share_with = (*(f"@{each.person}" for each in to_people), *desks)
    return Outcome(request, words=(*to_people, *to_offices), share_with=share_with)
