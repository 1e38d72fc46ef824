"""State machine of an approval request (呈请审批): who may act next, which actions, the resulting state. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from law.calendar import SHANGHAI
from law.instants import SKEW
from law.offices import HEADS
from models.forms.approval import (
    AddSigner,
    Approve,
    CopyTo,
    Countersign,
    Delegate,
    Return,
    TakeOffSigner,
    Transfer,
    Urge,
    Withdraw,
)
from models.forms.dossier import KINDS
from models.forms.form import get_forms
from models.matter import Kind
from models.messages import Actor, Notice, NoticeType, Request, Signer
from models.problems import FormInvalid
from models.seat import Seat, build_copied_person
from workflows.approval.chain import Turns, compute_next_turns, for_another, in_own_name, list_added_signers, remove_signer
from workflows.approval.refusals import check_entitled, get_title

Action = Approve | Return | Withdraw | Urge | Transfer | Delegate | AddSigner | TakeOffSigner | Countersign | CopyTo
_ASKERS_MAY: tuple[type[Action], ...] = (Withdraw, Urge, CopyTo)
_DELEGATES_MAY: tuple[type[Action], ...] = (Approve, Return)
_SIGNERS_MAY: tuple[type[Action], ...] = (*_DELEGATES_MAY, Transfer, Delegate, AddSigner, Countersign, CopyTo)
_ADDERS_MAY: tuple[type[Action], ...] = (TakeOffSigner,)
# What is left to nobody ends by whoever stands above it.
_HEADS_MAY: tuple[type[Action], ...] = (Withdraw, Urge)
ACTIONS = (*_SIGNERS_MAY[:-1], *_ADDERS_MAY, *_ASKERS_MAY)
_NOBODY = Actor(person="", unit="", offices=())


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an action: the request as it goes on, or as it `ended`; the office by which it was `approved`; who is told; who may read."""

    request: Request | None = None
    ended: Request | None = None
    approved: str = ""
    notices: tuple[Notice, ...] = ()
    share_with: tuple[str, ...] = ()


def find_signer(request: Request, actor: Actor) -> Signer | None:
    """The approval of the present turn that is this person's to give, in their own name before another's; None: it is not their turn."""
    own = sorted((each for each in request.present if in_own_name(each, actor)), key=lambda each: not each.person)
    lent = [each for each in request.present if for_another(each, actor)]
    return next(iter([*own, *lent]), None)


def list_actions(request: Request, actor: Actor) -> tuple[type[Action], ...]:
    """What this person may do about a request as it stands after whoever has left it."""
    if actor.person in (request.asked_by.person, request.asker):
        return _ASKERS_MAY
    return tuple(dict.fromkeys((*_of_the_turn(request, actor), *_of_who_added(request, actor), *_of_who_is_above(request, actor))))


def _of_the_turn(request: Request, actor: Actor) -> tuple[type[Action], ...]:
    place = find_signer(request, actor)
    if place is None or actor.person in request.spent:
        return ()
    return _SIGNERS_MAY if in_own_name(place, actor) else _DELEGATES_MAY


def _of_who_added(request: Request, actor: Actor) -> tuple[type[Action], ...]:
    return _ADDERS_MAY if list_added_signers(request, actor) else ()


def _of_who_is_above(request: Request, actor: Actor) -> tuple[type[Action], ...]:
    """Nobody approves in an office that they do not hold; but what nobody could end goes back, or is withdrawn."""
    heads = not HEADS.isdisjoint(actor.offices)
    office = set(request.asked_by.offices) & set(get_forms()[request.step].rule.by)
    withdraws = not request.asker and (heads or not office.isdisjoint(actor.offices))
    return (*((Return,) if request.vacant and heads else ()), *(_HEADS_MAY if withdraws else ()))


def apply_action(request: Request, form: Action, actor: Actor | None) -> Outcome:
    """What comes of a verb; OfficeMayNotAct or DutiesNotSeparated where it is not theirs to say, FormInvalid where it names a wrong hand."""
    who = actor or _NOBODY
    if type(form) not in list_actions(request, who):
        raise check_entitled(request, form, who, find_signer(request, who))
    request = request.model_copy(update={"turns": request.chain})
    place = find_signer(request, who)
    match form:
        case Withdraw():
            return Outcome(ended=request)
        case Urge():
            words = f"催办“{get_title(request.step)}”：{form.words}"
            return Outcome(request, notices=tuple(_notify_awaited(request, words)))
        case CopyTo():
            return _copy(request, form)
        case TakeOffSigner():
            return _take_off(request, form, who)
        case Return() if not form.to:
            words = f"“{get_title(request.step)}”被退回：{form.reason}"
            return Outcome(ended=request, notices=(_notify_asker(request, words),))
        case _ if place is None:  # whoever is above sends it back to the one who asked, and to nobody else
            raise FormInvalid(errors=[{"field": "to", "rule": "to-the-asker", "detail": "无人可以审批的，只能退回呈请人"}])
        case _:
            return _continue_request(request, compute_next_turns(request, form, place, who))


def check_dated(request: Request, form: Action, kind: Kind) -> None:
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


def _continue_request(request: Request, turns: Turns) -> Outcome:
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
    approved = asked_for[-1] if asked_for else str(get_forms()[request.step].rule.approved_by[-1])
    return Outcome(ended=after, approved=approved, notices=tuple(_of_approval(request)))


def _take_off(request: Request, form: TakeOffSigner, who: Actor) -> Outcome:
    off, turns = remove_signer(request, form, who)
    words = f"不再请您审批“{get_title(request.step)}”：{form.reason}"
    came = _continue_request(request, turns)
    return replace(came, notices=(*came.notices, _notify_signer(off, words))) if off in request.present else came


# Who is told


def _notify_signer(signer: Signer, words: str) -> Notice:
    return (
        Notice(words=words, person=signer.person) if signer.person else Notice(words=words, office=signer.office, unit=signer.unit)
    )


def _notify_asker(request: Request, words: str) -> Notice:
    """What is the asker's to do anew; of one who left it to nobody, that of the office in which they asked."""
    if request.asker:
        return Notice(words=words, person=request.asker, step=request.step)
    by = get_forms()[request.step].rule.by
    office = next((each for each in by if each in request.asked_by.offices), by[0])
    return Notice(words=words, office=office, step=request.step)


def _of_approval(request: Request) -> Iterable[Notice]:
    """Whoever asked may go on: where the step leads to no other stage, nothing else would say so to them."""
    if request.asker:
        yield Notice(words=f"“{get_title(request.step)}”已获批准", person=request.asker)


def _notify_awaited(request: Request, words: str) -> Iterable[Notice]:
    for each in request.present:
        yield _notify_signer(each, words)
        if each.delegate:
            yield Notice(words=words, person=each.delegate)


def _copy(request: Request, form: CopyTo) -> Outcome:
    words = f"抄送“{get_title(request.step)}”：{form.words}"
    to_people = [Notice(words=words, person=each, type=NoticeType.COPY) for each in dict.fromkeys(form.persons)]
    to_offices = [Notice(words=words, office=each, unit=form.unit, type=NoticeType.COPY) for each in dict.fromkeys(form.offices)]
    seats = [str(Seat(each.office, each.unit)) for each in to_offices if each.unit]
    share_with = (*(build_copied_person(each.person) for each in to_people), *seats)
    return Outcome(request, notices=(*to_people, *to_offices), share_with=share_with)
