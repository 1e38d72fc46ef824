"""The shapes of what is said of inspections."""

from pydantic import Field

from api.schemas.shape import Shape
from law.clock import Colour
from models.matter import Kind


class InspectionTold(Shape):
    """An inspection (巡查规则): what it looks at, by which rule, how grave a finding is and what is then to be done."""

    id: str = Field(examples=["incident-fight-as-mediation"])
    label: str = Field(title="名称", examples=["打架伤害警情按治安调解处理而没有询问记录"])
    kinds: list[Kind] = Field(title="巡查的事项")
    severity: Colour = Field(title="严重程度")
    basis: list[str] = Field(title="依据")
    demand: str = Field(title="发现以后应当做什么")
