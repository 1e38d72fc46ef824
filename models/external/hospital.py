"""医院协查平台: whether somebody who looks so was brought in; no name goes there."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.joint_task import FOLLOWED, AnswerJointTask
from models.outside import Notification, Question, System, make_message_builder


class HospitalRequest(Notification):
    """What is asked, and what the task discloses (医院协查请求); or that it is taken back, or asked for again, and why."""

    what: str = Field(default="", title="任务内容")
    area: str = Field(default="", title="查找范围")
    disclosed: str = Field(default="", title="提供的信息")
    priority: str = Field(default="normal", title="紧急程度")
    term: str = Field(default="", title="反馈时限")
    reason: str = Field(default="", title="撤销、退回的理由")


HOSPITAL = System(
    id="hospital",
    zh="医院协查平台",
    office=Office.PARTY,
    wants=(Fact.TASK_SENT_TO_HOSPITAL, *FOLLOWED),
    follows=FOLLOWED,
    message=HospitalRequest,
    says=make_message_builder(HospitalRequest),
    questions=(
        Question(
            Fact.TASK_SENT_TO_HOSPITAL,
            AnswerJointTask,
            {"outcome": "clue", "said": "急诊有一名未知名患者，特征相符", "reference": "YY-0001"},
        ),
    ),
)
