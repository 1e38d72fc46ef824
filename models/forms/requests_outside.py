"""What an officer asks of systems outside (向外部系统提出的请求), and what they answer: a request is told, its answer is a step."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import FRAUD, MPSA, MPSC, STOP
from law.offices import Office
from models.forms.form import Form, Line, OptionalLine, OptionalPhone, OptionalText, Phone, Text
from models.forms.widget import Widget
from models.instants import Appointed, Instant

OFFICER = Office.CASE_OFFICER
STATION_HEAD = (Office.STATION_HEAD,)
STOPPING = (FRAUD.article(20), STOP.section("二（一）"))
# Evidence is collected from whoever has it; who is not of the police is served a notice that their head has approved.
COLLECTING = (MPSA.article(28), MPSC.article(61))
OBTAINING = (MPSA.article(28), MPSC.article(62))
# An answer that came by telephone or on paper the officer writes down; of a system that answers, the organ whose it is.
BUREAUS_OWN = (OFFICER, Office.ADMINISTRATOR)
ANOTHERS = (OFFICER, Office.PARTY)


class Answer(Form):
    """What every answer may say besides."""

    reference: OptionalLine = Field(default="", title="对方编号")
    note: OptionalText = Field(default="", title="说明")


class RequestStopPayment(
    Form,
    title="请求紧急止付",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.STOP_PAYMENT_REQUESTED,
    basis=STOPPING,
    document="紧急止付通知",
):
    """Ask a bank to let no money leave an account to which a victim has paid (紧急止付)."""

    bank: Line = Field(title="开户银行或者支付机构")
    account: str = Field(title="账号", min_length=4, max_length=40)
    holder: OptionalLine = Field(default="", title="户名")
    amount: str = Field(
        title="涉案金额（元）", max_length=15, pattern=r"^\d{1,12}(\.\d{1,2})?$", description="例如 350000 或者 350000.00"
    )
    transferred_at: Instant = Field(title="转账时间")
    grounds: Text = Field(title="止付理由")


class AnswerStopPayment(
    Answer,
    title="收到止付结果",
    by=ANOTHERS,
    fact=Fact.STOP_PAYMENT_ANSWERED,
    or_facts=(Fact.PAYMENT_STOPPED,),
    basis=STOPPING,
):
    """The bank says what it could stop (止付结果)."""

    outcome: Literal["stopped", "partly", "gone", "refused"] = Field(
        title="结果", description="stopped 已止付、partly 部分止付、gone 资金已转出、refused 不予办理"
    )
    stopped: str = Field(default="", title="止付金额（元）", max_length=15, pattern=r"^(\d{1,12}(\.\d{1,2})?)?$")
    onward: OptionalText = Field(default="", title="资金去向")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The answer, and that money is held back from now on."""
        held_back = (Fact.PAYMENT_STOPPED,) if self.outcome in ("stopped", "partly") else ()
        return (Fact.STOP_PAYMENT_ANSWERED, *held_back)


class SendStopPaymentPapers(
    Form,
    title="补送紧急止付法律文书",
    by=OFFICER,
    fact=Fact.STOP_PAYMENT_PAPERS_SENT,
    basis=STOPPING,
    made_elsewhere="立案决定书、协助冻结财产通知书",
):
    """Send the bank the papers for which there was no time (补送法律文书)."""

    papers: Line = Field(title="补送的文书")


class FreezeStoppedAccount(Form, title="止付账户已冻结", by=OFFICER, fact=Fact.STOPPED_ACCOUNT_FROZEN, basis=STOPPING):
    """Record that the account was frozen before the stop ran out; the freeze itself is decided as every other (冻结止付账户)."""

    freeze: Line = Field(title="冻结文书号或者涉案财物编号")


class LiftStopPayment(Form, title="止付解除", by=OFFICER, fact=Fact.STOP_PAYMENT_LIFTED, basis=STOPPING):
    """Record that the money is free again, by decision or because the stop ran out (止付解除)."""

    grounds: Text = Field(title="解除的理由")


class AskRecording(Form, title="调取执法记录仪记录", by=OFFICER, fact=Fact.RECORDING_ASKED, basis=COLLECTING):
    """Ask the body-camera platform for what was recorded in a span of time (执法记录仪)."""

    device: OptionalLine = Field(default="", title="设备编号")
    wearer: Annotated[Line, Widget("colleague")] = Field(title="佩戴民警")
    since: Instant = Field(title="起")
    until: Appointed = Field(title="止")


class AnswerRecording(Answer, title="收到执法记录仪记录", by=BUREAUS_OWN, fact=Fact.RECORDING_ANSWERED, basis=COLLECTING):
    """The platform names the recordings it holds, which stay where they are (执法记录仪记录)."""

    found: bool = Field(title="有记录")
    recordings: OptionalText = Field(default="", title="记录编号及地址")


class AskTrip(
    Form,
    title="查询行程",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.TRIP_ASKED,
    basis=OBTAINING,
    document="调取证据通知书",
):
    """Ask a ride-hailing platform who drove whom in a span of time (查询行程)."""

    passenger_phone: Phone = Field(title="乘客电话")
    plate: str = Field(default="", title="车牌号码", max_length=20)
    since: Instant = Field(title="起")
    until: Appointed = Field(title="止")
    purpose: Text = Field(title="查询用途")


class AnswerTrip(Answer, title="收到行程查询结果", by=ANOTHERS, fact=Fact.TRIP_ANSWERED, basis=OBTAINING):
    """The platform names the car and its driver (行程查询结果)."""

    found: bool = Field(title="有行程")
    plate: str = Field(default="", title="车牌号码", max_length=20)
    driver: OptionalLine = Field(default="", title="驾驶员")
    driver_phone: OptionalPhone = Field(default="", title="驾驶员电话")


class AskHousehold(Form, title="核查户籍信息", by=OFFICER, fact=Fact.HOUSEHOLD_ASKED, basis=COLLECTING):
    """Ask the household registry whether a name and a number belong to one person (户籍核查)."""

    name: str = Field(title="姓名", min_length=1, max_length=100)
    # Not the type that checks the last digit: a number that cannot be right is just what one asks about.
    citizen_number: Annotated[str, Widget("citizen")] = Field(title="公民身份号码", min_length=1, max_length=18)
    purpose: Line = Field(title="核查用途")


class AnswerHousehold(Answer, title="收到户籍核查结果", by=BUREAUS_OWN, fact=Fact.HOUSEHOLD_ANSWERED, basis=COLLECTING):
    """The registry says whether they do, and where that person is registered (户籍核查结果)."""

    matches: bool = Field(title="姓名与号码一致")
    address: OptionalLine = Field(default="", title="户籍地址")
    deceased: bool = Field(default=False, title="已注销（死亡）")


STOP_PAYMENT = (RequestStopPayment, AnswerStopPayment, SendStopPaymentPapers, FreezeStoppedAccount, LiftStopPayment)
RECORDING = (AskRecording, AnswerRecording)
TRIP = (AskTrip, AnswerTrip)
HOUSEHOLD = (AskHousehold, AnswerHousehold)
OUTSIDE = (*STOP_PAYMENT, *RECORDING, *TRIP, *HOUSEHOLD)
