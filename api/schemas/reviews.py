"""The shapes of case review: checklists, rounds and their draws, files and results, and what a reviewer looks at."""

from datetime import date

from pydantic import Field

from api.schemas.shape import Colour, Instant, Listed, Shape
from models.matter import Kind
from models.reviews.scoring import ItemScore


class ChecklistItem(Shape):
    """An item of a checklist."""

    number: int = Field(title="序号")
    title: str = Field(title="项目")
    points: int = Field(title="分值")
    deduction: str = Field(title="扣分办法")
    basis: list[str] = Field(title="依据")
    veto: str = Field(title="一票否决的情形", description="空的没有")
    vetoed_unmet: bool = Field(title="不符合即一票否决")


class ChecklistView(Shape):
    """A checklist (评查标准)."""

    id: str = Field(examples=["criminal"])
    kind: Kind = Field(title="评查的事项")
    edition: date = Field(title="版本")
    zh: str = Field(title="名称")
    items: list[ChecklistItem]


class FilesOfRound(Shape):
    """How far the files of a round have come."""

    drawn: int = Field(title="抽取")
    scored: int = Field(title="已打分")
    told: int = Field(title="已反馈")
    objected: int = Field(title="申请复核")
    closed: int = Field(title="已办结")
    vetoed: int = Field(title="一票否决")
    mean: float | None = Field(title="均分")


class RoundItem(Shape):
    """A round (评查批次) in the list."""

    number: str
    title: str
    stage: str
    final: bool
    unit: str
    unit_zh: str | None
    opened_at: Instant
    purpose: str = Field(title="目的")
    method: str = Field(title="抽取方法")
    checklist: str = Field(title="评查标准")
    since: date | None = Field(title="决定时间自")
    until: date | None = Field(title="决定时间至")
    population: int = Field(title="总体")
    files: FilesOfRound


class RoundList(Listed[RoundItem]):
    """A page of rounds, the newest first."""


class PopulationItem(Shape):
    """A file of a population, and where the lot put it."""

    number: str
    unit: str
    unit_zh: str
    outcome: str = Field(title="处理结果")
    outcome_zh: str
    place: int = Field(title="位次")
    taken: bool = Field(title="抽中")
    disputed: bool = Field(title="正在复议、诉讼")


class DrawView(Shape):
    """A draw with all that it takes to draw again (抽取公示): whoever has population and seed gets the same files."""

    drawing: int = Field(title="第几次抽取")
    day: date = Field(title="抽取日")
    drawn_at: Instant = Field(title="抽取时间")
    method: str = Field(title="抽取方法")
    size: int = Field(title="抽取数量")
    digest: str = Field(title="总体摘要", description="SM3")
    seed: str = Field(title="种子", description="SM3")
    recipe: str = Field(title="算法")
    sealed: int = Field(title="不列入的封存案卷")
    lately: int = Field(title="不列入的一年内评查过或者正在复议诉讼的案卷")
    population: list[PopulationItem]
    same: bool = Field(title="重算一致", description="本系统按总体和种子重算，摘要、种子和抽中的案卷都与记录一致")


class ReviewedFile(Shape):
    """A file that is reviewed: nothing of its scores before both are in, and never who gave them."""

    number: str
    round: str
    subject: str = Field(title="案卷")
    stage: str
    checklist: str
    unit: str
    unit_zh: str
    seats_in: int = Field(title="已打分席位")
    first: float | None = Field(title="第一席")
    second: float | None = Field(title="第二席")
    difference: float | None = Field(title="分差")
    result: float | None = Field(title="结果")
    grade: str = Field(title="等次")
    vetoes: list[int] = Field(title="一票否决项")
    objected: bool = Field(title="申请复核")
    orders: int = Field(title="整改指令")
    told_at: Instant | None


class ReviewedFiles(Listed[ReviewedFile]):
    """A page of files that are reviewed."""


class SheetItem(Shape):
    """A sheet that the caller has to fill in, or has."""

    number: str
    stage: str
    final: bool
    seq: int
    seat: int = Field(title="席位")
    checklist: str
    assigned_at: Instant
    scored_at: Instant | None
    due_at: Instant | None = Field(title="打分期限")
    colour: Colour


