"""What a drive goes through (清查范围): which open matters belong to it, and by which of its selections. Pure.

A selection judges nothing: it says of a matter, by what the record holds and what inspections find in it now, that it is to be looked at.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from law.facts import Fact

Purpose = Literal["backlog", "identity"]
PURPOSE = "backlog 积案清查、identity 身份信息核正"
SelectionId = Literal[
    "hanging", "wanted", "homicide", "grave-violence", "changed-measures", "exhibits-left", "papers-missing", "identity-doubtful"
]

_HOMICIDE = frozenset({"xf-232"})
# Of injuries the charge does not tell how grave they were.
_GRAVE = frozenset({"xf-114-1", "xf-114-3", "xf-114-4", "xf-236", "xf-239", "xf-263"})
_HELD = frozenset({Fact.DETENTION_EXECUTED, Fact.ARREST_EXECUTED})
_FREED = frozenset({Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED, Fact.PERSON_RELEASED})
_FINISHED = frozenset({Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN})
_WANTED, _NO_LONGER_WANTED = Fact.WANTED_ORDER_ISSUED, Fact.WANTED_ORDER_LIFTED
READ = _HELD | _FREED | _FINISHED | {Fact.CASE_FILED, Fact.PERSON_NAMED, _WANTED, _NO_LONGER_WANTED}
"""The facts that selections ask after."""


class OpenMatter(NamedTuple):
    """An open matter, as far as a selection asks: what of `READ` happened in it and in those that came of it, and what inspections find in them now."""

    number: str
    unit: str
    officer: str
    opened_at: datetime
    # Of a criminal case that was filed; empty: it was not, or it is something else.
    charge: str = ""
    facts: Collection[str] = ()
    findings: Collection[str] = ()

    def knows(self, *facts: Fact) -> bool:
        """Whether one of these happened."""
        return not set(facts).isdisjoint(self.facts)


@dataclass(frozen=True, slots=True)
class Selection:
    """One way into a drive: its id, what people call it, of which drives it is one, its rule, and the inspections whose findings that reads.

    By `record` every open case is looked at; else only what has such a finding.
    """

    id: SelectionId
    zh: str
    purpose: Purpose
    holds: Callable[[OpenMatter], bool]
    inspections: tuple[str, ...] = ()
    record: bool = True


def _select_found(id_: SelectionId, zh: str, purpose: Purpose, *inspections: str) -> Selection:
    return Selection(id_, zh, purpose, lambda matter: not set(inspections).isdisjoint(matter.findings), inspections, record=False)


def _is_investigated(matter: OpenMatter) -> bool:
    return bool(matter.charge) and matter.knows(Fact.CASE_FILED) and not matter.knows(*_FINISHED)


def _has_no_suspect(matter: OpenMatter) -> bool:
    return _is_investigated(matter) and not matter.knows(Fact.PERSON_NAMED)


def _is_wanted(matter: OpenMatter) -> bool:
    listed = matter.knows(_WANTED) and not matter.knows(_NO_LONGER_WANTED)
    return listed or "suspect-not-listed" in matter.findings


SELECTIONS: Mapping[SelectionId, Selection] = MappingProxyType(
    {
        each.id: each
        for each in (
            _select_found("hanging", "挂案", "backlog", "case-hanging"),
            Selection("wanted", "在逃人员未到案", "backlog", _is_wanted, ("suspect-not-listed",)),
            Selection("homicide", "命案未破", "backlog", lambda matter: _has_no_suspect(matter) and matter.charge in _HOMICIDE),
            Selection(
                "grave-violence", "严重暴力案件未破", "backlog", lambda matter: _has_no_suspect(matter) and matter.charge in _GRAVE
            ),
            Selection(
                "changed-measures",
                "变更强制措施后未移诉",
                "backlog",
                lambda matter: _is_investigated(matter) and matter.knows(*_HELD) and matter.knows(*_FREED),
            ),
            _select_found("exhibits-left", "案结物未处理", "backlog", "exhibit-left-behind"),
            _select_found("papers-missing", "纸质卷宗未入电子卷宗", "backlog", "paper-missing"),
            _select_found("identity-doubtful", "身份存疑、冒用", "identity", "identity-doubtful"),
        )
    }
)


class Selected(NamedTuple):
    """A matter that a drive goes through, and by which of its selections."""

    matter: OpenMatter
    grounds: list[SelectionId]


def list_selections(purpose: str, chosen: Collection[str] = ()) -> list[Selection]:
    """The selections of a drive: those chosen, or all of its purpose."""
    return [each for each in SELECTIONS.values() if each.purpose == purpose and (not chosen or each.id in chosen)]


def select(matters: Iterable[OpenMatter], selections: Collection[Selection]) -> list[Selected]:
    """Which of these matters belong to a drive with these selections, the oldest first; each once, by all that hold of it."""
    found = [Selected(matter, [each.id for each in selections if each.holds(matter)]) for matter in matters]
    return sorted((each for each in found if each.grounds), key=lambda each: (each.matter.opened_at, each.matter.number))
