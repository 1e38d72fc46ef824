"""The forms of the end of a search (找到失联人员): found, told, handed over, closed by the family; or dead, and the family told in person."""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator

from law.facts import Fact
from law.offices import Office
from law.statutes.missing_person_rules import SEARCH
from models.forms.form import IN_SUMMARY, Form, Line, OptionalLine, OptionalText, Text
from models.forms.missing_person import BASIS, COMMANDER, HEAD, OFFICER

Cause = Literal["unknown", "accident", "suicide", "natural", "crime"]
UNRESOLVED: tuple[Cause, ...] = ("unknown", "crime")
"""Of such a death a case is opened before the search is closed."""
UNWILLING = "人已找到，平安，本人不愿告知去向"
"""What whoever reported an adult hears who does not want to be found, and nothing else."""


class FindPerson(
    Form,
    title="找到失联人员",
    by=(OFFICER, Office.AUXILIARY_OFFICER, COMMANDER, Office.REPORTING_DESK),
    fact=Fact.MISSING_FOUND,
    or_facts=(Fact.MISSING_PERSON_FOUND,),
    basis=BASIS,
    when="找到时间",
):
    """Find who was missing: where, how, in what state, known by what; an adult is asked who may know (找到)."""

    place: Annotated[Line, IN_SUMMARY] = Field(title="找到的地点")
    state: Annotated[Literal["well", "injured", "ill", "in-custody", "in-shelter", "dead"], IN_SUMMARY] = Field(
        title="状况", description="well 平安、injured 受伤、ill 患病、in-custody 在押、in-shelter 在救助站、dead 死亡"
    )
    how: Annotated[
        Literal["patrol", "video", "phone", "family", "self-returned", "public", "shelter", "hospital", "other-bureau"], IN_SUMMARY
    ] = Field(
        title="如何找到",
        description="patrol 路面、video 视频、phone 通信、family 家属、self-returned 自行返回、public 群众、shelter 救助站、"
        "hospital 医院、other-bureau 其他公安机关",
    )
    task: OptionalLine = Field(default="", title="由哪一协同任务找到")
    identity_by: Literal["papers", "family", "face", "dna"] = Field(
        title="如何确认身份", description="papers 证件、family 家属辨认、face 民警比对、dna DNA"
    )
    wishes: Literal["consents", "declines", "unable", "not-asked"] = Field(
        default="not-asked",
        title="本人是否同意告知报告人",
        description="consents 同意、declines 不同意、unable 伤病无法表达、not-asked 未询问；成年人必须询问",
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That they are found, as the incident knows it too."""
        return (Fact.MISSING_FOUND, Fact.MISSING_PERSON_FOUND)


class RecordMissingDeath(
    Form,
    title="确认死亡",
    by=OFFICER,
    approved_by=(HEAD,),
    fact=Fact.MISSING_DEATH_CONFIRMED,
    basis=SEARCH,
    made_elsewhere="死亡证明",
):
    """Confirm that it is they who are dead, and of what (确认死亡)."""

    doctor: Line = Field(title="确认死亡的医生或者法医")
    certificate: OptionalLine = Field(default="", title="死亡证明编号")
    cause: Annotated[Cause, IN_SUMMARY] = Field(
        title="死亡原因", description="unknown 不明、accident 意外、suicide 自杀、natural 疾病、crime 被侵害"
    )
    identity_by: Literal["dna", "fingerprints", "papers-and-family"] = Field(
        title="如何确认身份", description="dna DNA、fingerprints 指纹、papers-and-family 证件并经家属辨认"
    )


class TellFamilyOfDeath(
    Form,
    title="告知家属死亡",
    by=(OFFICER, HEAD),
    fact=Fact.MISSING_FAMILY_TOLD_OF_DEATH,
    basis=SEARCH,
    document="死亡通知书",
):
    """Tell the family, two officers in person (告知家属死亡)."""

    told: Line = Field(title="告知的家属")
    officers: Line = Field(title="到场告知的民警", description="两名以上民警姓名，用顿号分开")
    words: Text = Field(title="告知情况")

    @field_validator("officers")
    @classmethod
    def _check_two(cls, officers: str) -> str:
        if len({*filter(None, re.split(r"[、，,；;\s]+", officers))}) < 2:
            raise ValueError("由两名以上民警当面告知，写明各人姓名")
        return officers


class TellOfDeclaration(
    Form,
    title="告知家属申请宣告",
    by=OFFICER,
    fact=Fact.MISSING_TOLD_OF_ABSENCE,
    or_facts=(Fact.MISSING_TOLD_OF_DECLARED_DEATH,),
    basis=SEARCH,
):
    """Tell the family what they may ask a court for, two and four years after they lost touch (告知可以申请宣告失踪、宣告死亡)."""

    declaration: Annotated[Literal["absence", "death"], IN_SUMMARY] = Field(
        title="告知事项", description="absence 可以申请宣告失踪、death 可以申请宣告死亡"
    )
    told: Line = Field(title="告知的家属")
    words: OptionalText = Field(default="", title="告知情况")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That they were told of the one or the other."""
        return (Fact.MISSING_TOLD_OF_ABSENCE if self.declaration == "absence" else Fact.MISSING_TOLD_OF_DECLARED_DEATH,)


class TellReporter(
    Form,
    title="告知报告人",
    by=OFFICER,
    fact=Fact.MISSING_REPORTER_TOLD,
    or_facts=(Fact.FILE_SEALED,),
    basis=SEARCH,
    document="告知笔录",
):
    """Tell whoever reported it; of an adult who does not want to be found they hear that they are safe, and nothing else (告知)."""

    told: OptionalText = Field(default="", title="告知内容", description="本人不愿告知去向的，内容由系统填写")
    violence: bool = Field(default=False, title="疑似家庭暴力", description="是：案卷自此封存，报告人不得查阅")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That they were told; and that the file is for few to read where the reporter may be the danger."""
        return (Fact.MISSING_REPORTER_TOLD, *((Fact.FILE_SEALED,) if self.violence else ()))


class HandOverPerson(Form, title="交接失联人员", by=OFFICER, fact=Fact.MISSING_HANDED_OVER, basis=SEARCH, document="交接记录"):
    """Hand over a child, or somebody who cannot look after themselves, to whoever may have them, against a signature (交接)."""

    to: Line = Field(title="接收人或者单位")
    document: Line = Field(title="接收人证件或者单位证明")
    signed: Literal[True] = Field(title="接收人已签字")


class ConfirmClosure(Form, title="家属确认、办结", by=OFFICER, fact=Fact.MISSING_CLOSED, basis=SEARCH, usual=True):
    """Have the family, or whoever was missing, confirm it; why they were gone, and what prevents it (家属确认)."""

    by: Literal["family", "person"] = Field(title="确认人", description="family 家属、person 本人")
    means: Line = Field(title="确认方式")
    cause: Annotated[
        Literal["quarrel", "lost-way", "debts", "study", "illness", "runaway", "work", "phone-off", "fraud", "death", "other"],
        IN_SUMMARY,
    ] = Field(
        title="失联原因",
        description="quarrel 纠纷、lost-way 迷路、debts 债务、study 学业、illness 疾病、runaway 离家出走、work 务工、"
        "phone-off 电话关机、fraud 受骗、death 死亡、other 其他",
    )
    prevention: OptionalText = Field(default="", title="防范措施", description="发放手环、告诫监护人、通报民政等")
