"""What the cells of a ledger of open cases come to: the very steps that officers took, dated as they were taken (迁入). Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from law.calendar import SHANGHAI, start_of
from law.offices import Office
from models.forms import detention
from models.forms.bail import DecideBail, DecideSurveillance
from models.forms.criminal_case import FileCase, SendCase
from models.forms.custody import ExtendCustody, RequestCustodyExtension
from models.forms.defence import NotifyDefenceRight
from models.forms.form import Form
from models.forms.suspect import Interrogate, NotifyFamily
from models.instants import at_the_door
from models.ledgers.cells import Cell
from models.ledgers.written_instants import UNREAD, instant_in
from models.validation_messages import faults

Fault = dict[str, str]
# What forms ask for in words, and a ledger does not have: it stands in the papers of before.
_IN_THE_PAPERS = "迁入：见原卷"


class PastStep(BaseModel):
    """One step as it was taken: its form, and what the paper says of who decided it. `field` is the column that dates it."""

    model_config = ConfigDict(frozen=True)

    step: str
    field: str
    form: dict[str, Any]
    office: str = ""
    approver: str = ""
    paper: str = ""


class PastPerson(BaseModel):
    """A suspect: the row in which they stand, as what they were named, and what befell them since."""

    model_config = ConfigDict(frozen=True)

    row: int
    name: str
    named: PastStep
    steps: tuple[PastStep, ...]
    standing: str = ""


class PastCase(BaseModel):
    """A case as it stands: accepted and filed (`steps`), its people, and what came of the case after they had been named (`after`)."""

    model_config = ConfigDict(frozen=True)

    row: int
    case_number: str
    unit: str
    officer: str
    title: str
    steps: tuple[PastStep, ...]
    after: tuple[PastStep, ...] = ()
    people: tuple[PastPerson, ...] = ()


@dataclass(slots=True)
class Line:
    """A row of a sheet while it is read: its cells by field, and what is wrong with them."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    since_1904: bool
    faults: list[Fault] = field(default_factory=list[Fault])

    def says(self, name: str) -> str:
        """What stands in a cell, empty where nothing does."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def refuse(self, name: str, rule: str, detail: str) -> None:
        """Note what is wrong with a cell, once."""
        fault = {"sheet": self.sheet, "row": str(self.row), "field": name, "rule": rule, "detail": detail}
        if fault not in self.faults:
            self.faults.append(fault)

    def when(self, name: str, *, to_the_minute: bool = False, not_before: datetime | None = None) -> datetime | None:
        """When it says that it was; a mere day is its beginning, or, on the day of what came before, that moment.

        Where a limit is counted in hours the day alone will not do.
        """
        cell = self.cells.get(name)
        if cell is None or not cell.text:
            return None
        if cell.odd:
            self.refuse(name, "cell", cell.odd)
            return None
        read = instant_in(cell, since_1904=self.since_1904)
        if read is None:
            self.refuse(name, "instant", UNREAD)
            return None
        if isinstance(read, datetime):
            return read
        if to_the_minute:
            self.refuse(name, "time-missing", "只有日期，须写明时刻，例如 2026-03-02 20:15")
            return None
        return _begins(read, not_before)


def _begins(day: date, not_before: datetime | None) -> datetime:
    if not_before and not_before.astimezone(SHANGHAI).date() == day:
        return not_before
    return start_of(day)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: by which columns it is told, which step it was, and what else its form is filled in with."""

    name: str
    form: type[Form]
    fills: Callable[[Line, str], Mapping[str, Any]]
    to_the_minute: bool = False
    office: Callable[[Line], str] = lambda _: ""

    @property
    def field(self) -> str:
        """The column that dates it."""
        return f"{self.name}_at"


def _in_words(line: Line, paper: str) -> str:
    return f"{_IN_THE_PAPERS}{paper}"


def _grounds(line: Line, paper: str) -> Mapping[str, Any]:
    return {"grounds": _in_words(line, paper)}


def _at_place(line: Line, paper: str) -> Mapping[str, Any]:
    return {"place": _IN_THE_PAPERS, "grounds": _in_words(line, paper)}


def _interrogated(line: Line, paper: str) -> Mapping[str, Any]:
    return {"place": _IN_THE_PAPERS, "companion": _IN_THE_PAPERS}


def _notified(line: Line, paper: str) -> Mapping[str, Any]:
    return {"relative": line.says("relative") or _IN_THE_PAPERS, "means": _IN_THE_PAPERS}


def _extended(line: Line, paper: str) -> Mapping[str, Any]:
    return {"extension": _span(line, "extension", "day"), "grounds": _in_words(line, paper)}


def _held_longer(line: Line, paper: str) -> Mapping[str, Any]:
    return {"extension": _span(line, "longer", "month"), "grounds": _in_words(line, paper)}


