"""How a rectification order has gone so far, as its journal tells: by whom it was ordered, what it asks for, who reported."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from activities.recording.draft import Draft
from models.forms.approval import Approve
from models.forms.rectification_appeal import DecideAppeal
from models.forms.rectification_order import ISSUERS, TERMS
from models.forms.rectification_report import ReportGraveRectification, ReportRectification
from models.store.connection import Query, fetch_all

REPORTS = (ReportRectification.rule.step, ReportGraveRectification.rule.step)


class _Step(NamedTuple):
    """A step of an order, as it was taken."""

    seq: int
    step: str
    username: str
    form: dict[str, Any]
    actor: dict[str, Any] | None
    recorded_at: datetime


STEPS_OF_ORDER = Query[_Step]("""
SELECT seq, step, coalesce(username, '') AS username, content::json -> 'form' AS form, content::json -> 'actor' AS actor, recorded_at
FROM entry WHERE chain = %(number)s AND sort = 'step' ORDER BY position
""")


class Course(NamedTuple):
    """How an order has gone so far: its steps, the first of which ordered it."""

    steps: Sequence[_Step]

    @property
    def opening(self) -> dict[str, Any]:
        """The form by which it was ordered."""
        return self.steps[0].form if self.steps else {}

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

    def of(self, *steps: str) -> list[_Step]:
        """Those of these steps."""
        return [each for each in self.steps if each.step in steps]

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


async def course_of(draft: Draft) -> Course:
    """The course of the order that a step is taken in, read once."""
    if course := draft.own(Course):
        return course
    course = Course(await fetch_all(draft.connection, STEPS_OF_ORDER, {"number": draft.proposal.number}))
    draft.keep(course)
    return course
