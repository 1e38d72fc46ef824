"""The shapes of what is said of inspections."""

from pydantic import Field

from api.schemas.shape import Instant, Listed, Shape
from law.clock import Colour
from models.evidence import Pointer
from models.forms.risk_alert import Severity
from models.matter import Kind


class ParameterView(Shape):
    """A figure of the bureau's own (参数) by which an inspection finds: what holds, what would, and within which bounds it may be set."""

    id: str
    label: str = Field(title="名称")
    figure: int = Field(title="现行数值")
    words: str = Field(title="现行数值和设定人")
    default: int = Field(title="通用值")
    measure: str = Field(title="单位")
    least: int
    most: int
    by_unit: bool = Field(title="各单位可以另行设定")
    basis: str = Field(title="依据")


class InspectionView(Shape):
    """An inspection (巡查规则): what it looks at, by which rule, how grave a finding is and what is then to be done."""

    id: str = Field(examples=["incident-fight-as-mediation"])
    label: str = Field(title="名称", examples=["打架伤害警情按治安调解处理而没有询问记录"])
    kinds: list[Kind] = Field(title="巡查的事项")
    severity: Colour = Field(title="严重程度")
    basis: list[str] = Field(title="依据")
    demand: str = Field(title="发现以后应当做什么")
    remedy: list[str] = Field(title="可以消除的步骤", description="步骤编号，先办的在前")
    edition: int = Field(title="第几版")
    remedy_zh: list[str] = Field(title="可以消除的步骤的名称")
    parameters: list[ParameterView] = Field(title="所用参数")
    off_until: Instant | None = Field(title="停用至", description="在调用者所在公安局停用的截止时间；启用的没有")
    waiting: str = Field(title="尚未建成的原因", description="已经运行的为空")


class AskedRun(Shape):
    """Which open matters are to be inspected at once; without any of these, all that the caller reads."""

    matter: str | None = Field(default=None, title="事项编号", max_length=40)
    unit: str | None = Field(default=None, title="单位", description="含其下属单位", max_length=60)
    rule: str | None = Field(default=None, title="巡查规则编号", max_length=60)


class RunBegun(Shape):
    """How many matters wait to be inspected; what is found follows within seconds."""

    waiting: int


class FindingItem(Shape):
    """What an inspection finds in a matter now (巡查发现), and the risk alert that is open over it."""

    rule: str = Field(title="巡查规则编号")
    label: str = Field(title="巡查规则")
    demand: str = Field(title="改正要求", description="改正后自动消除")
    basis: list[str] = Field(title="规则依据")
    remedy: list[str] = Field(title="可以消除的步骤")
    about: str = Field(title="涉及对象")
    severity: Severity = Field(title="风险等级")
    evidence: list[Pointer] = Field(title="依据")
    figures: list[str] = Field(title="所用参数", description="发现时有效的数值，由谁设定")
    episode: int = Field(title="第几次提示")
    dismissed: bool = Field(title="在同一依据上已经排除或者办结")
    first_seen: Instant
    last_seen: Instant
    alert: str | None = Field(title="风险提示编号")
    alert_stage: str | None


class AlertItem(Shape):
    """A risk alert (风险提示) in the list of those who see to it."""

    number: str
    stage: str
    final: bool
    seq: int
    title: str = Field(title="规则或者问题")
    severity: Severity = Field(title="风险等级")
    colour: Colour = Field(title="处置期限的颜色")
    subject: str | None = Field(title="涉及事项")
    subject_kind: Kind | None
    subject_stage: str | None
    subject_title: str | None
    unit: str
    unit_zh: str | None
    officer: str | None = Field(title="涉及事项的承办民警")
    officer_zh: str | None
    rule: str | None = Field(title="巡查规则编号", description="人工发现的没有")
    episode: int | None
    evidence: list[str] = Field(title="主要依据")
    opened_at: Instant
    due_at: Instant | None = Field(title="处置期限届满")


class AlertList(Listed[AlertItem]):
    """A page of risk alerts."""
