"""Requests and approvals of a matter (呈请与审批), as its steps tell them."""

from collections.abc import Iterator

from inspections.snapshot import RecordedStep, Snapshot
from models.forms.approval import Approve, Return, Withdraw
from models.forms.form import get_forms


def list_decided(matter: Snapshot) -> Iterator[tuple[RecordedStep, tuple[RecordedStep, ...]]]:
    """Each request that somebody approved, and its approvals, the earliest first."""
    yield from ((request, tuple(approvals)) for request, approvals, ended in _list_requests(matter) if approvals and not ended)


def list_waiting(matter: Snapshot) -> Iterator[RecordedStep]:
    """Each request on which nobody has decided yet, of those that bring a fact about: what was decided on paper has brought it."""
    for request, approvals, ended in _list_requests(matter):
        brings = get_forms()[request.step].rule.may_bring
        brought = any(each.fact in brings and each.seq >= request.seq for each in matter.facts)
        if brings and not (ended or approvals or brought):
            yield request


def _list_requests(matter: Snapshot) -> list[tuple[RecordedStep, list[RecordedStep], bool]]:
    """Each step that needs approval, what was approved of it, and whether it was returned or withdrawn."""
    found = list[tuple[RecordedStep, list[RecordedStep], bool]]()
    for step in matter.steps:
        if step.is_of(Approve, Return, Withdraw):
            at = next((n for n in range(len(found) - 1, -1, -1) if found[n][0].step == step.values.get("request")), None)
            if at is None:
                continue
            request, approvals, ended = found[at]
            found[at] = (request, [*approvals, step], ended) if step.is_of(Approve) else (request, approvals, True)
        elif (form := get_forms().get(step.step)) and form.rule.approved_by:
            found.append((step, [], False))
    return found
