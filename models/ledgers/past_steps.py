"""The past steps that the cells of a ledger of open cases stand for (迁入): the usual forms, dated when they were taken. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from law.calendar import SHANGHAI, start_of
from law.instants import read
from law.offices import Office
from models.forms import detention
from models.forms.bail import DecideBail, DecideSurveillance
from models.forms.criminal_case import FileCase, SendCase
from models.forms.custody import ExtendCustody, RequestCustodyExtension
from models.forms.defence import NotifyDefenceRight
from models.forms.form import Form
from models.forms.incident_questioning import EndInquiry, ExtendInquiry, SummonForInquiry, TellFamily
from models.forms.public_order_case import ExtendHandling, ExtendStationHandling
from models.forms.suspect import Interrogate, NotifyFamily
from models.instants import build_typing_context
from models.ledgers.cells import Cell
from models.ledgers.written_instants import UNREAD, parse_instant_cell
from models.matter import Kind
from models.validation_messages import list_faults

Fault = dict[str, str]
FormValues = Mapping[str, str | int]
# Fills required text fields that a ledger does not have.
_SEE_FILE = "迁入：见原卷"


class PastStep(BaseModel):
    """One step that was taken on paper: its form, the office and the approver who decided it, and the number of the paper.

    `field` is the column with its date.
    """

    model_config = ConfigDict(frozen=True)

    step: str
    field: str
    form: dict[str, Any]
    office: str = ""
    approver: str = ""
    paper: str = ""


class PastPerson(BaseModel):
    """A suspect: the row, the step that named them, and the steps after it. `standing` is the stage that the ledger claims."""

    model_config = ConfigDict(frozen=True)

    row: int
    name: str
    named: PastStep
    steps: tuple[PastStep, ...]
    standing: str = ""


def _is_criminal(kind: Kind) -> bool:
    return kind is Kind.CRIMINAL_CASE


class PastCase(BaseModel):
    """A case: its steps up to filing (`steps`), its suspects, and its steps after they were named (`after`).

    Each suspect of a criminal case has a matter of their own; who is suspected in a public-order case has not, and their steps are its own.
    """

    model_config = ConfigDict(frozen=True)

    # Nothing is said of a criminal case, so that a ledger of before there were others keeps its fingerprint.
    kind: Annotated[Kind, Field(exclude_if=_is_criminal)] = Kind.CRIMINAL_CASE
    row: int
    case_number: str
    unit: str
    officer: str
    title: str
    steps: tuple[PastStep, ...]
    after: tuple[PastStep, ...] = ()
    people: tuple[PastPerson, ...] = ()

    def of_one_matter(self) -> list[tuple[int, PastStep]]:
        """The steps of a case whose people have no matters of their own, as they were taken: each with a person's row, or 0 for the case's."""
        named = [(each.row, each.named) for each in self.people]
        later = [(0, each) for each in self.after] + [(person.row, each) for person in self.people for each in person.steps]
        return [*((0, each) for each in self.steps), *named, *sorted(later, key=lambda one: read(one[1].form["at"]))]


@dataclass(slots=True)
class Line:
    """A row of a sheet while it is read: its cells by field, and the errors found so far."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    since_1904: bool
    faults: list[Fault] = field(default_factory=list[Fault])

    def get_text(self, name: str) -> str:
        """The text of a cell; empty without one."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def refuse(self, name: str, rule: str, detail: str) -> None:
        """Note an error of a cell, once."""
        fault = {"sheet": self.sheet, "row": str(self.row), "field": name, "rule": rule, "detail": detail}
        if fault not in self.faults:
            self.faults.append(fault)

    def read_instant(self, name: str, *, to_the_minute: bool = False, not_before: datetime | None = None) -> datetime | None:
        """The instant in a cell; None, and an error noted, where it cannot be read.

        A date without a time of day means its start, or `not_before` if that is on the same day; with `to_the_minute` it is an error, because
        limits are counted in hours from it.
        """
        cell = self.cells.get(name)
        if cell is None or not cell.text:
            return None
        if cell.odd:
            self.refuse(name, "cell", cell.odd)
            return None
        said = parse_instant_cell(cell, since_1904=self.since_1904)
        if said is None:
            self.refuse(name, "instant", UNREAD)
            return None
        if isinstance(said, datetime):
            return said
        if to_the_minute:
            self.refuse(name, "time-missing", "只有日期，须写明时刻，例如 2026-03-02 20:15")
            return None
        return _start_of_day(said, not_before)


def _start_of_day(day: date, not_before: datetime | None) -> datetime:
    if not_before and not_before.astimezone(SHANGHAI).date() == day:
        return not_before
    return start_of(day)


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a ledger, told by the columns `{name}_at`, `{name}_paper` and `{name}_by`: the form of its step, and what fills that form.

    `office` is the organ that decided it, empty for the police.
    """

    name: str
    form: type[Form]
    fills: Callable[[Line, str], FormValues]
    to_the_minute: bool = False
    office: Callable[[Line], str] = lambda _: ""

    @property
    def field(self) -> str:
        """The column with its date."""
        return f"{self.name}_at"


