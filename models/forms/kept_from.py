"""From whom a matter is kept (回避知悉), and who sees to that: what is said about somebody is not theirs to read."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from law.instruments import RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Line, Text
from models.forms.widget import Widget
from models.matter import HANDLED

BASIS = RULE.section("回避知悉")
_MOST = 20
_People = Annotated[tuple[Line, ...], Field(max_length=_MOST), Widget("officers")]
_Units = Annotated[tuple[Line, ...], Field(max_length=_MOST)]


class ChangeKeptFrom(
    Form,
    title="调整回避知悉",
    by=Office.SUPERVISOR,
    basis=BASIS,
    everywhere=HANDLED,
    chapter=Chapter.RECORD,
    when="调整时间",
):
    """Keep a matter, with all that is opened under it, from people and units, or let them know of it again (调整回避知悉)."""

    officers: _People = Field(default=(), title="对其回避的人员", description="用户名；本事项对其不存在，不论其任何职务")
    units: _Units = Field(
        default=(), title="对其回避的单位", description="单位编号；本单位和下级单位的人员都不能知悉，督察和局领导除外"
    )
    let_officers: _People = Field(default=(), title="不再回避的人员", description="用户名")
    let_units: _Units = Field(default=(), title="不再回避的单位", description="单位编号")
    reason: Text = Field(title="理由")

    @model_validator(mode="after")
    def _check_somebody_named(self) -> Self:
        if not (self.officers or self.units or self.let_officers or self.let_units):
            raise ValueError("须填写人员或者单位")
        if {*self.officers} & {*self.let_officers} or {*self.units} & {*self.let_units}:
            raise ValueError("同一人员、单位不能既回避又不再回避")
        return self
