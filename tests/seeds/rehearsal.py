"""A scenario played without any server: the stages decide, the law is asked, and the facts of each matter are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from law.clock import Colour
from law.clocks import compute_clocks
from law.legal_fact import LegalFact
from law.rules import check_fact
from models.matter import Kind
from models.messages import Actor, Opening, PendingCommand, Submission
from models.store.mappers import build_calendar, get_shown_colour
from seeds.bureau import HOLDINGS, PEOPLE
from seeds.script import Move, Scenario
from workflows.decision import decide
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles

CALENDAR = build_calendar(())


@dataclass
class Played:
    """One matter as the moves so far have left it."""

    life: Lifecycle
    facts: list[LegalFact] = field(default_factory=list)


class Rehearsal:
    """A scenario as it would go; `objections` is what the house or the law would have refused."""

    def __init__(self, scenario: Scenario, now: datetime) -> None:
        """Play every move as if handed in at `now`."""
        self.scenario = scenario
        self.now = now
        self.objections: list[str] = []
        self.matters: dict[str, Played] = {}
        for move in scenario.moves:
            about = self.matters[move.subject].life if move.subject else None
            if move.by_a_person:
                self.matters[move.on] = _unopened(move.kind, len(self.matters), about)
            form = {**move.form, **_dated(move)} | ({move.names: about.number} if about else {})
            self._submit(move.on, move.step, form, move)

    def colours(self) -> set[Colour]:
        """What the limits of its subject show, each for itself: a limit that is new in the law takes nothing from the others."""
        running = compute_clocks(self.matters[self.scenario.subject].facts, CALENDAR)
        return {Colour.NONE} | {get_shown_colour(clock, self.now) for clock in running}

    def _submit(self, role: str, step: str, form: Mapping[str, object], move: Move) -> None:
        life, known = self.matters[role].life, self.matters[role].facts
        seq = life.state.seq + 1
        submission = Submission(key=f"{role}/{seq}", body_hash="", step=step, form=dict(form), actor=_actor(move.username))
        decision = decide(life, submission, self.now, trusted=role != move.on)
        if decision.refusal:
            self.objections.append(f"{step}: {decision.refusal}")
            return
        self.objections += [f"{step}: {each}" for each in _objections(known, (*decision.facts, *decision.foreseen))]
        known += [replace(fact, seq=seq) for fact in decision.facts]
        stands = {name: getattr(decision, name) for name in ("stage", "final", "unit", "officer", "requests")}
        life.state = life.state.model_copy(update={"seq": seq, **stands})
        for command in decision.commands:
            self._carry_out(role, command, move)

    def _carry_out(self, role: str, command: PendingCommand, move: Move) -> None:
        here, told = self.matters[role], command.facts
        if command.verb == "open":
            told = tuple(fact for fact in here.facts if fact.about == here.life.number or fact.told_by)
            there = self.matters[move.opens] = _unopened(Kind(command.kind), len(self.matters), here.life)
            state = here.life.state
            opened = {"children": (*state.children, there.life.number), "kinds": state.kinds | {there.life.number: command.kind}}
            here.life.state = state.model_copy(update=opened)
            self._submit(move.opens, command.step, command.form, move)
        else:
            there = next(each for each in self.matters.values() if each.life.number == command.number)
        there.facts += [replace(fact, told_by=fact.told_by or here.life.number) for fact in told]


def _dated(move: Move) -> dict[str, str]:
    """When it happened; an approval is given now, unless it was given on paper then."""
    if move.on_paper:
        return {"at": move.at.isoformat(), "paper_number": "青公呈批〔2026〕1号", "paper_scan": "呈批表"}
    return {} if move.step == "approve" else {"at": move.at.isoformat()}


def _unopened(kind: Kind, turn: int, parent: Lifecycle | None = None) -> Played:
    unit, opener = (parent.state.unit, parent.number) if parent else ("qinglan", "")
    return Played(get_lifecycles()[kind](Opening(number=f"{kind.prefix}{turn:012}", unit=unit, parent=opener)))


def _objections(known: Sequence[LegalFact], new: Sequence[LegalFact]) -> list[str]:
    # One after the other, as they are recorded: what a step brings about may rest on what it brought about before.
    found = (check_fact((*known, *new[:n]), fact, CALENDAR) for n, fact in enumerate(new))
    return [each.detail for each in found if each]


@cache
def _actor(username: str) -> Actor:
    person = next(each for each in PEOPLE if each.username == username)
    offices = tuple(str(each.office) for each in HOLDINGS if each.person_id == person.id)
    return Actor(person=username, unit="qinglan", offices=offices)
