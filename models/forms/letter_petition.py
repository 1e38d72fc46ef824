"""The forms of a letter that is a petition (信访事项): whether it is accepted, whose it is, and the time that it may take."""

from typing import Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import PET
from law.offices import Office
from models.forms.form import Amount, Form, Line, Text

_OFFICERS = (Office.LETTER_OFFICER, Office.CASE_OFFICER)


class AcceptPetition(
    Form,
    title="告知受理信访事项",
    by=_OFFICERS,
    fact=Fact.PETITION_ANSWERED_WHETHER_ACCEPTED,
    or_facts=(Fact.PETITION_ACCEPTED,),
    basis=(PET.article(22), PET.article(23)),
    document="信访事项受理告知书",
):
    """Tell the petitioner in writing that it is accepted; from then on it is to be concluded in sixty days (受理告知)."""

    told: Text = Field(title="告知内容")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was said, and that it is accepted."""
        return (Fact.PETITION_ANSWERED_WHETHER_ACCEPTED, Fact.PETITION_ACCEPTED)


class ObjectReferral(
    Form,
    title="对转送提出异议",
    by=Office.LETTER_OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.PETITION_REFERRAL_OBJECTED,
    basis=PET.article(23),
    given=Fact.PETITION_REFERRED,
):
    """Say to whoever referred it that it is not ours, within five working days (异议)."""

    reason: Text = Field(title="理由")
    competent: Line = Field(title="有权处理的机关、单位")


class ExtendPetition(
    Form,
    title="延长信访办理期限",
    by=Office.CASE_OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.PETITION_EXTENDED,
    basis=PET.article(34),
    document="延长办理期限告知书",
):
    """Take up to thirty days more, and tell the petitioner why (延期)."""

    extension: Amount = Field(title="延长期限", description="至多 +30 day")
    grounds: Literal["情况复杂"] = Field(default="情况复杂", title="延长理由")
    told: Text = Field(title="告知来信人的延长理由")


PETITION = (AcceptPetition, ExtendPetition)
