"""The forms by which an incident that was done with is taken up again (警情重新办理): reopened, or no longer taken for a repeated call."""

from typing import Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import MPSC
from law.offices import Office
from law.statutes.incident_rules import AGAIN
from models.forms.form import Form, Text

_ASKS = (Office.CASE_OFFICER, Office.REPORTING_DESK, Office.LETTER_OFFICER)


class ReopenIncident(
    Form,
    title="警情重新办理",
    by=_ASKS,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.INCIDENT_REOPENED,
    basis=AGAIN,
    unless=Fact.INCIDENT_REOPENED,
):
    """Take up again what was closed, for what was learnt since (重新办理): the limits of the call itself do not run a second time."""

    ground: Literal["call-back", "letter", "new-fact", "hotline", "other"] = Field(
        title="起因", description="call-back 回访发现、letter 群众来信、new-fact 出现新情况、hotline 热线反馈、other 其他"
    )
    reason: Text = Field(title="理由")


class ReopenIncidentAgain(
    ReopenIncident,
    title="警情再次重新办理",
    by=_ASKS,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.INCIDENT_REOPENED,
    basis=AGAIN,
    given=Fact.INCIDENT_REOPENED,
):
    """Take it up a further time, which the head of the bureau approves (再次重新办理)."""


class SeparateIncident(
    Form,
    title="撤销重复报警认定",
    by=(Office.REPORTING_DESK, Office.CASE_OFFICER),
    fact=Fact.INCIDENT_SEPARATED,
    or_facts=(Fact.INCIDENT_REPORTED_IN_PERSON,),
    basis=(MPSC.article(175), AGAIN),
):
    """Find that it was no repeated call: it is received anew, with what its own call demands (不属重复)."""

    reason: Text = Field(title="理由", description="与原警情的不同之处")
