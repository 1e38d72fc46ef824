"""People missing (失联人员): one search for one person, from the report to its closure."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class MissingPersonFacts:
    """People missing (失联人员): each concerns its own search, also where the incident is told of it."""

    MISSING_REPORTED = fact("missing.reported", "登记失联人员", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_CHILD_REPORTED = fact("missing.child-reported", "儿童、少女失联", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_GRADED = fact("missing.graded", "失联人员定级", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_SEARCH_STARTED = fact("missing.search-started", "启动合成作战", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_LOCATION_ASKED = fact("missing.location-asked", "请求紧急定位", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_LOCATION_ANSWERED = fact("missing.location-answered", "收到定位结果", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_CLUE = fact("missing.clue", "登记线索", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_REVIEWED = fact("missing.reviewed", "查找检查", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_PUBLISHED = fact("missing.published", "发布寻人启事", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_TAKEN_DOWN = fact("missing.taken-down", "撤下寻人启事", scope=SUBJECT, area=Area.OWN_RULES, after="missing.published")
    MISSING_SAMPLED = fact("missing.sampled", "采集DNA", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_CRIME_SUSPECTED = fact("missing.crime-suspected", "疑似被侵害", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_CRIME_EXCLUDED = fact("missing.crime-excluded", "排除被侵害", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_TOLD_OF_ABSENCE = fact("missing.told-of-absence", "告知可以申请宣告失踪", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_TOLD_OF_DECLARED_DEATH = fact(
        "missing.told-of-declared-death", "告知可以申请宣告死亡", scope=SUBJECT, area=Area.OWN_RULES
    )
    MISSING_FOUND = fact("missing.found", "找到失联人员", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_DEATH_CONFIRMED = fact("missing.death-confirmed", "确认失联人员死亡", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_FAMILY_TOLD_OF_DEATH = fact("missing.family-told-of-death", "死亡告知家属", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_REPORTER_TOLD = fact("missing.reporter-told", "告知报告人", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_HANDED_OVER = fact("missing.handed-over", "交接失联人员", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_CLOSED = fact("missing.closed", "家属确认、办结查找", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_LONG_TERM = fact("missing.long-term", "转入长期查找", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_REOPENED = fact("missing.reopened", "重新查找", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_FALSE = fact("missing.false", "认定不属失联", scope=SUBJECT, area=Area.OWN_RULES)
    MISSING_WITHDRAWN = fact("missing.withdrawn", "报告人撤回失联报告", scope=SUBJECT, area=Area.OWN_RULES)
