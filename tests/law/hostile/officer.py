"""The officer who cheats: fills in whatever is open, dates it as suits, and lets time pass to where it hurts."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from law.offices import Office
from models.forms.form import Form, get_forms
from models.matter import Kind
from models.messages import Request
from tests.law.hostile.bureau import PEOPLE, Bureau
from tests.law.hostile.courses import ORDINARY, OTHERS
from tests.law.hostile.oracle import CHINA

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Stories begin on any day of these months: New Year and the long holidays lie in them and behind them.
_FIRST = datetime(2025, 11, 3, 9, tzinfo=CHINA)
_STARTS, _HORIZON = 300, timedelta(days=800)
# Two people; of the first, the number is known in two spellings.
_NUMBERS = ("11010519491231002X", "11010519491231002x", "440524198001010013", None, None)
_NAMES = ("测试甲", "测试甲 ", "测试乙", "测试丙")
_KINDS = (Kind.CRIMINAL_CASE, Kind.SUSPECT, Kind.PUBLIC_ORDER_CASE)

# How often each step is tried where it is open, beside the others: what starts, restarts, lengthens and ends custody first.
_OFTEN: dict[str, float] = {
    "execute-detention": 6,
    "extend-detention": 5,
    "request-arrest": 5,
    "receive-arrest-request": 3,
    "approve-arrest": 5,
    "refuse-arrest": 1,
    "execute-arrest": 7,
    "request-custody-extension": 4,
    "extend-custody": 5,
    "discover-new-crime": 4,
    "restart-custody": 5,
    "leave-identity-unknown": 3,
    "establish-identity": 3,
    "start-evaluation": 3,
    "end-evaluation": 4,
    "release": 2,
    "decide-bail": 3,
    "lift-bail": 3,
    "continue-bail": 2,
    "receive-bail-case": 2,
    "transfer-prosecution": 2,
    "decide-surveillance": 2,
    "lift-surveillance": 2,
    "summon": 2,
    "extend-summons": 3,
    "end-summons": 2,
    "compel": 1,
    "extend-compelled": 2,
    "end-compelled": 2,
    "correct-record": 0.6,
    "name-suspect": 3,
    "close-investigation": 1,
    "send-case": 2,
    "receive-prosecution-case": 8,
    "extend-prosecution-review": 3,
    "return-for-investigation": 5,
    "send-case-again": 6,
    "prosecute-case": 0.5,
    "decide-not-to-prosecute": 1,
    "cancel-case": 1,
    "reopen-case": 4,
    "turn-administrative": 0.4,
    "transfer-case": 0.3,
    "retake-case": 3,
    "merge-case": 1,
    "designate-case-jurisdiction": 0.5,
    "archive": 0.5,
    "file-case": 5,
    "refuse-filing": 0.3,
    "terminate-investigation": 0.5,
    "resume-investigation": 2,
    "stop-person": 2,
    "extend-stop": 2,
    "end-stop": 1,
    "summon-for-inquiry": 2,
    "extend-inquiry": 2,
    "end-inquiry": 1,
    "try-mediation": 2,
    "fail-mediation": 3,
    "agree-mediation": 1,
    "turn-criminal": 0.5,
    "name-offender": 1,
    "notify-penalty": 2,
    "decide-penalty": 2,
    "enter-detention-centre": 5,
    "end-admin-detention": 2,
    "apply-for-suspension": 1,
    "suspend-detention": 2,
    "apply-for-leave": 1,
    "grant-leave": 1,
    "begin-leave": 2,
    "end-leave": 2,
    "revoke-penalty": 0.5,
    "request-arrest-reconsideration": 1,
}
_SELDOM = 0.05
_EXTENSIONS = {
    "extend-detention": ("+4 day", "+1 day", "to 30 day", "to 7 day", "to 20 day", "+9 day"),
    "extend-custody": ("+1 month", "+2 month", "+2 month", "+3 month"),
    "extend-prosecution-review": ("+15 day", "+15 day", "to 15 day", "+30 day"),
    "extend-summons": ("to 24 hour", "to 24 hour", "to 48 hour"),
    "extend-compelled": ("to 24 hour", "to 24 hour", "to 36 hour"),
    "extend-stop": ("to 24 hour", "to 48 hour", "to 72 hour"),
    "extend-inquiry": ("to 12 hour", "to 24 hour", "to 48 hour"),
}
_OURS, _THEIRS = "青岚县人民检察院", "安澜市人民检察院"
# What is filled in by its name in one step only: which organ has the case, and which other crime was found.
_OF_A_STEP: dict[str, dict[str, tuple[Any, ...]]] = {
    "receive-prosecution-case": {"procuratorate": ("", "", _OURS, _THEIRS)},
    "transfer-prosecution": {"sender": (_OURS, _OURS, _THEIRS), "to": (_THEIRS, _THEIRS, _OURS)},
    "receive-bail-case": {"organ": (_OURS, _OURS, "青岚县人民法院")},
    "discover-new-crime": {"charge": ("xf-266", "xf-263", "xf-234")},
    "approve-arrest": {"unasked": ("", "", "", "撤销原不批准逮捕决定", "审查起诉中决定逮捕")},
    "suspend-detention": {"surety": ("担保人",), "days_left": (1, 2, 3, 5, 20)},
    "notify-penalty": {"hearing": (False, False, True), "minor": (False,)},
    "decide-penalty": {
        "penalty": ("detention",),
        "detention_days": (1, 5, 10, 15),
        "others_pending": (True, True, False),
        **dict.fromkeys(("hearing_due", "review_due", "discussion_due", "foreigner"), (False,)),
    },
}
_TERMS = ("", "", "", "3 day", "1 month", "6 month", "12 month", "24 month", "10 day")


_MOST_MATTERS = 9


@dataclass(frozen=True, slots=True)
class Move:
    """One thing tried: when, by whom, in which matter (the n-th of its kind), which step with what; and in what order letters arrive."""

    when: datetime
    who: str
    kind: Kind
    n: int
    step: str
    form: dict[str, Any]
    opens: bool = False
    # Of the letters on their way the one at each of these places is delivered next; None: all, as they came.
    letters: tuple[int, ...] | None = None


class Officer:
    """Makes up the next move from what stands open, by a seed."""

    def __init__(self, seed: str, bureau: Bureau) -> None:
        self.dice, self.bureau = random.Random(seed), bureau
        self._ahead: list[Move] = []

    @staticmethod
    def first(seed: str) -> datetime:
        """When the story of that seed begins."""
        dice = random.Random(f"{seed}/first")
        return _FIRST + dice.randrange(_STARTS) * DAY + dice.randrange(12 * 60) * MINUTE

    def moves(self, many: int) -> Iterator[Move]:
        """A story of so many moves, each made up after the one before has been taken."""
        self._ahead += self._usual()
        for _ in range(many + len(self._ahead)):
            if self.dice.random() < 0.02 and len(self.bureau.matters) < _MOST_MATTERS and not self._ahead:
                yield self._opening()
            elif self._ahead:
                yield self._ahead.pop(0)
            elif move := self._next():
                yield move

    def _usual(self) -> Iterator[Move]:
        """How a case lawfully comes so far that there is something to cheat with: a part of it, of any length."""
        dice, when = self.dice, self.bureau.now
        course = ORDINARY[: dice.choice((3, 4, 4, 6, 9, 11, 11, 14, 18))] if dice.random() < 0.6 else dice.choice(OTHERS)
        for usual in course:
            said = usual.said
            if usual.step == "name-suspect" and not said:
                said = {"citizen_number": dice.choice(_NUMBERS), "name": dice.choice(_NAMES)}
            form = get_forms()[usual.step]
            when += dice.randrange(usual.within + 1) * MINUTE
            move = Move(when, f"{form.rule.by[0]}-1", usual.kind, usual.n, usual.step, said, opens=usual.opens)
            yield move
            yield from self._approvals(move, form, plainly=True)

    def _opening(self) -> Move:
        criminal = self.dice.random() < 0.7
        kind = Kind.CRIMINAL_CASE if criminal else Kind.PUBLIC_ORDER_CASE
        form = (
            {"charge": "xf-266", "summary": "案情"} if criminal else {"violation": "za-51-1", "summary": "案情", "injured": False}
        )
        opener = "accept-case" if criminal else "file-public-order-case"
        return Move(self.bureau.now, "case-officer-1", kind, len(self._numbers(kind)), opener, form, opens=True)

    def _next(self) -> Move | None:
        dice, bureau = self.dice, self.bureau
        when = self._when()
        numbers = [number for kind in _KINDS for number in self._numbers(kind) if number in bureau.memory.matters]
        if not numbers:
            return None
        number = dice.choices(numbers, [3 if each.startswith("RY") else 2 for each in numbers])[0]
        matter = bureau.matters[number]
        if matter.state.requests and dice.random() < 0.5:
            return self._about_a_request(when, number, dice.choice(matter.state.requests))
        open_forms = bureau.open_steps(number)
        if not open_forms:
            return None
        if dice.random() < 0.02:
            form = get_forms()[dice.choice(list(_OFTEN))] if dice.random() < 0.9 else dice.choice(list(get_forms().values()))
        else:
            form = dice.choices(open_forms, [_OFTEN.get(each.rule.step, _SELDOM) for each in open_forms])[0]
        move = self._move(when, number, form, self._filled(form, number, when))
        if form.rule.approved_by and dice.random() < 0.85:
            self._ahead += self._approvals(move, form)
        return move

    # A step

    def _move(self, when: datetime, number: str, form: type[Form], said: dict[str, Any], office: str = "") -> Move:
        dice = self.dice
        office = office or str(dice.choice(form.rule.by))
        if dice.random() < 0.02:
            office = str(dice.choice(list(Office)))
        who = f"{office}-{1 if dice.random() < 0.9 else 2}"
        kind = self.bureau.matters[number].kind
        letters = None if dice.random() < 0.75 else tuple(dice.randrange(4) for _ in range(dice.randrange(3)))
        return Move(when, who, kind, self._numbers(kind).index(number), form.rule.step, said, letters=letters)

    def _approvals(self, move: Move, form: type[Form], *, plainly: bool = False) -> Iterator[Move]:
        when = move.when
        for office in form.rule.approved_by:
            when += 0 * MINUTE if plainly else self.dice.choice((0, 0, 0, 1, 30, 600)) * MINUTE
            said: dict[str, Any] = {"request": form.rule.step}
            if not plainly and self.dice.random() < 0.35:
                said["at"] = self._dated(when, "").isoformat()
            who = f"{office}-{self.dice.choice((1, 1, 2))}"
            yield Move(when, who, move.kind, move.n, "approve", said)

    def _about_a_request(self, when: datetime, number: str, request: Request) -> Move:
        dice = self.dice
        step = dice.choices(("approve", "withdraw", "return", "transfer", "delegate", "add-signer"), (8, 0.7, 1, 0.4, 0.4, 0.3))[0]
        said: dict[str, Any] = {"request": request.step}
        place = next(iter(request.present), None)
        who = (place and (place.person or f"{place.office}-{dice.choice((1, 1, 2))}")) or "county-head-1"
        match step:
            case "approve":
                said |= {"at": self._dated(when, number).isoformat()} if dice.random() < 0.4 else {}
            case "withdraw":
                who, said["reason"] = request.asked_by.person, "不再需要"
            case "add-signer":
                said |= {"place": dice.choice(("before", "after")), "person": "legal-reviewer-1", "reason": "慎重"}
            case "return":
                said["reason"] = "不妥"
            case _:
                said |= {"person": f"{place.office if place else 'county-head'}-2", "reason": "外出"}
        kind = self.bureau.matters[number].kind
        return Move(when, who if who in PEOPLE else "county-head-1", kind, self._numbers(kind).index(number), step, said)

    # Time

    def _when(self) -> datetime:
        dice, now = self.dice, self.bureau.now
        way = dice.random()
        if way < 0.4:
            when = now
        elif way < 0.6:
            when = now + dice.randrange(1, 180) * MINUTE
        elif way < 0.75:
            when = now + dice.randrange(1, 72) * HOUR
        elif way < 0.95:
            ends = [end for end in self._ends() if end > now]
            when = dice.choice(ends) + dice.choice((-60, -1, 0, 1, 3 * 60, 26 * 60)) * MINUTE if ends else now + HOUR
        else:
            when = now + dice.randrange(5, 45) * DAY
        return min(max(when, now), self._horizon(now))

    def _horizon(self, now: datetime) -> datetime:
        return max(now, _FIRST + _STARTS * DAY + _HORIZON)

    def _ends(self, number: str = "") -> list[datetime]:
        """When the clocks on somebody's liberty end, or ended."""
        clocks = self.bureau.memory.clocks
        rows = (row for each in ([number] if number else list(clocks)) for row in clocks[each].values())
        return [datetime.fromisoformat(row["due_at"]) for row in rows if row["liberty"] and row["due_at"]]

    def _dated(self, when: datetime, number: str) -> datetime:
        """The instant that is written on the form: seldom the true one, and sometimes one that nobody may write."""
        dice, way = self.dice, self.dice.random()
        if way < 0.3:
            return when - dice.randrange(0, 360) * MINUTE
        if way < 0.6 and (ends := [end for end in self._ends(number) if end <= when + DAY]):
            return dice.choice(ends) + dice.choice((-120, -1, 0, 1, 60)) * MINUTE
        if way < 0.8:
            return when - dice.randrange(0, 40 * 24) * HOUR
        if way < 0.93 and number and (facts := self.bureau.memory.facts[number]):
            return dice.choice(facts).at + dice.choice((-1, 0, 1)) * MINUTE
        if way < 0.97:
            return when
        return dice.choice((when + DAY, when - 4000 * DAY, datetime(1900, 1, 1, tzinfo=CHINA)))

    # A form

    def _filled(self, form: type[Form], number: str, when: datetime) -> dict[str, Any]:
        said = {name: value for name, fill in _fields(form) if (value := fill(self, number)) is not None}
        if self.dice.random() < 0.45:
            said["at"] = self._dated(when, number).isoformat()
        if form.rule.step == "correct-record":
            said = self._correction(number, when)
        return said

    def _correction(self, number: str, when: datetime) -> dict[str, Any]:
        dice, facts = self.dice, self.bureau.memory.facts[number]
        if facts and dice.random() < 0.7:
            fact = dice.choice(facts)
            right = self._dated(when, number)
            return {"fact_seq": fact.seq, "fact_n": fact.n, "happened_at": right.isoformat(), "reason": "笔误"}
        person = {"citizen_number": dice.choice(_NUMBERS[1:3])} if dice.random() < 0.5 else {"name": dice.choice(_NAMES)}
        return {"party": "suspect", "reason": "笔误", **person}

    def _numbers(self, kind: Kind) -> list[str]:
        return [number for number, matter in self.bureau.matters.items() if matter.kind is kind]

    def any_of(self, values: tuple[Any, ...]) -> Any:
        """One of them; None where there is none."""
        return self.dice.choice(values) if values else None


