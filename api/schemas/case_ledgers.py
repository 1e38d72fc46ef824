"""The shapes of ledgers of open cases that are brought over (在办案件迁入)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Colour, Instant, Shape
from api.sheets.cells import MOST_ROWS

SheetName = Literal["案件", "人员"]


class SheetRead(Shape):
    """A sheet as it was read: what it is called, in which row its headings stand, and which columns were passed over."""

    sheet: SheetName
    called: str
    heading_row: int
    passed_over: list[str]


class CellFault(Shape):
    """What is wrong, and in which cell: the sheet, the row, the field with its heading, and what stands there."""

    sheet: SheetName
    row: int
    field: str
    heading: str
    text: str
    rule: str
    detail: str


class ClockTried(Shape):
    """A clock as it would run, or as it ran: whose, until when, by which article, in which colour."""

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
    """A suspect, where they would stand, and the matter that was opened for them."""

    row: int
    name: str
    stage: str
    stage_zh: str
    held: bool


class CaseTried(Shape):
    """A case, where it would stand, and the number under which it was brought over, if it was: who is in it is read there then."""

    row: int
    case_number: str
    title: str
    unit_zh: str
    officer_zh: str
    stage_zh: str
    people: list[PersonTried]
    number: str | None


class TrialRun(Shape):
    """What a ledger comes to: its cases, every clock with what is overdue on top, and every cell of which something is wrong."""

    digest: str
    sheets: list[SheetRead]
    cases: list[CaseTried]
    clocks: list[ClockTried]
    faults: list[CellFault]
    held: int = Field(title="在押人数")
    overdue: int = Field(title="已经超期的期限")


class LedgerTold(Shape):
    """A ledger that was put forward (提请), and who released it (放行)."""

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
    """The ledgers, the newest first, and what the caller may do about them."""

    items: list[LedgerTold]
    may_propose: bool
    may_release: bool


class LedgerWithTrial(Shape):
    """A ledger that was put forward, and what it comes to now."""

    ledger: LedgerTold
    trial: TrialRun


class CaseEntered(Shape):
    """The numbers under which a case and its suspects were brought over."""

    number: str
    suspects: list[str]


class Mend(BaseModel):
    """A cell that was mended on the page: what stands in it instead."""

    model_config = ConfigDict(extra="forbid")

    sheet: SheetName
    row: int = Field(ge=1)
    field: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(max_length=10_000)]


class Mends(BaseModel):
    """The cells of a file that were mended."""

    model_config = ConfigDict(extra="forbid")

    cells: list[Mend] = Field([], max_length=MOST_ROWS)
