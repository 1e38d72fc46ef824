"""Steps of a fraud case as the trunk would hand them to `record`, every form filled in as an officer would."""

from datetime import datetime
from typing import Any

from law.calendar import SHANGHAI
from models.forms.form import Form
from models.matter import Kind
from models.messages import Actor, Proposal, Request

TEN = datetime(2026, 9, 28, 10, 5, tzinfo=SHANGHAI)
CASE, PERSON = "XA202600000001", "RY202600000002"
OFFICER = Actor(person="qiaoanran", unit="criminal", offices=("case-officer",))
CHIEF = Actor(person="zhouminghui", unit="qinglan", offices=("county-head",))


def step(number: str, seq: int, form: Form, *, by: Actor = OFFICER, at: datetime = TEN, parent: str = "", **said: Any) -> Proposal:
    """That the step takes effect, nobody having to approve it."""
    filled = form.model_dump(mode="json", exclude_unset=True)
    effect: dict[str, Any] = {
        "facts": form.build_facts(number, at, ""),
        "title": form.get_heading(),
        "parties": form.build_parties(),
    }
    return _proposal(number, seq, form.rule.step, filled, by, at, parent, effect | said)


def asked(number: str, seq: int, form: Form, *, at: datetime = TEN, parent: str = "", **said: Any) -> Proposal:
    """That the step awaits its approvers."""
    filled = form.model_dump(mode="json", exclude_unset=True)
    request = Request(
        step=form.rule.step, form=filled, seq=seq + 1, asked_by=OFFICER, asked_at=at, awaiting=tuple(form.rule.approved_by)
    )
    effect = {"requests": (request,), "foreseen": form.build_facts(number, at, form.rule.approved_by[-1])}
    return _proposal(number, seq, form.rule.step, filled, OFFICER, at, parent, effect | said)


def approved(number: str, seq: int, form: Form, *, at: datetime = TEN, parent: str = "", **said: Any) -> Proposal:
    """That the last of its approvers approves the step."""
    facts = form.build_facts(number, at, form.rule.approved_by[-1])
    effect = {"facts": facts, "title": form.get_heading(), "parties": form.build_parties()}
    return _proposal(number, seq, "approve", {"request": form.rule.step}, CHIEF, at, parent, effect | said)


def _proposal(
    number: str, seq: int, step: str, form: dict[str, Any], by: Actor, at: datetime, parent: str, said: dict[str, Any]
) -> Proposal:
    plain: dict[str, Any] = {
        "number": number,
        "kind": Kind.SUSPECT if number == PERSON else Kind.CRIMINAL_CASE,
        "unit": "criminal",
        "parent": parent,
        "parent_kind": Kind.CRIMINAL_CASE if parent else "",
        "key": f"{number}/{seq + 1}",
        "body_hash": f"{seq + 1}",
        "type": "step",
        "step": step,
        "form": form,
        "actor": by,
        "seq": seq,
        "stage_before": "here",
        "stage": "here",
        "final": False,
        "decided_at": at,
        "officer": "qiaoanran",
    }
    return Proposal.model_validate(plain | said)
