"""Answers and bodies of the routes of bulk intake."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Filled, Shape
from api.sheets.cells import MOST_COLUMNS, MOST_ROWS


class ColumnView(Shape):
    """A heading of the sheet, and the field it fills; null: the column is ignored."""

    heading: str
    field: str | None


class RowFaultView(Shape):
    """An error in a row, by field; empty: it concerns the whole row."""

    field: str
    rule: str
    detail: str


class RowView(Shape):
    """A row: its form and key if it is valid, else its cells as they were read and the errors."""

    row: int
    form: Filled
    key: str = Field(title="幂等键", description="有误的行为空")
    number: str | None = Field(title="此前已经导入的警情编号")
    by_zh: str | None = Field(title="由他人导入的，其姓名")
    errors: list[RowFaultView]


class UnknownView(Shape):
    """A word without a known meaning in a column of choices, and in how many rows it stands."""

    field: str
    word: str
    rows: int


class Checked(Shape):
    """How a file was read: the sheet, the row of headings, the columns, the words that the unit has to define, and the rows."""

    sheet: str = Field(title="读的是哪个工作表")
    heading_row: int = Field(title="表头在第几行")
    columns: list[ColumnView]
    unknown: list[UnknownView]
    rows: list[RowView]


class RowsChecked(Shape):
    """Corrected rows, checked again."""

    rows: list[RowView]


_Word = Annotated[str, Field(min_length=1, max_length=60)]
LedgerField = Literal[
    "",
    "at",
    "happened_at",
    "category",
    "kind",
    "place",
    "narrative",
    "channel",
    "reporter",
    "reporter_phone",
    "reporter_citizen_number",
    "missing",
    "urgent",
    "signs",
    "recording",
    "unit",
    "outcome",
]


class LedgerWordsSaid(BaseModel):
    """Definitions for ledgers: the field of each heading (empty: ignore the column), and by field the value of each word."""

    model_config = ConfigDict(extra="forbid")

    headings: dict[_Word, LedgerField] = Field(default={}, title="各列对应的项目", max_length=MOST_COLUMNS)
    values: dict[Literal["channel", "category", "missing", "urgent", "signs", "unit"], dict[_Word, _Word]] = Field(
        default={}, title="各种写法对应的取值"
    )


class LedgerWordsKept(Shape):
    """All definitions of the unit."""

    headings: dict[str, str]
    values: dict[str, dict[str, str]]


class MendedRow(BaseModel):
    """A row that the user corrected on the page: the texts of its cells by field."""

    model_config = ConfigDict(extra="forbid")

    row: int = Field(ge=1)
    cells: dict[LedgerField, Annotated[str, Field(max_length=10_000)]]


class MendedRows(BaseModel):
    """Rows to check again."""

    model_config = ConfigDict(extra="forbid")

    rows: list[MendedRow] = Field(min_length=1, max_length=MOST_ROWS)


class RefusedFault(BaseModel):
    """An error in a row."""

    model_config = ConfigDict(extra="ignore")

    field: str = Field(default="", max_length=100)
    detail: str = Field(max_length=1000)


class RefusedRow(BaseModel):
    """A refused row: its cells by field, and the errors."""

    model_config = ConfigDict(extra="ignore")

    form: dict[Annotated[str, Field(max_length=100)], Any]
    errors: list[RefusedFault] = Field(max_length=50)


class RefusedRows(BaseModel):
    """The refused rows of a sheet."""

    rows: list[RefusedRow] = Field(min_length=1, max_length=MOST_ROWS)
