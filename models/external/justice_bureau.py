"""法律援助管理系统: for whom the legal aid centre must find a lawyer, and why."""

from pydantic import Field

from law.facts import Fact
from law.offences import get_charges
from law.offices import Office
from models.outside import Happening, Named, Notification, System, build_happening_fields, list_suspects


class LegalAidRequest(Notification):
    """What the legal aid centre is asked (提供法律援助通知、转交的法律援助申请)."""

    centre: str = Field(default="", title="法律援助机构")
    suspects: list[Named] = Field(title="受援人")
    charge_zh: str = Field(default="", title="涉嫌罪名")


def _build_request(happening: Happening) -> LegalAidRequest:
    charge = get_charges().get(happening.charge)
    return LegalAidRequest(
        **build_happening_fields(happening),
        centre=happening.form.get("centre", ""),
        suspects=list_suspects(happening),
        charge_zh=charge.zh if charge else "",
    )


JUSTICE_BUREAU = System(
    id="justice-bureau",
    zh="法律援助管理系统",
    office=Office.JUSTICE_BUREAU,
    wants=(Fact.LEGAL_AID_CENTRE_NOTIFIED, Fact.LEGAL_AID_FORWARDED, Fact.PERSON_CORRECTED),
    message=LegalAidRequest,
    says=_build_request,
)
