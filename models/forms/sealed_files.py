"""Sealed files (封存): only those who handle a sealed matter and the legal reviewer may open it, and each look is on record."""

from typing import Annotated

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSC
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import POLICE, Can, Effects, Form, Line, Text
from models.forms.widget import Widget
from models.matter import SEALABLE

STATION_HEAD = (Office.STATION_HEAD,)


class SealFile(
    Form,
    title="封存案卷",
    by=(Office.CASE_OFFICER, Office.LEGAL_REVIEWER),
    approved_by=STATION_HEAD,
    fact=Fact.FILE_SEALED,
    basis=(CPL.article(286), MPSC.article(318)),
    everywhere=SEALABLE,
    chapter=Chapter.RECORD,
):
    """Seal the file, which nobody opens after that but who handles it (封存)."""

    grounds: Text = Field(title="封存理由")


class UnsealFile(
    Form,
    title="解除封存",
    by=Office.LEGAL_REVIEWER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.FILE_UNSEALED,
    basis=(CPL.article(286), MPSC.article(331)),
    everywhere=SEALABLE,
    chapter=Chapter.RECORD,
):
    """Open a sealed file again to whoever may know of the matter (解除封存)."""

    grounds: Text = Field(title="解除理由")


class AdmitHandler(
    Form,
    title="加入办案组",
    by=Office.CASE_OFFICER,
    approved_by=STATION_HEAD,
    basis=MPSC.article(319),
    everywhere=SEALABLE,
    chapter=Chapter.RECORD,
):
    """Let somebody handle the matter beside its officer, and so open its file while it is sealed (加入办案组)."""

    handler: Annotated[Line, Can((*POLICE.offices, Office.AUXILIARY_OFFICER)), Widget("officer")] = Field(
        title="办案人员", description="用户名"
    )
    reason: Text = Field(title="理由")

    def build_effects(self) -> Effects:
        """The handler joins."""
        return Effects(admits=(self.handler,))


class DismissHandler(
    Form,
    title="退出办案组",
    by=(Office.CASE_OFFICER, Office.STATION_HEAD),
    basis=MPSC.article(319),
    everywhere=SEALABLE,
    chapter=Chapter.RECORD,
):
    """Take somebody off those who handle the matter (退出办案组)."""

    handler: Annotated[Line, Widget("officer")] = Field(title="办案人员", description="用户名")
    reason: Text = Field(title="理由")

    def build_effects(self) -> Effects:
        """The handler leaves."""
        return Effects(dismisses=(self.handler,))
