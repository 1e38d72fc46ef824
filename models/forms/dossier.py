"""The form by which somebody vouches for the electronic dossier (电子卷宗)."""

from typing import Literal

from pydantic import Field

from law.instruments import RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form
from models.matter import Kind

# The kinds of matter that have a dossier.
KINDS = frozenset({Kind.CRIMINAL_CASE, Kind.SUSPECT, Kind.PUBLIC_ORDER_CASE})
# And the kinds into which pictures and scans are put: what was taken on a scene lies with the incident, and is seen from its case; what
# came with a letter lies with it, and so do pictures of somebody missing and of what a unit found.
SCANNED = KINDS | {Kind.INCIDENT, Kind.LETTER, Kind.MISSING_PERSON, Kind.JOINT_TASK}


class DeclareIdentical(
    Form,
    title="声明纸质与电子卷宗一致",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER),
    basis=RULE.section("电子卷宗"),
    document="纸质与电子卷宗一致声明",
    everywhere=KINDS,
    chapter=Chapter.RECORD,
):
    """Declare, by name, that the scans of this matter not declared so far are identical to the papers they were made from (声明一致)."""

    identical: Literal[True] = Field(title="纸质材料与电子材料核对一致")
    note: str = Field(default="", title="说明", max_length=200)
