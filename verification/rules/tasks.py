"""Whether what people are asked to do is what a matter's journal, and its clocks, ask of them. Pure.

Told are requests that await approval, words that ask for a step, whose turn it is, and limits that ran out. What other tasks there are (messages that wait,
deliveries that failed, changes of the law) no entry tells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from models.access.approvers import approvals
from models.forms.overrun import AcknowledgeOverrun
from models.messages import Request, Signer
from verification.rules.entry_content import Heirs, Told, dicts, members

_ACKNOWLEDGE = AcknowledgeOverrun.rule.step
_ASKED = ("overrun", "returned")
_EXPIRED_FOR = "case-officer"


@dataclass(slots=True)
class Tasks:
    """The tasks that entries opened and none has done yet; `whole` where every entry tells of them.

    Each entry says whose turn it is after it (`turn`, by its key, at most one); those of before turns were kept say nothing.
    """

    number: str
    whole: bool | None = None
    open: dict[str, Told] = field(default_factory=dict[str, Told])
    turn: dict[str, Told] = field(default_factory=dict[str, Told])
    units: set[str] = field(default_factory=set[str])

    def hear(self, position: int, content: Mapping[str, Any], recorded: Mapping[str, Any]) -> None:
        """Take one step in: what it does, and what it asks."""
        self.whole = isinstance(content.get("asked"), list) and self.whole is not False
        self.units.add(str(recorded.get("unit", "")))
        step, moved = content.get("step"), recorded.get("stage") != content.get("stage_before")
        clock = members(content.get("form")).get("clock") or ""
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
            self.give_turn(position, content)
        self.open |= {str(each.get("key")): (position, each) for each in dicts(content.get("asked"))}

    def give_turn(self, position: int, content: Mapping[str, Any]) -> None:
        """Take in whose turn it is: from a step on, or reckoned from where the matter stood before turns were kept."""
        turn = members(content["turn"])
        self.turn = {str(turn.get("key")): (position, turn)} if turn else {}

    def differences(
        self,
        recorded: Mapping[str, Any],
        rows: Sequence[dict[str, Any]],
        overdue: Iterable[tuple[dict[str, Any], bool]],
        heirs: Heirs,
    ) -> Iterator[tuple[int | None, str]]:
        """Where the table of tasks says something else; `heirs` are all who may stand in for somebody."""
        there = {row["key"]: row for row in rows}
        yield from self._of_requests(recorded, [row for row in rows if row["sort"] == "approval" and row["open"]], heirs)
        for key, (position, told) in (self.open | self.turn).items():
            row = there.get(key)
            if row is None or not row["open"]:
                yield position, f"缺少日志所载的待办（{told.get('sort')}）"
            elif not self._fits(row, told, heirs):
                yield position, f"待办与日志不一致（{told.get('sort')}）：单位、职务或者人员"
        if self.whole:
            unasked = [row for row in rows if row["sort"] in _ASKED and row["open"] and row["key"] not in self.open]
            yield from ((None, f"有日志没有依据的待办（{row['sort']}）") for row in unasked)
        if any(row["sort"] == "turn" and row["open"] and row["key"] not in self.turn for row in rows):
            yield None, "有日志没有依据的待办（turn）"
        yield from self._of_limits(rows, overdue)

    def _fits(self, row: Mapping[str, Any], told: Mapping[str, Any], heirs: Heirs) -> bool:
        person = str(told.get("username", ""))
        theirs = row["username"] in (heirs(person) if person else ("",))
        same = (row["sort"], row["office"], row["step"]) == (told.get("sort"), told.get("office"), told.get("step"))
        return theirs and same and row["unit_id"] in {told.get("unit_id"), *self.units}

    def _of_requests(
        self, recorded: Mapping[str, Any], rows: Sequence[dict[str, Any]], heirs: Heirs
    ) -> Iterator[tuple[int | None, str]]:
        founded = set[str]()
        for said in dicts(recorded.get("requests")):
            try:
                request = Request.model_validate({**said, "form": {}})
            except ValidationError:
                continue
            for signer in request.present:
                asked = _asked(self.number, str(recorded.get("unit", "")), request, signer, heirs)
                found = [row["key"] for row in rows if asked.get(row["key"]) == _whose(row)]
                founded.update(found)
                if not found and not request.vacant:
                    yield None, f"待审批的呈请没有待办（第{request.seq}步）"
        if any(row["key"] not in founded for row in rows):
            yield None, "有审批待办，日志中没有待其审批的呈请"

    def _of_limits(
        self, rows: Sequence[dict[str, Any]], overdue: Iterable[tuple[dict[str, Any], bool]]
    ) -> Iterator[tuple[int | None, str]]:
        for clock, is_open in overdue:
            ones = [row for row in rows if row["sort"] == "expired" and row["clock_id"] == clock["id"]]
            if not ones or (is_open and not any(row["open"] for row in ones)):
                yield None, f"期限届满没有待办（{clock['limit_id']}）"
            elif any(row["open"] and not self._of_clock(row, clock) for row in ones):
                yield None, f"期限届满的待办与期限不符（{clock['limit_id']}）：单位、职务或者人员"

    def _of_clock(self, row: Mapping[str, Any], clock: Mapping[str, Any]) -> bool:
        return row["unit_id"] in {clock["unit_id"], *self.units} and (row["office"], row["username"]) == (_EXPIRED_FOR, "")


def _asked(number: str, unit: str, request: Request, signer: Signer, heirs: Heirs) -> dict[str, tuple[Any, ...]]:
    """Whose the tasks of one approval may be, by their keys: as it was recorded, or of whoever stands in for those it names."""
    asked = dict[str, tuple[Any, ...]]()
    persons = {*heirs(signer.person), *([""] if signer.office else [])}
    delegates = {*heirs(signer.delegate)} if signer.delegate else {""}
    for person in persons:
        for delegate in delegates:
            now = signer.model_copy(update={"person": person, "delegate": delegate})
            alone = request.model_copy(update={"turns": ((now,),), "awaiting": (), "approved_by": ()})
            asked |= {task["key"]: _whose(task) for task in approvals(number, unit, alone, request.asked_at)}
    return asked


def _whose(task: Mapping[str, Any]) -> tuple[Any, ...]:
    return task["unit_id"], task["office"], task["username"], task["step"], task["request_seq"]
