"""Summoning, stopping and questioning of people (传唤 · 拘传 · 继续盘问), and measures on the spot."""

from law.facts.area import Area
from law.facts.declaration import MATTER, SUBJECT, Condition, fact
from law.facts.states import FEMALE_MINOR, MINOR
from law.instruments import CPL, MPSC, PSAPL

_SUMMONED = ("person.summoned-admin", "person.summoned-other-law")
_STOPPED = ("stop.brought-in", "stop.vulnerable-brought-in")
_ATTENDED = (CPL.article(281), MPSC.article(323))


class QuestioningFacts:
    """Summoning, stopping and questioning of people (传唤 · 拘传 · 继续盘问), and measures on the spot."""

    # A suspect
    PERSON_NAMED = fact("person.named", "确定犯罪嫌疑人", scope=SUBJECT, area=Area.QUESTIONING)
    PERSON_CORRECTED = fact("person.corrected", "更正身份信息", scope=SUBJECT, area=Area.QUESTIONING)
    MAXIMUM_USED_BESIDE = fact(
        "person.maximum-used-beside", "同一人在本案另一事项中已用的最长期限", scope=SUBJECT, area=Area.QUESTIONING
    )
    PERSON_SUMMONED = fact("person.summoned", "传唤到案", scope=SUBJECT, area=Area.QUESTIONING)
    SUMMONS_EXTENDED = fact(
        "person.summons-extended",
        "延长传唤时间",
        scope=SUBJECT,
        area=Area.QUESTIONING,
        after="person.summoned",
        basis=MPSC.article(200),
    )
    SUMMONS_ENDED = fact(
        "person.summons-ended", "传唤结束", scope=SUBJECT, area=Area.QUESTIONING, after="person.summoned", basis=MPSC.article(199)
    )
    PERSON_COMPELLED = fact("person.compelled", "拘传到案", scope=SUBJECT, area=Area.QUESTIONING)
    COMPELLED_EXTENDED = fact(
        "person.compelled-extended",
        "延长拘传时间",
        scope=SUBJECT,
        area=Area.QUESTIONING,
        after="person.compelled",
        basis=MPSC.article(80),
    )
    COMPELLED_ENDED = fact(
        "person.compelled-ended",
        "拘传结束",
        scope=SUBJECT,
        area=Area.QUESTIONING,
        after="person.compelled",
        basis=MPSC.article(79),
    )
    PERSON_INTERROGATED = fact(
        "person.interrogated",
        "讯问",
        scope=SUBJECT,
        area=Area.QUESTIONING,
        conditions=(
            Condition(
                "attended_by",
                "讯问未成年犯罪嫌疑人，应当通知法定代理人到场；不能到场的，由其他合适成年人到场，并记明到场人姓名和关系",
                _ATTENDED,
                where=MINOR,
                together="person.adult-attended",
            ),
            Condition(
                "female_officer",
                "讯问女性未成年犯罪嫌疑人，应当有女工作人员在场，并记明其姓名",
                (CPL.article(281), MPSC.article(324)),
                where=FEMALE_MINOR,
                together="person.female-officer-attended",
            ),
        ),
    )

    # Whoever is stopped, summoned or restrained (继续盘问 · 治安传唤 · 现场措施)
    PERSON_STOPPED = fact("stop.brought-in", "带至公安机关继续盘问", scope=SUBJECT, area=Area.QUESTIONING)
    VULNERABLE_PERSON_STOPPED = fact(
        "stop.vulnerable-brought-in",
        "带至公安机关继续盘问（孕妇、哺乳期、未满十六或者已满七十周岁）",
        scope=SUBJECT,
        area=Area.QUESTIONING,
    )
    STOP_EXTENDED = fact("stop.extended", "延长继续盘问", scope=SUBJECT, area=Area.QUESTIONING, after=_STOPPED)
    STOP_ENDED = fact("stop.ended", "结束继续盘问", scope=SUBJECT, area=Area.QUESTIONING, after=_STOPPED)
    DEATH_IN_QUESTIONING_REPORTED = fact("stop.death-reported", "接到盘问期间死亡报告", scope=SUBJECT, area=Area.QUESTIONING)
    DEATH_APPRAISAL_COMMISSIONED = fact("stop.death-appraisal-commissioned", "委托死亡鉴定", scope=SUBJECT, area=Area.QUESTIONING)
    PERSON_SUMMONED_ADMIN = fact("person.summoned-admin", "治安传唤到案", scope=SUBJECT, area=Area.QUESTIONING)
    PERSON_SUMMONED_OTHER_LAW = fact("person.summoned-other-law", "其他行政案件传唤到案", scope=SUBJECT, area=Area.QUESTIONING)
    PERSON_INQUIRED = fact("person.questioned-admin", "询问", scope=SUBJECT, area=Area.QUESTIONING)
    ADMIN_SUMMONS_EXTENDED = fact(
        "person.summons-admin-extended", "延长询问查证时间", scope=SUBJECT, area=Area.QUESTIONING, after=_SUMMONED
    )
    ADMIN_SUMMONS_ENDED = fact("person.summons-admin-ended", "询问查证结束", scope=SUBJECT, area=Area.QUESTIONING, after=_SUMMONED)
    SOBERING_STARTED = fact("person.sobering-started", "约束醒酒", scope=SUBJECT, area=Area.QUESTIONING)
    SOBERING_ENDED = fact("person.sobering-ended", "酒醒", scope=SUBJECT, area=Area.QUESTIONING, after="person.sobering-started")
    ONSITE_MEASURE_TAKEN = fact("admin.onsite-measure-taken", "当场采取强制措施", scope=MATTER, area=Area.ADMINISTRATIVE)
    ONSITE_MEASURE_APPROVED = fact("admin.onsite-measure-approved", "补办强制措施批准手续", scope=MATTER, area=Area.QUESTIONING)
    ONSITE_MEASURE_LIFTED = fact("admin.onsite-measure-lifted", "解除当场强制措施", scope=MATTER, area=Area.QUESTIONING)
    NO_CONTACT_ORDERED = fact("person.no-contact-ordered", "责令禁止接触", scope=SUBJECT, area=Area.QUESTIONING)
    NO_CONTACT_LIFTED = fact("person.no-contact-lifted", "解除禁止接触", scope=SUBJECT, area=Area.QUESTIONING)
    BAN_ORDERED = fact(
        "person.ban-ordered",
        "责令不得进入场所、举办活动",
        scope=SUBJECT,
        area=Area.ADMINISTRATIVE,
        after="penalty.decided",
        basis=PSAPL.article(28),
    )
    BAN_ENDED = fact(
        "person.ban-ended", "不得进入场所、举办活动的责令结束", scope=SUBJECT, area=Area.QUESTIONING, after="person.ban-ordered"
    )
    TERROR_RESTRAINT_DECIDED = fact("person.terror-restraint-decided", "决定约束措施", scope=SUBJECT, area=Area.QUESTIONING)
    TERROR_RESTRAINT_LIFTED = fact("person.terror-restraint-lifted", "解除约束措施", scope=SUBJECT, area=Area.QUESTIONING)
