"""Who acts on an incident (首接责任制): offered to another unit, taken or refused; taken up again; and what the city's line has of it."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact

_OFFERED, _TO_HOTLINE = "incident.handover-offered", "incident.handed-to-hotline"


class IncidentHandingFacts:
    """Who acts on an incident (首接责任制): offered to another unit, taken or refused; taken up again; and what the city's line has of it."""

    HANDOVER_OFFERED = fact(_OFFERED, "移交其他单位接手", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    HANDOVER_TAKEN = fact("incident.taken-over", "接手警情", scope=MATTER, area=Area.OWN_RULES, after=_OFFERED)
    HANDOVER_REFUSED = fact("incident.take-over-refused", "不接移交的警情", scope=MATTER, area=Area.OWN_RULES, after=_OFFERED)
    HANDOVER_WITHDRAWN = fact("incident.handover-withdrawn", "撤回移交", scope=MATTER, area=Area.OWN_RULES, after=_OFFERED)
    INCIDENT_REOPENED = fact("incident.reopened", "警情重新办理", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    INCIDENT_SEPARATED = fact(
        "incident.separated", "不再按重复报警处理", scope=MATTER, area=Area.OWN_RULES, after="incident.duplicate"
    )
    HANDED_TO_HOTLINE = fact(_TO_HOTLINE, "转12345热线", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    HOTLINE_ORDER_RECEIVED = fact(
        "incident.hotline-order-received", "12345热线已受理", scope=MATTER, area=Area.OWN_RULES, after=_TO_HOTLINE
    )
    HOTLINE_ORDER_RETURNED = fact(
        "incident.hotline-order-returned", "12345热线退回", scope=MATTER, area=Area.OWN_RULES, after=_TO_HOTLINE
    )
    HOTLINE_RESULT_REPORTED = fact(
        "incident.hotline-result-reported", "12345热线反馈结果", scope=MATTER, area=Area.OWN_RULES, after=_TO_HOTLINE
    )
