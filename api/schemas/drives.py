"""The shapes of drives (专项清查): a drive with how far each unit has come, and what it goes through."""

from datetime import date

from pydantic import Field

from api.schemas.shape import Colour, Instant, Listed, Shape


class DrivePhaseView(Shape):
    """A phase of a drive."""

    topic: str = Field(title="阶段")
    until: date = Field(title="截至")


class SelectionView(Shape):
    """One way into the drive, and how many matters came in by it; of one that is not launched yet, would come in now."""

    id: str
    zh: str = Field(title="清查范围")
    matters: int = Field(title="件数")


class UnitOfDriveView(Shape):
    """How far a unit has come."""

    unit: str
    unit_zh: str = Field(title="单位")
    items: int = Field(title="列入")
    answered: int = Field(title="已反馈")
    verified: int = Field(title="已核验")
    overdue: int = Field(title="超期")
    returned: int = Field(title="曾退回")
    acts: int = Field(title="列入后的办案活动")
    results: dict[str, int] = Field(title="经核验的结果")


class DriveProgress(Shape):
    """How far a drive has come in what the caller reads; of one that is not launched all figures are 0."""

    number: str
    topic: str = Field(title="名称")
    purpose: str = Field(title="清查目的")
    stage: str
    final: bool
    until: date = Field(title="清查截至")
    units: int = Field(title="单位数")
    items: int = Field(title="列入")
    answered: int = Field(title="已反馈")
    verified: int = Field(title="已核验")
    overdue: int = Field(title="超期")
    returned: int = Field(title="曾退回")
    results: dict[str, int] = Field(title="经核验的结果")


class DriveList(Listed[DriveProgress]):
    """A page of drives."""


class DriveView(Shape):
    """A drive (专项清查): its plan, how far each unit has come, and its summary once it was concluded."""

    number: str
    topic: str = Field(title="名称")
    purpose: str = Field(title="清查目的")
    stage: str
    until: date = Field(title="清查截至")
    phases: list[DrivePhaseView] = Field(title="阶段安排")
    selections: list[SelectionView] = Field(title="清查范围")
    launched_at: Instant | None = Field(title="启动时间")
    without_officer: list[str] = Field(title="承办民警已离任的事项", description="启动前须逐件确定承继民警；启动后不再列出")
    units: list[UnitOfDriveView] = Field(title="各单位进展")
    results: dict[str, str] = Field(title="清查结果的名称")
    summary: str = Field(title="清查情况")
    demand: str = Field(title="工作要求")


class DriveItemView(Shape):
    """A matter that is gone through (清查事项)."""

    number: str
    drive: str
    subject: str = Field(title="清查事项")
    subject_title: str
    subject_kind: str
    purpose: str
    grounds: list[str] = Field(title="列入范围")
    stage: str
    final: bool
    colour: Colour
    unit: str
    unit_zh: str
    officer: str
    officer_zh: str
    result: str = Field(title="清查结果", description="尚未反馈的为空")
    returns: int = Field(title="退回次数")
    begun_at: Instant = Field(title="列入时间")
    answered_at: Instant | None = Field(title="反馈时间")
    due_at: Instant | None = Field(title="期限")
    acts: int = Field(title="列入后的办案活动")


class DriveItemList(Listed[DriveItemView]):
    """A page of what a drive goes through."""
