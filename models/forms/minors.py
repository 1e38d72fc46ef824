"""The forms of a minor (未成年人): that a suspect is found to be one after all, or not to be one."""

from dataclasses import replace
from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSC
from law.juveniles import get_adult_day
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Text, declare_duty_field
from models.forms.suspect import OF_AGE, of_a_minor
from models.instants import BirthDay

_FOUND = of_a_minor("")
_FOUND_GIRL = of_a_minor("女")


class FindMinor(
    Form,
    title="查明犯罪嫌疑人未成年",
    by=Office.CASE_OFFICER,
    fact=Fact.PERSON_FOUND_MINOR,
    or_facts=_FOUND_GIRL[1:],
    basis=(MPSC.article(321), CPL.article(278)),
    chapter=Chapter.PEOPLE,
):
    """Find that a suspect was under eighteen: a lawyer must be found, adults attend, and the file is sealed (查明未成年)."""

    evidence: Text = Field(title="年龄证据", description="户籍、出生证明、骨龄鉴定等")
    female: bool = declare_duty_field("女性", "讯问女性未成年人应当有女工作人员在场", CPL.article(281))
    born_on: BirthDay | None = Field(
        default=None, title="查明的出生日期", description="填写后，年满十八周岁之日起讯问不再须有法定代理人到场"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """Everything that follows from the age."""
        return _FOUND_GIRL if self.female else _FOUND

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """The same, with the day on which they turn eighteen."""
        until = get_adult_day(self.born_on).isoformat() if self.born_on else ""
        found = super().build_facts(subject, at, approver)
        return tuple(replace(fact, term=until) if fact.fact in OF_AGE else fact for fact in found)


class FindAdult(
    Form,
    title="查明犯罪嫌疑人作案时已满十八周岁",
    by=Office.CASE_OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.PERSON_FOUND_ADULT,
    basis=MPSC.article(321),
    chapter=Chapter.PEOPLE,
):
    """Find that a suspect taken for a minor was eighteen when they acted; the file stays sealed until it is opened by a step of its own.

    Not for somebody who turns eighteen meanwhile: that follows from the date of birth, and the file stays sealed all the same
    (查明作案时已成年).
    """

    evidence: Text = Field(title="年龄证据")


AGE = (FindMinor, FindAdult)
