"""Bulk intake (批量接报): the columns of a sheet of incidents, and the conversion of its rows into opening forms. Pure; `api/sheets` reads files."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from law.calendar import SHANGHAI, start_of
from models.forms.incident import OpenIncident
from models.instants import build_typing_context
from models.journal import format_canonical, hash_sm3
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.words import NOTHING, find_code, find_unit, is_pending, parse_truth, split_parts
from models.ledgers.written_instants import UNREAD, parse_instant_cell
from models.validation_messages import list_faults

# The heading of the column of reasons in a sheet of refused rows.
REASON = "不予导入的原因"
# A spreadsheet keeps 15 digits of a number; longer ones have lost their last digits.
_DIGITS_KEPT = 15
_INSTANTS = frozenset({"at", "happened_at"})
# Derived from how a time is written, and no column.
_DERIVED = frozenset({"day_only"})
# Fields that earlier releases read from no ledger; of when it happened and when it was reported they took the first for the second.
_ASKED_LATER = frozenset({"happened_at", "category", "urgent", "signs", "recording"})
# Fields in which words such as 不详 mean that nothing is known, or that there is nothing.
_MAY_BE_NOTHING = frozenset(
    {"reporter", "reporter_phone", "reporter_citizen_number", "happened_at", "category", "signs", "recording"}
)
# How many words are listed that a unit can define. With more than that, the column means something else.
_MOST_UNKNOWN = 60
# What may be told in several lines; elsewhere a line is broken to fit its column, in the midst of a word.
_TOLD_AT_LENGTH = frozenset({"narrative", "outcome", "signs"})
_BROKEN_OFF = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_NUMBERS = frozenset({"reporter_phone", "reporter_citizen_number"})
# What a spreadsheet leaves about a number that it keeps as text: the mark of a text before it, the decimals of a number behind it.
_ABOUT_A_NUMBER = re.compile(r"^['’‘`]+|(?<=\d{7})\.0{1,2}$")
_IN_POWERS_OF_TEN = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_LOST = "超过15位的号码须按文本填写：单元格按数字保存，末几位已经丢失"
# How many characters of an unusable cell are shown to the user.
_ECHOED = 300

Fault = dict[str, str]
_Value: TypeAlias = str | bool | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its heading, a hint, and, for a choice, the field's value for each permitted word."""

    field: str
    heading: str
    help: str
    required: bool
    type: Literal["text", "instant", "yes-or-no", "choice", "choices"]
    choices: Mapping[str, str]


@dataclass(slots=True)
class Row:
    """A row: its number in the sheet, its non-empty cells by field, and either the form with its idempotency key or the errors."""

    place: int
    raw: dict[str, str]
    form: dict[str, Any] = field(default_factory=dict[str, Any])
    key: str = ""
    errors: list[Fault] = field(default_factory=list[Fault])
    # The words of which the unit has yet to say what they mean, with their fields.
    unknown: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@cache
def list_columns() -> tuple[Column, ...]:
    """The columns, required ones first."""
    every = [_build_column(name, info) for name, info in OpenIncident.model_fields.items() if name not in _DERIVED]
    return tuple(sorted(every, key=lambda each: (not each.required, each.type != "instant")))


def _build_column(name: str, info: FieldInfo) -> Column:
    description = info.description or ""
    within = (info.annotation, *get_args(info.annotation))
    column_type: Literal["text", "instant", "yes-or-no", "choice", "choices"] = (
        "instant" if name in _INSTANTS else "yes-or-no" if bool in within else "text"
    )
    choices: dict[str, str] = {}
    if among := next((each for each in within if get_origin(each) is Literal), None):
        column_type, codes = (
            "choices" if get_origin(info.annotation) is tuple else "choice",
            [str(each) for each in get_args(among)],
        )
        # The field's description lists its codes as `code 中文`, separated by 、.
        words = dict(each.split(" ", 1) for each in description.split("、") if " " in each)
        choices = {words.get(code, code): code for code in codes} | {code: code for code in codes}
    heading = OpenIncident.when if name == "at" else info.title or name
    return Column(name, heading, description, info.is_required(), column_type, choices)


def settle_times(columns: Mapping[int, str]) -> dict[int, str]:
    """The fields by column index; where a ledger has one time only, whatever it is called, that is when it was reported."""
    one = "happened_at" if "at" not in columns.values() else ""
    return {place: "at" if name == one else name for place, name in columns.items()}


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """A unit's definitions for its ledgers: the field of each heading (empty: ignore the column), and by field the value of each word."""

    headings: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])


