"""From where the house is administered (管理终端): where the settings name addresses, nobody administers from another."""

from ipaddress import ip_address, ip_network

from fastapi import Depends, Request

from api.auth import Caller, get_address
from api.context import get_context
from law.offices import Office
from models.problems import OfficeMayNotAct


async def _from_a_terminal(request: Request, person: Caller) -> None:
    allowed = get_context(request).settings.administered_from
    address = get_address(request)
    if allowed and not any(ip_address(address) in ip_network(each, strict=False) for each in allowed.replace(",", " ").split()):
        detail = f"本机地址{address}不在准许进行系统管理的地址之内，请到指定的管理终端办理"
        raise OfficeMayNotAct(detail, required=[Office.ADMINISTRATOR], person=person.username)


FROM_A_TERMINAL = [Depends(_from_a_terminal)]
"""The declaration of a room whose routes serve only whoever asks from there."""