def _format_paper(line: Line, paper: str) -> str:
    return f"{_SEE_FILE}{paper}"


def _read_grounds(line: Line, paper: str) -> FormValues:
    return {"grounds": _format_paper(line, paper)}


def _read_place(line: Line, paper: str) -> FormValues:
    return {"place": _SEE_FILE, "grounds": _format_paper(line, paper)}


def _read_interrogation(line: Line, paper: str) -> FormValues:
    return {"place": _SEE_FILE, "companion": _SEE_FILE}


def _read_notification(line: Line, paper: str) -> FormValues:
    return {"relative": line.get_text("relative") or _SEE_FILE, "means": _SEE_FILE}


def _read_extension(line: Line, paper: str) -> FormValues:
    return {"extension": read_extension_length(line, "extension", "day"), "grounds": _format_paper(line, paper)}


def _read_longer_custody(line: Line, paper: str) -> FormValues:
    return {"extension": read_extension_length(line, "longer", "month"), "grounds": _format_paper(line, paper)}


def _read_bail(line: Line, paper: str) -> FormValues:
    deposit = line.get_text("deposit").removesuffix("元").replace(",", "")
    said = line.get_text("surety") or ("保证金" if deposit else "保证人")
    yuan = {"deposit_yuan": int(deposit)} if deposit.isdecimal() else {}
    return {
        "surety": said.removesuffix("担保"),
        "guarantor": line.get_text("guarantor"),
        "grounds": _format_paper(line, paper),
        **yuan,
    }


# 4日, 三十日, 至30日, 两个月: one number with its unit, and nothing else that counts.
_SPAN = re.compile(r"(?P<to>[^\d]*至)?[^\d]*(?P<number>\d{1,3})\s*(?P<unit>日|天|个月|月)?[^\d]*")
_CHINESE = str.maketrans("零一二两三四五六七八九", "01223456789")
_TENS = re.compile(r"(\d?)十(\d?)")


def read_extension_length(line: Line, name: str, unit: str) -> str:
    """The extension as forms have it: 延长至30日 is `to 30 day`, 延长4日 is `+4 day`."""
    said = unicodedata.normalize("NFKC", line.get_text(name)).translate(_CHINESE)
    found = _SPAN.fullmatch(_TENS.sub(lambda each: f"{each[1] or '1'}{each[2] or '0'}", said))
    if found is None or (found["unit"] and ("月" in found["unit"]) != (unit == "month")):
        why = "须写明延长多少，例如 4日、至30日、1个月"
        line.refuse(name, "missing", f"看不懂“{line.get_text(name)[:20]}”，{why}" if said else why)
        return f"+1 {unit}"
    number = int(found["number"])
    return f"to {number} day" if unit == "day" and (found["to"] or number > _MOST_ADDED_DAYS) else f"+{number} {unit}"


# A detention is extended by at most four days, or to thirty days in all (CPL 91).
_MOST_ADDED_DAYS = 4


def _get_extending_office(line: Line) -> str:
    """The next higher procuratorate approves one month, the provincial one two (CPL 156, 158)."""
    return (
        Office.PROVINCIAL_PROCURATORATE
        if read_extension_length(line, "longer", "month") == "+2 month"
        else Office.HIGHER_PROCURATORATE
    )


def _read_nothing(line: Line, paper: str) -> FormValues:
    return {}


