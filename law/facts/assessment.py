"""Assessment (考评): one unit's month, published, objected to, and final."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class AssessmentFacts:
    """Assessment of a unit's month (月度考评)."""

    ASSESSMENT_COMPUTED = fact("assessment.computed", "月度考评成绩产生", scope=MATTER, area=Area.OWN_RULES)
    ASSESSMENT_PUBLISHED = fact(
        "assessment.published", "公布月度考评", scope=MATTER, area=Area.OWN_RULES, after="assessment.computed"
    )
    ASSESSMENT_OBJECTED = fact(
        "assessment.objected", "对考评提出异议", scope=MATTER, area=Area.OWN_RULES, after="assessment.published"
    )
    ASSESSMENT_OBJECTION_DECIDED = fact(
        "assessment.objection-decided", "考评异议决定", scope=MATTER, area=Area.OWN_RULES, after="assessment.objected"
    )
    ASSESSMENT_FINAL = fact("assessment.final", "月度考评定案", scope=MATTER, area=Area.OWN_RULES, after="assessment.published")
