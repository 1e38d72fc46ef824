"""The shapes of matters, their clocks, journal and steps."""

from typing import Any, Literal

from pydantic import Field

from api.schemas.late import LateEntryView, LateView
from api.schemas.shape import Colour, Filled, Instant, Listed, Shape, TaskSort
from law.offices import Office
from models.forms.chapters import Chapter
from models.links import Relation
from models.marks import MarkId
from models.matter import Kind

# What an entry of a matter's chain is about: a step, word from another matter, an attempt, a paper made or filed, reading, a message from outside.
EntrySort = Literal["step", "told", "refusal", "document", "dossier", "access", "inbound", "turn"]
State = Literal["running", "met", "met-late", "lapsed", "overrun", "not-started", "suspended"]


# What it has been through


class StagePassed(Shape):
    """A stage that a matter passed; `left_at` is null where it stands now."""

    stage: str
    zh: str
    entered_at: Instant
    left_at: Instant | None
    by_zh: str | None = Field(title="由谁推进", description="系统或者其他事项引起的为空")
    step: str
    step_zh: str | None


class MeasureTaken(Shape):
    """A measure taken against a person (措施); `to` is null while it lasts, `held` says whether they are deprived of liberty."""

    measure: str
    zh: str
    from_: Instant = Field(alias="from")
    to: Instant | None
    held: bool


class LimitOfPerson(Shape):
    """A limit that ran, or runs, for a person."""

    clock: str
    limit: str
    zh: str
    basis: str
    started_at: Instant | None
    due_at: Instant | None
    ended_at: Instant | None
    state: State
    colour: Colour
    liberty: bool


class PersonsMeasures(Shape):
    """One person's measures and limits, to be drawn as a chart of bars and lines."""

    person: str
    matter: str
    name: str
    measures: list[MeasureTaken]
    held_days: int = Field(title="在本案累计羁押日数")
    limits: list[LimitOfPerson]


# Kinds


class StageInGraph(Shape):
    """A stage of a lifecycle, and where it may lead."""

    stage: str
    zh: str
    final: bool
    leads_to: list[str]


class OfficeView(Shape):
    """An office and what people call it."""

    office: Office
    zh: str


class OpeningForm(Shape):
    """The form by which a person opens a matter: its JSON Schema, who may, on what basis."""

    step: str
    title: str
    by: list[OfficeView]
    basis: str
    form: dict[str, Any]


class KindView(Shape):
    """A kind of matter: its stages, the ordinary course through them, all ways between them, and the titles of its steps."""

    kind: Kind
    zh: str
    stages: dict[str, str]
    graph: list[StageInGraph]
    main: list[str] = Field(title="通常经过的阶段")
    dossier: bool = Field(title="有电子卷宗")
    steps: dict[str, str]
    opens: OpeningForm | None


# Lists and cards


class Custody(Shape):
    """Where an exhibit is, who holds it, and since when."""

    holder: str
    holder_zh: str
    place: str | None
    since: Instant | None


class MatterItem(Shape):
    """A matter in a list."""

    number: str
    kind: Kind
    stage: str
    final: bool
    seq: int
    title: str
    unit: str
    unit_zh: str | None
    officer: str
    officer_zh: str | None
    colour: Colour
    parent: str | None
    sealed: bool
    urgent: bool = Field(title="紧急警情")
    sensitive: bool = Field(title="敏感案件")
    marks: list[MarkId] = Field(title="敏感标记")
    late_entries: int = Field(title="补录次数")
    late_at: Instant | None = Field(title="最近一次补录的录入时间")
    opened_at: Instant
    updated_at: Instant
    custody: Custody | None = Field(title="保管", description="只有涉案财物有")


class OverrunView(Shape):
    """That a limit ran out unmet (超期), which stays so whatever came after; `entered_at` is when what was done in time was entered."""

    due_at: Instant
    until: Instant | None = Field(title="终结时间", description="仍在计算的为空")
    entered_at: Instant | None = Field(title="录入时间", description="届满以后才补录的时间")
    acknowledged_at: Instant | None = Field(title="督察确认时间")
    acknowledged_by_zh: str | None = Field(title="确认的督察人员")