class SheetList(Listed[SheetItem]):
    """A page of sheets."""


class AnswerView(Shape):
    """What was filled in under a title."""

    title: str
    lines: list[str]


class MaskedStep(Shape):
    """A step of the file, without names."""

    entry: int = Field(title="第几步")
    part: str = Field(title="涉及", description="空的即案件本身")
    step: str
    title: str
    by: str = Field(title="办理人", description="隐名")
    at: Instant
    late: bool = Field(title="抽取以后补录")
    said: list[AnswerView]


class MaskedPaper(Shape):
    """A paper of the file."""

    title: str
    at: Instant
    scanned: bool = Field(title="扫描件")
    late: bool = Field(title="抽取以后形成")


class Proposed(Shape):
    """What findings propose for an item; no judgement: whoever departs from it says why."""

    item: int
    points: float = Field(title="建议得分")
    why: list[str] = Field(title="巡查发现")


class SheetView(Shape):
    """What a reviewer has before them: the file without names, the checklist, what is proposed, and what they sent in."""

    number: str
    checklist: ChecklistView
    drawn_at: Instant = Field(title="抽取时间")
    steps: list[MaskedStep]
    papers: list[MaskedPaper]
    more: bool = Field(title="还有更多步骤未列")
    proposed: list[Proposed]
    scores: list[ItemScore] = Field(title="已打分")


class LostItem(Shape):
    """An item on which points were lost."""

    checklist: str
    item: int
    title: str
    files: int = Field(title="扣分案卷")
    points: float = Field(title="共扣分")
    before: int = Field(title="上期扣分案卷")


class UnitResult(Shape):
    """How a unit's files came out in a period: what nobody can object to any more."""

    unit: str
    unit_zh: str
    files: int = Field(title="案卷")
    mean: float = Field(title="均分")
    least: float = Field(title="最低")
    most: float = Field(title="最高")
    grades: dict[str, int] = Field(title="等次")
    vetoed: int = Field(title="一票否决")
    low: float = Field(title="均分的95%区间下限")
    high: float = Field(title="均分的95%区间上限")


class LeaningView(Shape):
    """By how many points somebody gives more than whoever has the other seat, in the mean of their latest files (评查尺度)."""

    reviewer: str
    reviewer_zh: str = Field(title="评查人员")
    beside: str
    beside_zh: str = Field(title="同卷评查人员", description="空的为全部其他人员")
    files: int = Field(title="案卷", description="至多最近20卷")
    mean: float = Field(title="平均分差")
    notable: bool = Field(title="需要关注", description="满20卷且平均分差超过8分")


class ReviewResults(Shape):
    """Results of a period: by unit, and the items on which most was lost."""

    since: date
    until: date
    units: list[UnitResult]
    lost: list[LostItem] = Field(title="失分最多的项目")
    leanings: list[LeaningView] = Field(title="评查尺度", description="只对法制员列出")


class ReviewedItem(Shape):
    """An item of a file: what each seat found of it, and what was settled, or rechecked since."""

    number: int = Field(title="序号")
    title: str = Field(title="项目")
    points: int = Field(title="分值")
    veto: str = Field(title="一票否决的情形")
    disputed: bool = Field(title="二席认定不一致")
    first: ItemScore | None = Field(title="第一席")
    second: ItemScore | None = Field(title="第二席")
    settled: ItemScore | None = Field(title="定分")
    objection: str = Field(title="申请复核的理由", description="空的没有")


class ReviewView(Shape):
    """A review item by item; of the sheets nothing before both are in, and never who filled them in."""

    number: str
    subject: str = Field(title="案卷")
    round: str
    stage: str
    checklist: str
    checklist_zh: str
    difference: float | None = Field(title="分差")
    first: float | None = Field(title="第一席")
    second: float | None = Field(title="第二席")
    result: float | None = Field(title="结果")
    grade: str
    grade_zh: str = Field(title="等次")
    vetoes: list[int] = Field(title="一票否决项")
    rechecked: bool = Field(title="已经复核")
    items: list[ReviewedItem]
