"""Many incidents in one table (批量接报): the columns of the opening form, and what each row of a sheet comes to. Pure; files are read elsewhere."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from law.calendar import SHANGHAI
from models.forms.incident import OpenIncident
from models.instants import at_the_door
from models.journal import canonical, sm3
from models.validation_messages import faults

# Over it, what was refused stands in the table that is handed back.
REASON = "不予导入的原因"
_YES, _NO = frozenset({"是", "有", "y", "yes", "true", "1"}), frozenset({"否", "无", "n", "no", "false", "0"})
# A number of more digits than a spreadsheet keeps has lost its end.
_DIGITS_KEPT = 15
_INSTANT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2})[::时](\d{1,2})(?:[::分](\d{1,2}))?[分秒]?")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")

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


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `odd` says why nothing can be made of it."""

    value: str | datetime | date | int | float | bool | None
    odd: str = ""

    @property
    def text(self) -> str:
        """The value as people write it."""
        if isinstance(self.value, datetime):
            return self.value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return "" if self.value is None else str(self.value).strip()


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
    every = [_column(name, info) for name, info in OpenIncident.model_fields.items()]
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


def placed(headings: Sequence[str]) -> tuple[dict[int, Column], list[Fault]]:
    """Which column stands where, and what is wrong with the headings; those of no field are passed over."""
    known = {each.heading: each for each in columns()} | {each.field: each for each in columns()}
    found = {place: known[heading.strip()] for place, heading in enumerate(headings) if heading.strip() in known}
    fields = [each.field for each in found.values()]
    wrong = [
        _fault("file", "missing-column", f"缺少“{each.heading}”一列")
        for each in columns()
        if each.required and each.field not in fields
    ]
    twice = dict.fromkeys(each.heading for each in found.values() if fields.count(each.field) > 1)
    return found, wrong + [_fault("file", "repeated-column", f"“{heading}”一列出现了两次") for heading in twice]


def checked(rows: Iterable[tuple[int, Mapping[str, Cell]]], units: Mapping[str, str], now: datetime) -> list[Row]:
    """Each row that is not empty, as a form or with what is wrong; `units` are those that may be named, by name and by id."""
    done: list[Row] = []
    first: dict[str, int] = {}
    for place, cells in rows:
        raw = {name: cell.text for name, cell in cells.items() if cell.text}
        if not raw:
            continue
        row = Row(place, raw)
        _fill_in(row, cells, units, now)
        if not row.errors:
            row.key = key_of(row.form)
            if first.setdefault(row.key, place) != place:
                row.errors.append(_fault("", "repeated", f"与第{first[row.key]}行完全相同"))
        done.append(row)
    return done


def key_of(form: Mapping[str, Any]) -> str:
    """The key under which a row is opened: made of what it says, so that whoever hands it in, it happens once."""
    return f"import-{sm3(canonical(dict(form)).encode()).hex()[:40]}"


def shared_key(unit: str, key: str) -> str:
    """The key under which the journal knows a row: that of everybody who reports in that unit, and not of one person."""
    return f"sheet@{unit}:{key}"


def _fill_in(row: Row, cells: Mapping[str, Cell], units: Mapping[str, str], now: datetime) -> None:
    values: dict[str, Any] = {}
    for column in columns():
        cell = cells.get(column.field)
        if cell is None or not cell.text:
            continue
        try:
            values[column.field] = _value(column, cell, units)
        except _WrongCell as wrong:
            row.errors.append(_fault(column.field, *wrong.args))
    try:
        form = OpenIncident.model_validate(values, context=at_the_door(now))
    except ValidationError as error:
        violations = faults(error.errors(include_input=False, include_url=False))
        known = {each["field"] for each in row.errors}
        row.errors += [each for each in violations if each["field"] not in known]
        return
    row.form = form.model_dump(mode="json", exclude_unset=True)


class _WrongCell(Exception):
    """What stands in a cell is nothing that its field can take; it bears the rule and a sentence."""


def _value(column: Column, cell: Cell, units: Mapping[str, str]) -> Any:
    """What the form is given; _WrongCell with rule and sentence."""
    if cell.odd:
        raise _WrongCell("cell", cell.odd)
    if isinstance(cell.value, (int, float)) and len(cell.text.lstrip("-")) > _DIGITS_KEPT:
        raise _WrongCell("number-cell", "超过15位的号码须按文本填写：单元格按数字保存，末几位已经丢失")
    text = cell.text
    if column.type == "instant":
        return _instant(cell)
    if column.type == "yes-or-no":
        return _yes_or_no(text)
    if column.type == "choice":
        if text not in column.choices:
            raise _WrongCell("choice", f"须为以下之一：{'、'.join(dict.fromkeys(column.choices))}")
        return column.choices[text]
    if column.field == "unit":
        if text not in units:
            raise _WrongCell("unknown-unit", f"没有名为“{text[:60]}”的单位，或者不在您的管辖范围内")
        return units[text]
    return text


def _instant(cell: Cell) -> datetime:
    """An instant; without a zone it is China's. A mere day is no instant: limits of hours would run from a midnight that nobody meant."""
    if isinstance(cell.value, datetime):
        return cell.value.replace(tzinfo=SHANGHAI)
    text = cell.text
    if isinstance(cell.value, date) or _DAY.fullmatch(text):
        raise _WrongCell("time-missing", "须写明时刻，例如 2026-03-02 20:15")
    found = _INSTANT.fullmatch(text)
    try:
        if found:
            year, month, day, hour, minute, second = (int(each or 0) for each in found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise _WrongCell("instant", "须为日期和时刻，例如 2026-03-02 20:15")
    return instant


def _yes_or_no(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise _WrongCell("yes-or-no", "须填写是或者否")


def _fault(name: str, rule: str, detail: str) -> Fault:
    return {"field": name, "rule": rule, "detail": detail}
