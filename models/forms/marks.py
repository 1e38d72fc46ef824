"""The forms of marks (敏感标记): whoever comes upon what sets one adds it; who reviews or supervises takes it away, with a reason."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import Field, field_validator

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, OptionalText, Text
from models.marks import BY_HAND, MARKABLE, MARKS, MarkByHand, MarkId

BASIS = RULE.section("敏感标记")
_DESCRIBED = "、".join(f"{each} {MARKS[each]}" for each in BY_HAND)
_Marks = Annotated[tuple[MarkByHand, ...], Field(min_length=1, max_length=len(BY_HAND))]


def list_mark_facts(marks: Iterable[MarkId]) -> tuple[Fact, ...]:
    """The kinds of fact by which a form sets marks: one for each."""
    return tuple(Fact.MATTER_MARKED for _ in marks)


def name_marks(facts: Iterable[LegalFact], number: str, marks: Iterable[MarkId]) -> tuple[LegalFact, ...]:
    """Facts of a form, in which those of `list_mark_facts` say which marks the matter of that number bears from then on."""
    which = iter(marks)
    return tuple(replace(each, about=number, item=next(which)) if each.fact is Fact.MATTER_MARKED else each for each in facts)


class _OfMarks(Form, chapter=Chapter.RECORD):
    """A change of marks."""

    marks: _Marks = Field(title="敏感标记", description=_DESCRIBED)

    @field_validator("marks")
    @classmethod
    def _drop_repeated(cls, marks: tuple[MarkByHand, ...]) -> tuple[MarkByHand, ...]:
        return tuple(dict.fromkeys(marks))

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """One for each mark."""
        return tuple(replace(fact, item=each) for fact in super().build_facts(subject, at, approver) for each in self.marks)


class MarkMatter(
    _OfMarks,
    title="加注敏感标记",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD, Office.LETTER_OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    fact=Fact.MATTER_MARKED,
    basis=BASIS,
    everywhere=MARKABLE,
    when="加注时间",
):
    """Mark a matter by what everybody must know before they speak of it; under some marks lists call people by a code (加注敏感标记)."""

    circumstances: OptionalText = Field(default="", title="有关情况")


class ClearMarks(
    _OfMarks,
    title="取消敏感标记",
    by=(Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    fact=Fact.MATTER_MARK_CLEARED,
    basis=BASIS,
    everywhere=MARKABLE,
    when="取消时间",
):
    """Take marks away, with a reason: where no other asks for a code, lists call people by their names again (取消敏感标记)."""

    reason: Text = Field(title="取消理由")
