"""Supervision (督办): several offices watch one slow or grave matter together."""

from law.facts.area import Area
from law.facts.declaration import MATTER, SUBJECT, fact


class SupervisionFacts:
    """Supervision (督办): several offices watch one slow or grave matter together."""

    SUPERVISION_OPENED = fact("supervision.opened", "发起督办", scope=SUBJECT, area=Area.OWN_RULES)
    # About each office that is to sign.
    SUPERVISION_MEMBER_NAMED = fact("supervision.member-named", "列为督办单位", scope=SUBJECT, area=Area.OWN_RULES)
    SUPERVISION_JOINED = fact("supervision.joined", "签署督办", scope=SUBJECT, area=Area.OWN_RULES)
    SUPERVISION_PROGRESS_REPORTED = fact(
        "supervision.progress-reported", "报告督办进展", scope=SUBJECT, area=Area.OWN_RULES, after="supervision.opened"
    )
    SUPERVISION_COMMENTED = fact("supervision.commented", "点评督办进展", scope=SUBJECT, area=Area.OWN_RULES)
    SUPERVISION_LEVEL_RAISED = fact(
        "supervision.raised-level", "督办提级", scope=SUBJECT, area=Area.OWN_RULES, after="supervision.opened"
    )
    SUPERVISION_LIFT_ASKED = fact(
        "supervision.lift-asked", "申请解除督办", scope=SUBJECT, area=Area.OWN_RULES, after="supervision.opened"
    )
    SUPERVISION_LIFT_SIGNED = fact(
        "supervision.lift-signed", "同意解除督办", scope=SUBJECT, area=Area.OWN_RULES, after="supervision.lift-asked"
    )
    # Whoever has not signed by then need not any more.
    SUPERVISION_LIFTED = fact("supervision.lifted", "解除督办", scope=MATTER, area=Area.OWN_RULES, after="supervision.lift-signed")
    SUPERVISION_LIFT_REFUSED = fact(
        "supervision.lift-refused", "不予解除督办", scope=SUBJECT, area=Area.OWN_RULES, after="supervision.lift-asked"
    )
