"""Open tasks compared with the journal of their matter and its clocks. Pure.

Entries record approvals, notices that ask for a step, whose turn it is, and limits that ran out. No entry records the other tasks (messages
that wait, deliveries that failed, changes of the law).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from law.clock import PROMISES
from law.offices import Office
from models.access.approvers import list_approval_tasks
from models.access.read_rights import is_outside
from models.forms.overrun import AcknowledgeOverrun
from models.messages import Request, Signer
from verification.rules.entry_content import JournaledRow, Successors, get_dict, list_of_dicts

_ACKNOWLEDGE = AcknowledgeOverrun.rule.step
_ASKED = ("overrun", "returned")
# Whose a limit was that ran out before 0.3.0, whoever was answerable; and whose it is where that is none of ours.
_CASE_OFFICER = Office.CASE_OFFICER


@dataclass(slots=True)
class ExpectedTasks:
    """The tasks that entries opened and that are not done; `complete` where every entry records its tasks.

    Each entry says whose turn it is after it (`turn`, by its key, at most one); those written before turns were recorded say nothing.
    """

    number: str
    complete: bool | None = None
    open: dict[str, JournaledRow] = field(default_factory=dict[str, JournaledRow])
    turn: dict[str, JournaledRow] = field(default_factory=dict[str, JournaledRow])
    units: set[str] = field(default_factory=set[str])

    def apply(self, position: int, content: Mapping[str, Any], recorded: Mapping[str, Any]) -> None:
        """Apply one step: the tasks that it does, and those that it opens."""
        self.complete = isinstance(content.get("asked"), list) and self.complete is not False
        self.units.add(str(recorded.get("unit", "")))
        step, moved = content.get("step"), recorded.get("stage") != content.get("stage_before")
        clock = get_dict(content.get("form")).get("clock") or ""
        acknowledged = f"{self.number}/overrun/{clock}" if step == _ACKNOWLEDGE else None
        for key, (_, task) in list(self.open.items()):
            is_met = (
                moved or task.get("step") == step
                if task.get("sort") == "returned"
                else acknowledged is not None and (key == acknowledged or (not clock and task.get("sort") == "overrun"))
            )
            if is_met:
                del self.open[key]
        if "turn" in content:
            self.apply_turn(position, content)
        self.open |= {str(each.get("key")): (position, each) for each in list_of_dicts(content.get("asked"))}

    def apply_turn(self, position: int, content: Mapping[str, Any]) -> None:
        """Apply whose turn it is: from a step on, or computed from the status of a matter older than turns."""
        turn = get_dict(content["turn"])
        self.turn = {str(turn.get("key")): (position, turn)} if turn else {}

    def compare(
        self,
        recorded: Mapping[str, Any],
        rows: Sequence[dict[str, Any]],
        overdue: Iterable[tuple[dict[str, Any], bool]],
        successors: Successors,
    ) -> Iterator[tuple[int | None, str]]:
        """Where table `task` differs; `successors` gives all who may have taken over from somebody."""
        there = {row["key"]: row for row in rows}
        yield from self._check_approvals(recorded, [row for row in rows if row["sort"] == "approval" and row["open"]], successors)
        for key, (position, told) in (self.open | self.turn).items():
            row = there.get(key)
            if row is None or not row["open"]:
                yield position, f"缺少日志所载的待办（{told.get('sort')}）"
            elif not self._matches(row, told, successors):
                yield position, f"待办与日志不一致（{told.get('sort')}）：单位、职务或者人员"
        if self.complete:
            unasked = [row for row in rows if row["sort"] in _ASKED and row["open"] and row["key"] not in self.open]
            yield from ((None, f"有日志没有依据的待办（{row['sort']}）") for row in unasked)
        if any(row["sort"] == "turn" and row["open"] and row["key"] not in self.turn for row in rows):
            yield None, "有日志没有依据的待办（turn）"
        yield from self._check_expiries(rows, overdue)

    def _matches(self, row: Mapping[str, Any], told: Mapping[str, Any], successors: Successors) -> bool:
        person = str(told.get("username", ""))
        theirs = row["username"] in (successors(person) if person else ("",))
        same = (row["sort"], row["office"], row["step"]) == (told.get("sort"), told.get("office"), told.get("step"))
        return theirs and same and row["unit_id"] in {told.get("unit_id"), *self.units}

    def _check_approvals(
        self, recorded: Mapping[str, Any], rows: Sequence[dict[str, Any]], successors: Successors
    ) -> Iterator[tuple[int | None, str]]:
        founded = set[str]()
        for said in list_of_dicts(recorded.get("requests")):
            try:
                request = Request.model_validate({**said, "form": {}})
            except ValidationError:
                continue
            for signer in request.present:
                asked = _build_approval_tasks(self.number, str(recorded.get("unit", "")), request, signer, successors)
                found = [row["key"] for row in rows if asked.get(row["key"]) == _get_assignee(row)]
                founded.update(found)
                if not found and not request.vacant:
                    yield None, f"待审批的呈请没有待办（第{request.seq}步）"
        if any(row["key"] not in founded for row in rows):
            yield None, "有审批待办，日志中没有待其审批的呈请"

    def _check_expiries(
        self, rows: Sequence[dict[str, Any]], overdue: Iterable[tuple[dict[str, Any], bool]]
    ) -> Iterator[tuple[int | None, str]]:
        for clock, is_open in overdue:
            ones = [row for row in rows if row["sort"] == "expired" and row["clock_id"] == clock["id"]]
            if not ones or (is_open and not any(row["open"] for row in ones)):
                yield None, f"期限届满没有待办（{clock['limit_id']}）"
            elif any(row["open"] and not self._matches_clock(row, clock) for row in ones):
                yield None, f"期限届满的待办与期限不符（{clock['limit_id']}）：单位、职务或者人员"

    def _matches_clock(self, row: Mapping[str, Any], clock: Mapping[str, Any]) -> bool:
        whose = {_CASE_OFFICER, _find_office_at_expiry(clock)}
        return row["unit_id"] in {clock["unit_id"], *self.units} and row["office"] in whose and not row["username"]


def _find_office_at_expiry(clock: Mapping[str, Any]) -> str:
    """Who has the task of a limit that ran out: who supervises where it is a promise, else whoever is answerable for it here."""
    if clock["at_expiry"] in PROMISES:
        return Office.SUPERVISOR
    return _CASE_OFFICER if is_outside(clock["answerable"]) else clock["answerable"]


def _build_approval_tasks(
    number: str, unit: str, request: Request, signer: Signer, successors: Successors
) -> dict[str, tuple[Any, ...]]:
    """To whom the tasks of one approval may be assigned, by their keys: to those recorded, or to whoever took over from them."""
    asked = dict[str, tuple[Any, ...]]()
    persons = {*successors(signer.person), *([""] if signer.office else [])}
    delegates = {*successors(signer.delegate)} if signer.delegate else {""}
    for person in persons:
        for delegate in delegates:
            now = signer.model_copy(update={"person": person, "delegate": delegate})
            alone = request.model_copy(update={"turns": ((now,),), "awaiting": (), "approved_by": ()})
            asked |= {task["key"]: _get_assignee(task) for task in list_approval_tasks(number, unit, alone, request.asked_at)}
    return asked


def _get_assignee(task: Mapping[str, Any]) -> tuple[Any, ...]:
    return task["unit_id"], task["office"], task["username"], task["step"], task["request_seq"]
