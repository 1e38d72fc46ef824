"""A course played without any server: the stages decide, the law is asked, and the facts of each matter are kept."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from law.clock import Clock, Colour
from law.clocks import clocks
from law.facts import LegalFact
from law.permission import objection
from models.matter import Kind
from models.messages import Actor, Intention, Opening, Submission
from models.rows import LADDER, calendar_of, colour_at
from seeds.bureau import HOLDINGS, PEOPLE
from seeds.script import INCIDENT, Course, Move
from workflows.decision import decide
from workflows.lifecycle import Lifecycle
from workflows.registry import lifecycles

CALENDAR = calendar_of(())


@dataclass
class Played:
    """One matter as the moves so far have left it."""

    life: Lifecycle
    facts: list[LegalFact] = field(default_factory=list)


@dataclass
class Rehearsal:
    """A course played up to `now`; `objections` is what the house or the law would have refused, each with its step."""

    course: Course
    now: datetime
    matters: dict[str, Played] = field(default_factory=dict)
    objections: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Play every move."""
        self.matters[INCIDENT] = self._unopened(Kind.INCIDENT, INCIDENT)
        for move in self.course.moves:
            form = {name: str(value) if hasattr(value, "zh") else value for name, value in move.form.items()}
            self._submit(move.on, move, {**form, "at": move.at.isoformat()}, _actor(move.username))

    @property
    def subject(self) -> Played:
        """The matter that the course is about."""
        return self.matters[self.course.subject]

    def clocks(self) -> list[Clock]:
        """The clocks of that matter."""
        return clocks(self.subject.facts, CALENDAR)

    def colour(self) -> Colour:
        """What that matter shows."""
        return max((colour_at(clock, self.now) for clock in self.clocks()), key=LADDER.index, default=Colour.NONE)

    def _unopened(self, kind: Kind, role: str, parent: str = "") -> Played:
        return Played(lifecycles()[kind](Opening(number=f"{kind.prefix}{role}", unit="qinglan", parent=parent)))

    def _submit(self, role: str, move: Move, form: dict[str, object], actor: Actor, step: str = "") -> None:
        matter, step = self.matters[role], step or move.step
        life = matter.life
        key = f"{role}/{life.state.seq}"
        submission = Submission(key=key, body_hash="", step=step, form=form, actor=actor)
        decision = decide(life, submission, self.now, trusted=step != move.step)
        if decision.refusal:
            self.objections.append(f"{step}: {decision.refusal.detail} {decision.refusal.members}")
            return
        seq = life.state.seq + 1
        for fact in (*decision.facts, *decision.foreseen):
            if against := objection(matter.facts, fact, CALENDAR):
                self.objections.append(f"{step}: {against.detail}")
        matter.facts += [replace(fact, seq=seq) for fact in decision.facts]
        stands = {name: getattr(decision, name) for name in ("stage", "final", "unit", "officer", "requests")}
        life.state = life.state.model_copy(update={"seq": seq, **stands})
        for intention in decision.intentions:
            self._carry_out(role, move, intention, actor)

    def _carry_out(self, role: str, move: Move, intention: Intention, actor: Actor) -> None:
        here = self.matters[role]
        if intention.verb == "open":
            told = [fact for fact in here.facts if fact.about == here.life.number or fact.told_by]
            there = self.matters[move.opens] = self._unopened(Kind(intention.kind), move.opens, here.life.number)
            here.life.state = here.life.state.model_copy(update={"children": (*here.life.state.children, there.life.number)})
            self._submit(move.opens, move, dict(intention.form), actor, intention.step)
        else:
            told = list(intention.facts)
            there = next(each for each in self.matters.values() if each.life.number == intention.number)
        there.facts += [replace(fact, told_by=fact.told_by or here.life.number) for fact in told]


@cache
def _actor(username: str) -> Actor:
    person = next(each for each in PEOPLE if each.username == username)
    offices = tuple(str(each.office) for each in HOLDINGS if each.person_id == person.id)
    return Actor(person=username, unit="qinglan", offices=offices)
