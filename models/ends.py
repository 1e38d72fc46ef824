"""Ends (终结): what must be settled before a matter comes to one, and who is told of it. One table for every kind, and a pure check over it.

What hangs on a matter is read by `activities/features/ends.py` in the transaction in which the end is recorded; what is decided about it is here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from law.citations import Article
from law.facts import Fact
from law.instruments import CPL, MPSA, MPSC, RULE
from law.labelled_enum import LabelledEnum
from models.forms.bail import FORFEITURE
from models.forms.closing import NotifyTermination
from models.forms.custody import COMPLAINTS
from models.forms.flight import LiftWantedOrder, NotifyDeath
from models.forms.form import Form
from models.forms.measures import ALWAYS, AT_LARGE, SENTENCED
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids


class Hangs(LabelledEnum):
    """What may still hang on a matter that is about to end; `label` is what a refusal calls it."""

    HELD = "held", "未释放的人"
    MEASURE = "measure", "未解除的措施"
    PERSON = "person", "未了结的犯罪嫌疑人"
    DUTY = "duty", "未履行的期限"
    ORDER = "order", "未销号的整改指令"
    REQUEST = "request", "未办结的呈请审批"
    DELIVERY = "delivery", "未送达的外部通知"
    EXHIBIT = "exhibit", "未处理的涉案财物"


BASIS: Mapping[Hangs, tuple[Article, ...]] = {
    Hangs.HELD: (CPL.article(163), MPSC.article(161), MPSC.article(187)),
    Hangs.MEASURE: (MPSC.article(187),),
    Hangs.PERSON: (MPSC.article(287),),
    Hangs.DUTY: (),  # each limit has its own
    Hangs.ORDER: (RULE.section("结案登记"),),
    Hangs.REQUEST: (RULE.section("结案登记"),),
    Hangs.DELIVERY: (RULE.section("结案登记"),),
    Hangs.EXHIBIT: (CPL.article(245), MPSC.article(187), MPSA.article(192)),
}


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing that hangs on a matter: the number of its own matter, what people call it, how it stands, and its limit and article."""

    type: Hangs
    number: str
    name: str
    status: str = ""
    limit: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """A stage at which a matter has ended or leaves: what is settled `before` it, and which kinds below are `told` by the step.

    `by` are the facts that bring a criminal case there, by which its people know that no measure is taken any more. Where somebody may
    be held when it comes, `frees` says that they are released at once, by a clock of their own.
    """

    before: tuple[Hangs, ...] = ()
    told: tuple[Kind, ...] = ()
    by: tuple[Fact, ...] = ()
    frees: bool = False


