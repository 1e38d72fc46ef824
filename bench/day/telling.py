"""Who ought to have been told of what, by the record and by who holds which office, beside who was: nobody else, and nobody less."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from bench.day.people import TASK, Person, key_of
from law.offices import Office
from models.turns import get_patience
from seeds.bureau import HOLDINGS, PEOPLE, UNITS

# A task, and who took the step by which it was opened; nobody where another matter did.
TASKS = """
SELECT t.matter, t.sort, t.step, t.unit_id, t.office, t.username, t.above, t.goes_up_at, t.done_at, e.username AS actor
FROM task t LEFT JOIN entry e ON e.chain = t.matter AND e.recorded_at = t.opened_at AND e.sort = 'step'
WHERE t.matter <> '' AND t.sort IN ('turn', 'approval', 'returned') ORDER BY t.id
"""


class Task(NamedTuple):
    """A row of `TASKS`."""

    matter: str
    sort: str
    step: str
    unit_id: str
    office: str
    username: str
    above: str
    goes_up_at: datetime | None
    done_at: datetime | None
    actor: str | None

    @property
    def key(self) -> TASK:
        """What an event calls it."""
        return self.matter, self.sort, self.step


class Telling(NamedTuple):
    """What is wrong, in words; nothing, if all holds."""

    untold: list[str]
    told_wrongly: list[str]
    unseen: list[str]
    seen_wrongly: list[str]


def judge(rows: Iterable[Any], people: Mapping[str, Person], evening: Mapping[str, Collection[TASK]], now: datetime) -> Telling:
    """Hold what each was told, what their list showed, and what it shows in the `evening`, against the record as it is then."""
    tasks = [Task(*row) for row in rows]
    untold, unseen = list[str](), list[str]()
    may_know = {name: set[TASK]() for name in people}
    for task in tasks:
        theirs = _whose(task) & people.keys()
        above = (
            _holders(task.above, task.unit_id) if task.goes_up_at and task.goes_up_at <= (task.done_at or now) else frozenset[str]()
        )
        for name in theirs | above & people.keys():
            may_know[name].add(task.key)
        for name in theirs:
            if _is_to_be_told(task, name) and not _knows(people[name], task.key):
                untold.append(f"{name}: {task.key}")
            if task.done_at is None and task.key not in evening[name]:
                unseen.append(f"{name}: {task.key}")
    heard = {name: {key for _, key in person.told if key[0] not in person.probed} for name, person in people.items()}
    saw = {name: {key_of(row) for _, row in person.shown.values() if row["sort"] in _SORTS} for name, person in people.items()}
    return Telling(
        untold,
        [f"{name}: {key}" for name, keys in heard.items() for key in keys - may_know[name]],
        unseen,
        [f"{name}: {key}" for name, keys in saw.items() for key in keys - may_know[name]],
    )


_SORTS = ("turn", "approval", "returned")


def _knows(person: Person, key: TASK) -> bool:
    """Whether an event has told them, or the page that they look at."""
    if person.before_a_page:
        return any(key_of(row) == key for _, row in person.shown.values())
    return any(told == key for _, told in person.told)


def _is_to_be_told(task: Task, name: str) -> bool:
    """Whether somebody is told as it begins: not of what is put away at leisure, nor of what falls to whoever led there."""
    if task.sort != "turn":
        return True
    own = task.actor == task.username if task.username else task.actor and task.office in _offices(task.actor)
    return get_patience(task.step).told and not own


def _whose(task: Task) -> frozenset[str]:
    return frozenset({task.username}) if task.username else _holders(task.office, task.unit_id)


_ABOVE = {each.id: each.parent_id for each in UNITS}
_NAMES = {each.id: each.username for each in PEOPLE}


@cache
def _holders(office: str, unit: str) -> frozenset[str]:
    """Who holds it there, or above."""
    if not unit:
        return frozenset()
    here = {_NAMES[each.person_id] for each in HOLDINGS if each.unit_id == unit and each.office == office}
    return frozenset(here) | _holders(office, _ABOVE[unit])


@cache
def _offices(username: str) -> frozenset[Office]:
    return frozenset(each.office for each in HOLDINGS if _NAMES[each.person_id] == username)
