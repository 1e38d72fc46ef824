"""Risk alerts (风险提示): what looks wrong in a matter, until a person has judged it."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class AlertFacts:
    """Risk alerts (风险提示)."""

    ALERT_RAISED = fact("alert.raised", "风险提示", scope=SUBJECT, area=Area.OWN_RULES)
    ALERT_WORSENED = fact("alert.worsened", "风险提示升级", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
    ALERT_ACKNOWLEDGED = fact("alert.acknowledged", "签收核查风险提示", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
    ALERT_REMINDED = fact("alert.reminded", "提醒承办民警", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
    ALERT_DISMISSED = fact("alert.dismissed", "排除风险提示", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
    ALERT_ANSWERED = fact("alert.answered-by-order", "风险提示转整改", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
    ALERT_CLEARED = fact("alert.cleared", "风险提示自行消除", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
    ALERT_CLOSED = fact("alert.closed", "风险提示办结", scope=SUBJECT, area=Area.OWN_RULES, after="alert.raised")