Fill = Callable[[Officer, str], Any]


@cache
def _fields(form: type[Form]) -> tuple[tuple[str, Fill], ...]:
    found = []
    for name, info in form.model_fields.items():
        if name == "at" and not info.is_required():
            continue
        fill = _named(form.rule.step, name) or (_of_type(info.annotation, info.metadata) if info.is_required() else None)
        if fill:
            found.append((name, fill))
    return tuple(found)


def _named(step: str, name: str) -> Fill | None:
    """What is filled in by its name, whether or not it must be."""
    one_of: dict[str, tuple[Any, ...]] = {
        "extension": _EXTENSIONS.get(step, ("+1 day", "to 30 day", "+1 month")),
        "term": _TERMS if step != "enter-detention-centre" else ("5 day", "1 day", "10 day", "15 day", "20 day", "40 day"),
        "citizen_number": _NUMBERS,
        "name": _NAMES,
        "charge": ("xf-266",),
        "violation": ("za-51-1",),
        "person": (1, 1, 2),
        "surety": ("保证人", "保证金", "担保人"),
        "guarantor": ("父",),
        "exhibits": ((),),
        "resumes": ("review", "investigation"),
        "handler": ("here", "elsewhere"),
        "police": ("邻县公安局", ""),
        "companion": ("case-officer-2",),
        "unit": ("",),
        "new_facts": ("新查明的事实", ""),
        "elsewhere": ("", "", "已与该案商定换押"),
        "officer": ("",),
    } | _OF_A_STEP.get(step, {})
    if name == "into":
        return lambda officer, number: officer.any_of(tuple(officer._numbers(Kind.CRIMINAL_CASE)))
    if name == "clock":
        return lambda officer, number: officer.any_of(tuple(officer.bureau.memory.clocks[number]) or ("",))
    if name in one_of:
        values = one_of[name]
        return lambda officer, number: officer.any_of(values)
    return None


def _of_type(hint: Any, metadata: list[Any]) -> Fill:
    """What fits a field that must be filled in."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _of_type(next(each for each in arguments if each is not NoneType), metadata)
    if origin is Literal:
        return lambda officer, number: officer.any_of(arguments)
    if hint is bool:
        return lambda officer, number: officer.any_of((True, False))
    if hint is int:
        least = next((each.ge for each in metadata if hasattr(each, "ge")), 1)
        return lambda officer, number: least
    if origin is tuple:
        return lambda officer, number: ()
    if hint is datetime:
        return lambda officer, number: officer.bureau.now.isoformat()
    if isinstance(hint, type) and issubclass(hint, Office):
        return lambda officer, number: str(officer.any_of(tuple(Office)))
    if hint is str:
        return lambda officer, number: "理由"
    return lambda officer, number: officer.bureau.now.date().isoformat()
