"""专业救援联动平台: 119, 120 and volunteers: what is to be done where, and what they must know of whom."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.joint_task import FOLLOWED, AnswerJointTask
from models.outside import Notification, Question, System, make_message_builder


class RescueRequest(Notification):
    """What is asked, and what the task discloses (专业救援请求); or that it is taken back, or asked for again, and why."""

    what: str = Field(default="", title="任务内容")
    area: str = Field(default="", title="查找范围")
    disclosed: str = Field(default="", title="提供的信息")
    priority: str = Field(default="normal", title="紧急程度")
    term: str = Field(default="", title="反馈时限")
    reason: str = Field(default="", title="撤销、退回的理由")


RESCUE = System(
    id="rescue",
    zh="专业救援联动平台",
    office=Office.PARTY,
    wants=(Fact.TASK_SENT_TO_RESCUE, *FOLLOWED),
    follows=FOLLOWED,
    message=RescueRequest,
    says=make_message_builder(RescueRequest),
    questions=(
        Question(
            Fact.TASK_SENT_TO_RESCUE, AnswerJointTask, {"outcome": "found", "said": "已找到，正在转移", "reference": "JY-0001"}
        ),
    ),
)
