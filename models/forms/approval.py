"""Approval (呈请审批): the verbs that every matter shares. `request` names the step that awaits approval."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from law.instruments import RULE
from law.offices import Office
from models.forms.form import Form, Line, OptionalLine, Text
from models.forms.widget import Widget

_ANY = tuple(Office)
# Who approves what is said by the law of each step; how a request travels is the bureau's own rule.
_BASIS = RULE.section("呈请审批")
# More people than sit round one table sign nothing together.
_MOST = 20
Offices = Annotated[tuple[Office, ...], Field(max_length=_MOST)]
Persons = Annotated[tuple[Line, ...], Field(max_length=_MOST), Widget("officers")]


class _OfRequest(Form):
    request: Line = Field(title="呈请事项", description="等待审批的步骤")


class Approve(_OfRequest, title="同意", by=_ANY, basis=_BASIS, when="纸面批准时间"):
    """Approve a request (同意); the last approval brings its fact about."""

    opinion: Text = Field(default="同意。", title="审批意见")
    paper_number: OptionalLine = Field(
        default="", title="纸质审批文书号", description="录入呈请之前已经在纸上批准的，填写其文书号，同意的时间填写批准之时"
    )
    paper_scan: OptionalLine = Field(
        default="", title="纸质审批扫描件", description="电子卷宗中该扫描件的名称；没有电子卷宗的事项不填"
    )


class Return(_OfRequest, title="退回", by=_ANY, basis=_BASIS, when=""):
    """Return a request to the one who asked, or to an earlier hand, from which it goes on (退回)."""

    reason: Text = Field(title="退回理由")
    to: OptionalLine = Field(
        default="", title="退回至", description="不填即退回呈请人；或者填写已经同意的职务、用户名，由其重新审批后逐级继续"
    )


class Withdraw(_OfRequest, title="撤回", by=_ANY, basis=_BASIS, when=""):
    """Withdraw one's own request (撤回)."""

    reason: Text = Field(title="撤回理由")


class Urge(_OfRequest, title="催办", by=_ANY, basis=_BASIS, when=""):
    """Urge those who have still to approve (催办)."""

    words: Line = Field(default="请尽快审批。", title="催办内容")


class Transfer(_OfRequest, title="转办", by=_ANY, basis=_BASIS, when=""):
    """Hand one's turn to a named person of the same office, or to that office of a unit above (转办)."""

    person: Annotated[OptionalLine, Widget("officer")] = Field(default="", title="转办给", description="担任同一职务的人的用户名")
    unit: Annotated[OptionalLine, Widget("unit")] = Field(
        default="", title="转办至上级单位", description="由该单位担任同一职务的人审批"
    )
    reason: Text = Field(title="转办理由")

    @model_validator(mode="after")
    def _check_one_of_both(self) -> Self:
        if bool(self.person) == bool(self.unit):
            raise ValueError("转办给人员或者上级单位，须填且只填一项")
        return self


class Delegate(_OfRequest, title="委派", by=_ANY, basis=_BASIS, when=""):
    """Let a named person decide once in one's own name (委派)."""

    person: Annotated[Line, Widget("officer")] = Field(
        title="受委派人", description="用户名；以委派人的名义审批一次，两人均记录在案"
    )
    reason: Text = Field(title="委派理由")


class AddSigner(_OfRequest, title="加签", by=_ANY, basis=_BASIS, when=""):
    """Let somebody else approve as well, before oneself or after (加签)."""

    place: Literal["before", "after"] = Field(title="加签位置", description="before 在本人之前、after 在本人之后")
    office: Office | None = Field(default=None, title="加签职务")
    person: Annotated[OptionalLine, Widget("officer")] = Field(
        default="", title="加签人员", description="用户名；同时填写职务的，以该职务审批"
    )
    reason: Text = Field(title="加签理由")

    @model_validator(mode="after")
    def _check_somebody_named(self) -> Self:
        if not (self.office or self.person):
            raise ValueError("须填写加签职务或者加签人员")
        return self


class TakeOffSigner(_OfRequest, title="撤销加签", by=_ANY, basis=_BASIS, when=""):
    """Take off somebody whom one asked to approve as well, as long as they have not; the request goes on where it stood (撤销加签)."""

    signer: Line = Field(title="撤销的审批人", description="本人加签、会签而尚未同意的职务或者用户名")
    reason: Text = Field(title="撤销理由")


class Countersign(_OfRequest, title="会签", by=_ANY, basis=_BASIS, when=""):
    """Let several offices or persons approve beside oneself, in any order, before the request goes on (会签)."""

    offices: Offices = Field(default=(), title="会签职务")
    persons: Persons = Field(default=(), title="会签人员", description="用户名")
    reason: Text = Field(title="会签理由")

    @model_validator(mode="after")
    def _check_somebody_named(self) -> Self:
        if not (self.offices or self.persons):
            raise ValueError("须填写会签职务或者会签人员")
        return self


class CopyTo(_OfRequest, title="抄送", by=_ANY, basis=_BASIS, when=""):
    """Let people and offices know of a request, and read the matter (抄送)."""

    persons: Persons = Field(default=(), title="抄送人员", description="用户名")
    offices: Offices = Field(default=(), title="抄送职务")
    unit: Annotated[OptionalLine, Widget("unit")] = Field(
        default="", title="抄送单位", description="上述职务所在的单位；不填即为有权知悉本事项的单位"
    )
    words: Line = Field(default="请阅知。", title="抄送内容")

    @model_validator(mode="after")
    def _check_somebody_named(self) -> Self:
        if not (self.persons or self.offices):
            raise ValueError("须填写抄送人员或者抄送职务")
        return self
