"""Turns (轮到谁): whose the next step of a matter is, for how long they are left alone with it, and who hears of it then. Pure.

A stage says which step it waits for and which offices take it (`workflows.stages`); where the matter stands when the step before is recorded
says who that is. The task is opened and closed by the record of that step, and nobody keeps it by hand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from law.offices import Office
from models.access.read_rights import is_outside
from models.forms.archive import Archive
from models.forms.dispatching import AcceptDispatch, ArriveOnScene, DispatchIncident, FeedBack
from models.forms.form import get_forms
from models.forms.incident import ClassifyIncident
from models.forms.public_order_hearing import PassLegalReview
from models.forms.rectification_order import SignRectification
from models.messages import Awaited

SIGNED_FOR = (AcceptDispatch.rule.step, SignRectification.rule.step)
"""The steps by which somebody signs for what was given to them (签收)."""

# Of these whoever has the matter is the one whose turn it is; any other office acts for the whole unit.
_PERSONAL = frozenset({Office.CASE_OFFICER, Office.AUXILIARY_OFFICER})
# To whom it goes up when nobody takes it.
_ABOVE: dict[str, Office] = {
    Office.AUXILIARY_OFFICER: Office.STATION_HEAD,
    Office.CASE_OFFICER: Office.STATION_HEAD,
    Office.STATION_HEAD: Office.COUNTY_HEAD,
    Office.REPORTING_DESK: Office.SUPERVISOR,
    Office.CASE_MANAGEMENT_OFFICER: Office.SUPERVISOR,
    Office.LEGAL_REVIEWER: Office.COUNTY_HEAD,
    Office.COUNTY_HEAD: Office.SUPERVISOR,
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long after a turn began whoever it is is reminded of it (催办), and how long until it goes up to the office above; None: never."""

    reminded_after: timedelta | None
    goes_up_after: timedelta | None
    # Whether whoever it is is told when it begins; what is put away at leisure is found in the list.
    told: bool = True


_S, _M, _H, _D = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# No law sets them: as long as the bureau's own promises where there are some, else what one working day leaves room for.
_USUAL = Patience(_D, 3 * _D)
_PATIENCE = {
    DispatchIncident.rule.step: Patience(_M, 3 * _M),
    AcceptDispatch.rule.step: Patience(20 * _S, _M),
    ArriveOnScene.rule.step: Patience(5 * _M, 10 * _M),
    FeedBack.rule.step: Patience(20 * _M, 30 * _M),
    ClassifyIncident.rule.step: Patience(30 * _M, 2 * _H),
    PassLegalReview.rule.step: Patience(4 * _H, _D),
    SignRectification.rule.step: Patience(2 * _H, 8 * _H),
    Archive.rule.step: Patience(None, None, told=False),
}


class Hand(NamedTuple):
    """Somebody who holds an office in the unit of a matter or above it."""

    office: str
    username: str


def get_patience(step: str) -> Patience:
    """How long whoever has the turn of that step is left alone with it."""
    return _PATIENCE.get(step, _USUAL)


def turn_of(number: str, stage: str, unit: str, officer: str, awaited: Awaited, hands: Collection[Hand]) -> dict[str, Any]:
    """What the journal keeps of a turn: the task's key, and whose it is; `hands` are those who hold one of its offices there.

    An organ outside has the turn whoever sits there. Within the bureau it is the officer's who has the matter, where the step is one of an
    officer's own; or else it belongs to the first of the offices that anybody holds.
    """
    first = awaited.offices[0]
    able = {each.office for each in hands}
    theirs = next((office for office in awaited.offices if Hand(office, officer) in hands), "")
    username = officer if first in _PERSONAL and theirs else ""
    office = theirs if username else first if is_outside(first) else next((each for each in awaited.offices if each in able), first)
    key = f"{number}/turn/{stage}/{awaited.step}/{office}@{unit}/{username}"
    return {"key": key, "sort": "turn", "unit_id": unit, "office": office, "username": username, "step": awaited.step}


def apply_edition(turn: dict[str, Any], edition: Mapping[str, Any] | None) -> dict[str, Any]:
    """The turn with the edition of a unit's own by which it waits (`models.store.patience`), if there is one."""
    return {**turn, "patience": dict(edition)} if edition else turn


def _get_turn_patience(turn: Mapping[str, Any]) -> Patience:
    """How long that turn waits: as its unit has set it, or as is usual."""
    of_step, own = get_patience(turn["step"]), turn.get("patience")
    if not own:
        return of_step
    reminded, goes_up = (timedelta(seconds=own[name]) if own[name] else None for name in ("reminded_s", "goes_up_s"))
    return Patience(reminded, goes_up, of_step.told)


def is_told(turn: dict[str, Any]) -> bool:
    """Whether whoever it is hears of it as it begins: no organ outside does so by us."""
    return get_patience(turn["step"]).told and not is_outside(turn["office"])


def turn_task(number: str, turn: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The turn as the table of tasks has it: when somebody hears of it next, and when and to whom it goes up."""
    left = _get_turn_patience(turn)
    above = _ABOVE.get(turn["office"], "")  # no organ outside has anybody of ours above it
    goes_up_at = now + left.goes_up_after if above and left.goes_up_after else None
    remind_at = now + left.reminded_after if above and left.reminded_after else goes_up_at
    return {
        **{name: said for name, said in turn.items() if name != "patience"},
        "matter": number,
        "words": f"轮到办理：{get_forms()[turn['step']].rule.title}",
        "mandatory": False,
        "opened_at": now.isoformat(),
        "remind_at": remind_at and remind_at.isoformat(),
        "goes_up_at": goes_up_at and goes_up_at.isoformat(),
        "above": above,
    }
