"""Property that somebody left behind (遗失物): sought, taken in, given back, announced."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact

_REPORTED, _RECEIVED, _ANNOUNCED = "incident.property-reported", "incident.property-received", "incident.property-announced"


class LostPropertyFacts:
    """Property that somebody left behind (遗失物): sought, taken in, given back, announced."""

    PROPERTY_REPORTED = fact(_REPORTED, "登记遗失物", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    HOLDER_CONTACTED = fact("incident.holder-contacted", "联系遗失物持有人", scope=MATTER, area=Area.OWN_RULES, after=_REPORTED)
    PROPERTY_RECEIVED = fact(_RECEIVED, "接收遗失物", scope=MATTER, area=Area.OWN_RULES, after="incident.received")
    OWNER_TOLD = fact("incident.property-owner-told", "通知失主领取", scope=MATTER, area=Area.OWN_RULES, after=_RECEIVED)
    PROPERTY_RETURNED = fact("incident.property-returned", "归还遗失物", scope=MATTER, area=Area.OWN_RULES, after=_RECEIVED)
    PROPERTY_ALL_RETURNED = fact(
        "incident.property-all-returned", "遗失物全部归还", scope=MATTER, area=Area.OWN_RULES, after=_RECEIVED
    )
    PROPERTY_ANNOUNCED = fact(_ANNOUNCED, "发布招领公告", scope=MATTER, area=Area.OWN_RULES, after=_RECEIVED)
    PROPERTY_FORFEITED = fact("incident.property-forfeited", "遗失物收归国家", scope=MATTER, area=Area.OWN_RULES, after=_ANNOUNCED)
    PROPERTY_CONTESTED = fact("incident.property-contested", "遗失物有争议", scope=MATTER, area=Area.OWN_RULES, after=_RECEIVED)
    PROPERTY_CONTEST_SETTLED = fact(
        "incident.property-contest-settled",
        "遗失物争议已解决",
        scope=MATTER,
        area=Area.OWN_RULES,
        after="incident.property-contested",
    )
    PROPERTY_SEARCH_ENDED = fact(
        "incident.property-search-ended", "遗失物查找完毕", scope=MATTER, area=Area.OWN_RULES, after=_REPORTED
    )
