"""The database in memory: a connection that answers the statements of `record` from dictionaries, so that the real `record` runs.

Nothing is decided here. A statement it does not know is an error: whoever lets `record` read something new teaches it here.
"""
# Long because every statement that `record` asks is answered here, each by its name.

import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any, get_args

from activities import identity, known_twice, outbox, steps_taken
from law.calendar import SHANGHAI
from law.clock import PROMISES, Colour, Consequence
from law.discovery import list_modules
from models.journal import format_canonical
from models.matter import Kind
from models.readmodel import case_ledgers
from models.readmodel.matter_status import KIND_OF
from models.readmodel.offices import PERSON, UNITS
from models.search_terms import get_narrative
from models.store import response_times, sealing
from models.store import statements as sql
from models.store.connection import Query, list_fields
from models.store.hierarchy import MOVE_CLOCKS_AND_TASKS
from models.store.links import LINK, LINKED
from models.store.mappers import LADDER, RUNNING
from models.store.overruns import ACKNOWLEDGE
from models.store.statements import PUBLISHED
from tests.law.hostile.memory_of_ends import Hanging
from tests.law.hostile.memory_of_holdings import Holding

Row = SimpleNamespace
_FIRST = datetime(1949, 10, 1, tzinfo=SHANGHAI)
Answer = list[Any]


class Cursor:
    """The rows that a statement found."""

    def __init__(self, rows: Answer) -> None:
        self._rows = rows
        self.description = rows
        self.rowcount = len(rows)

    async def fetchone(self) -> Any:
        return self._rows[0] if self._rows else None

    async def fetchall(self) -> Answer:
        return self._rows


class Typed:
    """A cursor that makes what a query finds into the rows that it declares."""

    def __init__(self, memory: "Memory", query: Query[Any]) -> None:
        self._memory, self._query = memory, query

    async def execute(self, statement: str, arguments: Any = None, *, prepare: bool | None = None) -> Cursor:
        return Cursor([self._made(row) for row in self._memory.answer(statement, arguments)])

    def _made(self, row: Any) -> Any:
        (declared,) = get_args(self._query.__orig_class__)
        names = list_fields(declared)
        values = row if isinstance(row, tuple) else [getattr(row, name) for name in names] if names else [*vars(row).values()]
        return declared(*values) if names else values[0]


