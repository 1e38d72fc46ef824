"""What becomes of who wrote a letter in secret (密级字段): read by an approval of its own, and destroyed once nobody may need it any more."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import PET, RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Text
from models.matter import Kind

BASIS = RULE.section("密级字段")
_KEEPS = (Office.LETTER_OFFICER, Office.SUPERVISOR)


class Unveil(
    Form,
    title="呈请查看密级字段",
    by=_KEEPS,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.LETTER_UNVEILED,
    basis=(PET.article(30), BASIS),
    everywhere={Kind.LETTER},
    chapter=Chapter.RECORD,
    given=Fact.FILE_SEALED,
    when="",
):
    """Ask to read who wrote a letter in secret, and say what for: once approved it opens to whoever asked, once, for ten minutes (查看密级字段)."""

    fields: Annotated[
        tuple[Literal["writer_name", "writer_phone", "writer_citizen_number"], ...], Field(min_length=1, max_length=3)
    ] = Field(
        title="查看的字段",
        description="writer_name 来信人姓名、writer_phone 来信人电话、writer_citizen_number 来信人公民身份号码",
    )
    purpose: Text = Field(title="查看事由", description="写明办理什么事项、为什么必须知道")


class DestroyIdentity(
    Form,
    title="销毁来信人身份信息",
    by=_KEEPS,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.LETTER_IDENTITY_DESTROYED,
    basis=BASIS,
    everywhere={Kind.LETTER},
    chapter=Chapter.RECORD,
    given=Fact.FILE_SEALED,
    when="",
):
    """Ask that who wrote a letter in secret be forgotten: with its key nobody reads it any more, and the journal stays whole (销毁身份信息)."""

    reason: Text = Field(title="销毁理由", description="办结、发放奖励满二年，相关案件均已办结")
