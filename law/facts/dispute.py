"""Disputes over jurisdiction (管辖争议): whose a matter is, until those concerned agree or their common superior decides."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class DisputeFacts:
    """Disputes over jurisdiction (管辖争议)."""

    DISPUTE_RAISED = fact("dispute.raised", "提出管辖争议", scope=SUBJECT, area=Area.INTAKE)
    DISPUTE_CONSULTED = fact("dispute.consulted", "协商管辖", scope=SUBJECT, area=Area.INTAKE, after="dispute.raised")
    DISPUTE_AGREED = fact("dispute.agreed", "协商一致", scope=SUBJECT, area=Area.INTAKE, after="dispute.raised")
    # Whoever received it first goes on with it after all.
    DISPUTE_WITHDRAWN = fact("dispute.withdrawn", "首接单位自行承办", scope=SUBJECT, area=Area.INTAKE, after="dispute.raised")
    DISPUTE_SUBMITTED = fact("dispute.submitted", "报请指定管辖", scope=SUBJECT, area=Area.INTAKE, after="dispute.raised")
    DISPUTE_DECIDED = fact("dispute.decided", "争议指定管辖", scope=SUBJECT, area=Area.INTAKE, after="dispute.submitted")
    DISPUTE_ACCEPTED = fact("dispute.accepted", "接办", scope=SUBJECT, area=Area.INTAKE, after="dispute.decided")
    DESIGNATION_REFUSED = fact("dispute.refused", "拒接指定管辖的事项", scope=SUBJECT, area=Area.INTAKE, after="dispute.decided")
    SHIRKING_FOUND = fact("dispute.shirking-found", "认定推诿", scope=SUBJECT, area=Area.OWN_RULES, after="dispute.raised")
    SHIRKING_NOT_FOUND = fact(
        "dispute.shirking-not-found", "认定没有推诿", scope=SUBJECT, area=Area.OWN_RULES, after="dispute.raised"
    )
