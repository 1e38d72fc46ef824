"""A rectification order, as its journal tells of it so far: by whom it was issued, what it asks for, who reported."""

from collections.abc import Sequence
from typing import Any

from activities.recording.draft import Draft
from activities.steps_taken import StepsTaken, read_steps_taken
from models.forms.approval import Approve
from models.forms.rectification_appeal import DecideAppeal
from models.forms.rectification_order import ISSUERS, TERMS
from models.forms.rectification_report import ReportGraveRectification, ReportRectification

REPORTS = (ReportRectification.rule.step, ReportGraveRectification.rule.step)


class Order(StepsTaken):
    """An order by what was done in it so far."""

    @property
    def issuer(self) -> str:
        """Who ordered it; empty: a clock that ran out."""
        return self.steps[0].username if self.steps else ""

    @property
    def issued_by(self) -> frozenset[str]:
        """The offices by which it was ordered."""
        actor = self.steps[0].actor if self.steps else None
        return frozenset((actor or {}).get("offices", ())) & frozenset(ISSUERS)

    @property
    def term(self) -> str:
        """The term that it set."""
        return self.opening.get("term") or TERMS[self.opening.get("severity", "")]

    @property
    def demands(self) -> Sequence[Any]:
        """What is asked for one by one: as it was ordered, or as it was last changed."""
        changed = [each.form["demands"] for each in self.of(DecideAppeal.rule.step) if each.form.get("demands")]
        return changed[-1] if changed else self.opening.get("demands", ())

    @property
    def responsible(self) -> list[str]:
        """Whoever was named as having had a part in what went wrong."""
        return named_as_responsible(self.opening)

    def reporters(self) -> set[str]:
        """Whoever reported what was put right, or let it be reported."""
        approved = (each for each in self.of(Approve.rule.step) if each.form.get("request") in REPORTS)
        return {each.username for each in (*self.of(*REPORTS), *approved)}


def named_as_responsible(opening: dict[str, Any]) -> list[str]:
    """Whoever the form that orders something names as having had a part in it."""
    return [each["person"] for each in opening.get("responsible", ())]


async def read_order(draft: Draft) -> Order:
    """The order in which a step is taken."""
    return await read_steps_taken(draft, Order)
