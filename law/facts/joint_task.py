"""Joint tasks (协同任务): what one unit is asked to do for another's matter, and answers."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class JointTaskFacts:
    """Joint tasks (协同任务): each concerns its own task, also where the matter above is told of it."""

    TASK_ISSUED = fact("task.issued", "下达协同任务", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_SENT_OUTSIDE = fact("task.sent-outside", "向外部系统下达协同任务", scope=SUBJECT, area=Area.OTHER)
    TASK_SENT_TO_RESCUE = fact("task.sent-to-rescue", "请求专业救援", scope=SUBJECT, area=Area.OTHER)
    TASK_SENT_TO_HOSPITAL = fact("task.sent-to-hospital", "请求医院协查", scope=SUBJECT, area=Area.OTHER)
    TASK_SENT_TO_SHELTER = fact("task.sent-to-shelter", "请求救助站协查", scope=SUBJECT, area=Area.OTHER)
    TASK_SIGNED = fact("task.signed", "签收协同任务", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_UPDATED = fact("task.updated", "协同任务进展", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_REPORTED = fact("task.reported", "反馈协同任务", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_ACCEPTED = fact("task.accepted", "认可协同任务反馈", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_RETURNED = fact("task.returned", "退回协同任务反馈", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_DECLINED = fact("task.declined", "不能执行协同任务", scope=SUBJECT, area=Area.OWN_RULES)
    TASK_CANCELLED = fact("task.cancelled", "撤销协同任务", scope=SUBJECT, area=Area.OWN_RULES)
