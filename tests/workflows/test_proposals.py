"""Everything that a submission and the decision on it say reaches the record."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from law.facts import Fact
from law.legal_fact import LegalFact
from models.forms.form import Effects
from models.links import Link, Relation
from models.matter import Kind
from models.messages import (
    Actor,
    BroughtOver,
    Correction,
    MatterEvent,
    Named,
    Notice,
    Participant,
    PendingCommand,
    Proof,
    Refusal,
    Reparenting,
    Request,
    State,
    Submission,
)
from models.origin import Origin
from tests.workflows.table import LI
from workflows.decision import keep_state, propose
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)
FACT = LegalFact(Fact.CASE_FILED, NOON, "XA1")
REQUEST = Request(step="file-case", form={}, seq=1, asked_by=LI, asked_at=NOON, awaiting=())
EFFECTS = {"corrects": Correction(party="suspect"), "admits": ("xu",), "dismisses": ("li",)}
DECIDED: dict[str, Any] = {
    "unit": "donghe",
    "stage": "closed",
    "final": True,
    "requests": (REQUEST,),
    "facts": (FACT,),
    "foreseen": (FACT,),
    "foreseen_stage": "archived",
    "can_still": (Fact.CASE_CLOSED,),
    "commands": (PendingCommand(verb="open", kind="suspect"),),
    "title": "盗窃案",
    "officer": "xu",
    "share_with": ("court",),
    "parties": ({"id": "victim"},),
    "foreseen_parties": ({"id": "suspect"},),
    "refusal": Refusal(slug="law-forbids", detail="不可"),
    "recompute": True,
    "reparenting": Reparenting(unit="donghe"),
    "notices": (Notice(words="请知悉"),),
    "ended": REQUEST,
    "named": (Named(field="officer", zh="民警", person="xu"),),
    "links": (Link(number="JQ1", relation=Relation.ABOUT),),
}
HANDED: dict[str, Any] = {
    "key": "1",
    "body_hash": "2",
    "step": "file-case",
    "form": {"reason": "查明"},
    "actor": Actor(person="li", unit="chengguan", offices=("case-officer",)),
    "parent_event": MatterEvent(key="3", source="JQ1", step="file-criminal-case", facts=(FACT,)),
    "participants": (Participant(person="li"),),
    "proof": Proof(by="api", at=NOON, signature="4"),
    "origin": Origin(number="JQ1", seq=2),
    "brought": BroughtOver(ledger="5", row=1, case_number="A1"),
}


def a_case() -> Lifecycle:
    case = object.__new__(get_lifecycles()[Kind.CRIMINAL_CASE])
    case.number, case.parent, case.parent_kind, case.state = "XA1", "JQ1", "incident", State(stage="filed", unit="chengguan", seq=7)
    return case


def test_everything_that_a_decision_says_is_proposed_to_the_record() -> None:
    decision = replace(keep_state(State(stage="filed", unit="chengguan")), **DECIDED, effects=Effects(parent="XA2", **EFFECTS))
    assert {each.name for each in fields(decision)} == {*DECIDED, "effects"}
    proposal = propose(a_case(), Submission(**HANDED), decision, NOON)
    assert {name: getattr(proposal, name) for name in (*DECIDED, *EFFECTS)} == DECIDED | EFFECTS


def test_everything_that_was_handed_in_is_proposed_with_the_matter_as_it_stands() -> None:
    proposal = propose(a_case(), Submission(**HANDED), keep_state(State(stage="filed", unit="chengguan")), NOON, asked=True)
    # The workflow alone needs to know what the caller looked at, and how far the journal was.
    assert set(Submission.model_fields) == {*HANDED, "seen", "journal"}
    assert {name: getattr(proposal, name) for name in HANDED} == HANDED
    assert (proposal.number, proposal.kind, proposal.parent, proposal.seq, proposal.stage_before) == (
        "XA1",
        "criminal-case",
        "JQ1",
        7,
        "filed",
    )
    assert (proposal.type, proposal.waits, proposal.asked) == ("step", True, True)
