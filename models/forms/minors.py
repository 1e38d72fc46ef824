"""The forms of a minor (未成年人): that a suspect is found to be one after all, or not to be one."""

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSC
from law.offices import Office
from models.forms.form import Form, Text
from models.forms.suspect import of_a_minor

_FOUND = of_a_minor("")
_FOUND_GIRL = of_a_minor("女")


class FindMinor(
    Form,
    title="查明犯罪嫌疑人未成年",
    by=Office.CASE_OFFICER,
    fact=Fact.PERSON_FOUND_MINOR,
    or_facts=_FOUND_GIRL[1:],
    basis=(MPSC.article(321), CPL.article(278)),
):
    """Find that a suspect was under eighteen: a lawyer must be found, adults attend, and the file is sealed (查明未成年)."""

    evidence: Text = Field(title="年龄证据", description="户籍、出生证明、骨龄鉴定等")
    female: bool = Field(default=False, title="女性")

    def brought(self) -> tuple[Fact, ...]:
        """Everything that follows from the age."""
        return _FOUND_GIRL if self.female else _FOUND


class FindAdult(
    Form,
    title="查明犯罪嫌疑人已成年",
    by=Office.CASE_OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.PERSON_FOUND_ADULT,
    basis=MPSC.article(321),
):
    """Find that a suspect taken for a minor was eighteen; the file stays sealed until it is opened by a step of its own (查明已成年)."""

    evidence: Text = Field(title="年龄证据")


AGE = (FindMinor, FindAdult)
