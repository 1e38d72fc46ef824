"""The forms of property that somebody left behind (遗失物): what it is, who has it, that it came in, and how it goes back to its owner.

What was lost in a car is sought through whoever runs the car (`models.forms.requests_outside`). What is in our hands goes to its owner, or
after a year's notice to the state; it is no exhibit, and never lies with the exhibits.
"""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from law.facts import Fact
from law.instruments import CC
from law.legal_fact import LegalFact
from law.offices import Office
from law.statutes.lost_property_rules import LOST
from models.forms.chapters import Chapter
from models.forms.form import IN_SUMMARY, Form, Line, OnlyWhere, OptionalLine, OptionalPhone, OptionalText, Text
from models.forms.widget import Widget
from models.instants import Instant, PlannedDay

OFFICER, AUXILIARY = Office.CASE_OFFICER, Office.AUXILIARY_OFFICER
TAKES_DOWN = (Office.REPORTING_DESK, OFFICER, AUXILIARY)
HANDLES = (OFFICER, AUXILIARY)
# Titles of what lies in the incident's papers: without a photograph nothing is taken in.
PHOTOGRAPH, CONSENT = "遗失物照片", "行程查询同意书"
_MONEY = r"^(\d{1,12}(\.\d{1,2})?)?$"


class LostThing(BaseModel):
    """One thing that is missed, or was taken in (物品)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Line = Field(title="名称", description="同名的加序号，例如 手机1、手机2")
    features: OptionalLine = Field(default="", title="特征", description="颜色、品牌、型号、标记")
    serial: OptionalLine = Field(default="", title="序列号")
    value: str = Field(default="", title="价值（元）", max_length=15, pattern=_MONEY)
    has_data: bool = Field(default=False, title="存有个人信息", description="手机、电脑、证件、卡等")


def _check_names(items: tuple[LostThing, ...]) -> tuple[LostThing, ...]:
    if len({each.name for each in items}) < len(items):
        raise ValueError("同名的物品请加序号分别登记，例如 手机1、手机2")
    return items


def _check_order(left: datetime, info: ValidationInfo) -> datetime:
    boarded = info.data.get("boarded_at")
    if boarded and left < boarded:
        raise ValueError("下车时间不得早于上车时间")
    return left


def _check_reached(says: str, info: ValidationInfo) -> str:
    if info.data.get("reached") is False and says != "unknown":
        raise ValueError("没有联系上的，是否持有填写“不清楚”")
    return says


def _check_seen(camera: str, info: ValidationInfo) -> str:
    if not (camera or info.data.get("second")):
        raise ValueError("须两人在场，或者全程录像并填写执法记录仪编号")
    if info.data.get("opened") and not camera:
        raise ValueError("打开查看物品的，须全程录像，填写执法记录仪编号")
    return camera


def _check_authorised(authorised: bool, info: ValidationInfo) -> bool:
    if info.data.get("to") == "proxy" and not authorised:
        raise ValueError("受委托领取的，须凭失主的委托书")
    return authorised


def _check_signed(signed: bool, info: ValidationInfo) -> bool:
    if info.data.get("handed") == "in-person" and not signed:
        raise ValueError("当面领取的，须由领取人在归还凭证上签名")
    return signed


Items = Annotated[tuple[LostThing, ...], Field(min_length=1, max_length=20), AfterValidator(_check_names), IN_SUMMARY]
Names = Annotated[tuple[Line, ...], Field(min_length=1, max_length=20)]


class ReportLostProperty(
    Form,
    title="登记遗失物",
    by=TAKES_DOWN,
    fact=Fact.PROPERTY_REPORTED,
    basis=(LOST, CC.article(314)),
    chapter=Chapter.EVIDENCE,
):
    """Write down what somebody left behind, and where they came by and left the car (乘客遗忘物)."""

    items: Items = Field(title="物品")
    vehicle: Annotated[Literal["ride-hailing", "taxi", "bus", "metro", "other"], IN_SUMMARY] = Field(
        title="遗失场所", description="ride-hailing 网约车、taxi 出租车、bus 公交车、metro 地铁、other 其他"
    )
    boarded_at: Instant = Field(title="上车时间", description="不是乘车遗失的，填写到达该处的时间")
    left_at: Annotated[Instant, AfterValidator(_check_order)] = Field(
        title="下车时间", description="不是乘车遗失的，填写离开该处的时间"
    )
    boarded_place: Line = Field(title="上车地点")
    left_place: Line = Field(title="下车地点")
    paid_by: OptionalLine = Field(default="", title="付款方式")
    order_number: OptionalLine = Field(default="", title="订单号")
    invoice_number: OptionalLine = Field(default="", title="发票号码")
    plate: str = Field(default="", title="车牌号码", max_length=20)
    owner: OptionalLine = Field(default="", title="失主", description="不填即为报警人")
    owner_phone: OptionalPhone = Field(default="", title="失主电话", description="不填即为报警人电话")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """With where it was lost: whoever runs a car can be asked."""
        return replace(super().build_fact(fact, subject, at, approver), item=self.vehicle)


class ContactHolder(
    Form,
    title="联系持有人",
    by=HANDLES,
    fact=Fact.HOLDER_CONTACTED,
    basis=(LOST, CC.article(314)),
    chapter=Chapter.EVIDENCE,
    given=Fact.PROPERTY_REPORTED,
    when="联系时间",
):
    """Call whoever may have it: the driver, a finder (联系持有人)."""

    reached: bool = Field(title="已联系上")
    says_has: Annotated[Literal["yes", "no", "unknown"], AfterValidator(_check_reached)] = Field(
        title="对方称物品在其处", description="yes 在、no 不在、unknown 不清楚、未接通"
    )
    words: Text = Field(title="联系情况", description="对方的答复；愿意送回的，写明时间、地点")


class ReceiveProperty(
    Form,
    title="接收遗失物",
    by=HANDLES,
    fact=Fact.PROPERTY_RECEIVED,
    basis=(CC.article(314), CC.article(316), LOST),
    chapter=Chapter.EVIDENCE,
    document="遗失物接收凭证",
    when="接收时间",
):
    """Take in what was left behind, before two or a camera, photographed, and kept apart from what was seized (接收)."""

    items: Items = Field(title="物品")
    given_by: Line = Field(title="交付人")
    given_by_phone: OptionalPhone = Field(default="", title="交付人电话")
    second: Annotated[OptionalLine, Widget("colleague")] = Field(default="", title="在场的另一人")
    opened: OptionalText = Field(
        default="", title="为查找失主打开查看的内容", description="只限于查找失主：可以接听来电，不得翻看信息、照片；须全程录像"
    )
    camera: Annotated[OptionalLine, AfterValidator(_check_seen)] = Field(
        default="", title="执法记录仪编号", description="没有另一人在场的，或者打开查看的，必须填写", validate_default=True
    )
    sealed_bag: OptionalLine = Field(default="", title="封装袋编号")
    place: Line = Field(title="存放位置", description="遗失物专柜，不得存入涉案财物保管场所")


class TellOwner(
    Form,
    title="通知失主领取",
    by=HANDLES,
    fact=Fact.OWNER_TOLD,
    basis=CC.article(315),
    chapter=Chapter.EVIDENCE,
    given=Fact.PROPERTY_RECEIVED,
    when="通知时间",
):
    """Tell the owner that it is here, and what to bring (通知领取)."""

    told: Text = Field(title="通知内容", description="领取的时间、地点，需要带的凭证")


class ReturnProperty(
    Form,
    title="归还遗失物",
    by=HANDLES,
    fact=Fact.PROPERTY_RETURNED,
    or_facts=(Fact.PROPERTY_ALL_RETURNED,),
    basis=(CC.article(314), CC.article(317)),
    chapter=Chapter.EVIDENCE,
    document="遗失物归还凭证",
    given=Fact.PROPERTY_RECEIVED,
    when="归还时间",
):
    """Give it back to its owner, or to whom the owner sends, once they show that it is theirs (归还)."""

    items: Names = Field(title="归还的物品", description="照登记的名称填写")
    to: Literal["owner", "proxy"] = Field(default="owner", title="领取人", description="owner 失主本人、proxy 受失主委托的人")
    who: Line = Field(title="领取人姓名")
    authorised: Annotated[
        bool, AfterValidator(_check_authorised), OnlyWhere({"to": ("proxy",)}, elsewhere="失主本人领取的，不填写")
    ] = Field(default=False, title="委托书已收入卷宗", validate_default=True)
    proof: Annotated[
        tuple[Literal["unlocks", "serial", "description", "receipt", "papers"], ...], Field(min_length=1, max_length=5)
    ] = Field(
        title="权利凭证",
        description="unlocks 当场解锁、serial 序列号一致、description 特征描述一致、receipt 购买凭证、papers 本人证件",
    )
    handed: Literal["in-person", "courier"] = Field(
        default="in-person", title="交付方式", description="in-person 当面、courier 邮寄"
    )
    waybill: Annotated[OptionalLine, OnlyWhere({"handed": ("courier",)}, "邮寄的，填写运单号", "当面交付的，不填写运单号")] = Field(
        default="", title="运单号", validate_default=True
    )
    signed: Annotated[bool, AfterValidator(_check_signed), OnlyWhere({"handed": ("in-person",)})] = Field(
        default=False, title="领取人已在归还凭证上签名", validate_default=True
    )
    cost: str = Field(
        default="", title="收取的必要费用（元）", max_length=15, pattern=_MONEY, description="保管等必要费用；没有的不填"
    )


class AnnounceFound(
    Form,
    title="发布招领公告",
    by=Office.STATION_HEAD,
    fact=Fact.PROPERTY_ANNOUNCED,
    basis=CC.article(315),
    chapter=Chapter.EVIDENCE,
    document="招领公告",
    given=Fact.PROPERTY_RECEIVED,
    when="发布时间",
):
    """Announce what was found, where nobody knows whose it is: a year runs from then on (招领)."""

    where: Line = Field(title="发布渠道")
    content: Text = Field(title="公告内容", description="物品的名称，发现的时间、地点；识别特征留作核对，不写入公告")
    shown_until: PlannedDay = Field(title="张贴至")


class TurnToState(
    Form,
    title="收归国家",
    by=OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.PROPERTY_FORFEITED,
    basis=CC.article(318),
    chapter=Chapter.EVIDENCE,
    made_elsewhere="无人认领遗失物上缴单",
    given=Fact.PROPERTY_ANNOUNCED,
):
    """Hand over to the state whatever is left with us that nobody claimed within the year (收归国家)."""

    reason: Text = Field(title="招领情况")


class ContestProperty(
    Form,
    title="登记遗失物争议",
    by=HANDLES,
    fact=Fact.PROPERTY_CONTESTED,
    basis=(CC.article(316), LOST),
    chapter=Chapter.EVIDENCE,
    given=Fact.PROPERTY_RECEIVED,
):
    """Enter that another says that it is theirs: it stays where it is until they agree, or a court has decided (争议)."""

    claimant: Line = Field(title="主张权利的人")
    words: Text = Field(title="主张和凭证")


class SettleContest(
    Form,
    title="遗失物争议解决",
    by=OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.PROPERTY_CONTEST_SETTLED,
    basis=(CC.article(314), LOST),
    chapter=Chapter.EVIDENCE,
    given=Fact.PROPERTY_CONTESTED,
):
    """Enter how it came out whose it is (争议解决)."""

    by_what: Literal["agreement", "withdrawn", "judgment"] = Field(
        title="解决方式", description="agreement 书面协议、withdrawn 一方撤回主张、judgment 生效裁判"
    )
    owner: Line = Field(title="应当归还的人")
    findings: Text = Field(title="情况")


class EndPropertySearch(
    Form,
    title="遗失物查找完毕",
    by=OFFICER,
    fact=Fact.PROPERTY_SEARCH_ENDED,
    basis=LOST,
    chapter=Chapter.EVIDENCE,
    given=Fact.PROPERTY_REPORTED,
):
    """Say how a search ended that brought nothing into our hands, and what its owner was told (查找完毕)."""

    result: Annotated[
        Literal["handed-directly", "by-themselves", "not-found", "holder-denies", "withdrawn", "seized"], IN_SUMMARY
    ] = Field(
        title="结果",
        description="handed-directly 持有人直接交还失主、by-themselves 失主自行找到、not-found 未找到、"
        "holder-denies 持有人否认、withdrawn 失主不再查找、seized 作为涉案财物扣押",
    )
    findings: Text = Field(title="查找情况", description="问过哪些平台、单位和人，各自的答复")
    told: Text = Field(title="告知失主的内容", description="持有人否认而行程显示相反的，告知可以报案或者起诉")


LOST_PROPERTY: tuple[type[Form], ...] = (
    ReportLostProperty,
    ContactHolder,
    ReceiveProperty,
    TellOwner,
    ReturnProperty,
    AnnounceFound,
    TurnToState,
    ContestProperty,
    SettleContest,
    EndPropertySearch,
)


def list_names(form: dict[str, Any]) -> list[str]:
    """The names of the things of a stored form, whether it describes or only names them."""
    return [each["name"] if isinstance(each, dict) else each for each in form.get("items", ())]