class Memory(Hanging, Holding):
    """The tables that `record` and the rings read and write."""

    def __init__(self, first: int = 1) -> None:
        """Empty; matters are numbered from `first` on."""
        self.chains: dict[str, int] = {}
        self.facts: dict[str, list[Row]] = defaultdict(list)
        self.entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.keys: dict[str, dict[str, Any]] = {}
        self.clocks: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.rungs: dict[str, dict[tuple[str, str, datetime], datetime]] = defaultdict(dict)
        self.rung: set[tuple[str, str, datetime]] = set()
        self.matters: dict[str, Row] = {}
        self.parties: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.tasks: dict[str, dict[str, Any]] = {}
        self.outbox: dict[str, str] = {}
        self._numbers = itertools.count(first)

    @asynccontextmanager
    async def pipeline(self) -> AsyncIterator[None]:
        """Several statements at once; here one after the other."""
        yield

    async def execute(self, statement: str, arguments: Any = None, *, prepare: bool | None = None) -> Cursor:
        """What the statement finds, once it has written what it writes."""
        return Cursor(self.answer(statement, arguments))

    def cursor(self, row_factory: Any) -> Typed:
        """A cursor for the query whose rows that makes."""
        return Typed(self, row_factory.__self__)

    def answer(self, statement: str, arguments: Any) -> Answer:
        """The rows that the statement finds."""
        if statement in ("BEGIN", "COMMIT"):
            return []
        answer = _ANSWERS.get(statement)
        if answer is None:
            raise NotImplementedError(f"the bureau in memory does not know this statement of record:\n{statement}")
        return list(answer(self, arguments or {}) or ())

    # Reading

    def lock(self, said: dict[str, Any]) -> Answer:
        return [(self.chains.setdefault(said["number"], 0), b"")]

    def known_facts(self, said: dict[str, Any]) -> Answer:
        return self.facts[said["number"]]

    def known(self, said: dict[str, Any]) -> Answer:
        number = said["number"]
        shown = {row["id"]: row["colour"] for row in self.clocks[number].values() if row["state"] in RUNNING}
        found = [each for each in self.entries[number] if each["recorded"].seq > said["seq"]]
        first = self.keys.get(said["key"])
        if first is not None and first not in found:
            found.insert(0, first)
        # Letters are late here for days; a step that had to wait for them would never be judged before they came.
        seq = self.matters[number].seq if number in self.matters else None
        return [(shown, self.next_alarm(number), "", seq, False, [format_canonical(each) for each in found], [], [], None)]

    def outstanding(self, said: dict[str, Any]) -> Answer:
        """As `outbox.OUTSTANDING`."""
        return [Row(id=each) for each, number in self.outbox.items() if number == said["number"]]

    def recorded_clocks(self, said: dict[str, Any]) -> Answer:
        """As `statements.RECORDED_CLOCKS`."""
        names = ("id", "state", "edition", "basis", "calendar")
        return [
            Row(**{name: row[name] for name in names}, due_at=datetime.fromisoformat(row["due_at"]) if row["due_at"] else None)
            for row in self.clocks[said["number"]].values()
        ]

    def numbers(self, said: dict[str, Any]) -> Answer:
        return [(next(self._numbers),) for _ in range(said["many"])]

    def linked(self, said: dict[str, Any]) -> Answer:
        """As `links.LINKED`."""
        return [(each,) for each in said["numbers"] if each in self.matters]

    def people(self, said: dict[str, Any]) -> Answer:
        return [_Person(**row) for _, row in sorted(self.parties[said["number"]].items())]

    def suspects(self, said: dict[str, Any]) -> Answer:
        """As `people.SUSPECTS`: every suspect of a case, those whose matters are still being opened as they were named."""
        known = [each for each in self.matters.values() if each.parent == said["case"] and each.kind == Kind.SUSPECT]
        rows = [
            Row(
                number=each.number,
                final=each.final,
                stage_since=each.stage_since,
                **_identity(self.parties[each.number]["suspect"]),
            )
            for each in known
            if "suspect" in self.parties[each.number]
        ]
        for entry in self.entries[said["case"]]:
            if entry["sort"] != "step" or entry["step"] != said["step"]:
                continue
            form = entry["form"]
            further = {name: form[name] for name in ("born_on", "travel_document") if form.get(name)}
            named = {"name": form.get("name"), "citizen_id": form.get("citizen_number") or "", "said": further}
            opened = entry["recorded"].receipt.opened
            rows += [Row(number=each, final=False, stage_since=None, **named) for each in opened if each not in self.matters]
        return sorted(rows, key=lambda row: row.number)

    def answered(self, said: dict[str, Any]) -> Answer:
        """As `identity.ANSWERED`."""
        asked = (
            entry for entry in self.entries[said["number"]] if entry["sort"] == "step" and entry["recorded"].seq == said["seq"]
        )
        forms = [entry["form"] for entry in asked]
        return [Row(namesake="true" if each.get("namesake") else None, elsewhere=each.get("elsewhere")) for each in forms]

    def own(self, said: dict[str, Any]) -> Answer:
        """As `suspects.WHO`."""
        person = self.parties[said["number"]].get("suspect")
        return [Row(**_identity(person), travel_document=person["said"].get("travel_document"))] if person else []

    def with_a_number(self, said: dict[str, Any]) -> Answer:
        """As `suspects.NUMBER_OF`."""
        for each, person in self.parties[said["number"]].items():
            also = person["said"].get("also", "").split()
            if said["person"] in (each, *also) and (person["citizen_id"] or person["said"].get("travel_document")):
                return [Row(name=person["name"])]
        return []

    def reported(self, said: dict[str, Any]) -> Answer:
        """As `injuries.REPORTED`."""
        forms = [entry["form"] for entry in self.entries[said["number"]] if entry["sort"] == "step"]
        answers = [form["injured"] for form in forms if form.get("injured") is not None]
        words = "\n".join(told for form in forms if (told := get_narrative(form)))
        return [Row(words=words or None, answered=answers[-1] if answers else None)]

    def before_the_penalty(self, said: dict[str, Any]) -> Answer:
        """As `penalties.BEFORE`."""
        entries = [entry for entry in self.entries[said["number"]] if entry["sort"] == "step"]
        told = [
            entry["form"]["penalty"]
            for entry in entries
            if entry["step"] in said["notices"] and entry["form"].get("person", 1) == said["person"]
        ]
        return [Row(notice=told[-1] if told else None, violation=entries[0]["form"].get("violation") if entries else None)]

    def undecided(self, said: dict[str, Any]) -> Answer:
        """As `penalties.UNDECIDED`."""
        number, own = said["number"], f"person-{said['person']}"
        decided = {row.about for row in self.facts[number] if row.fact in said["decided"]}
        rows = []
        for person in self.parties[number].values():
            ids = (person["id"], *person["said"].get("also", "").split())
            rows += [
                Row(id=each, name=person["name"])
                for each in ids
                if "offender" in person["roles"]
                and each.startswith("person-")
                and each != own
                and f"{number}/{each.removeprefix('person-')}" not in decided
            ]
        return sorted(rows, key=lambda row: row.id)

    def carriers(self, said: dict[str, Any]) -> Answer:
        family = self._family(said["number"])
        parent = self.matters[said["number"]].parent
        return [
            Row(number=each, kind=self.matters[each].kind)
            for each in sorted(family)
            if each != said["number"] and self._carries(each, parent, said)
        ]

    def _family(self, number: str) -> set[str]:
        above = {number}
        while (parent := self.matters[number].parent) and parent not in above:
            above.add(number := parent)
        family, grown = set(above), True
        while grown:
            below = {each.number for each in self.matters.values() if each.parent in family}
            grown = not below <= family
            family |= below
        return family

    def _carries(self, number: str, parent: str | None, said: dict[str, Any]) -> bool:
        for row in self.parties[number].values():
            same_number = row["citizen_id"] and row["citizen_id"] == said["citizen_id"]
            same_name = (row["name"], row["role"]) == (said["name"], said["role"])
            if same_number or (same_name and not (row["citizen_id"] and said["citizen_id"])):
                return True
        told = ((row.fact, row.about, row.at) for row in self.facts[number] if "told_by" in row.said)
        meant = (said["fact"], said["about"], said["at"])
        return (said["role"] == "suspect" and number == parent) or any(each == meant for each in told)

    def kind(self, said: dict[str, Any]) -> Answer:
        """As `hierarchy.KIND`."""
        matter = self.matters.get(said["number"])
        return [Row(kind=matter.kind)] if matter else []

    def open_case(self, said: dict[str, Any]) -> Answer:
        case = self.matters.get(said["into"])
        open_stages = ("investigation", "supplementary_investigation")
        fits = case and case.number != said["number"] and case.kind == Kind.CRIMINAL_CASE and case.stage in open_stages
        return [(said["into"],)] if fits else []

    # An overrun that is acknowledged, as the statements of `activities/features/overruns.py`

    def unacknowledged(self, said: dict[str, Any]) -> Answer:
        row = self.clocks[said["matter"]].get(said["clock"])
        names = ("overrun_due_at", "overrun_entered_at", "overrun_acknowledged_at")
        return [Row(**{name: row.get(name) for name in names})] if row and row["liberty"] else []

    def entered(self, said: dict[str, Any]) -> Answer:
        told = {row.said.get("told_by") for row in self.facts[said["matter"]]}
        at = datetime.fromisoformat(said["at"]) if isinstance(said["at"], str) else said["at"]
        entries = (
            entry for number in {said["matter"], *told} - {None} for entry in self.entries[number] if entry["sort"] == "step"
        )
        return [
            Row(seq=entry["recorded"].seq, people=_people(entry))
            for entry in entries
            if entry["recorded"].receipt.recorded_at == at
        ]

    def acknowledge(self, said: dict[str, Any]) -> None:
        self.clocks[said["matter"]][said["clock"]]["overrun_acknowledged_at"] = said["now"].isoformat()

    # Writing

    def append(self, said: dict[str, Any]) -> None:
        number, content = said["number"], said["content"]
        self.chains[number] = said["position"]
        self.entries[number].append(content)
        self.keys[said["key"]] = content
        self.facts[number] += [_fact(row) for row in said["facts"].obj]
        was = self.matters.get(number)
        self.matters[number] = Row(
            number=number,
            kind=said["kind"],
            seq=said["seq"],
            stage=said["stage"],
            final=said["final"],
            unit=said["unit"],
            officer=said["officer"],
            parent=said["parent"] or (was.parent if was else None),
            title=said["title"] or (was.title if was else ""),
            stage_since=was.stage_since if was and was.stage == said["stage"] else said["since"],
            colour=said["colour"],
            requests=said["requests"].obj,
        )
        self.outbox.pop(said["key"], None)
        self.outbox |= {each["id"]: number for each in said["promises"].obj}
        for task in said["tasks"].obj:
            self.tasks[task["key"]] = {**task, "done": False}

    def write_clocks(self, said: dict[str, Any]) -> Answer:
        number, changed = said["number"], set(said["changed"])
        if len(changed) < len(said["changed"]):
            raise ValueError(f"one statement writes a clock twice: {sorted(said['changed'])}")
        for row in said["clocks"].obj:
            kept = self.clocks[number].get(row["id"], {})
            before, marked = kept.get("overrun_acknowledged_at"), row["overrun_entered_at"]
            anew = before and marked and datetime.fromisoformat(marked) > datetime.fromisoformat(before)
            acknowledged = {"overrun_acknowledged_at": None if anew else before}
            self.clocks[number][row["id"]] = {**row, **acknowledged}
        ahead = {}
        for row in said["rungs"].obj:
            key = (row["clock_id"], row["colour"], datetime.fromisoformat(row["at"]))
            if key not in self.rung:
                ahead[key] = key[2]
        kept = {key: at for key, at in self.rungs[number].items() if key[0] not in changed}
        self.rungs[number] = kept | ahead
        self._relieve(number, said["relieved"])
        return [(self.next_alarm(number),)]

    def lapse(self, said: dict[str, Any]) -> None:
        """As `statements.LAPSED`: what was overdue stays an overrun."""
        now = said["now"].isoformat()
        for number, clocks in self.clocks.items():
            for gone in set(said["gone"]) & clocks.keys():
                row = clocks[gone]
                if row["colour"] == Colour.OVERDUE:
                    row |= {"state": "overrun", "overrun_due_at": row["due_at"], "overrun_until": now}
                else:
                    row["state"] = "lapsed"
                row |= {"colour": "none", "ended_at": now, "rungs": []}
                self._relieve(number, [gone])
                self.rungs[number] = {key: at for key, at in self.rungs[number].items() if key[0] != gone}

    def write_parties(self, said: dict[str, Any]) -> None:
        for row in said["rows"].obj:
            self.parties[row["matter"]][row["id"]] = dict(row)

    def correct_facts(self, said: dict[str, Any]) -> None:
        for right in said["rows"].obj:
            rows = [row for row in self.facts[right["matter"]] if row.seq == right["seq"]]
            for row in (each for each in rows if each.n == right["n"]):
                row.at, row.said = datetime.fromisoformat(right["at"]), right["said"]

    def rehome(self, said: dict[str, Any]) -> None:
        for row in self.clocks[said["number"]].values():
            if row["state"] in RUNNING:
                row |= {"unit_id": said["unit"], "officer": said["officer"]}

    # Ringing

    def next_alarm(self, number: str) -> datetime | None:
        """When the matter's next rung is due."""
        return min(self.rungs[number].values(), default=None)

    def ring(self, number: str, now: datetime) -> datetime | None:
        """Ring what is due: colour the clock, and let a right that nobody used lapse."""
        for key in sorted((key for key, at in self.rungs[number].items() if at <= now), key=lambda key: key[2]):
            clock_id, colour, at = key
            del self.rungs[number][key]
            self.rung.add(key)
            row = self.clocks[number][clock_id]
            if colour == Colour.OVERDUE and row["at_expiry"] == Consequence.RIGHT_LAPSES:
                row |= {"state": "lapsed", "colour": "none", "ended_at": at.isoformat()}
                continue
            shown = Colour.UNKEPT if colour == Colour.OVERDUE and row["at_expiry"] in PROMISES else Colour(colour)
            row["colour"] = max(Colour(row["colour"]), shown, key=LADDER.index)
            if colour == Colour.OVERDUE and row["at_expiry"] != Consequence.SERVICE_ONLY:
                key_of_task = f"{clock_id}/expired/{at}"
                self.tasks.setdefault(key_of_task, {"key": key_of_task, "matter": number, "clock_id": clock_id, "done": False})
        if number in self.matters:
            shown = [Colour(row["colour"]) for row in self.clocks[number].values() if row["state"] in RUNNING]
            self.matters[number].colour = max(shown, key=LADDER.index, default=Colour.NONE)
        return self.next_alarm(number)

    def complain(self, number: str, unit: str, key: str, step: str) -> None:
        """A person's task to see to what the house could not do."""
        self.outbox.pop(key, None)
        self.tasks.setdefault(
            key, {"key": key, "matter": number, "sort": "undelivered", "step": step, "unit_id": unit, "done": False}
        )

    def _relieve(self, number: str, clock_ids: Iterable[str]) -> None:
        relieved = set(clock_ids)
        for task in self.tasks.values():
            if task["matter"] == number and task.get("clock_id") in relieved:
                task["done"] = True


