"""Stages (阶段): read from a lifecycle's own methods, whose signatures are the transition table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from law.facts import Fact
from models.forms.archive import Archive
from models.forms.form import Form, get_forms
from models.matter import UNOPENED, Kind
from models.messages import Awaited, Request

Decide = Callable[[Any, Any], str]
D = TypeVar("D", bound=Callable[..., str | None])


class UndeclaredTarget(TypeError):
    """A stage led where its signature does not say: a mistake of its file. Nothing is recorded; on replay the recorded answer holds."""

    def __init__(self, stage: str, step: str, target: str) -> None:
        """That `stage`, on that step, returned `target`."""
        super().__init__(f"{stage} leads to {target} on {step}, which its signature does not declare")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the forms it awaits, the forms that may come meanwhile without leaving it, and where it can lead.

    An `aside` lies off the ordinary course of such a matter, though one may come back from it. Of the forms it awaits the first is that of
    the ordinary course: the stage waits for it, and for whoever takes it; where the matter `rests` it waits for nobody. `assigned` is
    awaited instead of it where an officer has the matter already.
    """

    name: str
    zh: str
    awaits: tuple[type[Form], ...]
    meanwhile: tuple[type[Form], ...]
    leads_to: tuple[str, ...]
    final: bool
    aside: bool
    decide: Decide
    rests: bool = False
    assigned: type[Form] | None = None

    @property
    def open_steps(self) -> tuple[type[Form], ...]:
        """Every form that may be handed in at this stage, the awaited ones first."""
        return tuple(dict.fromkeys(self.awaits + self.meanwhile))

    @property
    def settled(self) -> bool:
        """Whether a matter is done with here (已办结): nothing but its archiving is still to come, unless something sets it going again."""
        return Archive in self.awaits

    def find_awaited(self, officer: str, requests: Sequence[Request]) -> Awaited | None:
        """Whose turn it is here: the step and its offices; None where it is nobody's, or that of whoever approves a request."""
        if self.rests or not self.awaits or {each.step for each in requests} & {form.rule.step for form in self.awaits}:
            return None
        form = self.assigned if self.assigned and officer else self.awaits[0]
        return Awaited(step=form.rule.step, offices=tuple(map(str, form.rule.by)))

    def get_next_stage(self, matter: Any, step: Form) -> str:
        """The stage after `step`: what the method returns for an awaited step, this one for any other; UndeclaredTarget if it may not."""
        target = self.name
        if type(step) in self.awaits:
            target = self.decide(matter, step)
            if target not in self.leads_to:
                raise UndeclaredTarget(self.name, step.rule.step, target)
        matter.notify_of(step)
        return target

    @property
    def may_bring(self) -> tuple[Fact, ...]:
        """Every fact that a form handed in at this stage may bring about."""
        return tuple(sorted({fact for form in self.open_steps for fact in form.rule.may_bring}))


def stage(
    zh: str,
    *,
    meanwhile: tuple[type[Form], ...] = (),
    final: bool = False,
    aside: bool = False,
    rests: bool = False,
    assigned: type[Form] | None = None,
) -> Callable[[D], D]:
    """Mark a method as a stage, called `zh` by people. `final` says that the matter ends there, once nothing it owes is open."""

    def mark(method: D) -> D:
        method.__dict__["stage"] = {
            "zh": zh,
            "meanwhile": meanwhile,
            "final": final,
            "aside": aside,
            "rests": rests,
            "assigned": assigned,
        }
        return method

    return mark


def read_stages(cls: type, kind: Kind | None = None) -> Mapping[str, Stage]:
    """The stages of a lifecycle, in the order in which its file tells them; TypeError where one leads nowhere.

    Every stage but the first is open to the forms that say of themselves that they may be handed in everywhere in that kind.
    """
    marked = {name: method for name, method in vars(cls).items() if hasattr(method, "stage")}
    everywhere = tuple(form for form in get_forms().values() if form.rule.listed and kind in form.rule.everywhere)
    stages = {name: _build_stage(name, method, () if name == UNOPENED else everywhere) for name, method in marked.items()}
    for each in stages.values():
        for target in each.leads_to:
            if target not in stages:
                raise TypeError(f"{cls.__name__}.{each.name} leads to {target}, which is no stage")
    return stages


def get_usual_path(stages: Mapping[str, Stage]) -> tuple[str, ...]:
    """The stages that such a matter ordinarily passes, from the first it is opened into to its end.

    From each it goes to the first that its signature names of those told later, but for those aside, from where the end can be reached.
    """
    places = {name: place for place, name in enumerate(stages)}

    def onward(name: str) -> tuple[str, ...]:
        if stages[name].final:
            return (name,)
        ahead = [each for each in stages[name].leads_to if places[each] > places[name] and not stages[each].aside]
        return next(((name, *rest) for each in ahead if (rest := onward(each))), ())

    return tuple(each for each in onward(next(iter(stages))) if each != UNOPENED)


def _build_stage(name: str, method: Any, everywhere: tuple[type[Form], ...]) -> Stage:
    marked = method.stage | {"meanwhile": (*method.stage["meanwhile"], *everywhere)}
    hints = get_type_hints(method)
    returned = hints.pop("return")
    awaited = next(iter(hints.values()), None)
    return Stage(name=name, awaits=_list_members(awaited), leads_to=_list_targets(returned), decide=method, **marked)


def _list_members(hint: Any) -> tuple[type[Form], ...]:
    if get_origin(hint) in (Union, UnionType):
        return get_args(hint)
    return (hint,) if isinstance(hint, type) and issubclass(hint, Form) else ()


def _list_targets(hint: Any) -> tuple[str, ...]:
    return get_args(hint) if get_origin(hint) is Literal else ()
