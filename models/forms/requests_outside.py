"""What an officer asks of systems outside (向外部系统提出的请求), and what they answer: a request is told, its answer is a step."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from law.facts import Fact
from law.instruments import CC, FRAUD, MPSA, MPSC, STOP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import Form, Line, OptionalLine, OptionalPhone, OptionalText, Phone, Text
from models.forms.widget import Widget
from models.instants import Appointed, Instant

OFFICER = Office.CASE_OFFICER
STATION_HEAD = (Office.STATION_HEAD,)
STOPPING = (FRAUD.article(20), STOP.section("二（一）"))
# Evidence is collected from whoever has it; who is not of the police is served a notice that their head has approved.
_LONGEST_TRACK = timedelta(hours=6)
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


class FoundOrNot(Answer):
    """An answer that says whether anything was found at all; what was not sets no clock going."""

    found: bool = Field(title="有结果")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """With whether anything was found."""
        return replace(super().build_fact(fact, subject, at, approver), item="" if self.found else "none")


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


class AskOwnTrip(
    AskTrip,
    title="经本人同意查询行程",
    by=OFFICER,
    fact=Fact.TRIP_ASKED,
    basis=CC.article(1035),
    given=Fact.PROPERTY_REPORTED,
):
    """Ask for the trip of whoever agreed to that in writing, as one does for what they left in a car: nobody else's (本人行程)."""

    consented_by: Line = Field(title="同意人", description="乘客本人；同意书扫描件已收入卷宗")
    consent: str = Field(default="", title="同意书摘要", max_length=64, description="由系统填写：同意书扫描件的 SM3 摘要")


class AnswerTrip(FoundOrNot, title="收到行程查询结果", by=ANOTHERS, fact=Fact.TRIP_ANSWERED, basis=OBTAINING):
    """The platform names the car and its driver (行程查询结果)."""

    found: bool = Field(title="有行程")
    plate: str = Field(default="", title="车牌号码", max_length=20)
    driver: OptionalLine = Field(default="", title="驾驶员")
    driver_phone: OptionalPhone = Field(default="", title="驾驶员电话")


class AskTrack(
    Form,
    title="查询车辆轨迹",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.TRACK_ASKED,
    basis=OBTAINING,
    made_elsewhere="调取车辆轨迹通知书",
):
    """Ask whoever runs taxis which car was where in a span of six hours at most (查询轨迹)."""

    plate: str = Field(default="", title="车牌号码", max_length=20)
    company: OptionalLine = Field(default="", title="运营单位")
    since: Instant = Field(title="起")
    until: Appointed = Field(title="止")
    route: Line = Field(title="上下车地点", description="例如 城南客运站至青岚医院")
    purpose: Text = Field(title="查询用途")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not (self.plate or self.company):
            raise ValueError("填写车牌号码，或者运营单位")
        if not timedelta() < self.until - self.since <= _LONGEST_TRACK:
            raise ValueError("查询的时段不得超过六小时")
        return self


class AnswerTrack(FoundOrNot, title="收到车辆轨迹查询结果", by=ANOTHERS, fact=Fact.TRACK_ANSWERED, basis=OBTAINING):
    """They name the car and its driver, and until when what the cab saw is kept (轨迹查询结果)."""

    found: bool = Field(title="有车辆")
    plate: str = Field(default="", title="车牌号码", max_length=20)
    driver: OptionalLine = Field(default="", title="驾驶员")
    driver_phone: OptionalPhone = Field(default="", title="驾驶员电话")
    track: OptionalLine = Field(default="", title="轨迹图编号")
    cab_video_until: Appointed | None = Field(default=None, title="车内录像保存至")


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
TRACK = (AskTrack, AnswerTrack)
HOUSEHOLD = (AskHousehold, AnswerHousehold)
OUTSIDE = (*STOP_PAYMENT, *RECORDING, *TRIP, *HOUSEHOLD)
