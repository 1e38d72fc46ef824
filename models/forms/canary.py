"""The forms of the canary (自检), by which the bureau proves that arming, ringing and notifying work right now."""

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import Form
from models.matter import Kind


class ArmCanary(
    Form, title="布设自检时钟", by=Office.ADMINISTRATOR, fact=Fact.CANARY_ARMED, basis=RULE.section("时限监测"), opens=Kind.CANARY
):
    """Arm a clock whose only purpose is to ring (自检时钟)."""

    def get_heading(self) -> str:
        """What lists show."""
        return "自检时钟"


ENDS = Ends(Kind.CANARY, {"armed": End()})
