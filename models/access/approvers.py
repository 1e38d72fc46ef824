"""Tasks of approval (待审批): for each request, the tasks of those whose approval it awaits."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from law.instruments import RULE
from models.forms.form import get_forms
from models.messages import Request, Signer


@cache
def get_deciding_offices() -> frozenset[str]:
    """The offices whose approval the law requires; only a holder may decide in the name of such an office.

    Whoever approves by the bureau's own rules alone, as case management the extension of its orders, decides about nobody.
    """
    lawful = (form for form in get_forms().values() if {each.instrument for each in form.rule.basis} - {RULE})
    return frozenset(office for form in lawful for office in form.rule.approved_by)


def list_approval_tasks(number: str, unit: str, request: Request, now: datetime) -> Iterator[dict[str, Any]]:
    """A task for everybody whose approval of a request in that matter is awaited now, and for their delegates."""
    for each in request.present:
        key = f"{number}/approve/{request.seq}/{_describe_signer(each)}"
        to = {"office": each.office, "username": each.person, "unit_id": each.unit or unit}
        of = {"matter": number, "sort": "approval", "step": request.step, "request_seq": request.seq}
        same = {**of, "mandatory": False, "opened_at": now.isoformat()}
        yield {**same, **to, "key": key, "words": "待审批"}
        if each.delegate:
            lent = {"key": f"{key}/{each.delegate}", "words": "受委派审批", "username": each.delegate, "unit_id": unit}
            yield {**same, **to, **lent}


def _describe_signer(signer: Signer) -> str:
    return "/".join(part for part in (signer.office, signer.unit and f"@{signer.unit}", signer.person) if part)
