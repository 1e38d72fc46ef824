"""Administration (系统管理): what is asked and told of units, people and the offices they hold."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from pydantic_core import PydanticCustomError

from law.labelled_enum import LabelledEnum
from law.offices import Office

Named = Annotated[str, Field(min_length=1, max_length=60, title="名称")]
# Of a password; ASVS 4.0.3, 2.1.1 and 2.1.2.
SHORTEST, LONGEST = 12, 128
# As they stand in addresses, paths of the tree, and keys of submissions.
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$", title="代号", description="小写字母、数字和连字符")]


def _check_no_machine(username: str) -> str:
    if username == "system":  # what a person of that name handed in would be taken for a machine's
        raise PydanticCustomError("reserved", "“system”不能作用户名")
    return username


Username = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9._-]{1,39}$", title="用户名", description="小写字母、数字、点、连字符和下划线"),
    AfterValidator(_check_no_machine),
]
Badge = Annotated[str, Field(max_length=20, pattern=r"^[0-9A-Za-z]*$", title="警号")]


class UnitKind(LabelledEnum):
    """What a unit is; the value is its id, `label` what people read."""

    BUREAU = "bureau", "公安局"
    SUB_BUREAU = "sub-bureau", "分局"
    CENTRE = "centre", "中心"
    BRIGADE = "brigade", "大队"
    STATION = "station", "派出所"
    CUSTODY_CENTRE = "custody-centre", "看守所"
    DETENTION_CENTRE = "detention-centre", "拘留所"
    PROCURATORATE = "procuratorate", "人民检察院"
    COURT = "court", "人民法院"
    JUSTICE_BUREAU = "justice-bureau", "司法局"
    AGENCY = "agency", "其他机关"
    PUBLIC = "public", "公众"


POLICE = frozenset({UnitKind.BUREAU, UnitKind.SUB_BUREAU, UnitKind.CENTRE, UnitKind.BRIGADE, UnitKind.STATION})
SERVING = frozenset(UnitKind) - POLICE - {UnitKind.PUBLIC}
"""Organs outside the police, which answer for a unit of theirs."""
HANDLING = POLICE - {UnitKind.BUREAU}
"""Where cases are handled: a bureau is what stands above such units."""
# Organs at or above the county that approve in their own name.
_AUTHORITY = frozenset({UnitKind.BUREAU, UnitKind.SUB_BUREAU})
HELD_IN = {
    **dict.fromkeys(
        (
            Office.REPORTING_DESK,
            Office.CASE_OFFICER,
            Office.AUXILIARY_OFFICER,
            Office.LETTER_OFFICER,
            Office.DUTY_COMMANDER,
            Office.CASE_MANAGEMENT_OFFICER,
            Office.LEGAL_REVIEWER,
            Office.SUPERVISOR,
        ),
        POLICE,
    ),
    Office.STATION_HEAD: POLICE - {UnitKind.BUREAU},
    Office.COUNTY_HEAD: _AUTHORITY,
    Office.HIGHER_POLICE: frozenset({UnitKind.BUREAU}),
    Office.CITY_HEAD: frozenset({UnitKind.BUREAU}),
    Office.PROVINCIAL_HEAD: frozenset({UnitKind.BUREAU}),
    Office.CUSTODY_CENTRE: frozenset({UnitKind.CUSTODY_CENTRE}),
    Office.DETENTION_CENTRE: frozenset({UnitKind.DETENTION_CENTRE}),
    **dict.fromkeys(
        (Office.PROCURATORATE, Office.HIGHER_PROCURATORATE, Office.PROVINCIAL_PROCURATORATE), frozenset({UnitKind.PROCURATORATE})
    ),
    **dict.fromkeys((Office.COURT, Office.HIGHER_COURT, Office.SUPREME_COURT), frozenset({UnitKind.COURT})),
    Office.JUSTICE_BUREAU: frozenset({UnitKind.JUSTICE_BUREAU}),
    Office.HOTLINE: frozenset({UnitKind.AGENCY}),
    Office.PARTY: frozenset({UnitKind.PUBLIC}),
    Office.ADMINISTRATOR: _AUTHORITY | {UnitKind.PROCURATORATE, UnitKind.COURT, UnitKind.JUSTICE_BUREAU, UnitKind.AGENCY},
}
"""In which kinds of unit each office may be held."""


# What is asked


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NewUnit(_Asked):
    """A unit to be founded below another."""

    unit: Id
    parent: str = Field(title="上级单位", max_length=60)
    zh: Named
    kind: UnitKind = Field(title="类别")
    serves: str | None = Field(default=None, title="所服务的单位", description="机关以外的单位办理哪一单位的事项", max_length=60)


class ChangedUnit(_Asked):
    """What is to be different about a unit; what is left out stays."""

    zh: Named | None = None
    kind: UnitKind | None = Field(default=None, title="类别")
    parent: str | None = Field(default=None, title="上级单位", max_length=60)


class NewPerson(_Asked):
    """A person who is to sign in; without a password they do so by the bureau's identity provider alone."""

    username: Username
    zh: Named
    badge: Badge = ""
    unit: str = Field(title="所在单位", max_length=60)
    office: Office = Field(
        title="职务",
        description="新人员到任时的第一个职务；审批、监督、管理、可以查阅封存案卷、属于其他机关和及于多个办案单位的，经督察或者法制员确认后生效",
    )
    namesake: bool = Field(default=False, title="与在用人员同名的不是同一人", description="本系统内已有同名的在用人员时填写")
    password: SecretStr | None = Field(default=None, title="初始口令", min_length=SHORTEST, max_length=LONGEST)


