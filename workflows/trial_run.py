"""A trial run (试算) of what is brought over: what the lifecycles and the law would say of it, and which clocks would run. Nothing is written.

The real lifecycles decide and the real law judges, on where the steps before would have left the matter. By what somebody is held in matters
that are here already, whoever asks must know, and says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from law.calendar import Calendar
from law.clock import Clock
from law.clocks import compute_clocks
from law.facts import CUSTODY_BEGINS
from law.history import History
from law.holdings import ONCE, begins_to_hold, find_holding_meanwhile
from law.instants import read
from law.legal_fact import LegalFact
from law.reasons import format_minute
from law.rules import check_fact
from models.ledgers.past_steps import PastCase, PastPerson, PastStep
from models.matter import Kind
from models.messages import Actor, BroughtOver, Opening, PendingCommand, Submission
from models.party_ids import build_about, build_numbered_id
from workflows.decision import Decision, advance_state, decide
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles
from workflows.stages import Stage


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a step: the row of whom it concerns (and whether that is a suspect's), the column that dates it, and a sentence."""

    row: int
    of_suspect: bool
    field: str
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class TriedPerson:
    """A suspect as they would stand: at which stage, with which clocks."""

    row: int
    name: str
    stage: Stage
    clocks: Sequence[Clock]
    person: PastPerson
    log: Sequence[LegalFact] = ()

    @property
    def number(self) -> str:
        """Their citizen's number, empty where the ledger has none."""
        return self.person.named.form.get("citizen_number") or ""


@dataclass(slots=True)
class Trial:
    """What a case would come to: its stage and clocks, its people with theirs, and what speaks against it."""

    case: PastCase
    stage: Stage
    clocks: Sequence[Clock] = ()
    people: list[TriedPerson] = field(default_factory=list[TriedPerson])
    objections: list[Objection] = field(default_factory=list[Objection])


@dataclass(slots=True)
class _Matter:
    """One matter while its history is tried: the lifecycle that decides, what is known, and what it would tell others."""

    lifecycle: Lifecycle
    row: int
    of_suspect: bool
    log: list[LegalFact] = field(default_factory=list[LegalFact])
    told: list[PendingCommand] = field(default_factory=list[PendingCommand])

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.lifecycle.stages[self.lifecycle.state.stage]


def try_case(case: PastCase, actor: Actor, calendar: Calendar, now: datetime) -> Trial:
    """What the law and the lifecycles say of a case that would be brought over now."""
    matter = _Matter(get_lifecycles()[case.kind](Opening(number="case", unit=case.unit)), case.row, of_suspect=False)
    trial = Trial(case, matter.stage)
    by = _Tries(case, actor, calendar, now, trial)
    if case.kind is Kind.PUBLIC_ORDER_CASE:
        _try_one_matter(by, matter)
        return trial
    by.take(matter, case.steps)
    people: list[tuple[PastPerson, _Matter]] = []
    for n, person in enumerate(case.people):
        by.take(matter, [person.named], row=person.row)
        people.append((person, by.open_suspect(matter, person, f"suspect-{n}")))
    by.take(matter, case.after)
    for person, theirs in people:
        by.hear(theirs, matter)
        by.take(theirs, person.steps)
        by.hear(matter, theirs)
        if person.standing and person.standing != theirs.lifecycle.state.stage:
            detail = f"按所填的经过，此人现为“{theirs.stage.zh}”，与“{theirs.lifecycle.stages[person.standing].zh}”不符"
            trial.objections.append(Objection(person.row, of_suspect=True, field="standing", rule="standing", detail=detail))
        trial.people.append(
            TriedPerson(person.row, person.name, theirs.stage, compute_clocks(theirs.log, calendar), person, theirs.log)
        )
    trial.stage, trial.clocks = matter.stage, compute_clocks(matter.log, calendar)
    return trial


def _try_one_matter(by: "_Tries", matter: _Matter) -> None:
    """A case whose people have no matters of their own: what is about each of them is told by their number in it."""
    for row, step in by.case.of_one_matter():
        by.take(matter, [step], row=row)
    found = compute_clocks(matter.log, by.calendar)
    for n, person in enumerate(by.case.people, 1):
        about = build_about(matter.lifecycle.number, build_numbered_id(n))
        own, log = [each for each in found if each.about == about], [each for each in matter.log if each.about == about]
        by.trial.people.append(TriedPerson(person.row, person.name, matter.stage, own, person, log))
    by.trial.stage, by.trial.clocks = matter.stage, found


