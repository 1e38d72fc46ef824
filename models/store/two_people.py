"""What two people set (双人设定): one who administers a unit proposes, another who supervises it or reviews the law there confirms.

Who may confirm has it among their tasks until it is confirmed. Nobody confirms their own, nor what was proposed anew meanwhile.
"""

from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from law.offices import Office
from models.access.scope import Person
from models.problems import DutiesNotSeparated, NotFound, OfficeMayNotAct, Superseded
from models.store.administrative_change import Change

CONFIRMS = (Office.SUPERVISOR, Office.LEGAL_REVIEWER)
# Proposed anew it is to be looked at anew.
_ASK = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT '', %(key)s::text || '/' || office, 'setting', %(words)s, %(unit)s, office, '', false, %(now)s
FROM unnest(%(offices)s::text[]) AS office
ON CONFLICT (key) DO UPDATE SET done_at = NULL, words = excluded.words, opened_at = excluded.opened_at
"""
_ANSWERED = "UPDATE task SET done_at = %(now)s WHERE key = ANY(%(keys)s) AND done_at IS NULL"


class Setting(NamedTuple):
    """What is set: what it is called, of which unit, and the name by which it is one (`patience/accept-dispatch`)."""

    zh: str
    unit: str
    name: str

    @property
    def key(self) -> str:
        """The key of the tasks of those who may confirm it."""
        return f"setting/{self.unit}/{self.name}"


class Proposed(Protocol):
    """What one person proposed, and when."""

    @property
    def proposed_by(self) -> str: ...
    @property
    def at(self) -> datetime: ...


P = TypeVar("P", bound=Proposed)


async def ask(change: Change, setting: Setting, value: str) -> None:
    """Let those who may confirm it know of what was proposed; `value` says it in words."""
    words = f"{change.author.zh}提请设定{change.tree[setting.unit].zh}的{setting.zh}：{value}"
    asked = {"key": setting.key, "words": words, "unit": setting.unit, "offices": list(CONFIRMS), "now": change.now}
    await change.connection.execute(_ASK, asked)


def may_confirm(person: Person, unit: str, proposed_by: str) -> bool:
    """Whether that person may confirm what another proposed for the unit."""
    return proposed_by != person.username and _confirms_by(person, unit) is not None


def confirming(person: Person, setting: Setting) -> Office:
    """The office by which that person may confirm it; OfficeMayNotAct where none of theirs does."""
    if office := _confirms_by(person, setting.unit):
        return office
    raise OfficeMayNotAct(f"{setting.zh}由督察或者法制员确认", required=list(CONFIRMS))


def _confirms_by(person: Person, unit: str) -> Office | None:
    return next((office for office in CONFIRMS if any(each.office == office and unit in each.own for each in person.offices)), None)


def checked(change: Change, setting: Setting, proposed: P | None, proposed_at: datetime) -> P:
    """What was proposed then; NotFound where nothing is, DutiesNotSeparated for one's own, Superseded where it was proposed anew since."""
    if proposed is None:
        raise NotFound(f"没有待确认的这一{setting.zh}")
    if proposed.proposed_by == change.author.username:
        raise DutiesNotSeparated(f"{setting.zh}由一人提请、另一人确认，提请的人不能自己确认")
    if proposed.at != proposed_at:
        raise Superseded(f"这一{setting.zh}已经重新提请，请看过后再确认")
    return proposed


async def answer(change: Change, setting: Setting) -> None:
    """It is confirmed: nobody has to look at it any more."""
    keys = [f"{setting.key}/{office}" for office in CONFIRMS]
    await change.connection.execute(_ANSWERED, {"keys": keys, "now": change.now})
