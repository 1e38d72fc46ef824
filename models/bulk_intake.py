"""Many incidents in one table (批量接报): the columns of the opening form, and what each row of a sheet comes to. Pure; files are read elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from law.calendar import start_of
from models.forms.incident import OpenIncident
from models.instants import at_the_door
from models.journal import canonical, sm3
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.words import NOTHING, channel_of, truth_of, unit_of
from models.ledgers.written_instants import UNREAD, instant_in
from models.validation_messages import faults

# Over it, what was refused stands in the table that is handed back.
REASON = "不予导入的原因"
# A number of more digits than a spreadsheet keeps has lost its end.
_DIGITS_KEPT = 15
# A column is read for what it says; what nobody asks a sheet for is filled in by how it was written.
_NOT_ASKED = frozenset({"day_only"})
# What nobody may know is often said to be unknown.
_OF_A_CALLER = frozenset({"reporter", "reporter_phone", "reporter_citizen_number"})
# A ledger has a dozen words for a channel; whoever has hundreds has something else in the column.
_OF_WORDS, _MOST_UNKNOWN = frozenset({"choice", "yes-or-no", "unknown-unit"}), 60
# What is shown again of a cell that nothing can be made of.
_ECHOED = 300

Fault = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its heading, what to write there, and the words to choose from, by what the form takes."""

    field: str
    heading: str
    help: str
    required: bool
    type: Literal["text", "instant", "yes-or-no", "choice"]
    choices: Mapping[str, str]


@dataclass(slots=True)
class Row:
    """A row: where it stands, what was found in it, and either the form with its key, or what is wrong."""

    place: int
    raw: dict[str, str]
    form: dict[str, Any] = field(default_factory=dict[str, Any])
    key: str = ""
    errors: list[Fault] = field(default_factory=list[Fault])


@cache
def columns() -> tuple[Column, ...]:
    """The columns in the order in which people tell it: what must be filled in before what need not."""
    every = [_column(name, info) for name, info in OpenIncident.model_fields.items() if name not in _NOT_ASKED]
    return tuple(sorted(every, key=lambda each: (not each.required, each.type != "instant")))


def _column(name: str, info: FieldInfo) -> Column:
    description = info.description or ""
    kinds = {info.annotation, *get_args(info.annotation)}
    column_type = "instant" if datetime in kinds or name == "at" else "yes-or-no" if info.annotation is bool else "text"
    choices: dict[str, str] = {}
    if get_origin(info.annotation) is Literal:
        column_type, codes = "choice", [str(each) for each in get_args(info.annotation)]
        # A field tells its codes as `code 中文`, one after the other.
        words = dict(each.split(" ", 1) for each in description.split("、") if " " in each)
        choices = {words.get(code, code): code for code in codes} | {code: code for code in codes}
    return Column(name, info.title or name, description, info.is_required(), column_type, choices)


@dataclass(frozen=True, slots=True)
class Words:
    """What a unit has said that its ledgers mean: headings and the fields they fill (empty: not read), and by field the words in its cells."""

    headings: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])


def wrong_headings(found: Headings | None, seen: str) -> list[Fault]:
    """What is wrong with the headings, with what was `seen` where they were looked for."""
    if found is None:
        return [
            _fault(
                "file", "missing-column", f"没有找到表头：{seen}；表头须有{'、'.join(f'“{each.heading}”' for each in _needed())}"
            )
        ]
    fields = set(found.columns.values())
    missing = [
        _fault("file", "missing-column", f"缺少“{each.heading}”一列（{seen}）") for each in _needed() if each.field not in fields
    ]
    return missing + [_fault("file", "repeated-column", f"“{heading}”一列出现了两次（{seen}）") for heading in found.repeated]


def _needed() -> list[Column]:
    return [each for each in columns() if each.required]


