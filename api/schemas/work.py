"""The shapes of a person's work."""

from typing import Literal

from pydantic import Field

from api.schemas.shape import Colour, Filled, Instant, Listed, Shape, TaskSort
from models.matter import Kind

Queue = Literal["approval", "overdue", "returned", "rectification", "signing", "turn", "other"]
"""What people sort their tasks by: 审批、超期、被退回、整改、签收、轮到我、其他."""


class TaskItem(Shape):
    """Something to do (待办). A request that awaits a decision carries its form; `seq` is for If-Match."""

    id: int
    matter: str
    kind: str
    title: str
    sort: TaskSort = Field(
        title="种类",
        description="approval 审批、returned 被退回、expired 超期须处理、undelivered 系统未能送达、held 来文等待、overrun 超期或者补录待确认、law 法律核对、appointment 任职待确认、finding 巡查发现、report 报告待阅、turn 轮到办理",
    )
    queue: Queue = Field(
        title="类别",
        description="approval 审批、overdue 超期、returned 被退回、rectification 整改、signing 签收、turn 轮到我、other 其他",
    )
    urgent: bool = Field(title="紧急警情")
    gone_up: bool = Field(title="无人办理而上报的", description="轮到的人过时未办，现在也是上级职务的待办")
    words: str
    unit: str
    office: str
    person: str = Field(description="只交给此人的，其用户名；否则为空")
    step: str
    step_zh: str | None
    clock: str | None
    mandatory: bool
    opened_at: Instant
    colour: Colour
    due_at: Instant | None = Field(title="最近的期限", description="轮到办理的，先取这一步骤可使了结的期限")
    seq: int = Field(title="事项的顺序号")
    request_seq: int | None = Field(title="呈请的顺序号", description="审批表以此取得")
    request: str | None = Field(title="等待决定的呈请", description="填入 approve、return、transfer 等步骤的 request")
    asked_by_zh: str | None
    asker_zh: str | None = Field(title="现在的呈请人", description="呈请人或者接手的人；无人接手的为空")
    form: Filled | None = Field(title="呈请的表单")


class TaskCounts(Shape):
    """How many tasks somebody has, by queue."""

    approval: int = 0
    overdue: int = 0
    returned: int = 0
    rectification: int = 0
    signing: int = 0
    turn: int = 0
    other: int = 0


class NoticeItem(Shape):
    """A warning, or a word of no clock (`clock` is then empty)."""

    id: int
    matter: str
    kind: str
    title: str
    clock: str
    colour: Colour
    words: str
    unit: str
    office: str
    sent_at: Instant
    type: Literal["message", "copy", "clock", "turn"] = Field(
        title="种类", description="message 告知、copy 抄送、clock 预警、turn 轮到办理"
    )


class DoneItem(Shape):
    """What the caller handed in (已办)."""

    matter: str
    kind: Kind
    kind_zh: str
    title: str
    step: str
    step_zh: str | None
    seq: int
    recorded_at: Instant
    standing: Literal["done", "awaiting-approval"]


class With(Shape):
    """Whose decision is awaited: whoever holds the office, or that person."""

    office: str
    office_zh: str | None
    person: str
    person_zh: str | None


class StartedItem(Shape):
    """A request for approval that the caller made (我呈请的), or took over from who made it and left."""

    matter: str
    kind: Kind
    kind_zh: str
    title: str
    step: str
    step_zh: str | None
    seq: int
    asked_at: Instant
    asked_by_zh: str | None = Field(title="原呈请人", description="由您接手的；您自己呈请的为空")
    state: Literal["awaiting", "approved", "returned", "withdrawn", "lapsed"]
    with_: list[With] = Field(alias="with")
    ended_at: Instant | None


class AwaitedOf(With):
    """Whose decision is awaited, and who of that unit or above holds the office."""

    unit_zh: str | None
    holders: list[str] = Field(title="担任该职务的人", description="只交给一人的，为空")


class AwaitingItem(Shape):
    """A request that awaits approval (有待审批); `mine` where the caller may decide it."""

    matter: str
    kind: Kind
    kind_zh: str
    title: str
    colour: Colour
    unit: str
    unit_zh: str | None
    seq: int = Field(title="事项的顺序号")
    request: str
    request_zh: str | None
    asked_by_zh: str | None
    asker_zh: str | None = Field(title="现在的呈请人", description="呈请人或者接手的人；无人接手的为空")
    asked_at: Instant
    waited_hours: float = Field(title="已经等待的小时数")
    mine: bool = Field(title="等您审批")
    with_: list[AwaitedOf] = Field(alias="with")


class CopiedItem(Shape):
    """A matter that was copied to the caller (抄送)."""

    matter: str
    kind: Kind
    kind_zh: str
    title: str
    stage: str
    stage_zh: str | None
    colour: Colour
    copied_at: Instant
    by: str
    by_zh: str | None


class TaskList(Listed[TaskItem]):
    """A page of tasks."""


class NoticeList(Listed[NoticeItem]):
    """A page of warnings and words."""


class DoneList(Listed[DoneItem]):
    """A page of what the caller handed in."""


class StartedList(Listed[StartedItem]):
    """A page of the caller's requests."""


class AwaitingList(Listed[AwaitingItem]):
    """A page of what awaits approval."""


class CopiedList(Listed[CopiedItem]):
    """A page of what was copied to the caller."""


class DueCounts(Shape):
    """How many clocks fall due when."""

    at: Instant
    overdue: int
    day: int
    three_days: int
    week: int
