"""Refusals of whoever is not entitled to a step or an approval action: they name who is, by office or by person. Pure functions."""

from law.offices import HEADS
from models import naming
from models.external import get_systems
from models.forms.approval import TakeOffSigner, Urge, Withdraw
from models.forms.form import Form, get_forms
from models.messages import Actor, Request, Signer
from models.outside import is_machine, parse_machine_name
from models.problems import DutiesNotSeparated, OfficeMayNotAct
from workflows.approval.chain import format_awaited, format_basis


def get_title(step: str) -> str:
    """How people call a step."""
    form = get_forms().get(step)
    return form.rule.title if form else step


def check_office(form: type[Form], actor: Actor | None) -> None:
    """Refuse whoever holds none of the offices that may take a step; a system outside opens what it is connected for."""
    if actor and is_machine(actor.person) and form in get_systems()[parse_machine_name(actor.person)].opens:
        return
    if actor is None or not set(form.rule.by) & set(actor.offices):
        names = "、".join(office.label for office in form.rule.by)
        raise OfficeMayNotAct(
            f"“{form.rule.title}”应由{names}办理",
            required=[str(office) for office in form.rule.by],
            held=list(actor.offices) if actor else [],
            basis=format_basis(form),
        )


def check_entitled(request: Request, form: Form, who: Actor, place: Signer | None) -> OfficeMayNotAct | DutiesNotSeparated:
    """The refusal of a verb that is not theirs to say; `place` is the approval that would be theirs to give, if any."""
    basis = format_basis(get_forms()[request.step])
    if isinstance(form, (Withdraw, Urge)):
        return _refuse_all_but_asker(request)
    if isinstance(form, TakeOffSigner):
        return _refuse_all_but_adders(request)
    if place and who.person in {request.asked_by.person, request.asker, *request.spent}:
        return DutiesNotSeparated(_describe_involvement(request, who), conflicting_entry=request.seq, basis=basis)
    if place:
        whose = format_awaited(place.model_copy(update={"person": place.delegator or place.person}))
        detail = f"受委派人、代理人只能同意或者退回，不得再行转交；转交应由{whose}办理"
        return OfficeMayNotAct(detail, required=[place.office or place.person], basis=basis)
    required = [each.office or each.person for each in request.present]
    names = "、".join(map(format_awaited, request.present))
    detail = f"“{get_title(request.step)}”应由{names}审批"
    if request.vacant:
        detail += "，现无人可以审批；请由单位负责人退回呈请人"
    return OfficeMayNotAct(detail, required=required, held=list(who.offices), basis=basis)


def _refuse_all_but_adders(request: Request) -> OfficeMayNotAct:
    waiting = (each for turn in request.chain for each in turn if each.added_by and not each.signed_by)
    adders = [name for name in dict.fromkeys(request.find_stand_in(each.added_by) for each in waiting) if name]
    detail = f"加签应由加签人{naming.mark_people(adders)}撤销" if adders else "没有可以撤销的加签"
    return OfficeMayNotAct(detail, required=adders)


def _describe_involvement(request: Request, who: Actor) -> str:
    """Why somebody whose turn it would be may not approve."""
    if who.person == request.asked_by.person:
        return ""  # as the problem says by itself
    if who.person == request.asker:
        return f"您已接手{naming.mark_person(request.asked_by.person)}的呈请，不得审批本人呈请的事项"
    if who.person in request.approved_by:
        return "每人只能审批一次，您已经同意"
    return "您接手的人员已经同意，不得再次审批"


def _refuse_all_but_asker(request: Request) -> OfficeMayNotAct:
    if request.asker:
        whose = f"呈请人{naming.mark_person(request.asker)}"
        return OfficeMayNotAct(f"只有{whose}可以撤回或者催办", required=["呈请人"])
    offices = [each for each in get_forms()[request.step].rule.by if each in request.asked_by.offices]
    whose = "、".join((*(each.label for each in offices), "单位负责人"))
    detail = f"呈请人{naming.mark_person(request.asked_by.person)}已不在任，可以由{whose}撤回或者催办"
    return OfficeMayNotAct(detail, required=[*offices, *sorted(HEADS)])
