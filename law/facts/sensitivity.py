"""Sensitive cases (敏感案件): what superiors want to hear of at once, until two people say that they need not any more."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class SensitivityFacts:
    """Sensitive cases (敏感案件)."""

    MARKED_SENSITIVE = fact("case.marked-sensitive", "列为敏感案件", scope=MATTER, area=Area.OWN_RULES)
    SENSITIVE_REPORTED = fact(
        "case.sensitive-reported", "敏感案件报备", scope=MATTER, area=Area.OWN_RULES, after="case.marked-sensitive"
    )
    UNMARKED_SENSITIVE = fact(
        "case.unmarked-sensitive", "解除敏感案件", scope=MATTER, area=Area.OWN_RULES, after="case.marked-sensitive"
    )
