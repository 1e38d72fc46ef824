"""救助管理系统: whether somebody who looks so was taken in; no name goes there."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.joint_task import FOLLOWED, AnswerJointTask
from models.outside import Notification, Question, System, make_message_builder


class ShelterRequest(Notification):
    """What is asked, and what the task discloses (救助站协查请求); or that it is taken back, or asked for again, and why."""

    what: str = Field(default="", title="任务内容")
    area: str = Field(default="", title="查找范围")
    disclosed: str = Field(default="", title="提供的信息")
    priority: str = Field(default="normal", title="紧急程度")
    term: str = Field(default="", title="反馈时限")
    reason: str = Field(default="", title="撤销、退回的理由")


SHELTER = System(
    id="shelter",
    zh="救助管理系统",
    office=Office.PARTY,
    wants=(Fact.TASK_SENT_TO_SHELTER, *FOLLOWED),
    follows=FOLLOWED,
    message=ShelterRequest,
    says=make_message_builder(ShelterRequest),
    questions=(
        Question(
            Fact.TASK_SENT_TO_SHELTER,
            AnswerJointTask,
            {"outcome": "nothing", "said": "未接收特征相符的人员", "reference": "JZ-0001"},
        ),
    ),
)