class _Person(Row):
    """A row of the party table."""

    def _asdict(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "matter"}


def _identity(person: dict[str, Any]) -> dict[str, Any]:
    return {name: person[name] for name in ("name", "citizen_id", "said")}


def _people(entry: dict[str, Any]) -> list[str]:
    ended = entry["recorded"].ended
    return [*([entry["actor"].person] if entry["actor"] else []), *((ended.asked_by.person, *ended.approved_by) if ended else ())]


def _fact(row: dict[str, Any]) -> Row:
    instants = {name: datetime.fromisoformat(row[name]) for name in ("at", "entered_at") if row.get(name)}
    return Row(**{**row, **instants})


def _nothing(memory: Memory, said: dict[str, Any]) -> Answer:
    return []


AnswerTo = Callable[[Memory, dict[str, Any]], Answer | None]

_OF_STATEMENTS: dict[str | Query[Any], AnswerTo] = {
    sql.BEGIN_CHAIN: _nothing,
    sql.LOCK: Memory.lock,
    sql.FACTS: Memory.known_facts,
    sql.KNOWN: Memory.known,
    PUBLISHED: _nothing,
    sql.NUMBERS: Memory.numbers,
    sql.APPEND: Memory.append,
    sql.CLOCKS: Memory.write_clocks,
    sql.PARTIES: Memory.write_parties,
    sql.TOLD: _nothing,
    sql.PEOPLE: Memory.people,
    sql.CARRIERS: Memory.carriers,
    sql.TOLD_BEFORE: _nothing,
    sql.CORRECT_FACTS: Memory.correct_facts,
    sql.STANDS_SINCE: _nothing,
    sql.NOTICED: _nothing,
    sql.RENAME: _nothing,
    sql.LAPSED: Memory.lapse,
    sql.RECORDED_CLOCKS: Memory.recorded_clocks,
    MOVE_CLOCKS_AND_TASKS: Memory.rehome,
    **dict.fromkeys(
        (sealing.ABOVE, sealing.ABOVE_TO_SEAL, sealing.HOLD_FAMILY, sealing.SEAL_FAMILY, sealing.OPEN_TO_HANDLERS), _nothing
    ),
    ACKNOWLEDGE: Memory.acknowledge,
    outbox.OUTSTANDING: Memory.outstanding,
    case_ledgers.BEGAN: _nothing,
    response_times.HELD: _nothing,
    identity.ANSWERED: Memory.answered,
    **{
        identity.build_holders_query(numbers): Memory.beside
        for numbers in ((), *itertools.permutations(identity.BY_NUMBER, 1), tuple(identity.BY_NUMBER))
    },
    identity.SUSPECTS_AROUND: Memory.suspects_around,
    known_twice.STRANGERS: Memory.strangers,
    steps_taken.STEPS_TAKEN: _nothing,
    UNITS: _nothing,
    PERSON: _nothing,
    KIND_OF: Memory.kind,
    LINKED: Memory.linked,
    LINK: _nothing,
}
# What features ask, by their names: of one that is not there nobody asks anything.
_OF_FEATURES: dict[str, dict[str, AnswerTo]] = {
    "brought_over": {"RELEASED": _nothing},
    "marks": {"TITLE": lambda memory, said: [Row(title=memory.matters[said["number"]].title)]},
    "sensitivity": {"ABOVE_IS_SENSITIVE": lambda _memory, _said: [Row(sensitive=False)]},
    "dossier_rules": {"UNDECLARED": _nothing, "SCANNED": lambda _memory, _said: [Row(there=False)]},
    "ends": {
        "STAND_STILL": _nothing,
        "STANDS": Memory.stands,
        "HANGING": Memory.hanging,
        "DUTIES": Memory.duties,
        "OF_PEOPLE": Memory.of_people,
        "NAMED": Memory.named,
        "CASE_OF": Memory.case_of,
        "HOW_IT_ENDED": Memory.how_it_ended,
    },
    "findings": {"FINDINGS": _nothing, "SETTLE": _nothing},
    "hierarchy": {"OPEN_CASE": Memory.open_case},
    "holdings": {"NAMESAKES": _nothing},
    "injuries": {"REPORTED": Memory.reported},
    "inspected_on_entry": {"ASK_TO_INSPECT": _nothing},
    "overruns": {"UNACKNOWLEDGED": Memory.unacknowledged, "ENTERED": Memory.entered},
    "penalties": {"BEFORE": Memory.before_the_penalty, "UNDECIDED": Memory.undecided},
    "people": {"SUSPECTS": Memory.suspects},
    "followers": {"FOLLOWERS": _nothing},
    "risk_alerts": dict.fromkeys(
        (
            *("HANDS", "OFFICER", "RAISED", "REFRESHED", "ORDERED", "ENDED"),
            *("OUTCOME_BEGINS", "OUTCOME_ACKNOWLEDGED", "OUTCOME_ASKED", "OUTCOME_ORDERED", "OUTCOME_ENDS"),
        ),
        _nothing,
    ),
    "jurisdiction_disputes": {"OPEN_DISPUTE": _nothing},
    "scene_feedback": {"SENT_BY": _nothing},
    "suspects": {"WHO": Memory.own, "NUMBER_OF": Memory.with_a_number},
}


def _of_features() -> Iterator[tuple[str | Query[Any], AnswerTo]]:
    for module in list_modules("activities.features"):
        for name, answer in _OF_FEATURES.get(module.__name__.rpartition(".")[2], {}).items():
            yield getattr(module, name), answer


_ANSWERS = {each if isinstance(each, str) else each.sql: answer for each, answer in (*_OF_STATEMENTS.items(), *_of_features())}
