"""The form by which somebody who supervises takes note of an overrun (超期), which stays in the record all the same."""

from pydantic import Field

from law.instruments import RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, OptionalLine, Text
from models.matter import Kind


class AcknowledgeOverrun(
    Form,
    title="确认超期或者补录",
    by=Office.SUPERVISOR,
    basis=RULE.section("超期与补录的核查"),
    everywhere=Kind,
    listed=False,
    chapter=Chapter.TERMS,
):
    """Say what was found about a limit on somebody's liberty that ran out, or was kept by a late entry alone (确认超期、补录)."""

    clock: OptionalLine = Field(default="", title="期限", description="超期或者届满后补录的期限；不填即本事项全部待确认的")
    finding: Text = Field(title="核查情况")
