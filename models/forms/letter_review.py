"""What may be asked of an answer to a petition (复查、复核): the higher organ looks at it again, once, and its own superior a last time."""

from typing import Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import PET
from law.offices import Office
from models.forms.form import Form, Line, Text
from models.instants import PastDay

_ENTERS = (Office.LETTER_OFFICER, Office.HIGHER_POLICE)


class _Request(Form):
    served_on: PastDay = Field(title="来信人收到书面答复之日", description="自该日起三十日内可以提出")
    to: Line = Field(title="受理的上一级机关")
    reason: Text = Field(title="不服的理由")


class _Opinion(Form):
    result: Literal["upheld", "changed", "revoked"] = Field(
        title="结论", description="upheld 维持、changed 变更、revoked 撤销并责令重新办理"
    )
    opinion: Text = Field(title="意见")
    told: Text = Field(title="书面答复情况")


class ReceiveReexamination(
    _Request,
    title="收到复查请求",
    by=_ENTERS,
    fact=Fact.PETITION_REEXAMINATION_REQUESTED,
    basis=PET.article(35),
    given=Fact.PETITION_CONCLUDED,
    when="收到时间",
):
    """Enter that whoever petitioned asks the organ above to look again, within thirty days of the answer; that has thirty (复查)."""


class IssueReexamination(
    _Opinion,
    title="作出复查意见",
    by=_ENTERS,
    fact=Fact.PETITION_REEXAMINED,
    basis=PET.article(35),
    document="信访事项复查意见书",
    given=Fact.PETITION_REEXAMINATION_REQUESTED,
):
    """Say what the organ above found (复查意见)."""


class ReceiveFinalReview(
    _Request,
    title="收到复核请求",
    by=_ENTERS,
    fact=Fact.PETITION_FINAL_REVIEW_REQUESTED,
    basis=PET.article(36),
    given=Fact.PETITION_REEXAMINED,
    when="收到时间",
):
    """Enter that they ask the organ above that one, within thirty days of its answer; that has thirty (复核)."""


class IssueFinalReview(
    _Opinion,
    title="作出复核意见",
    by=_ENTERS,
    fact=Fact.PETITION_FINALLY_REVIEWED,
    basis=PET.article(36),
    document="信访事项复核意见书",
    given=Fact.PETITION_FINAL_REVIEW_REQUESTED,
):
    """Say what was found at last (复核意见): over the same facts and reasons nobody takes it up again."""


REVIEWS = (ReceiveReexamination, IssueReexamination, ReceiveFinalReview, IssueFinalReview)
