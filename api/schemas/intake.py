"""The shapes of sheets of incidents."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.import_files import MOST_ROWS
from api.schemas.shape import Filled, Shape


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


class Checked(Shape):
    """A sheet as it was read."""

    columns: list[ColumnTold]
    rows: list[RowTold]


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
