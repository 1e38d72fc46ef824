"""What the police help a supervisory commission to do (协助监察机关): the commission decides, the police carry out and remind."""

from typing import Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import SUP
from law.offices import Office
from models.forms.form import Amount, Form, Line, OptionalText, Term, Text

OFFICER = Office.CASE_OFFICER
MEASURES = SUP.article(46)


class HelpBringIn(
    Form, title="协助监察机关强制到案", by=OFFICER, fact=Fact.SUPERVISORY_BRING_IN, basis=MEASURES, document="协助函回执"
):
    """Bring a person before the commission at its request; `at` is the time of arrival (强制到案)."""

    commission: Line = Field(title="提请协助的监察机关")
    letter: Line = Field(title="决定书和协助函文号")


class EndBringIn(Form, title="强制到案结束", by=OFFICER, fact=Fact.SUPERVISORY_BRING_IN_ENDED, basis=MEASURES):
    """The commission lets the person go, or hands them on (强制到案结束)."""

    outcome: OptionalText = Field(default="", title="去向")


class HelpWaiting(
    Form,
    title="协助监察机关责令候查",
    by=OFFICER,
    fact=Fact.SUPERVISORY_WAITING_ORDERED,
    basis=MEASURES,
    document="协助函回执",
):
    """Watch over a person whom the commission has ordered to stay at hand (责令候查)."""

    commission: Line = Field(title="提请协助的监察机关")
    letter: Line = Field(title="决定书和协助函文号")
    term: Term = Field(default="", title="责令候查期限", description="不超过十二个月；不填即为十二个月")


class EndWaiting(Form, title="解除责令候查", by=OFFICER, fact=Fact.SUPERVISORY_WAITING_LIFTED, basis=MEASURES):
    """The commission ends it (解除责令候查)."""

    outcome: OptionalText = Field(default="", title="情况")


class HelpHolding(
    Form, title="协助监察机关管护", by=OFFICER, fact=Fact.SUPERVISORY_HOLDING_BEGUN, basis=MEASURES, document="协助函回执"
):
    """Help to guard a person whom the commission keeps for their own safety (管护)."""

    commission: Line = Field(title="提请协助的监察机关")
    letter: Line = Field(title="决定书和协助函文号")


class EndHolding(Form, title="管护结束", by=OFFICER, fact=Fact.SUPERVISORY_HOLDING_ENDED, basis=MEASURES):
    """The commission ends it, or turns it into custody of its own (解除管护、转为留置)."""

    outcome: Literal["解除管护", "转为留置", "移送人民检察院"] = Field(title="结果")


class ExtendSupervisoryMeasure(
    Form, title="监察机关延长强制到案、管护时间", by=OFFICER, fact=Fact.SUPERVISORY_EXTENDED, basis=MEASURES
):
    """The commission takes longer over either (延长)."""

    limit: Literal["supervisory-bring-in", "supervisory-holding"] = Field(
        title="延长的期限", description="supervisory-bring-in 强制到案、supervisory-holding 管护"
    )
    extension: Amount = Field(title="延长期限", description="强制到案 to 24 hour；管护 +1 day 至 +3 day")
    grounds: Text = Field(title="延长理由")


SUPERVISORY = (HelpBringIn, EndBringIn, HelpWaiting, EndWaiting, HelpHolding, EndHolding, ExtendSupervisoryMeasure)
