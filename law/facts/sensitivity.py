"""Sensitive cases (敏感案件), of which superiors want to hear until two people say that they need not; and the other marks (敏感标记)."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class SensitivityFacts:
    """Sensitive cases (敏感案件), and other marks (敏感标记)."""

    MARKED_SENSITIVE = fact("case.marked-sensitive", "列为敏感案件", scope=MATTER, area=Area.OWN_RULES)
    SENSITIVE_REPORTED = fact(
        "case.sensitive-reported", "敏感案件报备", scope=MATTER, area=Area.OWN_RULES, after="case.marked-sensitive"
    )
    UNMARKED_SENSITIVE = fact(
        "case.unmarked-sensitive", "解除敏感案件", scope=MATTER, area=Area.OWN_RULES, after="case.marked-sensitive"
    )
    MATTER_MARKED = fact("matter.marked", "加注敏感标记", scope=MATTER, area=Area.OWN_RULES)
    MATTER_MARK_CLEARED = fact("matter.mark-cleared", "取消敏感标记", scope=MATTER, area=Area.OWN_RULES)