# Nothing happens to it any more, so nothing may be left to happen.
ARCHIVED = End(before=tuple(Hangs))
_NOTHING = End()
_BELOW = (Kind.SUSPECT, Kind.CRIMINAL_CASE)
_ALL_BELOW = (*_BELOW, Kind.EXHIBIT)
ENDS: Mapping[Kind, Mapping[str, End]] = {
    # What is still to be done of an incident may be done after it: until it is archived.
    Kind.INCIDENT: {
        "closed": _NOTHING,
        "told_not_ours": _NOTHING,
        "duplicate": _NOTHING,
        "transferred": End(frees=True),
        "upgraded": End(told=(Kind.CRIMINAL_CASE,)),
        "archived": ARCHIVED,
    },
    Kind.CRIMINAL_CASE: {
        "not_filed": End(told=_BELOW, by=(Fact.CASE_NOT_FILED,)),
        "transferred": End(told=_BELOW, by=(Fact.CASE_TRANSFERRED,)),
        # Its people and things go along, and are told where they belong.
        "merged": End(told=_ALL_BELOW),
        "cancelled": End(told=_ALL_BELOW, by=(Fact.CASE_CANCELLED,), frees=True),
        # What was seized remains evidence, of the administrative case that goes on or of whoever has it; what is frozen is let go.
        "turned_administrative": End(told=_ALL_BELOW, by=(Fact.CASE_TURNED_ADMINISTRATIVE,), frees=True),
        "not_prosecuted": End(told=_BELOW, by=(Fact.CASE_NOT_PROSECUTED,), frees=True),
        # By then everybody is free, or handed over to whoever carries out the sentence.
        "closed": End(before=(Hangs.HELD,), told=_ALL_BELOW, by=(Fact.CASE_CLOSED,)),
        "archived": ARCHIVED,
    },
    Kind.SUSPECT: {
        # Free, and the ordinary course of a suspect who is archived from here: the case goes on without them, or is over.
        "at_liberty": End(told=(Kind.CRIMINAL_CASE,)),
        "terminated": End(before=(Hangs.HELD, Hangs.MEASURE), told=(Kind.CRIMINAL_CASE,)),
        "dead": End(told=(Kind.CRIMINAL_CASE,)),
        "executed": End(told=(Kind.CRIMINAL_CASE,)),
        "archived": ARCHIVED,
    },
    Kind.PUBLIC_ORDER_CASE: {
        "turned_criminal": End(told=(Kind.CRIMINAL_CASE, Kind.EXHIBIT), frees=True),
        "transferred": End(frees=True),
        "terminated": End(told=(Kind.EXHIBIT,), frees=True),
        "closed": End(before=(Hangs.HELD,), told=(Kind.EXHIBIT,)),
        "archived": ARCHIVED,
    },
    # A thing ends by being disposed of, which is recorded where it is.
    Kind.EXHIBIT: dict.fromkeys(("returned", "treasury", "destroyed", "unfrozen", "handed_over"), _NOTHING),
    Kind.RECTIFICATION_ORDER: dict.fromkeys(("closed", "cancelled"), _NOTHING),
    Kind.DELIVERY: dict.fromkeys(("delivered", "abandoned"), _NOTHING),
    Kind.CANARY: {"armed": _NOTHING},
}


# Where a suspect may be left when their case is archived, and what may still be done there of what is owed to them.
AT_REST: Mapping[str, tuple[type[Form], ...]] = {
    "at_liberty": (*ALWAYS, *AT_LARGE),
    "terminated": (NotifyTermination, *COMPLAINTS, *FORFEITURE),
    "dead": (NotifyDeath, LiftWantedOrder, *COMPLAINTS, *FORFEITURE),
    "executed": SENTENCED,
    "archived": (),
}


@cache
def can_still_at_rest(stage: str) -> frozenset[Fact]:
    """The facts that can still be brought about of a suspect who is left at that stage."""
    return frozenset(fact for form in AT_REST.get(stage, ()) for fact in form.rule.may_bring)


def end_of(kind: str, stage: str) -> End:
    """What holds for a matter of that kind that comes to that stage; nothing where it is no end."""
    return ENDS.get(Kind(kind), {}).get(stage, _NOTHING)


def unsettled(kind: str, stage: str, hanging: Iterable[Hanging]) -> list[Hanging]:
    """What of all that hangs on a matter must be settled before it comes to that stage, in the order of the table."""
    before = end_of(kind, stage).before
    return sorted((each for each in hanging if each.type in before), key=lambda each: before.index(each.type))


def still_open(found: Sequence[Hanging], done: str) -> Refusal:
    """The refusal of the end called `done`, naming each thing that is open, with its number, limit and article."""
    articles = dict.fromkeys(basis for each in found for basis in _basis_of(each))
    words = "；".join(_words(each) for each in found)
    first = found[0]
    listed = [
        {"sort": each.type, "number": each.number, "name": each.name, "standing": each.status, "limit": each.limit}
        for each in found
    ]
    detail = f"尚有未了结的事项，不能{done}：{words}"
    return LawForbids(detail, basis="、".join(articles), limit=first.limit, open=listed).refusal()


def _basis_of(each: Hanging) -> tuple[str, ...]:
    return (each.basis,) if each.basis else tuple(str(article) for article in BASIS[each.type])


def _words(each: Hanging) -> str:
    within = "，".join(part for part in (each.number, each.status) if part)
    return f"{each.type.label} {each.name}（{within}）" if within else f"{each.type.label} {each.name}"
