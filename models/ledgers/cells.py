"""One cell of a sheet, as it was read."""

from dataclasses import dataclass
from datetime import date, datetime

from models.characters import strip_unseen


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a cell. `odd`: why it cannot be used, as a message for the user; empty where it can."""

    value: str | datetime | date | int | float | bool | None
    odd: str = ""

    @property
    def text(self) -> str:
        """The value as text, without what came along from other programs and cannot be seen."""
        if isinstance(self.value, datetime):
            return self.value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return "" if self.value is None else strip_unseen(str(self.value)).strip()
