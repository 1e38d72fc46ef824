"""What shows how an incident was dealt with (警情质量): what a camera recorded, that the caller was told, and what callers say of it."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class IncidentQualityFacts:
    """What shows how an incident was dealt with (警情质量): what a camera recorded, that the caller was told, and what callers say of it."""

    CALLER_TOLD = fact("incident.caller-told", "回告报警人", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    CAMERA_WORN = fact("incident.camera-worn", "佩戴执法记录仪处置", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    FORCE_USED = fact("incident.force-used", "使用警械或者强制手段", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    CALLED_BACK = fact("incident.called-back", "回访报警人", scope=MATTER, area=Area.OWN_RULES, after="incident.closed")
    CALL_BACK_UNANSWERED = fact(
        "incident.call-back-unanswered", "回访未接通", scope=MATTER, area=Area.OWN_RULES, after="incident.closed"
    )
    RECORDING_LINKED = fact(
        "incident.recording-linked", "关联执法视音频", scope=MATTER, area=Area.OWN_RULES, after="incident.received"
    )
    RECORDING_EXPLAINED = fact(
        "incident.recording-explained", "说明没有执法视音频", scope=MATTER, area=Area.OWN_RULES, after="incident.received"
    )
    RECORDING_DELETED = fact(
        "incident.recording-deleted", "执法视音频期满删除", scope=MATTER, area=Area.OWN_RULES, after="incident.recording-linked"
    )
