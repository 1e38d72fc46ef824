"""Approval (呈请审批): the verbs that every matter shares. `request` names the step that awaits approval."""

from pydantic import Field

from law.offices import Office
from models.forms.form import Form, Line, Text

_ANY = tuple(Office)


class Approve(Form, title="同意", by=_ANY):
    """Approve a request (同意); the last approval brings its fact about."""

    request: Line = Field(title="呈请事项", description="等待审批的步骤")
    opinion: Text = Field("同意。", title="审批意见")


class Return(Form, title="退回", by=_ANY):
    """Return a request to the one who asked (退回)."""

    request: Line = Field(title="呈请事项", description="等待审批的步骤")
    reason: Text = Field(title="退回理由")


class Withdraw(Form, title="撤回", by=_ANY):
    """Withdraw one's own request (撤回)."""

    request: Line = Field(title="呈请事项", description="等待审批的步骤")
    reason: Text = Field(title="撤回理由")


class Urge(Form, title="催办", by=_ANY):
    """Urge those who have still to approve (催办)."""

    request: Line = Field(title="呈请事项", description="等待审批的步骤")
    words: Line = Field("请尽快审批。", title="催办内容")