class ClockView(Shape):
    """A clock: one limit that runs, or ran, for one person or thing."""

    id: str
    matter: str
    limit: str
    zh: str
    basis: str
    about: str
    unit: str
    officer: str
    state: State
    colour: Colour
    liberty: bool
    started_at: Instant | None
    due_at: Instant | None
    date_only: bool
    ended_at: Instant | None
    calendar: Literal["final", "provisional"]
    answerable: str
    at_expiry: str
    overrun: OverrunView | None = Field(title="超期记录")


class ClockItem(ClockView):
    """A running clock in a list, with the matter that it is in."""

    unit_zh: str | None
    officer_zh: str | None
    title: str | None
    kind: Kind | None
    stage: str | None
    urgent: bool = Field(title="是否紧急警情")


class RungView(Shape):
    """From when on a clock shows a colour."""

    colour: Colour
    at: Instant


class ClockWithReasons(ClockView):
    """A clock of a matter, with why it is due then."""

    reasons: list[str]
    rungs: list[RungView]


class RingView(RungView):
    """A rung that rang: when, how late, and by whom."""

    rung_at: Instant
    late_ms: int
    rung_by: str


class ClockExplained(ClockWithReasons):
    """One clock with everything about it."""

    edition: str
    rings: list[RingView]


class PersonInMatter(Shape):
    """A person or organisation in a matter."""

    id: str
    role: str = Field(description="最主要的身份")
    roles: list[str] = Field(description="全部身份")
    name: str
    citizen_id: str
    said: dict[str, str]


class PersonOnCard(PersonInMatter):
    """A person of the matter whose page it is."""

    spelt: str = Field(title="拼音", description="姓名各部分的全拼和首字母，以空格分隔")


class ChildMatter(Shape):
    """A matter that this one opened."""

    number: str
    kind: Kind
    stage: str
    title: str
    colour: Colour


class EarlierCase(Shape):
    """A case that this one carries on: the days it took before it turned into another kind are not counted in the limits of this one."""

    number: str
    kind: Kind
    filed_at: Instant | None
    turned_at: Instant
    days: int | None = Field(title="转办以前已用日数", description="自立案至转办的自然日数")


class LinkedMatter(Shape):
    """A matter that this one is linked with (关联); `theirs`: it is the other that links to this one."""

    number: str
    kind: Kind
    stage: str
    title: str
    relation: Relation
    zh: str = Field(title="关系")
    theirs: bool


class Links(Shape):
    """From which matter it came, and which came from it; into which case it was merged, and which were merged into it.

    `earlier` are the cases that it carries on, the oldest first: of public order, then of crime, and back again. `linked` are those of
    which the caller may know.
    """

    parent: str | None
    earlier: list[EarlierCase]
    children: list[ChildMatter]
    merged_into: str | None
    merged: list[str]
    linked: list[LinkedMatter] = Field(title="关联事项", description="最近的 100 个")


class OpenTask(Shape):
    """What somebody still has to do in a matter."""

    id: int
    sort: TaskSort
    words: str
    office: str
    unit: str
    person: str
    step: str
    clock: str | None
    mandatory: bool
    opened_at: Instant
    form: Filled | None = Field(title="被退回的表单", description="被退回的呈请当时所填；其他待办为空")


class Asker(Shape):
    """Who asked, and by which offices."""

    person: str
    unit: str
    offices: list[str]
    desks: list[str]


class SignerView(Shape):
    """One approval that a request needs or has got."""

    office: str
    person: str
    unit: str
    added_by: str
    delegate: str
    delegator: str
    signed_by: str
    signed_for: str


class RequestView(Shape):
    """A step that awaits approval, with its form as filled in.

    `asker` is whose it is now: who asked, or who took over from them (empty: nobody did). `vacant`: nobody is there who could approve it.
    """

    step: str
    seq: int
    asked_by: Asker
    asked_at: Instant = Field(title="呈请时间", description="以呈请人填写的为准")
    recorded_at: Instant | None = Field(default=None, title="录入时间")
    late: list[LateView] = Field(default_factory=list[LateView], title="补录")
    awaiting: list[str]
    approved_by: list[str]
    turns: list[list[SignerView]]
    successors: dict[str, str]
    vacant: bool
    asker: str
    form: Filled | None


class TurnOf(Shape):
    """Somebody whose turn it is: whoever holds the office, or that person."""

    office: str
    office_zh: str | None
    unit_zh: str | None
    person: str
    person_zh: str | None
    deputy_zh: str | None = Field(title="离岗期间的代理人")