def check_held_once(trials: Iterable[Trial], here: Mapping[str, Sequence[Sequence[LegalFact]]]) -> None:
    """Object to holding somebody who is held meanwhile in another matter, by their number: one that is here, or a case before it in the ledger.

    What is only of the same name is asked at the entry, where somebody answers.
    """
    elsewhere = {number: list(logs) for number, logs in here.items()}
    for trial in trials:
        for one in trial.people:
            if not one.number:
                continue
            others = elsewhere.setdefault(one.number, [])
            if objection := _find_double_custody(one, others):
                trial.objections.append(objection)
            others.append(one.log)


def _find_double_custody(one: TriedPerson, others: Iterable[Sequence[LegalFact]]) -> Objection | None:
    own = [fact for fact in one.log if not fact.told_by]
    for n, fact in enumerate(own):
        held_here = fact.fact in CUSTODY_BEGINS and History(own[:n]).in_custody(fact.about, fact.at)
        if not begins_to_hold(fact.fact) or held_here:
            continue
        for log in others:
            if period := find_holding_meanwhile(log, fact):
                dated = next((each.field for each in one.person.steps if read(each.form["at"]) == fact.at), "standing")
                detail = (
                    f"该人自{format_minute(period.begun_at)}起在另案{period.measure.zh}，尚未结束，{ONCE}；请核对身份，并与该案衔接"
                )
                return Objection(one.row, of_suspect=True, field=dated, rule="held-elsewhere", detail=detail)
    return None


@dataclass(frozen=True, slots=True)
class _Tries:
    """Whoever tries a case, and what they find."""

    case: PastCase
    actor: Actor
    calendar: Calendar
    at: datetime
    trial: Trial

    def take(self, matter: _Matter, steps: Iterable[PastStep], row: int = 0) -> None:
        """Take steps in a matter, until something speaks against one; `row` is whose step it is, if not the matter's own."""
        for step in steps:
            if any(each.row == matter.row and each.of_suspect == matter.of_suspect for each in self.trial.objections):
                return
            decision = decide(matter.lifecycle, self._build_submission(step), self.at, trusted=True)
            if against := self._find_objection(matter, decision):
                rule, detail = against
                objection = Objection(row or matter.row, bool(row) or matter.of_suspect, step.field, rule, detail)
                self.trial.objections.append(objection)
                return
            self._apply(matter, decision)

    def _build_submission(self, step: PastStep) -> Submission:
        brought = BroughtOver(
            ledger="", row=self.case.row, case_number=self.case.case_number, officer=self.case.officer, office=step.office
        )
        return Submission(key=step.field, body_hash="", step=step.step, form=step.form, actor=self.actor, brought=brought)

    def _find_objection(self, matter: _Matter, decision: Decision) -> tuple[str, str] | None:
        if decision.refusal:
            errors = decision.refusal.members.get("errors") or ()
            return decision.refusal.slug, "；".join(each["detail"] for each in errors) or decision.refusal.detail
        log = list(matter.log)
        for fact in decision.facts:
            if against := check_fact(log, fact, self.calendar):
                return against.slug, f"{against.detail}（{against.basis}）" if against.basis else against.detail
            log.append(fact)
        return None

    def _apply(self, matter: _Matter, decision: Decision) -> None:
        seq = matter.lifecycle.state.seq + 1
        matter.log += [replace(fact, seq=seq) for fact in decision.facts]
        matter.told += [each for each in decision.commands if each.verb == "tell"]
        matter.lifecycle.state = advance_state(matter.lifecycle.state, decision)

    def open_suspect(self, case: _Matter, person: PastPerson, number: str) -> _Matter:
        """The matter of a suspect whom the case has named, who knows what the case knows of itself."""
        opening = Opening(number=number, unit=self.case.unit, parent="case", parent_kind=Kind.CRIMINAL_CASE)
        theirs = _Matter(get_lifecycles()[Kind.SUSPECT](opening), person.row, of_suspect=True)
        theirs.log += [replace(fact, told_by="case") for fact in case.log if fact.about == "case"]
        state = case.lifecycle.state
        case.lifecycle.state = state.model_copy(
            update={"children": (*state.children, number), "kinds": {**state.kinds, number: Kind.SUSPECT}}
        )
        named = {name: value for name, value in person.named.form.items() if name != "namesake"}
        self.take(theirs, [person.named.model_copy(update={"step": "open-suspect", "form": named})])
        return theirs

    def hear(self, matter: _Matter, other: _Matter) -> None:
        """What another matter tells of its steps."""
        number = matter.lifecycle.number
        for each in other.told:
            if each.number == number:
                seq = matter.lifecycle.state.seq
                matter.log += [replace(fact, seq=seq, told_by=fact.told_by or other.lifecycle.number) for fact in each.facts]
