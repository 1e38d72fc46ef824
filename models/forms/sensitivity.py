"""The forms of a sensitive case (敏感案件): who says that it is one, who reports it upwards, and who says that it is one no longer.

It changes nobody's reach, and no limit of the law: more people look.
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field, field_validator

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Text
from models.forms.marks import list_mark_facts, name_marks
from models.marks import MarkId
from models.sensitivity import CRITERION, MARKABLE, MOST, CriterionId

BASIS = RULE.section("敏感案件")
MARKERS = (Office.STATION_HEAD, Office.LEGAL_REVIEWER, Office.COUNTY_HEAD)
"""Who says that a case is sensitive."""


class MarkSensitive(
    Form,
    title="列为敏感案件",
    by=MARKERS,
    fact=Fact.MARKED_SENSITIVE,
    or_facts=(Fact.MATTER_MARKED,),
    basis=BASIS,
    made_elsewhere="敏感案件登记表",
    everywhere=MARKABLE,
    chapter=Chapter.RECORD,
):
    """Say that a matter is sensitive, and by what; superiors are to hear of it within two hours (列为敏感案件)."""

    criteria: Annotated[tuple[CriterionId, ...], Field(min_length=1, max_length=MOST)] = Field(
        title="敏感情形", description=CRITERION
    )
    situation: Text = Field(title="基本情况和风险")
    measures: Text = Field(title="处置要求")

    @field_validator("criteria")
    @classmethod
    def _drop_repeated(cls, criteria: tuple[CriterionId, ...]) -> tuple[CriterionId, ...]:
        return tuple(dict.fromkeys(criteria))

    @property
    def _marks(self) -> tuple[MarkId, ...]:
        return ("minor",) if "minor" in self.criteria else ()

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is sensitive; where that is for a minor, that it concerns one."""
        return (Fact.MARKED_SENSITIVE, *list_mark_facts(self._marks))

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """These, with the mark that it bears besides."""
        return name_marks(super().build_facts(subject, at, approver), subject, self._marks)


class ReportSensitive(
    Form,
    title="敏感案件报备",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD),
    fact=Fact.SENSITIVE_REPORTED,
    basis=BASIS,
    made_elsewhere="敏感案件报备表",
    everywhere=MARKABLE,
    chapter=Chapter.RECORD,
    given=Fact.MARKED_SENSITIVE,
    when="报备时间",
):
    """Tell superiors how a sensitive case stands and what comes next (报备); of every change that matters, once more (续报)."""

    report: Text = Field(title="报备内容", description="简要案情、已采取的措施、下一步工作和责任人")


class UnmarkSensitive(
    Form,
    title="解除敏感案件",
    by=Office.LEGAL_REVIEWER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.UNMARKED_SENSITIVE,
    basis=BASIS,
    everywhere=MARKABLE,
    chapter=Chapter.RECORD,
    given=Fact.MARKED_SENSITIVE,
):
    """Say, by two, that a matter is sensitive no longer (解除敏感)."""

    reason: Text = Field(title="解除理由")
