"""Features: what hangs on the record of a step. A feature is a module of `activities.features` that declares a `Feature` and its hooks.

The record knows none of them by name. It goes through the phases below, and in each runs the hooks that say that they hear this step: by
the kind of the matter, the step, the facts that it brings or would bring once approved, and whether it was taken here or told by another
matter. So no feature costs a step that it does not concern a round trip to the database. Within a phase features come in the order of what
they are about (`Concern`), the hooks of one feature in the order in which they stand. No feature names another, nor imports one: what two of
them ask is a module of its own. So each is removed by deleting its module.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum, auto
from functools import cache
from typing import Literal

from activities.recording.draft import Draft
from law.discovery import discover
from models.messages import Refusal

# Found by its name and imported by nobody here.
_ROOM = "activities.features"


class Phase(StrEnum):
    """When a hook runs. Those of the first three may refuse the step, by returning a `Refusal`; what they find they put into the draft."""

    # Complete the proposal with what it says itself.
    PREPARE = "prepare"
    # Complete it with what the record knows besides.
    ENRICH = "enrich"
    # After the law was asked: what else speaks against the step.
    CHECK = "check"
    # What whoever acts, and whoever will approve, should know: `notes`.
    ADVISE = "advise"
    # Who reads of it besides, and with whom the matter is shared.
    NOTIFY = "notify"
    # Whom it is told to, and what it asks of other matters: `commands`.
    COMMAND = "command"
    # The clocks are reckoned: what the journal keeps besides, who has to see to a limit that ran out.
    CONCLUDE = "conclude"
    # Rows beside the entry, in its transaction and its pipeline: before the matter's own row changes, after, and last of all.
    WRITE_BEFORE = "write-before"
    WRITE = "write"
    WRITE_LAST = "write-last"
    # What a document of the step may say: the words go to `keep` as `DocumentWords`.
    DOCUMENT = "document"


class Concern(IntEnum):
    """What a feature is about. In each phase they are asked in this order, and the first refusal is what people read.

    So whatever completes the step comes before what judges it: people are joined before anybody asks who is held. Features of one
    concern come by name.
    """

    # Where the matter belongs: under which other, and whether it is one of ours at all.
    BELONGING = auto()
    # What was done to somebody, and what must be asked about it.
    HARM = auto()
    # What was announced, and what is decided.
    PENALTIES = auto()
    # Who is in the matter.
    PEOPLE = auto()
    # What stands in the record and is set right.
    RECORD = auto()
    # Whether the matter may end.
    END = auto()
    # Who is held, for how long, and where else.
    CUSTODY = auto()
    # What others look at afterwards: the dossier, findings, overruns.
    REVIEW = auto()
    # What was seized.
    THINGS = auto()
    # What systems outside are told.
    OUTSIDE = auto()
    # The papers, which say how all of it came out.
    PAPERS = auto()


Function = Callable[[Draft], Awaitable[Refusal | None]]


@dataclass(frozen=True, slots=True)
class Hook:
    """A function that runs in one phase, for the steps that it hears; an empty set hears all."""

    phase: Phase
    function: Function
    kinds: frozenset[str]
    steps: frozenset[str]
    facts: frozenset[str]
    type: Literal["step", "told"] | None

    def listens_to(self, type: Literal["step", "told"], kind: str, step: str) -> bool:  # noqa: A002 - named as the proposal names it
        """Whether a step of that name can concern it, whatever facts it brings."""
        return (
            (self.type is None or type == self.type)
            and (not self.kinds or kind in self.kinds)
            and (not self.steps or step in self.steps)
        )

    def hears(self, draft: Draft) -> bool:
        """Whether the facts of a draft's step concern it."""
        return not self.facts or any(fact.fact in self.facts for fact in draft.brought)


class Feature:
    """What one feature hangs on the record: made once in its module, whose name it bears."""

    def __init__(self, module: str, concern: Concern) -> None:
        """Of that module (`__name__`), about that."""
        self.name = module.rpartition(".")[2]
        self.concern = concern
        self.hooks: list[Hook] = []

    def hook(
        self,
        phase: Phase,
        *,
        kinds: Iterable[str] = (),
        steps: Iterable[str] = (),
        facts: Iterable[str] = (),
        type: Literal["step", "told"] | None = None,  # noqa: A002 - named as the proposal names it
    ) -> Callable[[Function], Function]:
        """Let the decorated function run in a phase, for matters of these kinds, these steps, steps that bring one of these facts."""

        def registered(function: Function) -> Function:
            self.hooks.append(Hook(phase, function, frozenset(kinds), frozenset(steps), frozenset(facts), type))
            return function

        return registered


@cache
def get_features() -> tuple[Feature, ...]:
    """Every feature, in the order in which their hooks run."""
    return tuple(sorted(discover(_ROOM, Feature), key=lambda each: (each.concern, each.name)))


@cache
def get_hooks(phase: Phase, type: Literal["step", "told"], kind: str, step: str) -> tuple[Hook, ...]:  # noqa: A002 - as above
    """The hooks of a phase that a step of that name can concern, in their order."""
    hooks = (each for feature in get_features() for each in feature.hooks if each.phase is phase)
    return tuple(each for each in hooks if each.listens_to(type, kind, step))


async def run(phase: Phase, draft: Draft) -> Refusal | None:
    """Run the hooks of a phase that hear the step; the first refusal ends it."""
    proposal = draft.proposal
    for hook in get_hooks(phase, proposal.type, proposal.kind, proposal.step):
        if hook.hears(draft) and (refusal := await hook.function(draft)):
            return refusal
    return None
