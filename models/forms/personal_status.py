"""Who a suspect is besides a suspect (身份事项): a deputy, a member of the consultative conference, a foreigner; and what that asks for."""

from typing import Literal, Self

from pydantic import Field, model_validator

from law.facts import Fact
from law.instruments import MPSC
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Line, OptionalLine, OptionalText, Text

OFFICER = Office.CASE_OFFICER
Deputy = Literal["都不是", "县级以上人大代表", "乡镇人大代表", "政协委员"]
DEPUTY_TITLE = "是否人大代表、政协委员"
DEPUTY_ASKED = (
    "应当询问本人并核实，没有问明的不填；县级以上人大代表须先经其所属人大主席团或者常委会许可，"
    "乡镇人大代表执行后立即报告，政协委员应当通报其所属政协组织"
)
NATIONALITY_TITLE = "国籍"
NATIONALITY_ASKED = "外国姓名、没有公民身份号码的必须问明；外国人在采取强制措施后四十八小时以内层报，没有问明的不填"
_FOUND: dict[str, Fact] = {
    "都不是": Fact.FOUND_NO_DEPUTY,
    "县级以上人大代表": Fact.FOUND_DEPUTY,
    "乡镇人大代表": Fact.FOUND_TOWNSHIP_DEPUTY,
    "政协委员": Fact.FOUND_CONSULTATIVE_MEMBER,
}
_CHINESE = ("中国", "中华人民共和国", "中国籍", "中国公民")
STATUS_FACTS = (*_FOUND.values(), Fact.FOUND_FOREIGN, Fact.FOUND_NATIONAL)


def list_status_facts(deputy: str | None, nationality: str) -> tuple[Fact, ...]:
    """What these answers establish; an answer that was not given establishes nothing."""
    found = (_FOUND[deputy],) if deputy else ()
    if not nationality:
        return found
    return (*found, Fact.FOUND_NATIONAL if nationality in _CHINESE else Fact.FOUND_FOREIGN)


class FindStanding(
    Form,
    title="查明身份事项",
    by=OFFICER,
    or_facts=STATUS_FACTS,
    basis=(MPSC.article(164), MPSC.article(166), MPSC.article(167), MPSC.article(367)),
    chapter=Chapter.PEOPLE,
):
    """Establish whether a suspect is a deputy, a member of the consultative conference, or a foreigner (查明身份事项)."""

    deputy: Deputy | None = Field(default=None, title=DEPUTY_TITLE, description=DEPUTY_ASKED)
    nationality: OptionalLine = Field(default="", title=NATIONALITY_TITLE, description=NATIONALITY_ASKED)
    source: Line = Field(title="查明的途径", description="例如 本人陈述、向人大常委会核实、护照")

    @model_validator(mode="after")
    def _check_something_found(self) -> Self:
        if not (self.deputy or self.nationality):
            raise ValueError("至少填写一项：是否人大代表、政协委员，或者国籍")
        return self

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """What was established."""
        return list_status_facts(self.deputy, self.nationality)


class RecordDeputyPermission(
    Form,
    title="人大许可对代表采取强制措施",
    by=OFFICER,
    fact=Fact.DEPUTY_PERMISSION_GRANTED,
    basis=MPSC.article(164),
    made_elsewhere="提请许可报告书、许可决定",
    chapter=Chapter.PEOPLE,
):
    """The congress of which a suspect is a deputy permits measures against them (许可)."""

    body: Line = Field(title="许可的人大主席团或者常务委员会")
    decision: Text = Field(title="许可决定的内容")


class ReportDeputyMeasure(
    Form,
    title="向人大报告对代表采取强制措施",
    by=OFFICER,
    fact=Fact.DEPUTY_MEASURE_REPORTED,
    basis=(MPSC.article(165), MPSC.article(166)),
    document="对人大代表采取强制措施报告书",
    chapter=Chapter.PEOPLE,
):
    """Report to a congress what was done to its deputy (向人大报告)."""

    body: Line = Field(title="报告的人大主席团、常务委员会或者乡镇人大")
    note: OptionalText = Field(default="", title="备注")


class InformConsultativeBody(
    Form,
    title="向政协组织通报情况",
    by=OFFICER,
    fact=Fact.CONSULTATIVE_BODY_INFORMED,
    basis=(MPSC.article(167), MPSC.article(168)),
    chapter=Chapter.PEOPLE,
):
    """Inform the consultative conference of what is done to its member (向政协通报)."""

    body: Line = Field(title="所属政协组织")
    note: OptionalText = Field(default="", title="备注")


STATUS_STEPS = (FindStanding, RecordDeputyPermission, ReportDeputyMeasure, InformConsultativeBody)
