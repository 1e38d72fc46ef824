"""Corrections (更正): who somebody is, when something happened, or what was told of it, set right by approval; what stood there before is kept."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from law.instruments import RULE
from law.juveniles import parse_birth_date
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import CitizenId, Effects, Form, OnlyWhere, OptionalLine, OptionalPhone, OptionalText, Text
from models.forms.widget import Widget
from models.instants import BirthDay, Instant
from models.matter import HANDLED
from models.messages import Correction

# What may be said of a person, as the form calls it and as the record does.
_OF_A_PERSON = {
    "name": "name",
    "sex": "sex",
    "citizen_number": "citizen_id",
    "born_on": "born_on",
    "phone": "phone",
    "address": "address",
}
_OF_A_FACT = ("fact_seq", "happened_at")
_OF_WORDS = ("told_seq", "told_field", "told_text")
_PERSON, _FACT, _TOLD = (OnlyWhere({"what": (what,)}) for what in ("person", "fact", "told"))


class CorrectRecord(
    Form,
    title="更正",
    by=(Office.CASE_OFFICER, Office.REPORTING_DESK, Office.LEGAL_REVIEWER),
    approved_by=(Office.STATION_HEAD,),
    basis=RULE.section("案件记录更正"),
    document="呈请更正报告书",
    everywhere=HANDLED,
    chapter=Chapter.RECORD,
):
    """Set right what the record says of a person, the instant of a fact, wherever it was carried, or what a step told of what happened (更正).

    Where a limit on liberty ends later by it, or has no longer run out, the county head approves it after the station head.

    `party` is a person's id on the card; `fact_seq` the place of an entry in the journal, `fact_n` that of a fact in it, from 0.
    `told_seq` is the place of the entry in which the words stand, `told_field` the field of its form.
    """

    what: Literal["told", "person", "fact"] | None = Field(
        default=None,
        title="更正什么",
        description="told 记录的文字、person 人员的身份信息、fact 事实的发生时间；不填即以所填的内容为准",
    )
    party: Annotated[str, _PERSON, Widget("party")] = Field(
        default="", title="更正的当事人", max_length=60, description="从本事项的人员中选择"
    )
    name: Annotated[str, _PERSON] = Field(default="", title="正确的姓名", max_length=100)
    sex: Annotated[Literal["男", "女", ""], _PERSON] = Field(default="", title="正确的性别")
    citizen_number: Annotated[CitizenId | None, _PERSON] = Field(default=None, title="正确的公民身份号码")
    born_on: Annotated[BirthDay | None, _PERSON] = Field(default=None, title="正确的出生日期")
    phone: Annotated[OptionalPhone, _PERSON] = Field(default="", title="正确的电话")
    address: Annotated[OptionalLine, _PERSON] = Field(default="", title="正确的住址")
    fact_seq: Annotated[int | None, _FACT, Widget("fact")] = Field(
        default=None, title="更正的事实", ge=1, description="从本事项的事实中选择"
    )
    fact_n: Annotated[int, _FACT, Widget("hidden")] = Field(
        default=0, title="该步中的另一项事实", ge=0, description="一步记有几项事实的，选择其中一项"
    )
    happened_at: Annotated[Instant | None, _FACT] = Field(default=None, title="正确的发生时间")
    told_seq: Annotated[int | None, _TOLD, Widget("told")] = Field(
        default=None, title="更正的内容", ge=1, description="从本事项的基本情况中选择"
    )
    told_field: Annotated[str, _TOLD, Widget("hidden")] = Field(default="", title="更正的项目", max_length=60)
    told_text: Annotated[OptionalText, _TOLD] = Field(
        default="", title="正确的内容", description="原来的内容保留在日志中，并列在更正以后的内容之下"
    )
    reason: Text = Field(title="更正理由")

    @model_validator(mode="after")
    def _check_one_thing(self) -> Self:
        person = [name for name in _OF_A_PERSON if getattr(self, name)]
        fact = [name for name in _OF_A_FACT if getattr(self, name)]
        told = [name for name in _OF_WORDS if getattr(self, name)]
        if [bool(person), bool(fact), bool(told)].count(True) != 1 or bool(self.party) != bool(person):
            raise ValueError(
                "一次更正一名当事人的身份信息（填当事人和正确的内容），或者一项事实的时间（填所在的步和正确的时间），或者一项记录的文字（填原内容所在和正确的内容）"
            )
        if told and len(told) < len(_OF_WORDS):
            raise ValueError("更正记录的文字，须选择更正的内容，并填写正确的内容")
        if fact and len(fact) < len(_OF_A_FACT):
            raise ValueError("更正事实的时间，须填写事实所在的步和正确的发生时间")
        if self.citizen_number and self.born_on and parse_birth_date(self.citizen_number) != self.born_on:
            raise ValueError("出生日期与公民身份号码不一致")
        return self

    def build_effects(self) -> Effects:
        """The person with what holds of them, the fact with its instant, or the words that hold instead."""
        values = {column: str(value) for name, column in _OF_A_PERSON.items() if (value := getattr(self, name))}
        return Effects(
            corrects=Correction(
                party=self.party,
                values=values,
                seq=self.fact_seq or self.told_seq or 0,
                n=self.fact_n,
                at=self.happened_at,
                field=self.told_field,
                text=self.told_text,
            )
        )
