"""Rectification orders (整改指令单), and the bureau's own proof that its watch works."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class RectificationFacts:
    """Rectification orders (整改指令单), and the bureau's own proof that its watch works."""

    MEASURE_OVERDUE = fact("person.measure-overdue", "强制措施超期", scope=SUBJECT, area=Area.OWN_RULES)
    RECTIFICATION_ORDERED = fact("rectification.ordered", "下达整改指令", scope=SUBJECT, area=Area.OWN_RULES)
    RECTIFICATION_SIGNED = fact(
        "rectification.signed", "签收整改指令", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.ordered"
    )
    RECTIFICATION_REPORTED = fact(
        "rectification.reported", "反馈整改结果", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.ordered"
    )
    RECTIFICATION_RETURNED = fact(
        "rectification.returned", "退回重新整改", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.reported"
    )
    RECTIFICATION_VERIFIED = fact(
        "rectification.verified", "核查通过", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.reported"
    )
    RECTIFICATION_CANCELLED = fact("rectification.cancelled", "撤销整改指令", scope=SUBJECT, area=Area.OWN_RULES)

    CANARY_ARMED = fact("canary.armed", "自检时钟布设", scope=SUBJECT, area=Area.OWN_RULES)
