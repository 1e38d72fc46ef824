"""The forms of linking (串案): matters that belong together stay what they are; a person says so, or that they do not, and why.

Merging (并案侦查) is another step, of criminal cases that are investigated, which its head approves.
"""

from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.instruments import MPSC, RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Text
from models.links import Link, Relation
from models.matter import Kind

LINKABLE = frozenset({Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE})
BASIS = (MPSC.article(21), RULE.section("串并案"))
WHO = (Office.CASE_OFFICER, Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER)


class _WithAnother(Form):
    """What is said of this matter and another."""

    other: str = Field(title="另一事项", description="警情或者案件的编号", min_length=1, max_length=40)

    def list_links_named(self) -> tuple[Link, ...]:
        """Whoever says it must know of both."""
        return (Link(number=self.other, relation=Relation.SERIES, field="other"),)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """It is about the other one."""
        return super().build_fact(fact, self.other, at, approver)


class LinkCase(
    _WithAnother,
    title="串案",
    by=WHO,
    fact=Fact.CASE_LINKED,
    basis=BASIS,
    made_elsewhere="串并案登记表",
    everywhere=LINKABLE,
    chapter=Chapter.INTAKE,
    when="",
):
    """Say that this matter and another belong to one series (串案): both stay, and each shows the other to whoever may read it."""

    reason: Text = Field(title="串案依据", description="哪些特征一致，如何核实")

    def build_links(self) -> tuple[Link, ...]:
        """The link itself."""
        return self.list_links_named()


class UnlinkCase(
    _WithAnother,
    title="解除串案",
    by=WHO,
    fact=Fact.CASE_UNLINKED,
    basis=BASIS,
    everywhere=LINKABLE,
    chapter=Chapter.INTAKE,
    given=Fact.CASE_LINKED,
    when="",
):
    """Say that they do not belong together after all (解除串案); the matter in which it was said that they do says it."""

    reason: Text = Field(title="解除理由")


class DismissLink(
    _WithAnother,
    title="串并案候选不予采纳",
    by=WHO,
    basis=BASIS,
    everywhere=LINKABLE,
    chapter=Chapter.INTAKE,
    listed=False,
    when="",
):
    """Say why two matters that agree do not belong together (不予采纳): they are not proposed again until they agree in something else."""

    reason: Text = Field(title="不予采纳的理由")