class ChangedPerson(_Asked):
    """What is to be different about a person; what is left out stays. Whoever leaves names who takes over what is open."""

    zh: Named | None = None
    badge: Badge | None = None
    active: bool | None = Field(default=None, title="是否在用", description="重新启用的，须经确认的职务重新确认后生效")
    namesake: bool = Field(default=False, title="与在用人员同名的不是同一人", description="改为在用人员的姓名时填写")
    successor: str | None = Field(default=None, title="接手人", description="停用有未结事项的人员时必须指明", max_length=60)
    password: SecretStr | None = Field(default=None, title="新口令", min_length=SHORTEST, max_length=LONGEST)


class GrantedOffice(_Asked):
    """An office to be granted to somebody in a unit."""

    username: str = Field(title="人员", max_length=60)
    unit: str = Field(title="单位", max_length=60)
    office: Office = Field(
        title="职务", description="审批、监督、管理、可以查阅封存案卷、属于其他机关和及于多个办案单位的，经督察或者法制员确认后生效"
    )


class WithdrawnOffice(GrantedOffice):
    """An office to be withdrawn from somebody; whoever thereby leaves matters behind names who takes them over."""

    successor: str | None = Field(default=None, title="接手人", description="免去后不能再办理其承办事项的，必须指明", max_length=60)


class ConfirmedAppointment(_Asked):
    """An appointment that somebody confirms."""

    appointment: int = Field(title="任职的编号", ge=1, lt=2**63)


class DeclinedAppointment(ConfirmedAppointment):
    """An appointment that somebody does not agree to."""

    reason: str = Field(title="理由", min_length=1, max_length=200)


# What is told


class AdministeredUnit(BaseModel):
    """A unit of the tree, and how many hold an office there."""

    unit: str
    parent: str | None
    zh: str
    kind: UnitKind
    kind_zh: str
    serves: str | None
    people: int = Field(title="任职人数", description="不含下属单位")


class KindOfUnit(BaseModel):
    """A kind of unit, and the offices that may be held in such."""

    kind: UnitKind
    zh: str
    offices: list[Office]
    serving: bool = Field(title="为公安机关的某一单位办理事项")


class UnitList(BaseModel):
    """The units within an administrator's reach, each after those above it, and the kinds there are."""

    units: list[AdministeredUnit]
    kinds: list[KindOfUnit]


class HoldingView(BaseModel):
    """An office that somebody holds in a unit; `within` says whether the caller may withdraw it."""

    unit: str
    unit_zh: str
    office: Office
    office_zh: str
    within: bool


class PersonView(BaseModel):
    """A person, the offices they hold, and what would be left open if they left."""

    username: str
    zh: str
    badge: str
    active: bool
    has_password: bool = Field(title="能否以口令登录")
    holdings: list[HoldingView]
    awaiting: list[HoldingView] = Field(title="待确认的职务", description="经督察或者法制员确认后生效")
    open_matters: int = Field(title="承办的未结事项")
    open_tasks: int = Field(title="本人名下的待办")


class PersonList(BaseModel):
    """A page of people."""

    items: list[PersonView]
    next: str | None


class AwaitingView(BaseModel):
    """An appointment that awaits confirmation; `may_confirm` says whether by the caller."""

    id: int
    username: str
    zh: str
    badge: str
    unit: str
    unit_zh: str
    office: str
    office_zh: str
    proposed_by_zh: str = Field(title="提请人")
    proposed_at: datetime = Field(title="提请时间")
    may_confirm: bool = Field(title="由您确认")


class AppointmentList(BaseModel):
    """The appointments that await confirmation where the caller administers or confirms, the oldest first."""

    items: list[AwaitingView]
