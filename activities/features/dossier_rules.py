"""Declaring scans identical to their papers (声明一致): what is marked is marked in the transaction of the step, and kept in its entry."""

from typing import Any

from models.forms.dossier import DeclareIdentical
from models.messages import Proposal, Refusal
from models.problems import FormInvalid
from models.store.dossiers import DECLARE

# Whoever adds a version holds the head of the matter's chain, as we do.
UNDECLARED = "SELECT id FROM dossier_item WHERE declared_at IS NULL AND matter = %(matter)s LIMIT 1"


async def undeclarable(connection: Any, proposal: Proposal) -> Refusal | None:
    """What speaks against a declaration: that no scan of the matter still wants one."""
    if not _declares(proposal) or await (await connection.execute(UNDECLARED, {"matter": proposal.number})).fetchone():
        return None
    detail = "本事项没有尚未声明一致的扫描件"
    return FormInvalid(errors=[{"field": "identical", "rule": "nothing-to-declare", "detail": detail}]).refusal()


async def declared(connection: Any, proposal: Proposal) -> tuple[dict[str, Any], ...]:
    """The scans that this step declares identical, in the order in which they came; none where it declares nothing."""
    if not _declares(proposal) or proposal.actor is None:
        return ()
    arguments = {"username": proposal.actor.person, "now": proposal.decided_at, "matter": proposal.number}
    return tuple(row._asdict() for row in await (await connection.execute(DECLARE, arguments)).fetchall())


def _declares(proposal: Proposal) -> bool:
    return proposal.step == DeclareIdentical.rule.step and proposal.type == "step"
