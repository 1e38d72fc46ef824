"""Answers and bodies of the routes for migrating open cases (在办案件迁入)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Colour, Instant, Shape
from api.sheets.cells import MOST_ROWS

SheetName = Literal["案件", "人员", "行政案件", "违法人员"]


class ColumnRead(Shape):
    """A column: its heading, and the field that it fills; None: it was ignored."""

    heading: str
    field: str | None


class LedgerField(Shape):
    """A field that a column of that sheet may fill, with its Chinese name."""

    field: str
    zh: str


class SheetRead(Shape):
    """How a sheet was read: its name, the row of its headings, its columns, and the fields that a column may fill."""

    sheet: SheetName
    called: str
    heading_row: int
    passed_over: list[str]
    columns: list[ColumnRead]
    fields: list[LedgerField]


class CellFault(Shape):
    """An error in a cell: sheet, row, field and heading of the cell, and its text."""

    sheet: SheetName
    row: int
    field: str
    heading: str
    text: str
    rule: str
    detail: str


class ClockTried(Shape):
    """A clock of the trial run: whose it is, its end, its legal basis, its colour."""

    sheet: SheetName
    row: int
    case_number: str
    name: str = Field(title="何人的期限；案件的为空")
    zh: str
    due_at: Instant | None
    date_only: bool
    basis: str
    colour: Colour
    state: Literal["running", "suspended", "not-started", "overrun"] = Field(title="overrun 已经结束，但曾经超期")
    liberty: bool


class PersonTried(Shape):
    """A suspect in the trial run, and the stage they would be at."""

    row: int
    name: str
    stage: str
    stage_zh: str
    held: bool


class CaseTried(Shape):
    """A case in the trial run, and the stage it would be at. Once entered it has a `number`, and its suspects are read in the matter."""

    kind: Literal["criminal-case", "public-order-case"]
    sheet: SheetName
    row: int
    case_number: str
    title: str
    unit_zh: str
    officer_zh: str
    stage_zh: str
    people: list[PersonTried]
    number: str | None


class TrialRun(Shape):
    """The result of a trial run: the cases, every clock with overdue ones first, and every error by cell."""

    digest: str
    sheets: list[SheetRead]
    cases: list[CaseTried]
    clocks: list[ClockTried]
    faults: list[CellFault]
    moved_in: str = Field(title="迁入期已经届满的，为何不能再迁入；没有届满的为空")
    held: int = Field(title="在押人数")
    overdue: int = Field(title="已经超期的期限")


class LedgerView(Shape):
    """A proposed ledger (提请), and who released it (放行)."""

    digest: str
    file: str
    unit_zh: str
    cases: int
    people: int
    proposed_by: str
    proposed_by_zh: str
    proposed_at: Instant
    released_by_zh: str | None
    released_at: Instant | None
    entered: int = Field(title="已经录入的案件")


class LedgerList(Shape):
    """Proposed ledgers, newest first, and whether the caller may propose or release one."""

    items: list[LedgerView]
    may_propose: bool
    may_release: bool


class LedgerWithTrial(Shape):
    """A proposed ledger, and its trial run by the law of today."""

    ledger: LedgerView
    trial: TrialRun


class CaseEntered(Shape):
    """The numbers of an entered case and of its suspects."""

    number: str
    suspects: list[str]


class Mend(BaseModel):
    """A cell that the user corrected on the page, with its new text."""

    model_config = ConfigDict(extra="forbid")

    sheet: SheetName
    row: int = Field(ge=1)
    field: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(max_length=10_000)]


class Meant(BaseModel):
    """The field that the column under a heading fills; empty: none."""

    model_config = ConfigDict(extra="forbid")

    sheet: SheetName
    heading: Annotated[str, Field(max_length=200)]
    field: Annotated[str, Field(max_length=60)]


def _group_by_sheet(columns: Iterable[Meant]) -> dict[str, dict[str, str]]:
    found = defaultdict[str, dict[str, str]](dict)
    for each in columns:
        found[each.sheet][each.heading] = each.field
    return dict(found)


class HeadingsSaid(BaseModel):
    """What the headings of a unit's ledgers of open cases stand for, from then on."""

    model_config = ConfigDict(extra="forbid")

    columns: list[Meant] = Field(min_length=1, max_length=200, title="各列对应的项目")

    @property
    def by_sheet(self) -> dict[str, dict[str, str]]:
        """The fields by sheet and heading."""
        return _group_by_sheet(self.columns)


class HeadingsKept(Shape):
    """All that the unit has said, by sheet and heading."""

    headings: dict[str, dict[str, str]]


class Mends(BaseModel):
    """The corrected cells of a file, and the fields that its headings stand for."""

    model_config = ConfigDict(extra="forbid")

    cells: list[Mend] = Field(default=[], max_length=MOST_ROWS)
    columns: list[Meant] = Field(default=[], max_length=200)

    @property
    def headings(self) -> dict[str, dict[str, str]]:
        """The fields assigned to the headings, by sheet and heading."""
        return _group_by_sheet(self.columns)
