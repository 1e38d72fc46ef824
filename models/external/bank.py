"""涉案资金查控平台: which account must let no money go."""

from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.requests_outside import AnswerStopPayment
from models.outside import Notification, Question, System, make_message_builder


class StopPaymentRequest(Notification):
    """What a bank must know to stop a payment: the account and the money, not the victim nor what befell them (紧急止付请求)."""

    bank: str = Field(title="开户银行或者支付机构")
    account: str = Field(title="账号")
    holder: str = Field(default="", title="户名")
    amount: str = Field(title="涉案金额（元）")
    transferred_at: datetime = Field(title="转账时间")


BANK = System(
    id="bank",
    zh="涉案资金查控平台",
    office=Office.PARTY,
    wants=(Fact.STOP_PAYMENT_REQUESTED,),
    message=StopPaymentRequest,
    says=make_message_builder(StopPaymentRequest),
    questions=(
        Question(
            Fact.STOP_PAYMENT_REQUESTED,
            AnswerStopPayment,
            {"outcome": "partly", "stopped": "120000", "onward": "余款已转出", "reference": "ZF-0001"},
        ),
    ),
)