def _bailed(line: Line, paper: str) -> Mapping[str, Any]:
    deposit = line.says("deposit").removesuffix("元").replace(",", "")
    said = line.says("surety") or ("保证金" if deposit else "保证人")
    yuan = {"deposit_yuan": int(deposit)} if deposit.isdecimal() else {}
    return {"surety": said.removesuffix("担保"), "guarantor": line.says("guarantor"), "grounds": _in_words(line, paper), **yuan}


_DIGITS = str.maketrans(
    {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}
)


def _span(line: Line, name: str, unit: str) -> str:
    """By how much, as forms say it: 延长至30日 is `to 30 day`, 延长4日 is `+4 day`."""
    said = line.says(name)
    number = "".join(each for each in said.replace("三十", "30").translate(_DIGITS) if each.isdecimal())
    if not number:
        line.refuse(name, "missing", "须写明延长多少，例如 4日、至30日、1个月")
        return "+1 day"
    return f"to {number} day" if unit == "day" and ("至" in said or int(number) > _MOST_ADDED_DAYS) else f"+{int(number)} {unit}"


# A detention is extended by so many days at most, or else to thirty (CPL 91).
_MOST_ADDED_DAYS = 4


def _who_extended(line: Line) -> str:
    """The procuratorate above approves a month, that of the province two (CPL 156, 158)."""
    return Office.PROVINCIAL_PROCURATORATE if "2" in _span(line, "longer", "month") else Office.HIGHER_PROCURATORATE


def _nothing(line: Line, paper: str) -> Mapping[str, Any]:
    return {}


BEFALLS = (
    Event("detained", detention.ExecuteDetention, _at_place, to_the_minute=True),
    Event(
        "delivered",
        detention.DeliverToCustodyCentre,
        lambda line, _: {"centre": line.says("centre") or _IN_THE_PAPERS},
        to_the_minute=True,
    ),
    Event("interrogated", Interrogate, _interrogated, to_the_minute=True),
    Event("advised", NotifyDefenceRight, _nothing),
    Event("notified", NotifyFamily, _notified, to_the_minute=True),
    Event("extended", detention.ExtendDetention, _extended),
    Event("requested", detention.RequestArrest, _grounds),
    Event("approved", detention.ApproveArrest, _nothing),
    Event("arrested", detention.ExecuteArrest, lambda *_: {"place": _IN_THE_PAPERS}, to_the_minute=True),
    Event("receipt_returned", detention.ReturnArrestReceipt, _nothing),
    Event("arrest_interrogated", Interrogate, _interrogated, to_the_minute=True),
    Event("arrest_notified", NotifyFamily, _notified, to_the_minute=True),
    Event("asked_longer", RequestCustodyExtension, _grounds),
    Event("held_longer", ExtendCustody, _held_longer, office=_who_extended),
    Event("bailed", DecideBail, _bailed),
    Event("surveilled", DecideSurveillance, _at_place),
    Event("released", detention.Release, _grounds),
)
FILED = Event("filed", FileCase, _grounds)
SENT = Event("sent", SendCase, lambda line, paper: {"opinion": _in_words(line, paper)})


def past_steps(line: Line, events: tuple[Event, ...], begins: datetime, now: datetime, extra: Mapping[str, Any]) -> list[PastStep]:
    """The steps that the columns of these events tell, in the order in which they happened, each with the paper by which it was decided."""
    dated: list[tuple[datetime, Event]] = []
    before = begins
    for each in events:
        at = line.when(each.field, to_the_minute=each.to_the_minute, not_before=before)
        if at is not None:
            dated.append((at, each))
            before = at
        elif line.says(f"{each.name}_paper") and not line.says(each.field):
            line.refuse(each.field, "missing", "有文书号的，须写明时间")
    steps = (_past_step(line, each, at, now, extra) for at, each in sorted(dated, key=lambda one: one[0]))
    return [each for each in steps if each]


def _past_step(line: Line, event: Event, at: datetime, now: datetime, extra: Mapping[str, Any]) -> PastStep | None:
    rule, paper = event.form.rule, line.says(f"{event.name}_paper")
    approver = line.says(f"{event.name}_by") or (line.says("approver") if rule.approved_by else "")
    of_organ = Office.CASE_OFFICER not in rule.by
    if (rule.approved_by or of_organ) and not paper:
        line.refuse(f"{event.name}_paper", "missing", f"“{rule.title}”须写明据以办理的文书号")
    if rule.approved_by and not approver:
        line.refuse(f"{event.name}_by", "missing", f"“{rule.title}”须写明纸质审批的批准人")
    try:
        form = event.form.model_validate({"at": at, **event.fills(line, paper), **extra}, context=at_the_door(now))
    except ValidationError as error:
        for each in faults(error.errors(include_input=False, include_url=False), model=event.form):
            line.refuse(event.field, each["rule"], f"{rule.title}：{each['detail']}")
        return None
    return PastStep(
        step=rule.step,
        field=event.field,
        form=form.model_dump(mode="json", exclude_unset=True),
        office=event.office(line),
        approver=approver,
        paper=paper,
    )
