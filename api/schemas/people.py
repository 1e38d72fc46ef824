"""The shapes of people and units."""

from pydantic import Field

from api.schemas.shape import Instant, Shape
from law.offices import Office
from models.administration import UnitKind


class OfficeHeld(Shape):
    """An office that the signed-in person holds."""

    office: Office
    zh: str
    unit: str
    unit_zh: str


class Me(Shape):
    """The signed-in person."""

    username: str
    zh: str
    badge: str
    offices: list[OfficeHeld]
    # What is to be done before anything else: password, second-factor, vouching, or nothing.
    owes: str
    second_factor: bool
    # Whether they sign in with a password of ours.
    own_password: bool
    local_key: str


class FactorView(Shape):
    """Somebody's second factor (动态口令), as whoever supervises them is told of it."""

    username: str
    zh: str
    badge: str
    offices_zh: list[str] = Field(title="职务")
    units_zh: list[str] = Field(title="单位")
    enrolled_at: Instant = Field(title="启用时间")
    awaits: bool = Field(title="待当面核实", description="核实之前，本人不能办理任何事项")


class FactorList(Shape):
    """Second factors of those whom somebody supervises, what awaits being vouched for first."""

    items: list[FactorView]


class UnitView(Shape):
    """A unit of the tree."""

    unit: str
    parent: str | None
    zh: str
    spelt: str = Field(title="拼音", description="全拼和首字母，以空格分隔；首字多音的各有一组")
    kind: UnitKind


class Holder(Shape):
    """Who holds which office where."""

    username: str
    zh: str
    spelt: str = Field(title="拼音", description="全拼和首字母，以空格分隔；姓氏多音的各有一组")
    badge: str
    unit: str
    office: Office


class Roster(Shape):
    """Every unit, each after those above it, and who holds which office there."""

    units: list[UnitView]
    people: list[Holder]


class PatrolView(Shape):
    """Somebody who may be sent to an incident."""

    username: str
    zh: str
    badge: str
    auxiliary: bool = Field(title="辅警")
    open: int = Field(title="手上未完的警情数", description="已派给本人、尚未定性的")
    away_until: Instant | None = Field(title="离岗至")
    deputy: str | None = Field(title="代理人的用户名")
    deputy_zh: str | None = Field(title="代理人")


class PatrolList(Shape):
    """Who of a unit may be sent, those who are best sent first."""

    items: list[PatrolView]
