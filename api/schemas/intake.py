"""The shapes of sheets of incidents."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.shape import Filled, Shape
from api.sheets.cells import MOST_COLUMNS, MOST_ROWS


class ColumnTold(Shape):
    """A heading of the sheet, and the field it fills; null: passed over."""

    heading: str
    field: str | None


class RowFaultTold(Shape):
    """What is wrong with a row, by field; empty: the row as a whole."""

    field: str
    rule: str
    detail: str


class RowTold(Shape):
    """A row: its form and key if it is good, else its cells as they stood and what is wrong."""

    row: int
    form: Filled
    key: str = Field(title="幂等键", description="有误的行为空")
    number: str | None = Field(title="此前已经导入的警情编号")
    by_zh: str | None = Field(title="由他人导入的，其姓名")
    errors: list[RowFaultTold]


class UnknownTold(Shape):
    """A word that nobody knows, in a column where only some words may stand, and in how many rows."""

    field: str
    word: str
    rows: int


class Checked(Shape):
    """A sheet as it was read: which of its sheets, by which row of headings, and the words of which somebody has to say what they mean."""

    sheet: str = Field(title="读的是哪个工作表")
    heading_row: int = Field(title="表头在第几行")
    columns: list[ColumnTold]
    unknown: list[UnknownTold]
    rows: list[RowTold]


class RowsChecked(Shape):
    """Rows that were mended, checked anew."""

    rows: list[RowTold]


_Word = Annotated[str, Field(min_length=1, max_length=60)]
LedgerField = Literal[
    "",
    "at",
    "kind",
    "place",
    "narrative",
    "channel",
    "reporter",
    "reporter_phone",
    "reporter_citizen_number",
    "missing",
    "unit",
    "outcome",
]


class LedgerWordsSaid(BaseModel):
    """What the headings and words of a ledger mean: the field of each heading (empty: not read), and by field what a word stands for."""

    model_config = ConfigDict(extra="forbid")

    headings: dict[_Word, LedgerField] = Field({}, title="各列对应的项目", max_length=MOST_COLUMNS)
    values: dict[Literal["channel", "missing", "unit"], dict[_Word, _Word]] = Field({}, title="各种写法对应的取值")


class LedgerWordsKept(Shape):
    """What the unit has said in all."""

    headings: dict[str, str]
    values: dict[str, dict[str, str]]


class MendedRow(BaseModel):
    """A row whose cells were mended on the page: by field, as they are written."""

    model_config = ConfigDict(extra="forbid")

    row: int = Field(ge=1)
    cells: dict[LedgerField, Annotated[str, Field(max_length=10_000)]]


class MendedRows(BaseModel):
    """Rows to check anew."""

    model_config = ConfigDict(extra="forbid")

    rows: list[MendedRow] = Field(min_length=1, max_length=MOST_ROWS)


class RefusedFault(BaseModel):
    """What is wrong with a row."""

    model_config = ConfigDict(extra="ignore")

    field: str = Field("", max_length=100)
    detail: str = Field(max_length=1000)


class RefusedRow(BaseModel):
    """A row that was refused: its cells by field, and why."""

    model_config = ConfigDict(extra="ignore")

    form: dict[Annotated[str, Field(max_length=100)], Any]
    errors: list[RefusedFault] = Field(max_length=50)


class RefusedRows(BaseModel):
    """The rows of a sheet to hand back."""

    rows: list[RefusedRow] = Field(min_length=1, max_length=MOST_ROWS)
