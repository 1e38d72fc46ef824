"""The forms of a suspect's death and flight (死亡 · 脱逃 · 通缉): what ends a measure without anybody's decision, and how a person is sought."""

from typing import ClassVar, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, CUST, MPSC
from law.offices import Office
from models.forms.form import Form, Line, OptionalText, Text

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD = (Office.COUNTY_HEAD,)
HOLDING = (OFFICER, Office.CUSTODY_CENTRE)
PROCURATORATE = Office.PROCURATORATE


class RecordDeath(
    Form,
    title="记明犯罪嫌疑人死亡",
    by=HOLDING,
    fact=Fact.PERSON_DIED,
    basis=(CPL.article(16), MPSC.article(186)),
    shares_with=(PROCURATORATE,),
):
    """Record that a suspect has died, by which every measure against them ends (死亡)."""

    place: Line = Field(title="死亡地点")
    cause: Text = Field(title="死亡原因", description="未经鉴定的，写明初步认定及待鉴定")


class NotifyDeath(
    Form,
    title="将死亡通知家属并报告检察院",
    by=HOLDING,
    fact=Fact.DEATH_NOTIFIED,
    basis=CUST.article(27),
    shares_with=(PROCURATORATE,),
):
    """Tell the family and the procuratorate that somebody has died in custody (死亡通知、报告)."""

    relative: Line = Field(title="被通知的家属", description="没有家属或者无法通知的，写明所通知的居（村）民委员会")
    procuratorate: Line = Field(title="报告的检察院")
    note: OptionalText = Field(default="", title="备注")


class RecordEscape(
    Form,
    title="在押脱逃",
    by=HOLDING,
    fact=Fact.PERSON_ESCAPED,
    basis=MPSC.article(282),
    shares_with=(PROCURATORATE, Office.CUSTODY_CENTRE),
):
    """Record that a held person has broken out; nobody is in custody meanwhile, and nothing of the time used is lost (在押脱逃)."""

    place: Line = Field(title="脱逃地点")
    circumstances: Text = Field(title="脱逃经过")


class Recapture(
    Form,
    title="脱逃后抓获",
    by=OFFICER,
    fact=Fact.PERSON_RECAPTURED,
    basis=MPSC.article(282),
    shares_with=(PROCURATORATE, Office.CUSTODY_CENTRE),
):
    """Recapture somebody who had broken out; custody goes on with the days already used (脱逃后抓获)."""

    place: Line = Field(title="抓获地点")
    reason: Literal["刑事拘留", "审查批捕", "不批准逮捕", "批准逮捕待执行", "逮捕羁押"] = Field(
        title="脱逃前所处的阶段", description="抓获后回到该阶段，期限接续计算"
    )


class RecordFlight(
    Form,
    title="逃跑、下落不明",
    by=OFFICER,
    fact=Fact.PERSON_ABSCONDED,
    basis=MPSC.article(274),
    shares_with=(PROCURATORATE,),
):
    """Record that a suspect who was not held has fled, or cannot be found (逃跑、下落不明)."""

    circumstances: Text = Field(title="逃跑或者查找的情况")


class RecordReturn(Form, title="逃跑后归案", by=OFFICER, fact=Fact.PERSON_RETURNED, basis=MPSC.article(281)):
    """Record that a suspect who had fled is back: given up, found, or brought in (归案)."""

    circumstances: Text = Field(title="归案经过", description="自动投案、被抓获或者查明下落")
    reason: Literal["未采取强制措施", "取保候审", "监视居住"] = Field(title="逃跑前的强制措施", description="归案后措施接续执行")


class IssueWantedOrder(
    Form,
    title="发布通缉令",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.WANTED_ORDER_ISSUED,
    basis=(MPSC.article(274), MPSC.article(275)),
    document="通缉令",
):
    """Publish a wanted order for a suspect who should be arrested and is at large (通缉令)."""

    grounds: Text = Field(title="通缉理由和简要案情")
    features: Text = Field(title="体貌特征、衣着、口音等")
    scope: Line = Field(title="发送范围", description="超出本县级公安机关管辖地区的，报请有权决定的上级公安机关发布")


class LiftWantedOrder(
    Form,
    title="撤销通缉令",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.WANTED_ORDER_LIFTED,
    basis=MPSC.article(281),
    document="撤销通缉令的通知",
):
    """Withdraw a wanted order wherever it was sent: the person is back, or dead, or sought no longer (撤销通缉令)."""

    paper: ClassVar[str] = "通缉令"
    grounds: Text = Field(title="撤销理由")


AT_LARGE_AND_SOUGHT = (IssueWantedOrder, LiftWantedOrder)
