"""专业救援联动平台: 119, 120 and volunteers: what is to be done where, and what they must know of whom."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.joint_task import AnswerJointTask
from models.outside import Notification, Question, System, make_message_builder


class RescueRequest(Notification):
    """What is asked, and what the task discloses (专业救援请求)."""

    what: str = Field(title="任务内容")
    area: str = Field(default="", title="查找范围")
    disclosed: str = Field(default="", title="提供的信息")
    priority: str = Field(default="normal", title="紧急程度")
    term: str = Field(title="反馈时限")


RESCUE = System(
    id="rescue",
    zh="专业救援联动平台",
    office=Office.PARTY,
    wants=(Fact.TASK_SENT_TO_RESCUE,),
    message=RescueRequest,
    says=make_message_builder(RescueRequest),
    questions=(
        Question(
            Fact.TASK_SENT_TO_RESCUE, AnswerJointTask, {"outcome": "found", "said": "已找到，正在转移", "reference": "JY-0001"}
        ),
    ),
)
