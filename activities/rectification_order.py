"""A rectification order, as its journal tells of it so far: by whom it was issued, what it asks for, who reported."""

from collections.abc import Sequence
from typing import Any

from activities.recording.draft import Draft
from activities.recording.refusals import refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken
from law.offices import Office
from models.forms.approval import Approve
from models.forms.rectification_appeal import DecideAppeal
from models.forms.rectification_order import BASIS, ISSUERS, TERMS
from models.forms.rectification_report import ReportGraveRectification, ReportRectification
from models.messages import Actor, Refusal
from models.store.connection import Query, fetch_first

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
        return list_responsible(self.opening)

    def list_reporters(self) -> set[str]:
        """Whoever reported what was put right, or let it be reported."""
        approved = (each for each in self.of(Approve.rule.step) if each.form.get("request") in REPORTS)
        return {each.username for each in (*self.of(*REPORTS), *approved)}


def list_responsible(opening: dict[str, Any]) -> list[str]:
    """Whoever the form that orders something names as having had a part in it."""
    return [each["person"] for each in opening.get("responsible", ())]


IS_STATION = Query[bool]("SELECT kind = 'station' FROM unit WHERE id = %(unit)s")


async def is_of_station_alone(draft: Draft, actor: Actor) -> bool:
    """Whether somebody sees to cases for a station, and not for the legal department or the supervisor."""
    above = {Office.LEGAL_REVIEWER, Office.SUPERVISOR} & set(actor.offices)
    return not above and bool(await fetch_first(draft.connection, IS_STATION, {"unit": actor.unit}))


async def refuse_red_of_station(draft: Draft, actor: Actor) -> Refusal | None:
    """Refuse a station's own case manager to issue a red order."""
    if not await is_of_station_alone(draft, actor):
        return None
    detail = "派出所案管员发现应当下达红色整改指令的，报法制部门下达"
    return refuse_office(detail, (Office.LEGAL_REVIEWER,), actor, basis=BASIS)


async def read_order(draft: Draft) -> Order:
    """The order in which a step is taken."""
    return await read_steps_taken(draft, Order)
