"""The chapters (分类) under which the steps that a stage offers besides are listed, as officers look for them."""

from collections.abc import Mapping

from law.facts.area import Area
from law.labelled_enum import LabelledEnum


class Chapter(LabelledEnum):
    """A chapter, in the order in which they are listed; the value is its id, `label` what people read.

    A form says its own (`chapter=`), or takes that of what it derives from; else it is listed with the area of the fact that it brings
    about (`OF_AN_AREA`), and what lengthens a limit under TERMS.
    """

    PEOPLE = "people", "人员"
    QUESTIONING = "questioning", "传唤询问"
    EVIDENCE = "evidence", "证据财物"
    APPRAISAL = "appraisal", "鉴定"
    MEASURES = "measures", "强制措施"
    DECISION = "decision", "调解与决定"
    EXECUTION = "execution", "送达执行"
    TERMS = "terms", "期限"
    RIGHTS = "rights", "权利保障"
    INTAKE = "intake", "接报、立案与管辖"
    PROSECUTION = "prosecution", "起诉审判"
    OUTSIDE = "outside", "协作查询"
    RECORD = "record", "卷宗与更正"


OF_AN_AREA: Mapping[Area, Chapter] = {
    Area.INTAKE: Chapter.INTAKE,
    Area.QUESTIONING: Chapter.QUESTIONING,
    Area.CUSTODY: Chapter.MEASURES,
    Area.BAIL: Chapter.MEASURES,
    Area.DEFENCE: Chapter.RIGHTS,
    Area.PROSECUTION: Chapter.PROSECUTION,
    Area.PROPERTY: Chapter.EVIDENCE,
    Area.ADMINISTRATIVE: Chapter.DECISION,
    Area.REMEDIES: Chapter.RIGHTS,
    Area.OWN_RULES: Chapter.INTAKE,
    Area.OTHER: Chapter.OUTSIDE,
}