def check_headings(found: Headings | None, seen: str) -> list[Fault]:
    """The errors of the headings: missing or repeated columns. `seen` tells the user where they were searched."""
    if found is None:
        return [
            _build_fault(
                "file",
                "missing-column",
                f"没有找到表头：{seen}；表头须有{'、'.join(f'“{each.heading}”' for each in _list_required_columns())}",
            )
        ]
    fields = set(found.columns.values())
    missing = [
        _build_fault("file", "missing-column", f"缺少“{each.heading}”一列（{seen}）")
        for each in _list_required_columns()
        if each.field not in fields
    ]
    return missing + [_build_fault("file", "repeated-column", f"“{heading}”一列出现了两次（{seen}）") for heading in found.repeated]


def _list_required_columns() -> list[Column]:
    return [each for each in list_columns() if each.required]


def check_rows(
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    units: Mapping[str, str],
    now: datetime,
    words: LedgerWords = LedgerWords(),
    *,
    since_1904: bool = False,
) -> list[Row]:
    """The non-empty rows, each with its form or its errors.

    `units` are the ids of the permitted units by name and by id, `words` the unit's own definitions. `since_1904`: whether serial dates of
    the sheet count from 1904.
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
            row.key = compute_row_key(row.form)
            if first.setdefault(row.key, place) != place:
                row.errors.append(_build_fault("", "repeated", f"与第{first[row.key]}行完全相同"))
        done.append(row)
    return done


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word without a known meaning in a column of choices, and in how many rows it stands."""

    field: str
    word: str
    rows: int


def list_unknown_words(rows: Iterable[Row]) -> list[UnknownWord]:
    """The words that the unit has to define, the most frequent first."""
    said = Counter(unknown for row in rows for unknown in row.unknown)
    return [UnknownWord(name, word, count) for (name, word), count in said.most_common(_MOST_UNKNOWN)]


def compute_row_key(form: Mapping[str, Any]) -> str:
    """The idempotency key of a row: a hash of its content, so that the same row is entered once, whoever uploads it."""
    return f"import-{hash_sm3(format_canonical(dict(form)).encode()).hex()[:40]}"


def compute_former_row_key(form: Mapping[str, Any]) -> str:
    """The key under which an earlier release entered the row, which asked a ledger for less."""
    former = {name: value for name, value in form.items() if name not in _ASKED_LATER}
    return compute_row_key(former | ({"at": form["happened_at"]} if form.get("happened_at") else {}))


def build_unit_key(unit: str, key: str) -> str:
    """The key under which the journal keeps a row: scoped to the unit instead of the person."""
    return f"sheet@{unit}:{key}"


def _fill_in(
    row: Row, cells: Mapping[str, Cell], units: Mapping[str, str], now: datetime, words: LedgerWords, *, since_1904: bool
) -> None:
    values: dict[str, _Value] = {}
    days: set[str] = set()
    is_past = "outcome" in cells and not is_pending(cells["outcome"].text)
    for column in list_columns():
        cell = cells.get(column.field)
        if cell is None or _is_blank(column, cell):
            continue
        try:
            value = _parse_value(column, cell, units, words.values.get(column.field, {}), since_1904=since_1904)
            if isinstance(value, date) and not isinstance(value, datetime):
                value = _start_of_past_day(value, is_past=is_past)
                days.add(column.field)
            values[column.field] = value
        except _UnknownWord as wrong:
            row.unknown.append((column.field, wrong.word))
            row.errors.append(_build_fault(column.field, *wrong.args))
        except _WrongCell as wrong:
            row.errors.append(_build_fault(column.field, *wrong.args))
    if "at" not in values and "happened_at" in values:
        # One time alone is when it was reported, as far as anybody knows.
        values["at"] = values.pop("happened_at")
        days = {"at"} if "happened_at" in days else set()
    if "at" in days:
        values |= {"day_only": True, "at": _keep_after_event(values["at"], values.get("happened_at"))}
    if is_past and "at" not in values and not row.errors:
        row.errors.append(_build_fault("at", "missing", "迁入的旧警情须写明发生的日期"))
    try:
        form = OpenIncident.model_validate(values, context=build_typing_context(now))
    except ValidationError as error:
        violations = list_faults(error.errors(include_input=False, include_url=False))
        known = {each["field"] for each in row.errors}
        row.errors += [each for each in violations if each["field"] not in known]
        return
    row.form = form.model_dump(mode="json", exclude_unset=True)


