"""The forms of a victim (被害人) who is spared a second telling: one interview that serves for all, another only by leave (一站式取证)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from law.facts import Fact
from law.instruments import CPL, MPSC, SPC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Line, OptionalLine, OptionalText, Text
from models.forms.marks import list_mark_facts, name_marks
from models.forms.widget import Widget
from models.marks import MarkId

_MARKS: Mapping[str, tuple[MarkId, ...]] = {
    "minor": ("minor",),
    "sexual-assault": ("sexual-offence",),
    "both": ("minor", "sexual-offence"),
}


class _WithVictim(Form, chapter=Chapter.QUESTIONING):
    """An interview of one victim, known in the case by a code."""

    victim: str = Field(
        title="被害人代号", pattern=r"^[a-z0-9-]+$", max_length=30, description="例如 victim-1；同一被害人用同一代号"
    )
    place: Line = Field(title="询问地点", description="一站式取证场所")
    companion: Annotated[str, Widget("colleague")] = Field(title="另一名侦查人员", min_length=1, max_length=60)
    recorded: bool = Field(title="已同步录音录像")
    guardian: str = Field(default="", title="到场的法定代理人或者合适成年人", max_length=100, description="被害人未成年的必填")
    relation: OptionalLine = Field(default="", title="与被害人的关系")
    female_officer: Annotated[OptionalLine, Widget("colleague")] = Field(
        default="", title="在场的女工作人员", description="被害人是女性的必填"
    )
    record: OptionalText = Field(default="", title="询问笔录")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What is known of this victim, and of no other."""
        return tuple(self.build_fact(fact, f"{subject}/{self.victim}", at, approver) for fact in self.list_fact_kinds())


class InterviewVictim(
    _WithVictim,
    title="一站式询问被害人",
    by=Office.CASE_OFFICER,
    fact=Fact.VICTIM_INTERVIEWED,
    or_facts=(Fact.MATTER_MARKED,),
    basis=(CPL.article(281), MPSC.article(326), SPP.article(465), SPC.article(556)),
    document="询问笔录",
):
    """Interview a minor or a victim of a sexual assault, once and for all: filmed, with a guardian, and a woman beside a woman (一站式取证)."""

    situation: Literal["minor", "sexual-assault", "both"] = Field(
        title="情形", description="minor 未成年被害人、sexual-assault 性侵害案件被害人、both 遭受性侵害的未成年人"
    )
    name: str = Field(title="被害人姓名", min_length=1, max_length=100)
    sex: Literal["男", "女"] = Field(title="被害人性别")

    @model_validator(mode="after")
    def _check_who_attends(self) -> Self:
        if self.situation != "sexual-assault" and not (self.guardian and self.relation):
            raise ValueError("询问未成年被害人，应当有法定代理人或者合适成年人到场，并记明姓名和关系（刑事诉讼法第二百八十一条）")
        if self.sex == "女" and not self.female_officer:
            raise ValueError("询问女性被害人，应当有女工作人员在场（未成年人依刑事诉讼法第二百八十一条，成年人依本局规定）")
        if not self.recorded:
            raise ValueError("一站式取证应当同步录音录像，尽量一次完成（刑诉法解释第五百五十六条）")
        return self

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That they were interviewed, and what they are."""
        return (Fact.VICTIM_INTERVIEWED, *list_mark_facts(_MARKS[self.situation]))

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What is known of this victim, and by what the whole matter is marked since."""
        return name_marks(super().build_facts(subject, at, approver), subject, _MARKS[self.situation])

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The victim, and whoever stands by them."""
        victim = {"id": self.victim, "role": "victim", "name": self.name, "sex": self.sex}
        adult = {"id": f"{self.victim}-guardian", "role": "guardian", "name": self.guardian, "relation": self.relation}
        return (victim, adult) if self.guardian else (victim,)


class InterviewVictimAgain(
    _WithVictim,
    title="再次询问被害人",
    by=Office.CASE_OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.VICTIM_REINTERVIEWED,
    basis=(MPSC.article(326), SPP.article(465)),
    document="询问笔录",
):
    """Interview such a victim again, for a reason that the head of the unit accepts (再次询问)."""

    explanation: Text = Field(title="再次询问的理由")


VICTIMS = (InterviewVictim, InterviewVictimAgain)
