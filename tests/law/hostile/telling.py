"""Many stories at once: told by several processes, counted, and the faults they found cut down."""

import gc
import multiprocessing
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from tests.law.hostile.stories import Story, cut_down, told_by

# Stories that one process tells before it hands in what it found.
_BATCH = 50
_TOLD_EVERY = 1000
# Of each fault so many stories are kept.
_KEPT = 3


@dataclass
class Tally:
    """What came of so many stories."""

    stories: int = 0
    moves: int = 0
    accepted: int = 0
    seconds: float = 0.0
    longest: int = 0
    shortest: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[Story]] = field(default_factory=lambda: defaultdict(list))
    refusals: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """What another process found besides."""
        self.shortest = min(self.shortest or other.shortest, other.shortest)
        self.longest = max(self.longest, other.longest)
        self.stories, self.moves, self.accepted = (
            self.stories + other.stories,
            self.moves + other.moves,
            self.accepted + other.accepted,
        )
        self.faults += other.faults
        self.refusals += other.refusals
        for rule, stories in other.found.items():
            self.found[rule] = [*self.found[rule], *stories][:_KEPT]

    def count(self, story: Story) -> None:
        """One story."""
        accepted = sum(answer is None for answer in story.answers)
        self.add(Tally(1, len(story.moves), accepted, 0.0, len(story.moves), len(story.moves)))
        self.refusals += Counter(answer.slug for answer in story.answers if answer)
        if story.fault:
            self.faults[story.fault.rule] += 1
            self.found[story.fault.rule] = [*self.found[story.fault.rule], story][:_KEPT]

    def lines(self, shown: int) -> list[str]:
        """What a person reads."""
        each = f"{self.shortest} to {self.longest} each"
        refused = self.moves - self.accepted
        told = f"{self.stories} stories, {self.moves} steps ({each}), {self.accepted} accepted, {refused} refused, {self.seconds:.0f} s"
        why = "refused: " + ", ".join(f"{slug} {many}" for slug, many in self.refusals.most_common())
        faults = [f"{many} × {rule}" for rule, many in self.faults.most_common()] or ["nothing that must hold was broken"]
        stories = [line for kept in self.found.values() for story in kept[:shown] for line in ("", *cut_down(story).lines())]
        return [told, why, *faults, *stories]


def batch(seed: str, moves: int, numbers: range) -> Tally:
    """Some stories of a seed."""
    tally = Tally()
    for n in numbers:
        story, _ = told_by(f"{seed}:{n}", moves)
        if story.fault:
            story.fault.__cause__ = None  # a traceback does not travel between processes
        tally.count(story)
    return tally


def _collect_seldom() -> None:
    """What a story leaves behind is little and what stays is much: looking through all of it for the little is most of the looking."""
    gc.freeze()
    gc.set_threshold(50_000)


def tell(seed: str, stories: int, moves: int, workers: int, say: Callable[[str], object] = lambda _: None, first: int = 0) -> Tally:
    """So many stories of a seed, from the `first` on, by so many processes; the same ones, however many processes tell them.

    `say` hears now and then how far they are, and of what was found at once.
    """
    tally, began = Tally(), time.perf_counter()
    batches = [range(n, min(n + _BATCH, first + stories)) for n in range(first, first + stories, _BATCH)]
    one = partial(batch, seed, moves)
    with ExitStack() as stack:
        spread = (
            stack.enter_context(multiprocessing.get_context("fork").Pool(workers, _collect_seldom)).imap_unordered
            if workers > 1
            else map
        )
        for part in spread(one, batches):
            tally.add(part)
            if part.faults or tally.stories % _TOLD_EVERY == 0:
                said = [str(story.fault) for stories in part.found.values() for story in stories]
                say(f"{tally.stories} stories, {time.perf_counter() - began:.0f} s {'; '.join(said)}")
    tally.seconds = time.perf_counter() - began
    return tally