def _keep_after_event(reported: Any, happened: Any) -> Any:
    """When it was reported, of which the day alone is known: not before it happened on that day."""
    same_day = isinstance(happened, datetime) and happened.astimezone(SHANGHAI).date() == reported.astimezone(SHANGHAI).date()
    return max(reported, happened) if same_day else reported


def _is_blank(column: Column, cell: Cell) -> bool:
    """Whether the cell is empty or says that the value is unknown, or that there is no outcome yet."""
    return (
        not cell.text
        or (column.field in _MAY_BE_NOTHING and cell.text in NOTHING)
        or (column.field == "outcome" and is_pending(cell.text))
    )


class _WrongCell(Exception):
    """A cell does not fit its field. Arguments: the rule, and a message for the user."""


class _UnknownWord(_WrongCell):
    """A word that the unit may define."""

    def __init__(self, word: str, rule: str, detail: str) -> None:
        super().__init__(rule, detail)
        self.word = word


def _parse_value(column: Column, cell: Cell, units: Mapping[str, str], known: Mapping[str, str], *, since_1904: bool) -> _Value:
    """The value of a cell for the form. Raises _WrongCell."""
    if cell.odd:
        raise _WrongCell("cell", cell.odd)
    text = cell.text
    if column.type == "instant":
        return _parse_instant(cell, since_1904=since_1904)
    if isinstance(cell.value, (int, float)) and len(text.lstrip("-")) > _DIGITS_KEPT:
        raise _WrongCell("number-cell", _LOST)
    if column.field not in _TOLD_AT_LENGTH:
        text = _BROKEN_OFF.sub("", text)
    if column.field in _NUMBERS:
        text = _ABOUT_A_NUMBER.sub("", text)
        if column.field == "reporter_citizen_number" and _IN_POWERS_OF_TEN.fullmatch(text):
            raise _WrongCell("number-cell", _LOST)
    return _parse_word(column, text, units, known)


def _parse_word(column: Column, text: str, units: Mapping[str, str], known: Mapping[str, str]) -> _Value:
    """The value of a word: as the unit defined it, else by the usual meanings, else the text itself. Raises _WrongCell."""
    if column.type == "choices":
        parts = (text,) if text in known else split_parts(text)
        return tuple(dict.fromkeys(_parse_code(column, each, known) for each in parts))
    if column.type == "choice":
        return _parse_code(column, text, known)
    if text in known:
        return known[text] == "true" if column.type == "yes-or-no" else known[text]
    if column.type == "yes-or-no":
        if (truth := parse_truth(text, column.field)) is None:
            raise _UnknownWord(text, "yes-or-no", "须填写是或者否")
        return truth
    if column.field == "unit":
        if (unit := find_unit(text, units)) is None:
            raise _UnknownWord(text, "unknown-unit", f"没有名为“{text[:60]}”的单位，或者不在您的管辖范围内")
        return unit
    return text


def _parse_code(column: Column, word: str, known: Mapping[str, str]) -> str:
    """The code of a word in a column of choices. Raises _UnknownWord."""
    if (code := known.get(word) or column.choices.get(word) or find_code(column.field, word)) is None:
        among = "、".join(build_labels(column).values())
        raise _UnknownWord(word, "choice", f"没有“{word[:20]}”这一种，须为以下之一：{among}")
    return code


def build_labels(column: Column) -> dict[str, str]:
    """The word to show for each code of a choice."""
    words: dict[str, str] = {}
    for word, code in column.choices.items():
        words.setdefault(code, word)
    return words


def _parse_instant(cell: Cell, *, since_1904: bool) -> datetime | date:
    """The instant, or the date where the cell has no time of day. Without a zone it is Shanghai time."""
    when = parse_instant_cell(cell, since_1904=since_1904)
    if when is None:
        raise _WrongCell("instant", UNREAD)
    return when


def _start_of_past_day(day: date, *, is_past: bool) -> datetime:
    """The start of the day, where the incident is over. Raises _WrongCell for one that is not: its limits would run from a wrong midnight."""
    if not is_past:
        raise _WrongCell("time-missing", "只有日期，须写明时刻，例如 2026-03-02 20:15")
    return start_of(day)


def _build_fault(name: str, rule: str, detail: str) -> Fault:
    return {"field": name, "rule": rule, "detail": detail}
