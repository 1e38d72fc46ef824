"""Rectification orders (整改指令单), and the bureau's own proof that its watch works."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, Condition, fact
from law.facts.states import State
from law.instruments import RULE

_URGENT: State = ("rectification.urgent", None)


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
    # Of an order that is orange or red, and of one that is red: more hands must see what was done about it.
    RECTIFICATION_GRAVE = fact("rectification.grave", "列为橙色、红色整改指令", scope=SUBJECT, area=Area.OWN_RULES)
    RECTIFICATION_URGENT = fact("rectification.urgent", "列为红色整改指令", scope=SUBJECT, area=Area.OWN_RULES)
    # Whoever issued an order decides how long it has; the legal department decides for supervisors, who sign in no case.
    RECTIFICATION_BY_CASE_MANAGEMENT = fact(
        "rectification.by-case-management", "由案管下达整改指令", scope=SUBJECT, area=Area.OWN_RULES
    )
    RECTIFICATION_REASSIGNED = fact(
        "rectification.reassigned", "转办整改指令", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.ordered"
    )
    # Another unit, or other demands: the term begins anew.
    RECTIFICATION_CHANGED = fact("rectification.changed", "变更整改指令", scope=SUBJECT, area=Area.OWN_RULES)
    RECTIFICATION_EXTENDED = fact(
        "rectification.extended",
        "延长整改期限",
        scope=SUBJECT,
        area=Area.OWN_RULES,
        after="rectification.ordered",
        conditions=(
            Condition(
                field="extension",
                detail="红色整改指令涉及人身自由或者紧急情形，不得延期；确有客观不能的，提出异议或者说明无法整改",
                basis=(RULE.section("整改指令"),),
                where=_URGENT,
            ),
        ),
    )
    RECTIFICATION_APPEALED = fact(
        "rectification.appealed", "对整改指令提出异议", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.ordered"
    )
    RECTIFICATION_APPEAL_DECIDED = fact(
        "rectification.appeal-decided",
        "整改异议审查决定",
        scope=SUBJECT,
        area=Area.OWN_RULES,
        after="rectification.appealed",
        uses_up=True,
    )
    RECTIFICATION_ESCALATED = fact("rectification.escalated", "整改升级", scope=SUBJECT, area=Area.OWN_RULES)
    RECTIFICATION_UNRECTIFIABLE = fact("rectification.unrectifiable", "认定无法整改", scope=SUBJECT, area=Area.OWN_RULES)
    RECTIFICATION_REOPENED = fact(
        "rectification.reopened", "复查重开", scope=SUBJECT, area=Area.OWN_RULES, after="rectification.verified"
    )

    CANARY_ARMED = fact("canary.armed", "自检时钟布设", scope=SUBJECT, area=Area.OWN_RULES)
