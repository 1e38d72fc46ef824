"""Ways to break the product, each of which the hostile officer must find: kept with what it breaks, in one place of the product each."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import law.clock_run
import law.clocks
import law.counting
import law.ends
import law.measure_rules
import law.penalties
import law.rules
import workflows.criminal_case
from law.clock import ClockState
from law.facts import Fact
from law.maxima import Spent, compute_spent
from law.time_limits import TimeLimit, get_limits
from tests.law.hostile.bureau import without_hooks
from tests.law.hostile.stories import told_by


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way: what is broken, and how for as long as the context lasts."""

    name: str
    broken: Callable[[], AbstractContextManager[Any]]


def _never(*_: Any, **__: Any) -> None:
    return None


def _forgotten() -> None:
    """What was reckoned while the product was broken otherwise must not be remembered."""
    for remembered in (
        law.clocks._of_log,
        law.clocks._of_limit,
        law.clocks.get_limits_started,
        law.clocks._get_facts_concerned,
        law.clocks._get_facts_heard,
    ):
        remembered.cache_clear()


@contextmanager
def _without(*places: tuple[Any, str, Any], hooks: Sequence[str] = ()) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(without_hooks(*hooks))
        for module, name, instead in places:
            stack.enter_context(patch.object(module, name, instead))
        _forgotten()
        yield
    _forgotten()


def _lapsed(*_: Any, **__: Any) -> ClockState:
    return ClockState.LAPSED


@contextmanager
def _longer(limit_id: str, **changes: Any) -> Iterator[None]:
    """With that limit otherwise than the law has it."""
    limit = get_limits()[limit_id]
    with ExitStack() as stack:
        for name, value in changes.items():
            was = getattr(limit, name)
            object.__setattr__(limit, name, value)
            stack.callback(object.__setattr__, limit, name, was)
        _forgotten()
        yield
    _forgotten()


def _rolling() -> AbstractContextManager[Any]:
    """Custody days and months as if they were ordinary ones."""
    resolved = law.counting.Counting.resolve
    plain = {law.counting.Counting.CUSTODY_MONTHS: law.counting.Counting.MONTHS}

    def rolled(counting: Any, *, held: bool) -> Any:
        found = resolved(counting, held=held)
        return plain.get(found, found)

    return _without((law.counting.Counting, "resolve", rolled))


def _custody_months(more: int) -> AbstractContextManager[Any]:
    limit = get_limits()["investigative-custody"]
    first, *rest = limit.editions
    base = first.bases[0]
    longer = replace(base, length=base.length + base.length if base.length else None)
    assert more
    return _longer("investigative-custody", editions=(replace(first, bases=(longer, *first.bases[1:])), *rest))


def _case_untold() -> AbstractContextManager[Any]:
    """Nobody hears that their case has ended, and nobody asks."""
    return _without((workflows.criminal_case.CriminalCase, "tell", _never), hooks=["check_case_stands"])


def _only_custody_adds_up(limit: TimeLimit, *rest: Any) -> Spent | None:
    return compute_spent(limit, *rest) if limit.id == "investigative-custody" else None


def _answered_for_ever() -> AbstractContextManager[Any]:
    """A request to arrest that is never used up."""
    decisions = (Fact.ARREST_APPROVED, Fact.ARREST_REFUSED)
    return _without(*((fact, "uses_up", False) for fact in decisions))


MUTATIONS: Sequence[Mutation] = (
    Mutation(
        "a receipt, a failure or a restart needs no fresh ground",
        lambda: _without((law.rules, "_check_fresh_ground", _never)),
    ),
    Mutation(
        "what ended after its end is called lapsed",
        lambda: _without((law.clock_run, "get_end_state", _lapsed), (law.clock_run, "find_overrun", _never)),
    ),
    Mutation(
        "custody is counted anew, put off or held up after it has run out",
        lambda: _without(
            (law.rules, "_check_not_moved_after_expiry", _never), (law.clock_run.ClockRun, "is_over", lambda *_: False)
        ),
    ),
    Mutation(
        "bail and surveillance are counted for each decision",
        lambda: _without(
            (law.measure_rules, "_check_maximum_left", _never), (law.clock_run, "compute_spent", _only_custody_adds_up)
        ),
    ),
    Mutation(
        "an ended case permits further measures",
        lambda: _without((law.rules, "check_case_not_ended", _never), hooks=["check_case_stands"]),
    ),
    Mutation(
        "one person is named and held twice",
        lambda: _without(hooks=["check_named_once", "check_held_once_anywhere"]),
    ),
    Mutation(
        "an extension counts whenever it is approved", lambda: _without((law.clock_run.ClockRun, "is_over", lambda *_: False))
    ),
    Mutation(
        "a late entry leaves no trace",
        lambda: _without((law.clocks, "_find_cured_overrun", _never), (law.clocks, "_find_overrun_until_correction", _never)),
    ),
    Mutation("a third return for investigation is permitted", lambda: _without((law.rules, "_check_at_most_twice", _never))),
    Mutation("custody rolls off rest days", _rolling),
    Mutation("custody after arrest lasts four months", lambda: _custody_months(2)),
    Mutation("what becomes of a case its suspects are not told", _case_untold),
    Mutation("a measure may be dated before the one it ends", lambda: _without((law.rules, "_check_after_last_measure", _never))),
    Mutation(
        "custody under investigation begins anew with each arrest", lambda: _longer("investigative-custody", accumulates=False)
    ),
    Mutation(
        "whoever was to be let go is held on another ground",
        lambda: _without((law.measure_rules, "_check_no_release_owed", _never)),
    ),
    Mutation("one request lets any number of arrests be approved", _answered_for_ever),
    Mutation(
        "somebody serves more days than were decided", lambda: _without((law.penalties, "_check_within_decided_days", _never))
    ),
    Mutation("somebody is held in two matters at once", lambda: _without(hooks=["check_held_once_anywhere"])),
    Mutation(
        "what had run out is begun anew by what is learnt only afterwards",
        lambda: _without((law.clock_run.ClockRun, "stays", lambda *_: False)),
    ),
    Mutation("nobody is to be released as the case ends", lambda: _longer("case-over-release", armed=False)),
)


def found_by(mutation: Mutation, seed: str, stories: int) -> tuple[int, str]:
    """After how many stories the officer finds it, and by which rule; 0 if not within so many."""
    with mutation.broken():
        for n in range(stories):
            story, _ = told_by(f"{seed}:{n}")
            if story.fault:
                return n + 1, str(story.fault)
    return 0, ""


def tried(seed: str, stories: int) -> int:
    """Break the product in each way, and say after how many stories it was found; 1 where one was not."""
    missed = 0
    for mutation in MUTATIONS:
        after, fault = found_by(mutation, seed, stories)
        sys.stdout.write(f"{mutation.name}: {f'found in story {after} ({fault})' if after else 'NOT FOUND'}\n")
        sys.stdout.flush()
        missed += not after
    return 1 if missed else 0