SUSPECT_EVENTS = (
    Event("detained", detention.ExecuteDetention, _read_place, to_the_minute=True),
    Event(
        "delivered",
        detention.DeliverToCustodyCentre,
        lambda line, _: {"centre": line.get_text("centre") or _SEE_FILE},
        to_the_minute=True,
    ),
    Event("interrogated", Interrogate, _read_interrogation, to_the_minute=True),
    Event("advised", NotifyDefenceRight, _read_nothing),
    Event("notified", NotifyFamily, _read_notification, to_the_minute=True),
    Event("extended", detention.ExtendDetention, _read_extension),
    Event("requested", detention.RequestArrest, _read_grounds),
    Event("approved", detention.ApproveArrest, _read_nothing),
    Event("arrested", detention.ExecuteArrest, lambda *_: {"place": _SEE_FILE}, to_the_minute=True),
    Event("receipt_returned", detention.ReturnArrestReceipt, _read_nothing),
    Event("arrest_interrogated", Interrogate, _read_interrogation, to_the_minute=True),
    Event("arrest_notified", NotifyFamily, _read_notification, to_the_minute=True),
    Event("asked_longer", RequestCustodyExtension, _read_grounds),
    Event("held_longer", ExtendCustody, _read_longer_custody, office=_get_extending_office),
    Event("bailed", DecideBail, _read_bail),
    Event("surveilled", DecideSurveillance, _read_place),
    Event("released", detention.Release, _read_grounds),
)


def _read_longer_inquiry(line: Line, paper: str) -> FormValues:
    said = line.get_text("inquiry_extension")
    number = "".join(each for each in said.replace("二十四", "24").replace("十二", "12") if each.isdecimal())
    if not number:
        line.refuse("inquiry_extension", "missing", "须写明延长到多少小时，例如 至24小时")
    return {"extension": f"to {number or 24} hour", "grounds": _format_paper(line, paper)}


OFFENDER_EVENTS = (
    Event("summoned", SummonForInquiry, _read_grounds, to_the_minute=True),
    Event("told", TellFamily, _read_notification, to_the_minute=True),
    Event("inquiry_extended", ExtendInquiry, _read_longer_inquiry, to_the_minute=True),
    Event("inquiry_ended", EndInquiry, _read_nothing, to_the_minute=True),
)
LONGER_HANDLED = Event("longer_handled", ExtendHandling, _read_grounds)
LONGER_HANDLED_BY_STATION = Event("longer_handled", ExtendStationHandling, _read_grounds)
FILED = Event("filed", FileCase, _read_grounds)
SENT = Event("sent", SendCase, lambda line, paper: {"opinion": _format_paper(line, paper)})


def build_past_steps(line: Line, events: tuple[Event, ...], begins: datetime, now: datetime, extra: FormValues) -> list[PastStep]:
    """The steps of these events in a row, by date. `begins` is the earliest possible instant, `extra` are further fields of every form."""
    dated: list[tuple[datetime, Event]] = []
    before = begins
    for each in events:
        at = line.read_instant(each.field, to_the_minute=each.to_the_minute, not_before=before)
        if at is not None:
            dated.append((at, each))
            before = at
        elif line.get_text(f"{each.name}_paper") and not line.get_text(each.field):
            line.refuse(each.field, "missing", "有文书号的，须写明时间")
    steps = (_build_past_step(line, each, at, now, extra) for at, each in sorted(dated, key=lambda one: one[0]))
    return [each for each in steps if each]


def _build_past_step(line: Line, event: Event, at: datetime, now: datetime, extra: FormValues) -> PastStep | None:
    rule, paper = event.form.rule, line.get_text(f"{event.name}_paper")
    approver = line.get_text(f"{event.name}_by") or (line.get_text("approver") if rule.approved_by else "")
    of_organ = Office.CASE_OFFICER not in rule.by
    if (rule.approved_by or of_organ) and not paper:
        line.refuse(f"{event.name}_paper", "missing", f"“{rule.title}”须写明据以办理的文书号")
    if rule.approved_by and not approver:
        line.refuse(f"{event.name}_by", "missing", f"“{rule.title}”须写明纸质审批的批准人")
    try:
        form = event.form.model_validate({"at": at, **event.fills(line, paper), **extra}, context=build_typing_context(now))
    except ValidationError as error:
        for each in list_faults(error.errors(include_input=False, include_url=False), model=event.form):
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