class Turn(Shape):
    """Whose turn a matter is (现在轮到), for which step, since when and until when."""

    sort: Literal["approval", "returned", "turn"] = Field(
        title="种类", description="approval 审批、returned 被退回后重新办理、turn 办理"
    )
    step: str
    step_zh: str | None
    since: Instant
    due_at: Instant | None
    outside: bool = Field(title="等待外单位")
    gone_up: bool = Field(title="已上报", description="过时未办，已经上报")
    who: list[TurnOf]


class Sensitive(Shape):
    """That a matter is sensitive (敏感案件): by which criteria, since when, and whether superiors were told of it since."""

    since: Instant
    criteria: list[str] = Field(title="敏感情形")
    reported: bool = Field(title="已经报备")


class MatterCard(Shape):
    """Everything that a matter's page shows."""

    number: str
    kind: Kind
    stage: str
    final: bool
    seq: int
    title: str
    unit: str
    unit_zh: str | None
    officer: str
    officer_zh: str | None
    colour: Colour
    shared_with: list[str]
    sealed: bool
    handlers: list[str]
    marks: list[MarkId] = Field(title="敏感标记")
    urgent: bool = Field(title="紧急警情")
    late_entries: int = Field(title="补录次数")
    opened_at: Instant
    updated_at: Instant
    custody: Custody | None
    thing: Filled | None = Field(title="清单所列", description="涉案财物在清单上的记载，其他事项为空")
    sensitive: Sensitive | None = Field(title="敏感案件", description="现在没有列为敏感案件的为空")
    people: list[PersonOnCard]
    clocks: list[ClockView]
    links: Links
    tasks: list[OpenTask]
    requests: list[RequestView]
    turn: Turn | None = Field(title="现在轮到")
    late: list[LateEntryView] = Field(title="补录", description="录入明显晚于发生的步骤和审批")


class WordsBefore(Shape):
    """What stood in a field before it was set right (更正)."""

    field: str
    old: str
    at: Instant = Field(title="更正时间")


class StepNarrative(Shape):
    """What somebody said in a step of what happened: the fields of its form that say so."""

    matter: str
    seq: int
    step: str
    at: Instant
    by: str | None = Field(title="由谁填写")
    form: Filled = Field(description="更正过的，为更正以后的内容")
    corrected: list[WordsBefore] = Field(title="更正前的内容", description="先更正的在前")


class PersonAbove(PersonInMatter):
    """A person of a matter that this one came of."""

    matter: str


class Summary(Shape):
    """What happened (基本情况): told in the matter and in those that it came of, the earliest first."""

    told: list[StepNarrative]
    people: list[PersonAbove] = Field(description="来源事项中的人员，本事项已有的除外")


class JournalEntry(Shape):
    """An entry of the journal; what `content` holds depends on its `sort`."""

    position: int
    seq: int
    sort: EntrySort
    step: str
    username: str | None
    name: str | None
    recorded_at: Instant
    hash: str
    previous: str
    content: dict[str, Any]


class StepOpen(Shape):
    """A step that the caller may take now."""

    step: str
    title: str
    request: str | None
    office: str
    office_zh: str
    basis: str
    document: str
    form: dict[str, Any] = Field(title="表单的 JSON Schema")
    awaited: bool = Field(title="本阶段等待的步骤", description="否则可随时办理而不离开本阶段")
    standing: Literal["done", "awaiting-approval"]
    approved_by: list[str]
    meets: list[str] = Field(title="可使了结的期限", description="这一步骤可以使其了结的法定期限的代号")
    requires: list[str] = Field(
        title="要求办理的期限", description="其中法律要求办理这一步骤的期限的代号；其余的也可以另一方式了结"
    )
    leads_to: list[str] = Field(title="须先办理的期限", description="依法应当先办理这一步骤、再由后续步骤了结的期限的代号")
    chapter: Chapter = Field(title="分类")
    usual: bool = Field(title="常用步骤")
    spelt: str = Field(title="拼音", description="全拼和首字母，以空格分开")
    lacks: list[str] = Field(title="尚缺的前提", description="须先有其中一项法律事实才能办理；空的为前提已具备")
    barred: str = Field(title="不能办理的原因", description="按已记录的事实，无论如何填写都会被拒绝；空的为可以办理")


class MatterList(Listed[MatterItem]):
    """A page of matters."""


class ClockList(Listed[ClockItem]):
    """A page of running clocks."""


class JournalList(Listed[JournalEntry]):
    """A page of a journal."""
