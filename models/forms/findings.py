"""The form by which a finding of an inspection (巡查发现) is dismissed by whoever is asked to see to it or supervises, for a reason that stays."""

from pydantic import Field

from law.instruments import RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, OptionalLine, Text
from models.matter import HANDLED, Kind


class DismissFinding(
    Form,
    title="巡查发现不予采纳",
    by=(Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    basis=RULE.section("巡查"),
    document="巡查发现处理说明",
    everywhere=HANDLED - {Kind.RISK_ALERT, Kind.ACCOUNTABILITY},
    chapter=Chapter.RECORD,
):
    """Say why a finding of an inspection calls for nothing here (不予采纳): it is not found again until what it rests on has changed."""

    finding: OptionalLine = Field(
        default="", title="巡查发现", description="例如 打架警情按调解处理；本事项只有一项巡查发现的，不填"
    )
    reason: Text = Field(title="不予采纳的理由")