def checked(
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    units: Mapping[str, str],
    now: datetime,
    words: Words = Words(),
    *,
    since_1904: bool = False,
) -> list[Row]:
    """Each row that is not empty, as a form or with what is wrong.

    `units` are those that may be named, by name and by id; `words` what a unit means by its own; Excel's days may count `since_1904`.
    """
    done: list[Row] = []
    first: dict[str, int] = {}
    for place, cells in rows:
        raw = {name: cell.text[:_ECHOED] if cell.odd else cell.text for name, cell in cells.items() if cell.text}
        if not raw:
            continue
        row = Row(place, raw)
        _fill_in(row, cells, units, now, words, since_1904=since_1904)
        if not row.errors:
            row.key = key_of(row.form)
            if first.setdefault(row.key, place) != place:
                row.errors.append(_fault("", "repeated", f"与第{first[row.key]}行完全相同"))
        done.append(row)
    return done


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that stands in so many `rows` of a column where only some words may, and which nobody knows."""

    field: str
    word: str
    rows: int


def unknown_words(rows: Iterable[Row]) -> list[Unknown]:
    """The words of which a unit has to say what they mean, the most frequent first."""
    said = Counter(
        (error["field"], row.raw[error["field"]])
        for row in rows
        for error in row.errors
        if error["rule"] in _OF_WORDS and error["field"] in row.raw
    )
    return [Unknown(name, word, count) for (name, word), count in said.most_common(_MOST_UNKNOWN)]


def key_of(form: Mapping[str, Any]) -> str:
    """The key under which a row is opened: made of what it says, so that whoever hands it in, it happens once."""
    return f"import-{sm3(canonical(dict(form)).encode()).hex()[:40]}"


def shared_key(unit: str, key: str) -> str:
    """The key under which the journal knows a row: that of everybody who reports in that unit, and not of one person."""
    return f"sheet@{unit}:{key}"


def _fill_in(
    row: Row, cells: Mapping[str, Cell], units: Mapping[str, str], now: datetime, words: Words, *, since_1904: bool
) -> None:
    values: dict[str, Any] = {}
    is_past = bool(cells["outcome"].text) if "outcome" in cells else False
    for column in columns():
        cell = cells.get(column.field)
        if cell is None or _says_nothing(column, cell):
            continue
        try:
            value = _value(column, cell, units, words.values.get(column.field, {}), since_1904=since_1904)
            if column.type == "instant" and not isinstance(value, datetime):
                value = _beginning_of(value, is_past=is_past)
                values["day_only"] = True
            values[column.field] = value
        except _WrongCell as wrong:
            row.errors.append(_fault(column.field, *wrong.args))
    if is_past and "at" not in values and not row.errors:
        row.errors.append(_fault("at", "missing", "迁入的旧警情须写明发生的日期"))
    try:
        form = OpenIncident.model_validate(values, context=at_the_door(now))
    except ValidationError as error:
        violations = faults(error.errors(include_input=False, include_url=False))
        known = {each["field"] for each in row.errors}
        row.errors += [each for each in violations if each["field"] not in known]
        return
    row.form = form.model_dump(mode="json", exclude_unset=True)


def _says_nothing(column: Column, cell: Cell) -> bool:
    """Whether nothing stands in the cell, or that nobody knows."""
    return not cell.text or (column.field in _OF_A_CALLER and cell.text in NOTHING)


class _WrongCell(Exception):
    """What stands in a cell is nothing that its field can take; it bears the rule and a sentence."""


def _value(column: Column, cell: Cell, units: Mapping[str, str], known: Mapping[str, str], *, since_1904: bool) -> Any:
    """What the form is given; _WrongCell with rule and sentence."""
    if cell.odd:
        raise _WrongCell("cell", cell.odd)
    text = cell.text
    if column.type == "instant":
        return _instant(cell, since_1904=since_1904)
    if isinstance(cell.value, (int, float)) and len(text.lstrip("-")) > _DIGITS_KEPT:
        raise _WrongCell("number-cell", "超过15位的号码须按文本填写：单元格按数字保存，末几位已经丢失")
    return _meant(column, text, units, known)


def _meant(column: Column, text: str, units: Mapping[str, str], known: Mapping[str, str]) -> Any:
    """What a word stands for: as the unit has said that it means it, by its own sense, or for itself; _WrongCell."""
    if text in known:
        return known[text] == "true" if column.type == "yes-or-no" else known[text]
    if column.type == "yes-or-no":
        if (truth := truth_of(text)) is None:
            raise _WrongCell("yes-or-no", "须填写是或者否")
        return truth
    if column.type == "choice":
        if (code := column.choices.get(text) or channel_of(text)) is None:
            raise _WrongCell("choice", f"没有“{text[:20]}”这一种，须为以下之一：{'、'.join(labels(column).values())}")
        return code
    if column.field == "unit":
        if (unit := unit_of(text, units)) is None:
            raise _WrongCell("unknown-unit", f"没有名为“{text[:60]}”的单位，或者不在您的管辖范围内")
        return unit
    return text


def labels(column: Column) -> dict[str, str]:
    """The words to choose from, by code."""
    words: dict[str, str] = {}
    for word, code in column.choices.items():
        words.setdefault(code, word)
    return words


def _instant(cell: Cell, *, since_1904: bool) -> datetime | date:
    """An instant, or a mere day; without a zone it is China's."""
    when = instant_in(cell, since_1904=since_1904)
    if when is None:
        raise _WrongCell("instant", UNREAD)
    return when


def _beginning_of(day: date, *, is_past: bool) -> datetime:
    """When a mere day begins, of what is over. Of what is not no day will do: limits of hours would run from a midnight that nobody meant."""
    if not is_past:
        raise _WrongCell("time-missing", "只有日期，须写明时刻，例如 2026-03-02 20:15")
    return start_of(day)


def _fault(name: str, rule: str, detail: str) -> Fault:
    return {"field": name, "rule": rule, "detail": detail}
