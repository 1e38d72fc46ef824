"""The form by which a case learns whom it befell (被害人、被侵害人): whoever is found later, or reported it, is entered as one of them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from law.instruments import CPL, PSAPL
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import NOTHING, CitizenId, Form, OnlyWhere, OptionalLine, OptionalPhone, OptionalText
from models.instants import BirthDay
from models.matter import Kind

# What the number of a citizen tells.
_UNNUMBERED = OnlyWhere({"citizen_number": NOTHING})


def declare_reporter_harmed_field() -> Any:
    """The field of a step of an incident that opens a case: whether whoever reported it is whom it befell, and enters the case as such."""
    return Field(default=False, title="报警人就是被侵害人", description="勾选的，报警人作为被侵害人记入案件")


class RecordHarmed(
    Form,
    title="登记被侵害人",
    by=Office.CASE_OFFICER,
    basis=(CPL.article(108), PSAPL.article(99)),
    chapter=Chapter.PEOPLE,
    everywhere=(Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE),
    when="",
):
    """Enter somebody whom the case befell, of a crime or of a violation of public order; one who complained is joined with it (被侵害人)."""

    name: str = Field(title="姓名", min_length=1, max_length=100, description="刑事案件的被害人，治安案件的被侵害人；单位填名称")
    citizen_number: CitizenId | None = Field(default=None, title="公民身份号码")
    sex: Annotated[Literal["男", "女", ""], _UNNUMBERED] = Field(default="", title="性别")
    born_on: Annotated[BirthDay | None, _UNNUMBERED] = Field(default=None, title="出生日期")
    phone: OptionalPhone = Field(default="", title="电话")
    address: OptionalLine = Field(default="", title="住址")
    harm: OptionalText = Field(default="", title="受侵害情况", description="伤情、损失等")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The person; no number of their own, so that whoever is known by name or number is joined."""
        said = {"sex": self.sex, "phone": self.phone, "address": self.address}
        born = {"born_on": self.born_on.isoformat()} if self.born_on else {}
        known = {name: value for name, value in said.items() if value} | born
        return ({"role": "victim", "name": self.name, "citizen_id": self.citizen_number or "", **known},)
