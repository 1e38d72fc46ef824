"""What is paid for a tip (举报奖励): proposed by who keeps letters, approved, paid by two; whoever told is known by a code alone."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.forms.form import Form, OptionalText, Text
from models.instants import is_typed_now

TIPS = RULE.section("举报奖励")
# What is sent by red packet names nobody; beyond that somebody must come, or give an account.
_WITHOUT_NAME_YUAN, _MOST_YUAN = 3000, 100_000
Code = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Za-z甲-癸-]{2,20}$", max_length=20),
    Field(description="举报人的代号；不得填写姓名、电话、证件号码、账号"),
]


def _check_way(way: str, info: ValidationInfo) -> str:
    if way == "red-packet" and info.data.get("amount_yuan", 0) > _WITHOUT_NAME_YUAN and is_typed_now(info):
        raise ValueError(f"红包不超过{_WITHOUT_NAME_YUAN}元，超过的转账或者当面领取")
    return way


class ProposeReward(
    Form,
    title="呈请举报奖励",
    by=Office.LETTER_OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.TIP_REWARD_APPROVED,
    basis=TIPS,
    document="举报奖励审批表",
    given=Fact.TIP_RECEIVED,
):
    """Ask that a tip that proved right be rewarded, by how much, and how that is collected; it needs no name (呈请奖励)."""

    code: Code = Field(title="举报人代号")
    amount_yuan: int = Field(title="奖励金额", description="单位：元", ge=50, le=_MOST_YUAN)
    collect: Annotated[Literal["red-packet", "transfer", "in-person"], AfterValidator(_check_way)] = Field(
        title="领取方式", description="red-packet 红包（不超过3000元）、transfer 转账、in-person 当面"
    )
    reason: Text = Field(title="线索作用和奖励理由", description="不得写明举报人身份")


class DeclineReward(
    Form, title="线索办结不予奖励", by=Office.LETTER_OFFICER, fact=Fact.TIP_SETTLED, basis=TIPS, given=Fact.TIP_RECEIVED
):
    """Be done with a tip for which nothing is paid, and say why (不予奖励)."""

    why: Literal["untrue", "cannot-tell", "known-before", "waived", "rewarded"] = Field(
        title="不予奖励情形",
        description="untrue 不属实、cannot-tell 无法查清、known-before 已经掌握或者他人先举报、waived 举报人不要奖励、rewarded 此前已经批准奖励",
    )
    note: OptionalText = Field(default="", title="说明")


class PayReward(
    Form,
    title="发放举报奖励",
    by=Office.LETTER_OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.TIP_REWARD_PAID,
    basis=TIPS,
    given=Fact.TIP_REWARD_APPROVED,
    when="发放时间",
):
    """Pay it out to the code to which it was granted: one pays, and another says that it was (发放)."""

    code: Code = Field(title="举报人代号")
    voucher: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{4,40}$", max_length=40)] = Field(
        title="发放凭证号", description="财务凭证或者红包流水号，不得填写姓名、账号"
    )


class ForfeitReward(
    Form,
    title="逾期未领取奖励",
    by=Office.LETTER_OFFICER,
    fact=Fact.TIP_REWARD_FORFEITED,
    basis=TIPS,
    given=Fact.TIP_REWARD_APPROVED,
):
    """Enter that it was not collected in the time for that; who comes afterwards is heard all the same (逾期未领)."""

    tried: Text = Field(title="通知领取的情况")


REWARDS = (PayReward, ForfeitReward)
