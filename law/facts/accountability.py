"""Accountability (责任线索): what follows for people from what was found wrong, by whoever is competent."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class AccountabilityFacts:
    """Accountability (责任线索): a record of leads, no court."""

    LEAD_DRAFTED = fact("accountability.drafted", "拟登记责任线索", scope=SUBJECT, area=Area.OWN_RULES)
    LEAD_DROPPED = fact(
        "accountability.dropped", "不予登记责任线索", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.drafted"
    )
    LEAD_REGISTERED = fact("accountability.registered", "登记责任线索", scope=SUBJECT, area=Area.OWN_RULES)
    LEAD_STATED = fact("accountability.stated", "责任人陈述", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.registered")
    LEAD_HEARD = fact("accountability.heard", "听取说明", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.registered")
    LEAD_OPINED = fact("accountability.opined", "法制意见", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.heard")
    TALK_HELD = fact("accountability.talk-held", "提醒谈话", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.opined")
    # Signs of a breach of discipline or of a crime: whoever is competent has it within a day.
    LEAD_REFERRAL_DUE = fact("accountability.referral-due", "应当移送", scope=SUBJECT, area=Area.OWN_RULES)
    LEAD_REFERRED = fact(
        "accountability.referred", "移送责任线索", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.registered"
    )
    LEAD_NO_FAULT = fact("accountability.no-fault", "不予追究", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.opined")
    # About the order that counts for nobody any more.
    PROBLEM_EXCUSED = fact("accountability.problem-excused", "问题不计入个人", scope=SUBJECT, area=Area.OWN_RULES)
    LEAD_APPEALED = fact(
        "accountability.appealed", "对责任认定提出异议", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.opined"
    )
    LEAD_APPEAL_DECIDED = fact(
        "accountability.appeal-decided", "责任异议决定", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.appealed"
    )
    LEAD_CLOSED = fact(
        "accountability.closed", "责任线索办结", scope=SUBJECT, area=Area.OWN_RULES, after="accountability.registered"
    )
