"""What a time limit begins with: its place in a statute, and examples whose ends whoever adds it has reckoned without the code."""

import importlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import ModuleType

from law import instruments
from law.calendar import SHANGHAI, end_of
from law.clock import Consequence
from law.counting import Counting
from law.offices import Office
from law.time_limits import About, TimeLimit, get_limits
from operations.scaffold.building import cite, find_fact_name, format_article, suggest_nearest
from operations.scaffold.editing import CannotAdd, Edits, build_module_name, fill_template

# By which function of `law.lengths` a figure is written, how it is counted, and how where somebody is held until it ends.
_UNIT = {
    "second": ("seconds", Counting.HOURS, Counting.HOURS),
    "minute": ("minutes", Counting.HOURS, Counting.HOURS),
    "hour": ("hours", Counting.HOURS, Counting.HOURS),
    "day": ("days", Counting.DAYS, Counting.CUSTODY_DAYS),
    "working day": ("working_days", Counting.WORKING_DAYS, Counting.WORKING_DAYS),
    "month": ("months", Counting.MONTHS, Counting.CUSTODY_MONTHS),
    "year": ("years", Counting.MONTHS, Counting.CUSTODY_MONTHS),
}
# Said where nothing but what meets a limit ends it: that there is nothing must be said too.
NOTHING = "nothing"
_DUE = """
import json, sys
from law.calculator import answer_question
from models.store.mappers import build_calendar

print(json.dumps(answer_question({"limit": sys.argv[1], "start": sys.argv[2]}, build_calendar(())), ensure_ascii=False))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLimit:
    """A limit that is to be added, as whoever adds it has answered what only a reader of the law can.

    `ended_by` are the facts that end it unmet, or `nothing`. Of each of the `examples`, written `START END`, they have reckoned the end.
    """

    id: str
    label: str
    statute: str
    about: About
    starts: str
    met: str
    ended_by: Sequence[str]
    length: str
    in_force: date
    answerable: Office
    at_expiry: Consequence
    instrument: str
    cited: str
    liberty: bool
    examples: Sequence[str]


def add_limit(edits: Edits, new: NewLimit) -> str:
    """Write a limit into its statute, and its examples; CannotAdd where the limit as it is written ends otherwise than they say.

    Returns the row of `tests/law/authority.csv` to which whoever reads the law should come by themselves; its section is theirs to say.
    """
    if new.id in get_limits():
        raise CannotAdd(f"the limit {new.id} is there already")
    if new.liberty and new.about is not About.PERSON:
        raise CannotAdd(f"nobody's liberty hangs on a limit that runs for one of type {new.about}: --about person, or no --liberty")
    worked = [_parse_example(each) for each in new.examples]
    path = f"law/statutes/{new.statute}.py"
    if not (edits.root / path).exists():
        there = (each.stem for each in (edits.root / "law/statutes").glob("[a-z]*.py"))
        raise CannotAdd(f"there is no {path}{suggest_nearest(new.statute, there)}")
    instrument = new.instrument or _find_only_instrument(path, edits.read(path))
    article = format_article(instrument, new.cited)
    edits.append(path, fill_template("limit", _build_names(new, instrument)))
    for module, name in (
        ("datetime", "date"),
        ("law.instruments", instrument),
        ("law.clock", "Consequence"),
        ("law.counting", "Counting"),
        ("law.facts", "Fact"),
        ("law.lengths", _parse_figure(new)[0]),
        ("law.offices", "Office"),
        ("law.time_limits", "About"),
        ("law.time_limits", "TimeLimit"),
        ("law.time_limits", "edition"),
    ):
        edits.add_import(path, module, name)
    edits.write()
    for start, end in worked:
        _check(edits, new.id, start, end)
    lines = [
        f'- {{name: {new.label}自{start}起, limit: {new.id}, start: "{start}", due: "{end}", basis: {article}}}\n'
        for start, end in worked
    ]
    edits.append(f"tests/law/examples/{new.statute}.yaml", "".join(["# 届满由录入人自行推算，不取自程序。\n", *lines]))
    unit, liberty = new.length.partition(" ")[2].removesuffix("s"), "Y" if new.liberty else "N"
    _, number, counting = _parse_figure(new)
    return f"{new.id},?,{number} {unit} {counting.value},,{liberty},{instrument} {new.cited}"


def _build_names(new: NewLimit, instrument: str) -> dict[str, str]:
    module = importlib.import_module(f"law.statutes.{new.statute}")
    function, number, counting = _parse_figure(new)
    ends = [] if [*new.ended_by] == [NOTHING] else [f"Fact.{find_fact_name(each)}" for each in new.ended_by]
    notes = _find_common_notes(module, instrument)
    return {
        "constant": build_module_name(new.id).upper(),
        "id": new.id,
        "label": new.label,
        "about": new.about.name,
        "liberty": "    liberty=True,\n" if new.liberty else "",
        "starts": find_fact_name(new.starts),
        "met": find_fact_name(new.met),
        "ended_by": _format_several(ends),
        "in_force": _format_in_force(module, new.in_force),
        "basis": cite(instrument, new.cited),
        "length": f"{function}({number})",
        "counting": counting.name,
        "notes": f", notes={notes}" if notes else "",
        "answerable": new.answerable.name,
        "expiry": new.at_expiry.name,
    }


def _format_several(facts: Sequence[str]) -> str:
    """The facts that end it unmet, as the statute says them; that there are none is said in words."""
    if not facts:
        return "(),  # nothing but what meets it"
    return f"({', '.join(facts)}{',' if len(facts) == 1 else ''}),"


def _parse_figure(new: NewLimit) -> tuple[str, int, Counting]:
    """The function that makes its length, of how many, and how it is counted."""
    read = re.fullmatch(r"([1-9]\d*) (.+?)s?", new.length)
    if read is None or read[2] not in _UNIT:
        raise CannotAdd(f"{new.length}: a length is a number from one up and one of {', '.join(_UNIT)}")
    function, ordinary, held = _UNIT[read[2]]
    return function, int(read[1]), held if new.liberty else ordinary


def _find_only_instrument(path: str, text: str) -> str:
    used = dict.fromkeys(re.findall(r"\b([A-Z]+)\.(?:article|section)\(", text))
    if len(used) != 1:
        raise CannotAdd(f"{path} cites {', '.join(used) or 'nothing'}: say which --instrument this limit rests on")
    return next(iter(used))


def _format_in_force(module: ModuleType, day: date) -> str:
    """The day as the statute calls it, or as it is."""
    called = (name for name, value in vars(module).items() if name.isupper() and value == day)
    return next(called, f"date({day.year}, {day.month}, {day.day})")


def _find_common_notes(module: ModuleType, instrument: str) -> str:
    """By what name the statute says the same of most that rests on that instrument; empty where it says nothing."""
    said = [
        edition.notes
        for limit in vars(module).values()
        if isinstance(limit, TimeLimit)
        for edition in limit.editions
        if edition.basis[0].instrument is vars(instruments)[instrument]
    ]
    named = ((name, value) for name, value in vars(module).items() if value and isinstance(value, tuple))
    return next((name for name, value in named if 2 * sum(each[: len(value)] == value for each in said) > len(said)), "")


def _parse_example(example: str) -> tuple[str, str]:
    """The start and the end of an example, as examples write them; the end of a day is its last second."""
    try:
        start, end = example.split()
        last = end_of(date.fromisoformat(end)) if "T" not in end else _parse_instant(end)
        return start if "T" not in start else _parse_instant(start).isoformat(), last.isoformat()
    except ValueError:
        raise CannotAdd(f"{example}: an example is START END, each a day or an instant, as 2026-03-02T20:00 2026-03-05") from None


def _parse_instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def _check(edits: Edits, id_: str, start: str, end: str) -> None:
    """CannotAdd, and nothing is written, unless the limit that was written ends as the example says."""
    answer = json.loads(edits.ask(f"{id_} cannot be computed", _DUE, id_, start))
    if "error" in answer or answer["due"] != end:
        edits.take_back()
        why = answer["error"]["detail"] if "error" in answer else f"{answer['due']}（{'；'.join(answer['reasons'])}）"
        raise CannotAdd(f"from {start} you reckon {end}, but as it is written: {why}. One of the two is wrong")
