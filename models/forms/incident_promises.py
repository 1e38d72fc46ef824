"""What the bureau has promised the public about an incident (服务承诺): letters to the chief, people missing, reports within two hours."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import PROMISE, RPT
from law.offices import Office
from models.forms.form import IN_SUMMARY, Form, Line, OptionalLine, OptionalText, Text
from models.instants import Instant

DESK = (Office.REPORTING_DESK, Office.CASE_OFFICER)
MAILBOX = PROMISE.section("局长信箱")
TWO_HOURS = PROMISE.section("2小时报备")
MISSING = (PROMISE.section("失联人员"), RPT.article(4))


class SignLetter(
    Form,
    title="签收来信",
    by=(Office.LETTER_OFFICER, *DESK),
    fact=Fact.LETTER_SIGNED,
    basis=MAILBOX,
    given=Fact.LETTER_ARRIVED,
):
    """Sign for a letter from the public (群众来信); letters to the chief's mailbox came as incidents once."""

    note: OptionalText = Field(default="", title="备注")


class ContactWriter(
    Form,
    title="联系来信人",
    by=(Office.LETTER_OFFICER, *DESK),
    fact=Fact.LETTER_WRITER_CONTACTED,
    basis=MAILBOX,
    given=Fact.LETTER_ARRIVED,
):
    """Reach whoever wrote it (联系来信人)."""

    outcome: Text = Field(title="联系情况")


class AnswerLetter(
    Form,
    title="首次反馈来信",
    by=(Office.CASE_OFFICER, Office.LETTER_OFFICER),
    fact=Fact.LETTER_ANSWERED,
    basis=MAILBOX,
    given=Fact.LETTER_ARRIVED,
):
    """Give the writer a first answer (首次反馈)."""

    answer: Text = Field(title="反馈内容")


class ReportMissingPerson(Form, title="接报失踪、走失人员", by=DESK, fact=Fact.MISSING_PERSON_REPORTED, basis=MISSING):
    """Learn that a person is missing; the search begins at once (失联)."""

    description: Text = Field(title="失踪、走失人员特征和走失经过")


class DescribeMissingPerson(
    Form, title="登记失踪、走失人员信息", by=DESK, fact=Fact.MISSING_PERSON_DESCRIBED, basis=MISSING, when="登记时间", usual=True
):
    """Say who is missing, how they look, and where they were seen last: what whoever searches must know (失踪、走失人员信息)."""

    name: Annotated[Line, IN_SUMMARY] = Field(title="失踪、走失人员姓名")
    sex: Annotated[Literal["男", "女", ""], IN_SUMMARY] = Field(default="", title="性别")
    age: Annotated[int | None, IN_SUMMARY] = Field(default=None, title="年龄", ge=0, le=130)
    look: Annotated[Text, IN_SUMMARY] = Field(title="体貌衣着特征", description="身高、体态、口音、衣着、随身物品")
    last_seen_at: Annotated[Instant | None, IN_SUMMARY] = Field(default=None, title="最后出现的时间")
    last_seen_place: Annotated[OptionalLine, IN_SUMMARY] = Field(default="", title="最后出现的地点")
    at_risk: Annotated[OptionalText, IN_SUMMARY] = Field(
        default="", title="危险情形", description="疾病、认知障碍、轻生倾向、疑似被侵害等"
    )


class FindMissingPerson(Form, title="找到失踪、走失人员", by=DESK, fact=Fact.MISSING_PERSON_FOUND, basis=MISSING):
    """Find the missing person (找到)."""

    circumstances: Text = Field(title="找到的时间、地点和状况")


class RequireTwoHourReport(Form, title="出现须报备情形", by=DESK, fact=Fact.TWO_HOUR_REPORT_DUE, basis=TWO_HOURS):
    """Meet something that superiors must hear of within two hours (2小时报备)."""

    situation: Text = Field(title="须报备的情形")


class MakeTwoHourReport(Form, title="完成报备", by=DESK, fact=Fact.TWO_HOUR_REPORT_MADE, basis=TWO_HOURS):
    """Make that report (完成报备)."""

    report: Text = Field(title="报备内容")


PROMISES = (
    SignLetter,
    ContactWriter,
    AnswerLetter,
    ReportMissingPerson,
    DescribeMissingPerson,
    FindMissingPerson,
    RequireTwoHourReport,
    MakeTwoHourReport,
)
