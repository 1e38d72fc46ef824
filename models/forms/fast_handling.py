"""The forms of fast handling (刑事案件快速办理): light, clear, confessed and consented to; chosen, and left again."""

from typing import Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSC, SPP
from law.offices import Office
from models.forms.form import Form, Text

HEAD = (Office.STATION_HEAD,)


class MarkFastHandling(
    Form,
    title="标记快速办理",
    by=Office.CASE_OFFICER,
    approved_by=HEAD,
    fact=Fact.FAST_HANDLING_CHOSEN,
    basis=(CPL.article(222), CPL.article(172), CPL.article(225), MPSC.article(289), SPP.article(437)),
):
    """Handle a light and confessed case fast: procuratorate and court take their shorter limits, and it is closed and sent in one (快速办理)."""

    plea: Text = Field(title="认罪认罚情况", description="自愿如实供述、愿意接受处罚的记录")
    consent: Literal[True] = Field(title="犯罪嫌疑人同意适用速裁程序")
    base: Literal["10 day", "15 day"] = Field(
        default="10 day", title="审查起诉、审判的期限", description="10 day；可能判处的有期徒刑超过一年的，15 day"
    )


class LeaveFastHandling(
    Form,
    title="转为普通办理",
    by=(Office.CASE_OFFICER, Office.PROCURATORATE),
    fact=Fact.FAST_HANDLING_LEFT,
    basis=(CPL.article(223), CPL.article(226), MPSC.article(289)),
):
    """Go back to the ordinary way: the plea is withdrawn, or the case is not as clear as it seemed (转为普通办理)."""

    grounds: Text = Field(title="不宜快速办理的理由")


FAST_HANDLING = (MarkFastHandling, LeaveFastHandling)
