"""Recomputation (重新计算): an amended law or a new arrangement of holidays moves what runs only when somebody says so."""

from pydantic import Field

from law.instruments import RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Text
from models.matter import Kind


class RecomputeClocks(
    Form,
    title="重新计算期限",
    by=(Office.LEGAL_REVIEWER, Office.ADMINISTRATOR),
    basis=RULE.section("期限重新计算"),
    everywhere=Kind,
    listed=False,
    chapter=Chapter.TERMS,
):
    """Reckon every running clock of a matter by the law and the calendar as they are now (重新计算期限)."""

    reason: Text = Field(title="理由", description="例如 国务院公布放假安排、法律修正施行")
