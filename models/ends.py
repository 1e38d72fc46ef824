"""Ends (终结): what must be settled before a matter comes to one, and who is told of it; and a pure check over that.

A kind of matter says its ends beside its forms, and they are found there. What hangs on a matter is read by `activities/features/ends.py` in the
transaction in which the end is recorded; what is decided about it is here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from law.citations import Article
from law.discovery import discover
from law.facts import Fact
from law.instruments import CPL, MPSA, MPSC, RULE
from law.labelled_enum import LabelledEnum
from models.forms.form import Form
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
    be held when it comes, `frees` says that they are released at once, by a clock of their own. `remains` are the forms that may still be
    taken there of what is owed, once the matter above it is archived.
    """

    before: tuple[Hangs, ...] = ()
    told: tuple[Kind, ...] = ()
    by: tuple[Fact, ...] = ()
    frees: bool = False
    remains: tuple[type[Form], ...] = ()


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of one kind of matter, by stage: declared once, in the module of its forms.

    Every stage at which it ends, or from which it is archived, has one, though nothing hang on it.
    """

    kind: Kind
    stages: Mapping[str, End]


# Nothing happens to it any more, so nothing may be left to happen.
ARCHIVED = End(before=tuple(Hangs))
_NOTHING = End()


@cache
def get_ends() -> Mapping[Kind, Mapping[str, End]]:
    """The ends of every kind, by stage; ValueError where two modules declare those of one kind."""
    found: dict[Kind, Mapping[str, End]] = {}
    for each in discover("models.forms", Ends):
        if found.setdefault(each.kind, each.stages) is not each.stages:
            raise ValueError(f"the ends of {each.kind} are declared twice")
    return MappingProxyType(found)


@cache
def can_still_at_rest(stage: str) -> frozenset[Fact]:
    """The facts that can still be brought about of a suspect who is left at that stage."""
    return frozenset(fact for form in end_of(Kind.SUSPECT, stage).remains for fact in form.rule.may_bring)


def end_of(kind: str, stage: str) -> End:
    """What holds for a matter of that kind that comes to that stage; nothing where it is no end."""
    return get_ends().get(Kind(kind), {}).get(stage, _NOTHING)


def list_unsettled(kind: str, stage: str, hanging: Iterable[Hanging]) -> list[Hanging]:
    """What of all that hangs on a matter must be settled before it comes to that stage, in the order of the table."""
    before = end_of(kind, stage).before
    return sorted((each for each in hanging if each.type in before), key=lambda each: before.index(each.type))


def build_still_open_refusal(found: Sequence[Hanging], done: str) -> Refusal:
    """The refusal of the end called `done`, naming each thing that is open, with its number, limit and article."""
    articles = dict.fromkeys(basis for each in found for basis in _list_basis(each))
    words = "；".join(_describe_hanging(each) for each in found)
    first = found[0]
    listed = [
        {"sort": each.type, "number": each.number, "name": each.name, "standing": each.status, "limit": each.limit}
        for each in found
    ]
    detail = f"尚有未了结的事项，不能{done}：{words}"
    return LawForbids(detail, basis="、".join(articles), limit=first.limit, open=listed).to_refusal()


def _list_basis(each: Hanging) -> tuple[str, ...]:
    return (each.basis,) if each.basis else tuple(str(article) for article in BASIS[each.type])


def _describe_hanging(each: Hanging) -> str:
    within = "，".join(part for part in (each.number, each.status) if part)
    return f"{each.type.label} {each.name}（{within}）" if within else f"{each.type.label} {each.name}"
