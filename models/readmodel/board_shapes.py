"""Answers of the boards. All counts cover only what the caller may know of."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from models.readmodel.figures import FigureId


class Colours(BaseModel):
    """Numbers by colour; `unkept` are promises, `overdue` is the red card, `overrun` a past overrun, however it ended."""

    none: int = Field(default=0, title="正常")
    blue: int = Field(default=0, title="蓝色预警")
    yellow: int = Field(default=0, title="黄色预警")
    orange: int = Field(default=0, title="橙色预警")
    red: int = Field(default=0, title="红色预警")
    unkept: int = Field(default=0, title="承诺超时")
    overdue: int = Field(default=0, title="超期红牌")
    overrun: int = Field(default=0, title="曾经超期")


class StageCount(BaseModel):
    """The number of open matters at a stage."""

    kind: str
    stage: str
    count: int


class StationBoard(BaseModel):
    """The board of a station (所队看板)."""

    colours: dict[str, int] = Field(title="未结事项的颜色", description="没有事项的颜色不列")
    stages: list[StageCount] = Field(title="未结事项的阶段")
    opened: int = Field(title="24小时内新增的警情、案件和嫌疑人")
    awaiting_approval: int = Field(title="有待审批的呈请")
    entered_late: int = Field(title="24小时内有补录的事项")
    due_soon: int = Field(title="24小时内届满的期限")
    overdue: int = Field(title="已经届满的期限")


class LimitColours(Colours):
    """The running clocks of one limit in one unit."""

    limit: str = Field(title="期限")
    limit_zh: str


class UnitDeadlines(BaseModel):
    """The running clocks of one unit, limit by limit."""

    unit: str
    zh: str
    cells: list[LimitColours]
    totals: Colours = Field(title="合计")
    late: int = Field(title="未结事项中的补录")


class DeadlineBoard(BaseModel):
    """Running clocks by colour, unit and limit (期限看板)."""

    at: AwareDatetime = Field(title="统计时间")
    units: list[UnitDeadlines]
    totals: Colours = Field(title="合计")


class UnitRank(Colours):
    """A unit in the ranking: running clocks by colour, and open matters. Equal units share a rank."""

    rank: int = Field(title="名次")
    unit: str
    zh: str
    open: int = Field(title="未结事项", description="已办结、已转为案件等只待归档的不计")
    overdue_per_hundred: float | None = Field(title="每百件未结事项的超期数", description="没有未结事项的为空")
    late: int = Field(title="未结事项中的补录")


class RankingBoard(BaseModel):
    """Units, the one with the most overdue clocks first, then by red, orange, yellow (红黄牌排名)."""

    at: AwareDatetime = Field(title="统计时间")
    units: list[UnitRank]


class OldestMatter(BaseModel):
    """The matter that has been at a stage for the longest time."""

    number: str
    title: str
    since: AwareDatetime = Field(title="进入本阶段的时间")
    days: float


class StageStay(BaseModel):
    """How long the open matters of one kind have been at one stage."""

    kind: str
    kind_zh: str
    stage: str
    stage_zh: str
    open: int = Field(title="未结事项")
    late: int = Field(title="未结事项中的补录")
    median_days: int = Field(title="停留天数中位数", description="按日历日")
    p90_days: int = Field(title="停留天数九成位数", description="按日历日；十件中有九件不超过这一天数")
    oldest: OldestMatter | None = Field(title="停留最久的一件")


class StageBoard(BaseModel):
    """How long open matters have been at each stage (阶段停留)."""

    at: AwareDatetime = Field(title="统计时间")
    stages: list[StageStay]


class OrderOpened(BaseModel):
    """The rectification order that was opened over a red card."""

    number: str
    stage: str
    stage_zh: str
    final: bool


class RedCard(BaseModel):
    """A limit on liberty that is or was overdue (人身自由红牌); the card stays whatever ended it.

    `standing`: still running, ended late, or met in time but entered only after the end (补录). `readable`: whether the caller may open the
    matter.
    """

    clock: str
    matter: str
    kind: str
    kind_zh: str
    title: str
    readable: bool
    limit: str
    limit_zh: str
    basis: str = Field(title="依据")
    started_at: AwareDatetime | None = Field(title="起算时间")
    due_at: AwareDatetime = Field(title="届满时间")
    standing: Literal["running", "ended", "entered-late"] = Field(title="红牌状态")
    overdue_hours: float = Field(title="超期的小时数")
    ended_at: AwareDatetime | None = Field(title="终结时间", description="超期以后终结的时间；仍在超期的为空")
    entered_at: AwareDatetime | None = Field(title="录入时间", description="届满以后才补录的时间")
    acknowledged_at: AwareDatetime | None = Field(title="督察确认时间", description="超期以后尚未确认的为空")
    acknowledged_by_zh: str | None = Field(title="确认的督察人员")
    at_expiry: str
    at_expiry_zh: str = Field(title="届满后必须")
    order: OrderOpened | None = Field(title="整改指令单；空为尚未下达")
    officer: str
    officer_zh: str | None
    unit: str
    unit_zh: str | None


class RedCards(BaseModel):
    """A page of the red-card wall (红牌墙): overdue now, the longest first, then past overruns, the newest first."""

    items: list[RedCard]
    next: str | None


class KindCount(BaseModel):
    """How many matters of one kind are open."""

    kind: str
    kind_zh: str
    open: int


class Intake(BaseModel):
    """The incidents received today, by hour (0 to 23)."""

    day: str = Field(examples=["2026-09-28"])
    total: int
    hours: list[int] = Field(min_length=24, max_length=24)


class Rings(BaseModel):
    """The alerts of the last 24 hours."""

    total: int
    by_colour: Colours
    by_watchdog: int = Field(title="由守望进程响铃")
    late: int = Field(title="迟于两秒")
    latest_ms: int = Field(title="最迟的毫秒数")


class CanaryAge(BaseModel):
    """When the canary last raised an alert, which proves that arming, alerting and notifying work."""

    rung_at: AwareDatetime
    age_seconds: int
    rung_by: str


class ScreenBoard(BaseModel):
    """The big screen (大屏) at one instant."""

    at: AwareDatetime
    intake: Intake = Field(title="今日接报")
    open: list[KindCount] = Field(title="在办事项")
    clocks: Colours = Field(title="计时中期限的颜色")
    ranking: list[UnitRank] = Field(title="红黄牌排名前十")
    red_cards: list[RedCard] = Field(title="超期最久的十张红牌")
    red_cards_total: int = Field(title="现有红牌")
    overruns_total: int = Field(title="曾经超期的人身自由期限")
    late_total: int = Field(title="未结事项中的补录")
    rings: Rings
    canary: CanaryAge | None = Field(title="自检时钟；空为近期没有响过")


class RateView(BaseModel):
    """The definition of a rate: numerator, denominator, and what is left out."""

    figure: FigureId
    zh: str
    measure: Literal["share", "per-hundred"] = Field(title="算法", description="share 占比（%）；per-hundred 每百件")
    above: str = Field(title="分子")
    below: str = Field(title="分母")
    left_out: str = Field(title="不计入的")
    timed: bool = Field(title="是否另计用时的中位数")


class Rate(BaseModel):
    """A rate of one unit, and the same rate of the period before, which is of the same length."""

    figure: FigureId
    above: int = Field(title="分子")
    below: int = Field(title="分母")
    late: int = Field(title="分子中届满以后才补录的")
    rate: float | None = Field(title="占比（%）或者每百件数", description="分母不足5件的不计算，为空")
    median_s: int | None = Field(title="用时的中位数，以秒计")
    before_above: int = Field(title="上期分子")
    before_below: int = Field(title="上期分母")
    before_rate: float | None = Field(title="上期占比（%）或者每百件数")
    change: float | None = Field(title="环比，本期减上期", description="占比为百分点；上期分母不足10件的不比较，为空")


class UnitRates(BaseModel):
    """The rates of one unit, in the order of the figures."""

    unit: str
    zh: str
    rates: list[Rate]


class SupervisionBoard(BaseModel):
    """The supervision board (执法监督): the rates of each unit, with their definitions. It ranks nobody."""

    at: AwareDatetime = Field(title="统计时间")
    since: date = Field(title="本期自")
    until: date = Field(title="本期至")
    before_since: date = Field(title="上期自")
    before_until: date = Field(title="上期至")
    figures: list[RateView]
    units: list[UnitRates]
    totals: list[Rate] = Field(title="合计")


class CallGroup(BaseModel):
    """A group of calls (警情大类); `none`: those that nobody sorted into one."""

    category: str
    zh: str


class CallCount(BaseModel):
    """How many incidents of a group were received; of all groups together where `category` is empty."""

    category: str
    count: int = Field(title="本期")
    before: int = Field(title="上期")
    change: float | None = Field(title="环比（%）", description="本期比上期增减的百分比；上期不足10起的不比较，为空")


class UnitCalls(BaseModel):
    """The incidents of one unit: all together, then by group in the order of the groups."""

    unit: str
    zh: str
    counts: list[CallCount]


class CallsBoard(BaseModel):
    """The board of calls (警情分类): incidents of each unit by their groups. It ranks nobody."""

    at: AwareDatetime = Field(title="统计时间")
    since: date = Field(title="本期自")
    until: date = Field(title="本期至")
    before_since: date = Field(title="上期自")
    before_until: date = Field(title="上期至")
    groups: list[CallGroup]
    units: list[UnitCalls]
    totals: list[CallCount] = Field(title="合计")


class CountedItem(BaseModel):
    """A clock or a matter that a rate counted; of a matter the fields about the limit are empty."""

    clock: str
    matter: str
    kind: str
    title: str
    stage: str
    unit: str
    unit_zh: str | None
    officer: str
    officer_zh: str | None
    limit: str | None
    limit_zh: str | None
    date_only: bool | None
    started_at: AwareDatetime | None = Field(title="起算时间，或者新增时间")
    due_at: AwareDatetime | None = Field(title="届满时间")
    ended_at: AwareDatetime | None = Field(title="办结时间")
    above: bool = Field(title="是否计入分子")
    late: bool = Field(title="是否届满以后才补录")
    took_s: int | None = Field(title="用时，以秒计")


class CountedList(BaseModel):
    """A page of the items that a rate counted, newest first."""

    items: list[CountedItem]
    next: str | None
